"""Whether Qt works here: its references, its fonts, its screens.

It opens no window, and says nothing about what a finding means.
"""

import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPainterPath

CALLS = 300


def version() -> str:
    return qVersion()


def references_lost() -> int:
    """How many references to None 300 calls lose: 0, or about 300.

    PySide6 6.12.0 on Python 3.11 loses one with each call that returns nothing, and aborts after thousands.
    """
    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        path.moveTo(0.0, 0.0)
    lost = before - sys.getrefcount(None)
    return lost if lost > CALLS // 2 else 0


def font_families() -> int:
    application = QGuiApplication([])
    count = len(QFontDatabase.families())
    application.shutdown()
    return count


def screens() -> str:
    """The screens of the display, by number, name and size; Qt has to reach the display for that."""
    application = QGuiApplication([])
    found = [
        f"{number} {screen.name()} ({screen.size().width()}x{screen.size().height()})"
        for number, screen in enumerate(application.screens())
    ]
    application.shutdown()
    return f"{len(found)} screen{'s' if len(found) != 1 else ''}: {', '.join(found)}"
