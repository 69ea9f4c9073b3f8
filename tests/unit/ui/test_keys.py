import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from artvis.ui.keys import key_text

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "expected"),
    [
        (Qt.Key.Key_F, NONE, "f", "F"),
        (Qt.Key.Key_F, SHIFT, "F", "F"),
        (Qt.Key.Key_F11, NONE, "", "F11"),
        (Qt.Key.Key_Space, NONE, " ", "Space"),
        (Qt.Key.Key_Up, NONE, "", "Up"),
        (Qt.Key.Key_Escape, NONE, "\x1b", "Esc"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_BracketLeft, NONE, "[", "["),
        (Qt.Key.Key_8, CTRL | ALT, "[", "["),  # AltGr+8 on a German keyboard under Windows
        (Qt.Key.Key_Z, CTRL, "\x1a", "Ctrl+Z"),
        (Qt.Key.Key_Q, CTRL, "\x11", "Ctrl+Q"),
        (Qt.Key.Key_F, ALT, "f", "Alt+F"),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.KeypadModifier, "", "Up"),
    ],
)
def test_a_key_event_becomes_its_text(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, expected: str
) -> None:
    assert key_text(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == expected


def test_a_cyrillic_letter_is_taken_by_its_position() -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0410, NONE, 41, 0x06C1, 0, "а")
    assert key_text(event) == "F"
