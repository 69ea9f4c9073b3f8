// Top right: what happened, one sentence each, and what can be done.
import QtQuick

Column {
    id: stack
    required property real unit
    required property color accent
    property var notices: []
    property real widest: 400 * unit
    readonly property real wide: Math.min(400 * unit, widest)

    spacing: 10 * unit
    width: wide
    visible: opacity > 0

    Repeater {
        model: stack.notices
        Ground {
            id: card
            required property var modelData
            readonly property color tone: modelData.severity === "error" ? "#ff8a75"
                : modelData.severity === "warning" ? "#ffc76a" : stack.accent

            width: stack.wide
            height: body.height + 26 * stack.unit
            radius: 10 * stack.unit
            Accessible.role: Accessible.AlertMessage
            Accessible.name: modelData.text + " " + modelData.action

            Rectangle {
                x: 16 * stack.unit
                y: 13 * stack.unit + 6 * stack.unit
                width: 8 * stack.unit
                height: width
                radius: width / 2
                color: card.tone
            }
            Column {
                id: body
                x: 36 * stack.unit
                y: 13 * stack.unit
                width: parent.width - x - 18 * stack.unit
                spacing: 3 * stack.unit
                Words {
                    width: parent.width
                    unit: stack.unit
                    wrapMode: Text.WordWrap
                    text: card.modelData.text
                }
                Words {
                    width: parent.width
                    unit: stack.unit
                    pale: true
                    wrapMode: Text.WordWrap
                    text: card.modelData.action
                    visible: text !== ""
                }
            }
        }
    }
}
