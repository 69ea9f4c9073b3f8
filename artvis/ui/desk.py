"""The window for other threads: what they ask is done on the window's own thread, in the order in which it came.

It decides nothing; a command goes the way of a key (`commands`).
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from artvis.model.artwork import Pixels
from artvis.model.command import Command
from artvis.ui.ports import StageFrame

T = TypeVar("T")


class WindowDesk(QObject):
    """What it is made of is called on the thread of the window.

    `carry_out` gives the short answer to a command of that moment, `facts` what is known of the frames, and `look` what
    the window shows, None while it is hidden.
    """

    _asked = Signal(object)

    def __init__(
        self,
        *,
        carry_out: Callable[[Command, float], str],
        facts: Callable[[], Mapping[str, Any]],
        look: Callable[[], QImage | None],
    ) -> None:
        super().__init__()
        self._carry_out = carry_out
        self._facts = facts
        self._look = look
        self._asked.connect(self.on_asked, Qt.ConnectionType.QueuedConnection)

    def tell(self, command: Command, *, at_s: float) -> Future[str]:
        return self._later(lambda: self._carry_out(command, at_s))

    def facts(self) -> Future[Mapping[str, Any]]:
        return self._later(self._facts)

    def look(self) -> Future[Pixels | None]:
        return self._later(lambda: _pixels(self._look()))

    @Slot(object)
    def on_asked(self, job: Callable[[], None]) -> None:
        job()

    def _later(self, act: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()

        def job() -> None:
            if future.set_running_or_notify_cancel():  # else whoever asked has given up
                try:
                    future.set_result(act())
                except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
                    future.set_exception(error)

        self._asked.emit(job)
        return future


def facts_of(frame: StageFrame) -> dict[str, Any]:
    """What `artvis tell status` says of what is drawn."""
    overlay = frame.overlay
    return {
        "scene": frame.uniforms.scene,
        "artwork": overlay.artwork_id,
        "title": overlay.artwork_title,
        "painting": overlay.painting,
        "bpm": round(overlay.bpm, 2),
        "confidence": round(overlay.confidence, 3),
        "tempo_held": overlay.tempo_held,
        "key": overlay.key,
        "silent": overlay.silent,
        "level": round(overlay.level, 3),
        "vote": overlay.vote,
    }


def _pixels(image: QImage | None) -> Pixels | None:
    if image is None:
        return None
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
