// The middle: every key that works, in three columns, or in one on an upright screen.
import QtQuick

Fading {
    id: panel
    required property real unit
    required property color accent
    property var groups: []
    property bool upright: false

    layer.smooth: true
    layer.enabled: visible  // 40 texts drawn once, not once a frame
    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("All keys")

    Ground {
        id: ground
        color: Qt.rgba(0.035, 0.035, 0.055, 0.86)
        radius: 16 * panel.unit
        width: columns.width + 80 * panel.unit
        height: columns.height + 72 * panel.unit

        Grid {
            id: columns
            anchors.centerIn: parent
            columns: panel.upright ? 1 : 3
            columnSpacing: 40 * panel.unit
            rowSpacing: 22 * panel.unit
            Repeater {
                model: panel.groups
                Column {
                    id: group
                    required property var modelData
                    spacing: Math.round(9 * panel.unit)
                    Words {
                        unit: panel.unit
                        large: true
                        text: group.modelData.title
                        bottomPadding: 6 * panel.unit
                    }
                    Repeater {
                        model: group.modelData.rows
                        Row {
                            id: line
                            required property var modelData
                            spacing: 14 * panel.unit
                            Item {
                                width: 58 * panel.unit
                                height: cap.height
                                KeyCap {
                                    id: cap
                                    unit: panel.unit
                                    accent: panel.accent
                                    text: line.modelData.keys
                                }
                            }
                            Words {
                                unit: panel.unit
                                width: 196 * panel.unit
                                height: Math.max(implicitHeight, cap.height)
                                wrapMode: Text.WordWrap
                                text: line.modelData.text
                                Accessible.name: line.modelData.keys + ": " + text
                            }
                        }
                    }
                }
            }
        }
    }
}
