// All that lies over the picture. `facts` is filled by ui/overlay.py; nothing is decided here but looks.
import QtQuick

Item {
    id: overlay
    required property var facts
    readonly property real unit: Math.max(0.75, Math.min(height / 720, width / 1000)) * (facts.kiosk ? 0.85 : 1)
    readonly property real edge: Math.round(32 * unit)

    anchors.fill: parent

    // Panels are made smaller rather than cut off by a small window.
    function fitting(panel) {
        const room = 0.5 * edge
        return Math.min(1, (width - 2 * room) / panel.implicitWidth, (height - 2 * room) / panel.implicitHeight)
    }

    // A slow drift, so that nothing burns into a screen that shows this for weeks.
    Item {
        id: drift
        property real turn: 0
        width: parent.width
        height: parent.height
        x: Math.round(5 * overlay.unit * Math.sin(turn))
        y: Math.round(5 * overlay.unit * Math.cos(turn * 0.7))
        Timer {
            interval: 30000
            running: true
            repeat: true
            onTriggered: drift.turn += 0.5
        }

        Song {
            readonly property bool beside: implicitWidth + notices.width + 3 * overlay.edge < overlay.width
            x: overlay.edge
            y: beside || !notices.visible ? overlay.edge : 1.5 * overlay.edge + notices.height
            unit: overlay.unit
            accent: overlay.facts.accent
            title: overlay.facts.songTitle
            artist: overlay.facts.songArtist
            widest: Math.min(overlay.width - 2 * overlay.edge, 480 * overlay.unit) - 70 * overlay.unit
            opacity: overlay.facts.songOpacity
        }
        Naming {
            x: overlay.edge
            anchors { bottom: status.top; bottomMargin: Math.round(12 * overlay.unit) }
            unit: overlay.unit
            accent: overlay.facts.accent
            title: overlay.facts.title
            vote: overlay.facts.vote
            widest: overlay.width * 0.5
            opacity: overlay.facts.namingOpacity
        }
        Status {
            id: status
            x: overlay.edge
            anchors { bottom: parent.bottom; bottomMargin: overlay.edge }
            unit: overlay.unit
            facts: overlay.facts
            opacity: overlay.facts.statusOpacity
        }
        Chip {
            anchors { right: parent.right; rightMargin: overlay.edge; bottom: parent.bottom; bottomMargin: overlay.edge }
            unit: overlay.unit
            breath: overlay.facts.breath
            colours: overlay.facts.stroke
            text: overlay.facts.painting
            widest: overlay.width * 0.3
            opacity: overlay.facts.chipOpacity
        }
        Notices {
            id: notices
            anchors { right: parent.right; rightMargin: overlay.edge; top: parent.top; topMargin: overlay.edge }
            unit: overlay.unit
            accent: overlay.facts.accent
            widest: overlay.width - 2 * overlay.edge
            notices: overlay.facts.notices
            opacity: overlay.facts.noticesOpacity
        }
    }
    HelpPanel {
        anchors.centerIn: parent
        unit: overlay.unit
        accent: overlay.facts.accent
        groups: overlay.facts.help
        upright: overlay.height > overlay.width
        scale: overlay.fitting(this)
        opacity: overlay.facts.helpOpacity
    }
    WhyCard {
        anchors { right: parent.right; rightMargin: overlay.edge; verticalCenter: parent.verticalCenter }
        unit: overlay.unit
        accent: overlay.facts.accent
        title: overlay.facts.title
        lines: overlay.facts.why
        transformOrigin: Item.Right
        scale: overlay.fitting(this)
        opacity: overlay.facts.whyOpacity
    }
    MouseArea {
        anchors.fill: parent
        enabled: sources.visible
        onClicked: overlay.facts.list_left()
    }
    SourcePanel {
        id: sources
        anchors.centerIn: parent
        unit: overlay.unit
        accent: overlay.facts.accent
        facts: overlay.facts
        room: overlay.height - overlay.edge
        scale: overlay.fitting(this)
        opacity: overlay.facts.sourcesOpacity
    }
    Toast {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Math.round(150 * overlay.unit) }
        unit: overlay.unit
        accent: overlay.facts.accent
        text: overlay.facts.answer
        opacity: overlay.facts.answerOpacity
    }
}
