// Bottom centre: the answer to the last key.
import QtQuick

Fading {
    id: toast
    required property real unit
    required property color accent
    property string text: ""

    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Ground {
        id: ground
        radius: 12 * toast.unit
        width: words.width + 48 * toast.unit
        height: 2 * Math.round(26 * toast.unit)
        Words {
            id: words
            anchors.centerIn: parent
            unit: toast.unit
            large: true
            text: toast.text
        }
    }
}
