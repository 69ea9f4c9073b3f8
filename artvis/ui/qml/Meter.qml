// The level as five strokes, like a string that swings wider: quiet moves the middle, loud moves all of them.
import QtQuick

Row {
    id: meter
    required property real unit
    required property real level
    required property color accent
    readonly property real tallest: 20 * unit
    readonly property real stroke: Math.max(2, Math.round(2.5 * unit))

    spacing: stroke
    height: tallest
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Level %1 percent").arg(Math.round(level * 100))

    Repeater {
        model: [0.45, 0.75, 1.0, 0.75, 0.45]
        Rectangle {
            required property real modelData
            width: meter.stroke
            radius: width / 2
            height: Math.max(width, Math.round(meter.tallest * modelData * meter.level / 2) * 2)
            y: Math.round((meter.tallest - height) / 2)
            color: meter.accent
        }
    }
}
