"""From a key event of Qt to the key text of the keymap; which command it gives is not decided here."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# Keyboards without Latin letters: by position, as on a US keyboard (evdev codes; X11 and Wayland add 8).
_ROWS = {16: "QWERTYUIOP[]", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
_BY_POSITION = {first + 8 + n: letter for first, row in _ROWS.items() for n, letter in enumerate(row)}


def key_text(event: QKeyEvent) -> str:
    """The text of the key as in control.keymap: 'F', 'Space', 'Up', '?', 'Ctrl+Z'.

    What the key writes comes before where it is, so that '[' and '?' are found on any layout.
    """
    modifiers = event.modifiers()
    text = event.text()
    if text.isprintable() and not text.isspace() and text and not text.isalnum():
        return text
    name = _name(event, text)
    if modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return f"Alt+{name}"
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return f"Ctrl+{name}"
    return name


def _name(event: QKeyEvent, text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()
    name = QKeySequence(event.key()).toString(QKeySequence.SequenceFormat.PortableText)
    if not name.isascii() and sys.platform.startswith("linux"):
        return _BY_POSITION.get(event.nativeScanCode(), name)
    return name
