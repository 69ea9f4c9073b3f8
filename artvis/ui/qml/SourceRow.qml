// One source: a dot where it is the one that is heard, what it is, and how loud it is now.
import QtQuick

Item {
    id: row
    required property int index
    required property var modelData
    required property real unit
    required property color accent
    property bool marked: false
    property real level: -1
    signal pointed(x: real, y: real)
    signal clicked()

    objectName: modelData.id
    Accessible.role: Accessible.ListItem
    Accessible.name: modelData.title + ", " + modelData.detail
    Accessible.selected: marked

    Rectangle {
        anchors.fill: parent
        anchors.bottomMargin: 2
        visible: row.marked
        radius: 8 * row.unit
        color: Qt.rgba(1, 1, 1, 0.1)
        border.color: Qt.rgba(row.accent.r, row.accent.g, row.accent.b, 0.55)
        border.width: 1
    }
    Rectangle {
        x: Math.round(14 * row.unit)
        anchors.verticalCenter: parent.verticalCenter
        width: 2 * Math.round(3.5 * row.unit)
        height: width
        radius: width / 2
        visible: row.modelData.current
        color: row.accent
    }
    Column {
        x: Math.round(34 * row.unit)
        anchors.verticalCenter: parent.verticalCenter
        width: meter.x - x - Math.round(20 * row.unit)
        Words {
            width: parent.width
            unit: row.unit
            text: row.modelData.title
            elide: Text.ElideMiddle
        }
        Words {
            width: row.level < 0 ? row.width - parent.x - Math.round(14 * row.unit) : parent.width
            unit: row.unit
            pale: true
            text: row.modelData.detail
            elide: Text.ElideRight
        }
    }
    Rectangle {
        id: meter
        visible: row.level >= 0
        anchors.verticalCenter: parent.verticalCenter
        x: parent.width - width - Math.round(16 * row.unit)
        width: 2 * Math.round(80 * row.unit)
        height: 2 * Math.round(3 * row.unit)
        radius: height / 2
        color: Qt.rgba(1, 1, 1, 0.16)
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Level %1 percent").arg(Math.round(row.level * 100))
        Rectangle {
            height: parent.height
            width: row.level > 0 ? Math.max(height, Math.round(parent.width * row.level)) : 0
            radius: height / 2
            color: row.accent
        }
    }
    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        onPositionChanged: mouse => {
            const at = mapToItem(null, mouse.x, mouse.y)
            row.pointed(at.x, at.y)
        }
        onClicked: row.clicked()
    }
}
