"""Scenarios of what goes wrong around a window: graphics that fail and a show that breaks.

What is right is for the tests to say.
"""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtQuick import QQuickWindow
from smallshow import SmallShow, stripes
from windowscenario import Scenario

from artvis.ui.ports import WindowOptions


def still(folder: Path) -> Scenario:
    """A kiosk on a display whose OpenGL will not do; the test sees to that."""
    scene = Scenario(folder, SmallShow(stripes("art")), WindowOptions(kiosk=True, seconds=2.5))
    scene.script = lambda: QTimer.singleShot(1500, lambda: scene.photograph("one"))
    return scene


def lost(folder: Path) -> Scenario:
    """A kiosk whose graphics are gone after ten frames."""
    scene = Scenario(folder, SmallShow(stripes("art")), WindowOptions(kiosk=True, seconds=2.5))

    def script() -> None:
        scene.wait_frames(10)
        scene.window.sceneGraphError.emit(
            QQuickWindow.SceneGraphError.ContextNotAvailable, "the device is lost"
        )

    scene.script = script
    return scene


def broken(folder: Path) -> Scenario:
    """A show that breaks at its tenth tick; the window must go on drawing."""
    show = SmallShow()
    scene = Scenario(folder, show, WindowOptions())

    def breaks(tick: int) -> None:
        if tick > 10:
            raise RuntimeError("the show is broken")

    show.before_tick = breaks

    def script() -> None:
        scene.until(lambda: show.ticks > 10)
        scene.told["frames_when_broken"] = scene.frames
        scene.told["signs_before"] = scene.signs_of_life
        scene.wait_frames(20)
        scene.told["signs_after"] = scene.signs_of_life
        scene.photograph("one")
        scene.leave()

    scene.script = script
    return scene
