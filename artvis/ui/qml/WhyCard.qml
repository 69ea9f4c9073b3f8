// The right side: why this picture, line by line.
import QtQuick

Fading {
    id: card
    required property real unit
    required property color accent
    property string title: ""
    property var lines: []
    readonly property real wide: 420 * unit

    layer.smooth: true
    layer.enabled: visible
    implicitWidth: wide
    implicitHeight: ground.height
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Why this picture?")

    Ground {
        id: ground
        color: Qt.rgba(0.035, 0.035, 0.055, 0.86)
        radius: 16 * card.unit
        width: card.wide
        height: body.height + 60 * card.unit

        Column {
            id: body
            x: 30 * card.unit
            y: 28 * card.unit
            width: parent.width - 2 * x
            spacing: 10 * card.unit
            Words {
                unit: card.unit
                color: card.accent
                text: qsTr("Why this picture?")
            }
            Words {
                unit: card.unit
                large: true
                width: parent.width
                wrapMode: Text.WordWrap
                text: card.title
                visible: text !== ""
                bottomPadding: 6 * card.unit
            }
            Repeater {
                model: card.lines
                Words {
                    required property string modelData
                    unit: card.unit
                    width: body.width
                    wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                    maximumLineCount: 8
                    elide: Text.ElideRight
                    text: modelData
                }
            }
        }
    }
}
