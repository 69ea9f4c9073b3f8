// The middle: every key that works, in three columns.
import QtQuick

Fading {
    id: panel
    required property real unit
    required property color accent
    property var groups: []

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

        Row {
            id: columns
            anchors.centerIn: parent
            spacing: 48 * panel.unit
            Repeater {
                model: panel.groups
                Column {
                    id: group
                    required property var modelData
                    spacing: 12 * panel.unit
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
                            Words {
                                unit: panel.unit
                                width: 52 * panel.unit
                                color: panel.accent
                                text: line.modelData.keys
                                Accessible.ignored: true
                            }
                            Words {
                                unit: panel.unit
                                width: 214 * panel.unit
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
