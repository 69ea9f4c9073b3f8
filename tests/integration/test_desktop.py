"""The desktop around a show, on a real session bus: what it is asked, and when it may sleep again."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import xvfb
from PIL import ImageGrab
from sessionbus import SessionBus, wait_until, without_a_bus

from artvis.desktop.session import DesktopSession

SCREEN_SAVER, GNOME = "org.freedesktop.ScreenSaver", "org.gnome.SessionManager"
PORTAL = "org.freedesktop.portal.Desktop"
CRASHES = """
import os, sys, threading
from artvis.desktop.session import DesktopSession
DesktopSession(lambda: True, os.environ).start()
threading.Event().wait()
"""

WHITE = """
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QRasterWindow
class White(QRasterWindow):
    def paintEvent(self, event):
        painter = QPainter(self)
        painter.fillRect(0, 0, 64, 48, Qt.white)
        painter.end()
        print("painted", flush=True)
app = QGuiApplication([])
window = White()
window.setGeometry(0, 0, 64, 48)
window.show()
app.exec()
"""


class Room:
    """A session whose clock and music are made up."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.now_s, self.plays = 0.0, True
        self.session = DesktopSession(lambda: self.plays, environ, now_s=lambda: self.now_s, look_s=0.02)


@pytest.fixture
def room(session_bus: SessionBus) -> Iterator[Callable[[], Room]]:
    made: list[Room] = []

    def make() -> Room:
        made.append(Room({**os.environ, **session_bus.env}))
        return made[-1]

    yield make
    for each in made:
        each.session.stop()


def test_it_is_held_while_music_plays_and_the_window_shows_and_never_else(
    session_bus: SessionBus, room: Callable[[], Room]
) -> None:
    desktop, here = session_bus.desktop(SCREEN_SAVER, GNOME), room()
    here.plays = False
    here.session.start()
    here.session.set_seen(True)
    here.plays = True
    wait_until(lambda: desktop.lines[1:] == ["held 1"])
    here.plays, here.now_s = False, 59.0
    here.session.set_seen(False)
    wait_until(lambda: desktop.lines[2:] == ["released 0"])
    here.session.set_seen(True)
    wait_until(lambda: desktop.lines[3:] == ["held 1"])
    here.now_s = 61.0
    wait_until(lambda: desktop.lines[4:] == ["released 0"])
    here.plays = True
    wait_until(lambda: desktop.lines[5:] == ["held 1"])
    here.session.stop()
    assert desktop.lines[6:] == ["released 0"]


@pytest.mark.parametrize("name", [GNOME, PORTAL])
def test_desktops_without_the_usual_service_are_asked_in_their_own_way(
    session_bus: SessionBus, room: Callable[[], Room], name: str
) -> None:
    desktop, here = session_bus.desktop(name), room()
    here.session.start()
    wait_until(lambda: desktop.lines[1:] == ["held 1"])
    here.session.stop()
    assert desktop.lines[2:] == ["released 0"]


def test_a_show_that_is_killed_keeps_nobody_awake(session_bus: SessionBus) -> None:
    desktop = session_bus.desktop(SCREEN_SAVER)
    show = subprocess.Popen([sys.executable, "-c", CRASHES], env={**os.environ, **session_bus.env})
    try:
        wait_until(lambda: desktop.lines[1:] == ["held 1"])
    finally:
        show.send_signal(signal.SIGKILL)
        show.wait()
    wait_until(lambda: desktop.lines[2:] == ["lost 0"])


def test_a_wish_for_less_motion_is_known_while_the_show_runs(
    session_bus: SessionBus, room: Callable[[], Room]
) -> None:
    desktop, here = session_bus.desktop(PORTAL), room()
    desktop.animations(on=True)
    here.session.start()
    wait_until(lambda: "held 1" in desktop.lines)
    assert not here.session.reduced_motion()
    desktop.animations(on=False)
    wait_until(here.session.reduced_motion)
    desktop.animations(on=True)
    wait_until(lambda: not here.session.reduced_motion())


def test_without_a_bus_a_show_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    looked = threading.Event()
    for environ in (without_a_bus(os.environ), {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}):
        session = DesktopSession(lambda: looked.set() is None, environ, look_s=0.01)
        session.start()
        assert looked.wait(5.0)
        looked.clear()
        session.stop()
        assert not session.reduced_motion()
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


@pytest.mark.window
def test_an_x_server_without_a_desktop_shows_no_screen_saver_while_music_plays() -> None:
    with xvfb.running("64x48") as env:
        environ = {**without_a_bus(os.environ), **env}
        here = Room(environ)
        here.session.start()
        with subprocess.Popen([sys.executable, "-c", WHITE], env=environ, stdout=subprocess.PIPE) as window:
            try:
                assert window.stdout is not None
                window.stdout.readline()
                subprocess.run(["xset", "s", "1", "s", "noblank"], env=environ, check=True, timeout=20)
                threading.Event().wait(2.5)  # the second, told by the X server's own clock
                playing = ImageGrab.grab(xdisplay=env["DISPLAY"]).getextrema()[0][1]
                here.session.stop()
                wait_until(lambda: ImageGrab.grab(xdisplay=env["DISPLAY"]).getextrema()[0][1] == 0)
            finally:
                window.kill()
    assert playing == 255
