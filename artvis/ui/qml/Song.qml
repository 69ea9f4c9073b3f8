// Top left, apart from the names of pictures: title and artist when a track begins.
import QtQuick

Fading {
    id: song
    required property real unit
    required property color accent
    property string title: ""
    property string artist: ""
    property real widest: 600

    implicitWidth: ground.width
    implicitHeight: ground.height
    Accessible.role: Accessible.StaticText
    Accessible.name: artist === "" ? title : qsTr("%1 by %2").arg(title).arg(artist)

    Ground {
        id: ground
        radius: 10 * song.unit
        width: lines.x + lines.width + 18 * song.unit
        height: lines.height + 22 * song.unit

        Words {
            id: note
            x: 16 * song.unit
            y: lines.y
            unit: song.unit
            large: true
            color: song.accent
            text: "♪"
            Accessible.ignored: true
        }
        Column {
            id: lines
            anchors.verticalCenter: parent.verticalCenter
            x: note.x + note.width + 12 * song.unit
            spacing: 2 * song.unit
            Words {
                unit: song.unit
                large: true
                text: song.title
                elide: Text.ElideRight
                width: Math.min(implicitWidth, song.widest)
                Accessible.ignored: true
            }
            Words {
                unit: song.unit
                pale: true
                text: song.artist
                visible: text !== ""
                elide: Text.ElideRight
                width: Math.min(implicitWidth, song.widest)
                Accessible.ignored: true
            }
        }
    }
}
