// One typeface in two sizes; `pale` is for what is read second.
import QtQuick

Text {
    property real unit: 1
    property bool large: false
    property bool pale: false

    color: pale ? "#c6c6d0" : "#f6f6f8"
    textFormat: Text.PlainText
    renderType: Text.NativeRendering
    verticalAlignment: Text.AlignVCenter
    // Whole and even pixels: text between two rows of pixels looks bold.
    lineHeightMode: Text.FixedHeight
    lineHeight: 2 * Math.round(font.pixelSize * 0.68)
    font.pixelSize: Math.max(11, Math.round((large ? 19 : 13) * unit))
    font.weight: Font.Normal
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
