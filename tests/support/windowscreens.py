"""Scenarios of screens: a window that is minimised, hidden or loses its OpenGL; a screen that stands upright.

What is right is for the tests to say.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from smallshow import SmallShow, stripes
from windowscenario import Scenario

from artvis.ui.ports import WindowOptions
from artvis.ui.window import StageWindow


def lose_opengl(window: StageWindow) -> None:
    """As Qt does it where the driver was reset: it says so while the old context can still be used."""

    def lose() -> None:
        window.beforeRendering.disconnect(lose)
        window.sceneGraphInvalidated.emit()

    window.beforeRendering.connect(lose, Qt.ConnectionType.DirectConnection)


def unseen(folder: Path) -> Scenario:
    """Hidden, then minimised where the window stays mapped, then without its OpenGL."""
    show = SmallShow(stripes("art"))
    scene = Scenario(folder, show, WindowOptions(size=(640, 360)))

    def rests(name: str) -> None:
        QTest.qWait(50)
        ticks, frames = show.ticks, scene.frames
        scene.until(lambda: show.ticks >= ticks + 2)
        scene.told[name] = {"ticks": show.ticks - ticks, "frames": scene.frames - frames}

    def script() -> None:
        window = scene.window
        scene.wait_frames(5)
        window.hide()
        scene.until(lambda: not window.isExposed())
        rests("hidden")
        window.show()
        scene.wait_frames(5)
        window.setWindowState(Qt.WindowState.WindowMinimized)
        scene.told["still_exposed"] = window.isExposed()
        rests("minimised")
        window.setWindowState(Qt.WindowState.WindowNoState)
        scene.wait_frames(5)
        engine = scene.run._stage._engine
        lose_opengl(window)
        scene.wait_frames(5)
        made_anew = scene.run._stage._engine
        scene.until(lambda: "art" in made_anew.held)
        scene.wait_frames(5)
        scene.photograph("after")
        scene.told["another_engine"] = made_anew is not engine
        scene.told["items"] = len(window.contentItem().childItems())
        scene.leave()

    scene.script = script
    return scene
