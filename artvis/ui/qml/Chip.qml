// Bottom right: a picture is being painted, with a mark that breathes.
import QtQuick

Fading {
    id: chip
    required property real unit
    required property color accent
    required property real breath
    property string text: ""
    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Ground {
        id: ground
        radius: 10 * chip.unit
        width: row.width + 32 * chip.unit
        height: 2 * Math.round(20 * chip.unit)

        Row {
            id: row
            anchors.centerIn: parent
            spacing: 11 * chip.unit
            Item {
                anchors.verticalCenter: parent.verticalCenter
                width: 10 * chip.unit
                height: width
                Rectangle {
                    anchors.centerIn: parent
                    width: parent.width
                    height: width
                    radius: width / 2
                    color: chip.accent
                    opacity: chip.breath
                }
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                unit: chip.unit
                text: chip.text
            }
        }
    }
}
