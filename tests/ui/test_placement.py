"""A kiosk without OpenGL whose monitor is away; over whole shows see test_monitors.py."""

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from smallshow import SmallShow

from artvis.ui.measuring import FrameMeter
from artvis.ui.ports import ShowParts, WindowOptions
from artvis.ui.still import StillWindow

pytestmark = [
    pytest.mark.window,
    pytest.mark.qt_log_ignore("QGLXContext: Failed to create dummy context"),
]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


def test_a_still_show_whose_monitor_is_away_shows_nothing_and_gives_signs_of_life(
    qapp: QGuiApplication,
) -> None:
    signs: list[int] = []
    said: list[str] = []
    parts = ShowParts(show=SmallShow(), frame_shown=lambda: signs.append(1))
    window = StillWindow(
        WindowOptions(kiosk=True, screen="PROJECTOR"), parts, np.zeros((9, 16, 3), np.uint8), FrameMeter()
    )
    window.placement.went_away.connect(said.append)
    window.open()
    QTest.qWait(250)
    window.halt()
    assert not window.isVisible()
    assert len(signs) >= 2
    assert len(said) == 1
    assert said[0].startswith("Monitor PROJECTOR is away; the show waits for it and opens there.")
    window.deleteLater()
