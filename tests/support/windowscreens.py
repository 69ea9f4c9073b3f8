"""Scenarios of screens: a window that is minimised, hidden or loses its OpenGL; a screen that stands upright.

What is right is for the tests to say.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from smallshow import SmallFrame, SmallShow, stripes
from windowscenario import Scenario

from artvis.model.artwork import Picture
from artvis.model.notice import Notice
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
        scene.until(lambda: show.ticks > ticks)
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
        scene.until(lambda: show.picture.key in made_anew.held)
        scene.wait_frames(5)
        scene.photograph("after")
        scene.told["another_engine"] = made_anew is not engine
        scene.told["items"] = len(window.contentItem().childItems())
        scene.leave()

    scene.script = script
    return scene


class StillShow(SmallShow):
    """A show in which nothing moves by itself; `blackout` 1 is black."""

    blackout = 0.0

    def tick(self, now_s: float, dt_s: float, **more: Any) -> SmallFrame:
        frame = super().tick(now_s, dt_s, **more)
        still = replace(frame.uniforms, bass=0.0, energy=0.0, motion=0.0, blackout=self.blackout)
        return replace(frame, uniforms=still)


def disc() -> Picture:
    """A white disc on a dark ground, in the middle of a wide picture."""
    rows, columns = np.mgrid[0:864, 0:1536]
    inside = (rows - 432) ** 2 + (columns - 768) ** 2 < 150**2
    pixels = np.where(inside[..., None], np.uint8(235), np.uint8(20)).repeat(3, axis=2)
    pixels.flags.writeable = False
    return Picture(id="disc", pixels=pixels, palette=("#101010", "#808080", "#eeeeee"), title="a white disc")


NOTICE = Notice(
    "warning",
    "quiet",
    "It is silent on the monitor of the built-in sound card.",
    "Press A to choose another source.",
)


def shapes(folder: Path) -> Scenario:
    """A disc and every panel, full screen, in a tiny window and in a very wide one."""
    show = StillShow(disc())
    show.overlay = replace(show.overlay, notices=(NOTICE,), painting="horizon", why=("painted for A minor",))
    scene = Scenario(folder, show, WindowOptions(fullscreen=True))
    scene.told.update(texts={}, outside={}, sizes={})

    def look(name: str, key: str) -> None:
        scene.press(key)
        scene.until(lambda: scene.panels_open)
        scene.wait_frames(2)
        scene.told["texts"][f"{name} {key}"], scene.told["outside"][f"{name} {key}"] = texts(scene.window)
        scene.told["sizes"][name] = [scene.window.width(), scene.window.height()]
        scene.press(key)
        scene.until(lambda: not scene.panels_open)

    def script() -> None:
        scene.until(lambda: scene.run._meter.first_artwork_s is not None)
        scene.wait_frames(5)
        scene.photograph("full")
        for key in "HI":
            look("full", key)
        scene.press("F")
        for name, size in (("tiny", (320, 180)), ("wide", (1000, 200))):
            scene.window.resize(*size)
            scene.wait_frames(3)
            for key in "HI":
                look(name, key)
        scene.told["scale"] = scene.window.devicePixelRatio()
        scene.leave()

    scene.script = script
    return scene


def texts(window: StageWindow) -> tuple[int, list[str]]:
    """How many texts can be seen, and those of them that are not whole in the window."""
    room = QRectF(-1, -1, window.width() + 2, window.height() + 2)
    waiting, seen, outside = [window.contentItem()], 0, []
    while waiting:
        item = waiting.pop()
        if not item.isVisible() or item.opacity() == 0.0:
            continue
        waiting += item.childItems()
        if text := item.property("text"):
            seen += 1
            if not room.contains(item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))):
                outside.append(text)
    return seen, outside


def dark(folder: Path, *, clean: bool = False) -> Scenario:
    """Black, with a notice, a painting and a song to be told; the test moves the pointer and presses keys."""
    show = StillShow()
    show.blackout = 1.0
    show.overlay = replace(
        show.overlay, notices=(NOTICE,), painting="horizon", song_title="Song", song_artist="She"
    )
    scene = Scenario(folder, show, WindowOptions(fullscreen=True, clean=clean))

    def script() -> None:
        scene.wait_frames(20)
        (folder / "dark").touch()
        scene.until((folder / "enough").exists)
        scene.told["commands"] = [command.value for command in show.commands]
        scene.leave()

    scene.script = script
    return scene


def dark_and_clean(folder: Path) -> Scenario:
    """The same with --clean."""
    return dark(folder, clean=True)
