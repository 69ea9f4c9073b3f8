"""Scenarios of what people do with a window: they look, press keys, choose a source, and leave.

What is right is for the tests to say.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from smallshow import SmallShow, stripes, twenty_sources
from windowscenario import PATIENCE_S, Scenario

from artvis.control.keymap import BINDINGS
from artvis.model.command import Command
from artvis.model.notice import Notice
from artvis.ui.ports import WindowOptions


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
        scene.told["full"] = scene.window.placement.is_full
        scene.told["size"] = [scene.window.width(), scene.window.height()]
        scene.told["cursor"] = scene.window.cursor().shape().name
        scene.told["opacities"] = [scene.values["statusOpacity"], scene.values["helpOpacity"]]
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
        scene.told["full"] = scene.window.placement.is_full
        for name in ("full_after_esc", "full_after_second_esc"):
            scene.press("Esc")
            scene.told[name] = scene.window.placement.is_full
        scene.told["visible"] = scene.window.isVisible()
        scene.press("Ctrl+Q")

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
        told["esc"] = [scene.window.placement.is_full, bool(show.chooser and show.chooser.is_open)]
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
        told["full_after_clicks"] = scene.window.placement.is_full

    scene.script = script
    return scene
