// The dark ground behind every text of the overlay: over a white picture it still leaves 4.5:1 to the paler text.
import QtQuick

Rectangle {
    color: Qt.rgba(0.035, 0.035, 0.055, 0.8)
    border.color: Qt.rgba(1, 1, 1, 0.07)
    border.width: 1
}
