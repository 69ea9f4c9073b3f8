"""A window in a process of its own, so that a crash of Qt or GL cannot take the tests along.

    python windowrun.py SCENARIO FOLDER

Leaves FOLDER/told.json, and pictures of the real screen beside it. Scenarios count video frames, not seconds.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from smallshow import SmallShow, stripes, twenty_sources

from artvis.control.keymap import BINDINGS
from artvis.errors import GraphicsUnavailable
from artvis.model.command import Command
from artvis.model.notice import Notice
from artvis.ui import application
from artvis.ui.ports import ShowParts, WindowOptions
from artvis.ui.window import StageWindow

PATIENCE_S = 40.0


class Scenario:
    """One window, what a scenario does to it, and what it tells the test."""

    def __init__(self, folder: Path, show: SmallShow, options: WindowOptions) -> None:
        self.folder = folder
        self.show = show
        self.options = replace(options, seconds=options.seconds or PATIENCE_S)
        self.told: dict[str, Any] = {"order": []}
        self.script: Callable[[], None] = lambda: None
        self.run: Any = None
        self.signs_of_life = 0
        self.on_frame: Callable[[], None] = lambda: None

    @property
    def window(self) -> StageWindow:
        return next(window for window in QGuiApplication.topLevelWindows() if isinstance(window, StageWindow))

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.run._overlay.values)

    @property
    def frames(self) -> int:
        return int(self.run._meter.frames)

    @property
    def panels_open(self) -> bool:
        return bool(max(self.values["helpOpacity"], self.values["whyOpacity"]) > 0.0)

    def photograph(self, name: str) -> None:
        """The real screen, as the X server has it."""
        QGuiApplication.primaryScreen().grabWindow(0).save(str(self.folder / f"{name}.png"))

    def press(self, key: str) -> None:
        combination = QKeySequence(key)[0]
        QTest.keyClick(self.window, combination.key(), combination.keyboardModifiers())

    def until(self, condition: Callable[[], Any], within_s: float = PATIENCE_S) -> None:
        begun_s = time.monotonic()
        while not condition() and time.monotonic() - begun_s < within_s:
            QTest.qWait(1)

    def item(self, name: str) -> QQuickItem:
        """The item of this object name that can be seen."""
        waiting = [self.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if item.objectName() == name:
                return item
            waiting += item.childItems()
        raise LookupError(name)

    def middle_of(self, name: str) -> QPoint:
        item = self.item(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def wait_frames(self, count: int) -> None:
        goal = self.frames + count
        self.until(lambda: self.frames >= goal)

    def leave(self) -> None:
        self.run.on_leave()

    def play(self) -> None:
        def after_first_frame() -> None:
            self.told["order"].append("first frame")
            QTimer.singleShot(0, self.script)

        def frame_shown() -> None:
            self.signs_of_life += 1
            self.on_frame()

        parts = ShowParts(
            show=self.show,
            after_first_frame=after_first_frame,
            frame_shown=frame_shown,
            hidden=lambda hidden: self.told["order"].append("hidden" if hidden else "seen"),
            chooser=self.show.chooser,
            stop=lambda: self.told["order"].append("stop"),
        )
        until_left = application._Run.until_left

        def remembering(run: Any) -> Any:
            self.run = run
            return until_left(run)

        application._Run.until_left = remembering  # type: ignore[method-assign]
        try:
            report = application.run_window(self.options, lambda: parts)
            self.told["report"], self.told["interrupted"] = report.as_json(), report.interrupted
        except GraphicsUnavailable as error:
            self.told["unavailable"] = str(error)
        self.told["threads"] = [thread.name for thread in threading.enumerate()]
        (self.folder / "told.json").write_text(json.dumps(self.told))


def plain(folder: Path) -> Scenario:
    """A picture for a while, photographed twice."""
    scene = Scenario(folder, SmallShow(stripes("art")), WindowOptions())
    lights: list[int] = []
    scene.told["lights"] = lights

    def look() -> None:
        """Once for each of the first frames, of which some warm the programs up."""
        if len(lights) < 20:
            middle = QGuiApplication.primaryScreen().grabWindow(0, 540, 300, 200, 120)
            lights.append(
                middle.toImage().scaled(1, 1, mode=Qt.SmoothTransformation).pixelColor(0, 0).value()
            )

    scene.on_frame = look

    def script() -> None:
        scene.until(lambda: scene.run._meter.first_artwork_s is not None)
        scene.wait_frames(20)
        scene.photograph("one")
        scene.wait_frames(20)
        scene.photograph("two")
        size = scene.window.size()
        scene.told.update(size=[size.width(), size.height()], active=scene.window.isActive())
        scene.leave()

    scene.script = script
    return scene


def keys(folder: Path) -> Scenario:
    """Every key of the keymap, one after the other; for each the video frames until its answer is there."""
    show = SmallShow()
    notice = Notice("warning", "quiet", "It is silent.", "Play some music.")
    show.overlay = replace(show.overlay, why=("painted for A minor",), painting="horizon", notices=(notice,))
    scene = Scenario(folder, show, WindowOptions(seconds=2 * PATIENCE_S))

    def script() -> None:
        scene.wait_frames(5)
        scene.told["answers"] = {
            key: one(key)
            for binding in BINDINGS
            for key in binding.keys
            if binding.command is not Command.QUIT
        }
        scene.told["commands"] = [command.value for command in show.commands]
        scene.press("Ctrl+Q")

    def one(key: str) -> dict[str, Any]:
        scene.run._overlay.facts.change("answer", "")
        frames = scene.frames
        scene.press(key)
        scene.until(
            lambda: scene.panels_open or (scene.values["answer"] and scene.values["answerOpacity"] == 1)
        )
        found = {"frames": scene.frames - frames, "text": scene.values["answer"], "panel": scene.panels_open}
        if scene.panels_open:
            scene.press("Esc")
            scene.until(lambda: not scene.panels_open)
        return found

    scene.script = script
    return scene


def clean(folder: Path) -> Scenario:
    """--clean, with a notice and a painting that must not be seen."""
    show = SmallShow()
    show.overlay = replace(
        show.overlay, notices=(Notice("error", "bad", "Something is wrong."),), painting="a"
    )
    scene = Scenario(folder, show, WindowOptions(clean=True))

    def script() -> None:
        scene.wait_frames(30)
        scene.press("A")
        scene.press("Right")
        scene.told["items"] = len(scene.window.contentItem().childItems())
        scene.told["cursor"] = scene.window.cursor().shape().name
        scene.told["commands"] = [command.value for command in show.commands]
        scene.leave()

    scene.script = script
    return scene


def kiosk(folder: Path) -> Scenario:
    """--kiosk with one allowed key."""
    show = SmallShow()
    options = WindowOptions(size=(640, 360), kiosk=True, kiosk_keys=("next",))
    scene = Scenario(folder, show, options)

    def script() -> None:
        scene.wait_frames(10)
        for key in ("F", "H", "A", "Up", "Esc", "Ctrl+Q", "Right"):
            scene.press(key)
        scene.wait_frames(10)
        scene.told["commands"] = [command.value for command in show.commands]
        scene.told["full"] = scene.window.is_full
        scene.told["size"] = [scene.window.width(), scene.window.height()]
        scene.told["cursor"] = scene.window.cursor().shape().name
        scene.told["opacities"] = [scene.values["statusOpacity"], scene.values["helpOpacity"]]
        scene.leave()

    scene.script = script
    return scene


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


def hidden(folder: Path) -> Scenario:
    """Hidden for a while: no frames, but ticks; then shown again."""
    show = SmallShow()
    scene = Scenario(folder, show, WindowOptions())

    def script() -> None:
        scene.wait_frames(5)
        scene.window.hide()
        scene.until(lambda: not scene.window.isExposed())
        QTest.qWait(50)
        ticks, frames = show.ticks, scene.frames
        scene.until(lambda: show.ticks >= ticks + 2)
        scene.told["hidden"] = {"ticks": show.ticks - ticks, "frames": scene.frames - frames}
        scene.window.show()
        scene.wait_frames(5)
        scene.told["frames_shown_again"] = scene.frames - frames
        scene.leave()

    scene.script = script
    return scene


def waits(folder: Path) -> Scenario:
    """Runs until a signal ends it."""
    scene = Scenario(folder, SmallShow(), WindowOptions(size=(640, 360)))
    scene.script = (folder / "shown").touch
    return scene


def toggles(folder: Path) -> Scenario:
    """Full screen and back, in many sizes, and Esc that never quits."""
    scene = Scenario(folder, SmallShow(), WindowOptions(size=(640, 360)))

    def script() -> None:
        sizes = []
        for number in range(8):
            scene.press("F")
            scene.wait_frames(1)
            sizes.append([scene.window.width(), scene.window.height()])
            scene.window.resize(400 + 31 * number, 300 + 17 * number)
            scene.wait_frames(1)
        scene.told["sizes"] = sizes
        scene.press("F11")
        scene.told["full"] = scene.window.is_full
        for name in ("full_after_esc", "full_after_second_esc"):
            scene.press("Esc")
            scene.told[name] = scene.window.is_full
        scene.told["visible"] = scene.window.isVisible()
        scene.press("Ctrl+Q")

    scene.script = script
    return scene


def monitors(folder: Path) -> Scenario:
    """Opened on the second monitor; then the first; then the second is pulled and put back by the test."""
    scene = Scenario(folder, SmallShow(), WindowOptions(size=(640, 360), screen=1, fullscreen=True))

    def where() -> list[int]:
        frame = scene.window.geometry()
        return [frame.x(), frame.y(), frame.width(), frame.height()]

    def script() -> None:
        scene.wait_frames(3)
        scene.told["names"] = [screen.name() for screen in QGuiApplication.screens()]
        scene.told["at_start"] = where()
        scene.press("M")
        scene.wait_frames(3)
        scene.told["after_m"] = where()
        scene.press("M")
        scene.wait_frames(3)
        (folder / "pull").touch()
        scene.until(lambda: len(QGuiApplication.screens()) == 1)
        scene.wait_frames(5)
        scene.told["after_pull"] = where()
        (folder / "plug").touch()
        scene.until(lambda: len(QGuiApplication.screens()) == 2)
        scene.wait_frames(5)
        scene.told["after_plug"] = where()
        scene.leave()

    scene.script = script
    return scene


def sources(folder: Path) -> Scenario:
    """The list of twenty sources, by keys and by the pointer, over a bright picture."""
    show = SmallShow(stripes("art"))
    chosen: list[str] = []
    show.chooser = twenty_sources(chosen)
    scene = Scenario(folder, show, WindowOptions())

    def opened() -> int:
        frames = scene.frames
        scene.press("A")
        scene.until(lambda: scene.values["sourcesOpacity"] == 1 and scene.values["sources"])
        return scene.frames - frames

    def script() -> None:
        told = scene.told
        scene.until(lambda: scene.run._meter.first_artwork_s is not None)
        told["frames_to_open"] = opened()
        scene.wait_frames(3)
        scene.photograph("list")
        told["levels"] = [
            scene.values["levels"],
            *(scene.wait_frames(5) or scene.values["levels"] for _ in "ab"),
        ]
        for key in ("Down", "Down", "Up", "End"):
            scene.press(key)
        scene.wait_frames(2)
        told["marked_at_end"] = scene.values["marked"]
        scene.photograph("end")
        told["mark_in_sight"] = scene.middle_of("demo").y() < scene.window.height() - 100
        scene.press("Return")
        told["open_after_enter"] = show.chooser.is_open if show.chooser else None
        opened()
        by_pointer(told)
        scene.press("F")
        scene.wait_frames(5)
        opened()
        scene.press("Esc")
        scene.wait_frames(2)
        told["esc"] = [scene.window.is_full, bool(show.chooser and show.chooser.is_open)]
        opened()
        scene.press("H")
        scene.wait_frames(5)
        told["help"] = [scene.values["helpOpacity"], bool(show.chooser and show.chooser.is_open)]
        told["commands"], told["chosen"] = [command.value for command in show.commands], chosen
        scene.leave()

    def by_pointer(told: dict[str, Any]) -> None:
        QTest.mouseMove(scene.window, QPoint(5, 5))
        scene.wait_frames(2)
        for name in ("system:1", "system:2"):
            QTest.mouseMove(scene.window, scene.middle_of(name))
            scene.wait_frames(2)
        told["marked_by_pointer"] = scene.values["marked"]
        at = scene.middle_of("system:2")
        QTest.mouseClick(scene.window, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(scene.window, Qt.MouseButton.LeftButton, pos=at)
        scene.wait_frames(3)
        told["full_after_clicks"] = scene.window.is_full

    scene.script = script
    return scene


SCENARIOS = {
    scenario.__name__: scenario
    for scenario in (
        plain,
        keys,
        clean,
        kiosk,
        still,
        lost,
        broken,
        hidden,
        waits,
        toggles,
        monitors,
        sources,
    )
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Path(sys.argv[2])).play()
