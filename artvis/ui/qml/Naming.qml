// Above the status: the name of the picture that has just come, beside a stroke of its own colour.
import QtQuick

Fading {
    id: naming
    required property real unit
    required property color accent
    property string title: ""
    property int vote: 0
    property real widest: 600

    implicitWidth: ground.width
    implicitHeight: ground.height

    Ground {
        id: ground
        radius: 10 * naming.unit
        width: name.width + (naming.vote > 0 ? heart.width + 12 * naming.unit : 0) + 42 * naming.unit
        height: name.height + 22 * naming.unit

        Rectangle {
            x: 14 * naming.unit
            width: Math.max(2, Math.round(2.5 * naming.unit))
            radius: width / 2
            height: name.height
            anchors.verticalCenter: parent.verticalCenter
            color: naming.accent
        }
        Words {
            id: name
            x: 26 * naming.unit
            anchors.verticalCenter: parent.verticalCenter
            unit: naming.unit
            large: true
            text: naming.title
            elide: Text.ElideRight
            width: Math.min(implicitWidth, naming.widest)
        }
        Words {
            id: heart
            anchors { left: name.right; leftMargin: 12 * naming.unit; verticalCenter: parent.verticalCenter }
            unit: naming.unit
            visible: naming.vote > 0
            large: true
            color: naming.accent
            text: "♥"
            Accessible.name: qsTr("loved")
        }
    }
}
