// The middle: what can be listened to, a live meter each; arrows, Enter and the pointer choose.
import QtQuick

Fading {
    id: panel
    required property real unit
    required property color accent
    required property var facts
    required property real room
    readonly property int mostRows: {
        const rest = 2 * body.y + heading.height + hints.height + 2 * body.spacing
        return Math.max(3, Math.min(7, Math.floor((room - rest) / row)))
    }
    property point pointer: Qt.point(-1, -1)
    readonly property real row: 2 * Math.round(26 * unit)

    onVisibleChanged: pointer = Qt.point(-1, -1)

    // A row that comes to lie under a pointer at rest was not pointed at.
    function hasMoved(x, y) {
        const moved = pointer.x >= 0 && (Math.abs(pointer.x - x) > 1 || Math.abs(pointer.y - y) > 1)
        if (moved || pointer.x < 0)
            pointer = Qt.point(x, y)
        return moved
    }

    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("What to listen to")

    MouseArea {
        // The ground itself: a click there is not one beside the list.
        anchors.fill: ground
        onWheel: wheel => panel.facts.list_rolled(wheel.angleDelta.y < 0 ? 1 : -1)
    }
    Ground {
        id: ground
        color: Qt.rgba(0.035, 0.035, 0.055, 0.88)
        radius: 16 * panel.unit
        width: 2 * Math.round(330 * panel.unit)
        height: body.height + 2 * body.y

        Column {
            id: body
            x: 2 * Math.round(13 * panel.unit)
            y: x
            width: parent.width - 2 * x
            spacing: Math.round(14 * panel.unit)

            Words {
                id: heading
                x: Math.round(14 * panel.unit)
                unit: panel.unit
                large: true
                text: qsTr("Listen to")
            }
            ListView {
                id: list
                width: parent.width
                height: panel.row * Math.max(1, Math.min(panel.mostRows, count))
                clip: count > panel.mostRows
                interactive: false
                model: panel.facts.sources
                currentIndex: -1  // the mark is ours: a list that moves to its own does it with an animation
                readonly property int marked: panel.facts.marked
                onMarkedChanged: positionViewAtIndex(marked, ListView.Contain)
                onCountChanged: positionViewAtIndex(marked, ListView.Contain)
                delegate: SourceRow {
                    width: list.width - (list.clip ? 10 * panel.unit : 0)
                    height: panel.row
                    unit: panel.unit
                    accent: panel.accent
                    marked: index === list.marked
                    level: panel.facts.levels[index] ?? -1
                    onPointed: (x, y) => { if (panel.hasMoved(x, y)) panel.facts.row_pointed(modelData.id) }
                    onClicked: panel.facts.row_clicked(modelData.id)
                }
                Rectangle {
                    // Where in a long list we are.
                    visible: list.clip
                    anchors.right: parent.right
                    width: 2 * Math.round(1.5 * panel.unit)
                    radius: width / 2
                    color: Qt.rgba(1, 1, 1, 0.35)
                    height: Math.round(list.height * panel.mostRows / Math.max(1, list.count))
                    y: Math.round(list.visibleArea.yPosition * list.height)
                }
            }
            Row {
                id: hints
                x: Math.round(14 * panel.unit)
                spacing: Math.round(8 * panel.unit)
                Repeater {
                    model: [["↑ ↓", ""], [qsTr("Enter"), qsTr("listen to it")], ["Esc", qsTr("leave")]]
                    Row {
                        id: hint
                        required property var modelData
                        spacing: Math.round(8 * panel.unit)
                        rightPadding: hint.modelData[1] ? Math.round(14 * panel.unit) : 0
                        KeyCap {
                            unit: panel.unit
                            accent: panel.accent
                            text: hint.modelData[0]
                        }
                        Words {
                            unit: panel.unit
                            pale: true
                            anchors.verticalCenter: parent.verticalCenter
                            text: hint.modelData[1]
                            visible: text !== ""
                        }
                    }
                }
            }
        }
    }
}
