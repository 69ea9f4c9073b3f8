// An item that costs nothing while it cannot be seen.
//
// The overlay has no animation of its own: an animation of Qt runs on Qt's timer, and every step of it would have the
// whole picture below drawn once more. Opacities come from ui/fade.py, with our own video frames.
import QtQuick

Item {
    visible: opacity > 0
}
