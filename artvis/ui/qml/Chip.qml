// Bottom right: a picture is being painted. Below the words a brush stroke in the colours of the picture that hangs.
import QtQuick

Fading {
    id: chip
    required property real unit
    required property real breath
    required property var colours
    property string text: ""
    property real widest: 600
    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Ground {
        id: ground
        radius: 10 * chip.unit
        width: words.width + 36 * chip.unit
        height: 2 * Math.round(20 * chip.unit)

        Words {
            id: words
            anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: -2 * Math.round(chip.unit) }
            unit: chip.unit
            text: chip.text
            elide: Text.ElideRight
            width: Math.min(implicitWidth, chip.widest)
        }
        Rectangle {
            anchors { left: words.left; bottom: parent.bottom; bottomMargin: 2 * Math.round(3.5 * chip.unit) }
            width: Math.round(words.width * chip.breath)
            height: Math.max(2, Math.round(2.5 * chip.unit))
            radius: height / 2
            opacity: 0.35 + 0.65 * chip.breath
            gradient: Gradient {
                orientation: Gradient.Horizontal
                GradientStop { position: 0.0; color: chip.colours[0] }
                GradientStop { position: 0.35; color: chip.colours[1] }
                GradientStop { position: 0.7; color: chip.colours[2] }
                GradientStop { position: 1.0; color: chip.colours[3] }
            }
        }
    }
}
