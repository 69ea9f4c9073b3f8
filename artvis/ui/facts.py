"""The properties that the overlay's QML binds to: a table of names and types, and one object that has them.

What they mean and when they change is the business of `overlay`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Property, QObject, Signal

TEXT, NUMBER, TRUTH, LIST = "QString", "double", "bool", "QVariantList"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "kiosk": TRUTH,
        "accent": TEXT,
        "level": NUMBER,
        "source": TEXT,
        "music": TEXT,
        "held": TRUTH,
        "calm": TRUTH,
        "title": TEXT,
        "vote": "int",
        "songTitle": TEXT,
        "songArtist": TEXT,
        "painting": TEXT,
        "breath": NUMBER,
        "stroke": LIST,
        "notices": LIST,
        "answer": TEXT,
        "help": LIST,
        "why": LIST,
        "sources": LIST,
        "levels": LIST,
        "marked": "int",
        "statusOpacity": NUMBER,
        "namingOpacity": NUMBER,
        "songOpacity": NUMBER,
        "chipOpacity": NUMBER,
        "noticesOpacity": NUMBER,
        "answerOpacity": NUMBER,
        "helpOpacity": NUMBER,
        "whyOpacity": NUMBER,
        "sourcesOpacity": NUMBER,
    }
)


def _property(name: str, kind: Any) -> dict[str, Any]:
    changed = Signal()
    return {f"{name}Changed": changed, name: Property(kind, lambda self: self.values[name], notify=changed)}


class _Values(QObject):
    """Holds the values; a property is told of only when it changed: each time its bindings are worked out again."""

    row_pointed = Signal(str)
    """The pointer is over the row of this source."""
    row_clicked = Signal(str)
    list_rolled = Signal(int)
    """The wheel was turned: 1 down, -1 up."""
    list_left = Signal()

    def __init__(self, first: Mapping[str, Any]) -> None:
        super().__init__()
        self.values: dict[str, Any] = dict(first)

    def change(self, name: str, value: object) -> None:
        if self.values[name] != value:
            self.values[name] = value
            getattr(self, f"{name}Changed").emit()


Facts: type[_Values] = type(
    "Facts",
    (_Values,),
    {key: part for name, kind in KINDS.items() for key, part in _property(name, kind).items()},
)
