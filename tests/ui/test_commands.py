"""Which way a key goes: to the show, to the window, or into an open list."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from smallshow import SmallShow, twenty_sources

from artvis.model.command import Command
from artvis.ui.commands import CommandRouter
from artvis.ui.overlay import Overlay
from artvis.ui.ports import WindowOptions
from artvis.ui.window import StageWindow

pytestmark = [
    pytest.mark.window,
    # Where an EGL context of another test is current, Qt cannot ask GLX; nothing is drawn here.
    pytest.mark.qt_log_ignore("QGLXContext: Failed to create dummy context"),
]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


class Room:
    """A show with a list of twenty sources, and the router of its window, which is never opened."""

    def __init__(self, options: WindowOptions) -> None:
        self.show, self.chosen = SmallShow(), list[str]()
        self.chooser = self.show.chooser = twenty_sources(self.chosen)
        self.overlay = Overlay(options)
        self.window = StageWindow(options)
        self.router = CommandRouter(
            show=self.show,
            frame=self.window.placement,
            cover=self.overlay,
            options=options,
            chooser=self.chooser,
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.router.on_key(key)

    def until_listed(self) -> None:
        waiting = threading.Event()
        for _ in range(1000):
            if (seen := self.chooser.seen()) and seen.rows:
                return
            waiting.wait(0.005)
        raise AssertionError("no row came")


@pytest.fixture
def room(qapp: QGuiApplication, request: pytest.FixtureRequest) -> Iterator[Room]:
    made = Room(getattr(request, "param", WindowOptions()))
    yield made
    made.chooser.stop()
    made.window.deleteLater()


KIOSK = WindowOptions(kiosk=True)


@pytest.mark.parametrize("room", [KIOSK, WindowOptions(clean=True)], indirect=True)
def test_without_leave_or_sight_there_is_no_list(room: Room) -> None:
    room.press("A")
    assert not room.chooser.is_open


@pytest.mark.parametrize("room", [WindowOptions(kiosk=True, kiosk_keys=("sources",))], indirect=True)
def test_a_kiosk_that_is_told_to_lists_and_chooses_and_knows_no_other_key(room: Room) -> None:
    room.press("Down", "Up", "Esc", "A")
    room.until_listed()
    room.press("Down", "Return")
    assert room.chosen == ["system:1"]
    assert room.show.commands == [Command.SOURCES]


def test_keys_that_the_list_has_no_use_for_keep_their_meaning_while_it_is_open(room: Room) -> None:
    room.press("A", "Space", "Right")
    assert room.show.commands == [Command.SOURCES, Command.HOLD, Command.NEXT]
    assert room.chooser.is_open


def test_key_a_closes_the_list_again_and_takes_an_open_panel_away(room: Room) -> None:
    room.press("H", "A")
    assert room.chooser.is_open
    assert not room.overlay.close_panels(), "the help has gone"
    room.press("A")
    assert not room.chooser.is_open


def test_the_wheel_moves_the_mark_and_a_click_beside_the_list_leaves_it(room: Room) -> None:
    room.press("A")
    room.until_listed()
    for rows in (1, 1, -1):
        room.router.on_list_rolled(rows)
    seen = room.chooser.seen()
    assert seen is not None
    assert seen.marked == 1
    room.router.on_list_left()
    assert not room.chooser.is_open
    assert room.chosen == []
