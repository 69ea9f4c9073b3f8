// A key as it looks on a keyboard.
import QtQuick

Rectangle {
    id: cap
    required property real unit
    required property color accent
    property string text: ""

    width: Math.max(height, Math.round(words.implicitWidth + 14 * unit))
    height: 2 * Math.round(12 * unit)
    radius: 5 * unit
    color: Qt.rgba(1, 1, 1, 0.05)
    border.color: Qt.rgba(accent.r, accent.g, accent.b, 0.45)
    border.width: 1

    Words {
        id: words
        anchors.centerIn: parent
        unit: cap.unit
        color: cap.accent
        text: cap.text
        Accessible.ignored: true
    }
}
