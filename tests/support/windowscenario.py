"""A window on a small show, and the hands and eyes of a scenario for it: keys, the pointer, and pictures of the screen.

It decides nothing that happens; the scenarios do.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from smallshow import SmallShow

from artvis.errors import GraphicsUnavailable
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
