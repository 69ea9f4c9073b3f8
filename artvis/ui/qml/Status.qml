// Bottom left: how loud it is, what is heard, and what is known of it.
import QtQuick

Fading {
    id: status
    required property var facts
    required property real unit

    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Now playing from %1, %2").arg(facts.source).arg(facts.music)

    Ground {
        id: ground
        radius: 10 * status.unit
        width: row.width + 36 * status.unit
        height: 2 * Math.round(20 * status.unit)

        Row {
            id: row
            anchors.centerIn: parent
            height: parent.height
            spacing: 14 * status.unit

            Meter {
                anchors.verticalCenter: parent.verticalCenter
                unit: status.unit
                level: status.facts.level
                accent: status.facts.accent
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                unit: status.unit
                text: status.facts.source
                visible: text !== ""
                elide: Text.ElideRight
                width: Math.min(implicitWidth, 260 * status.unit)
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                unit: status.unit
                pale: true
                text: status.facts.music
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                unit: status.unit
                color: status.facts.accent
                text: {
                    const marks = []
                    if (status.facts.held) marks.push(qsTr("held"))
                    if (status.facts.calm) marks.push(qsTr("calm"))
                    return marks.join("  ·  ")
                }
                visible: text !== ""
            }
        }
    }
}
