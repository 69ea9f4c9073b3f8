"""The sound of a show: opens the source and the listeners on a thread of its own, after the picture stands.

A source that cannot be opened is said in a notice; the show goes on with the next best, or in silence.
"""

import logging
import threading
from collections.abc import Callable

from artvis.audio.deep import DeepWorker
from artvis.audio.hearing import Hearing
from artvis.audio.source import AudioSource, CaptureStats
from artvis.audio.sources import open_source
from artvis.backoff import steps_s
from artvis.errors import ArtvisError
from artvis.model.notice import Notice
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard, HearingFigures, Listening

log = logging.getLogger(__name__)

TRY_AGAIN_S = (2.0, 5.0, 10.0, 30.0, 60.0)
DEEP_AFTER_S = 4.0  # the deep listener imports and compiles for seconds: not while the show comes up


class Sound:
    """`spec` is what --source takes. `start` returns at once."""

    def __init__(
        self,
        spec: str,
        *,
        heard: Latest[Heard],
        on_notice: Callable[[Notice], None],
        deep: DeepWorker | None,
    ) -> None:
        self._spec = spec
        self._heard = heard
        self._on_notice = on_notice
        self._deep = deep
        self._source: AudioSource | None = None
        self._listening: Listening | None = None
        self._stopping = threading.Event()
        # A daemon: a sound server that does not answer cannot hold up the end of the program.
        self._starter = threading.Thread(target=self._open, name="sound-opening", daemon=True)

    @property
    def source_id(self) -> str:
        return self._source.id if self._source else ""

    @property
    def title(self) -> str:
        return self._source.title if self._source else ""

    def start(self) -> None:
        self._starter.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._starter.is_alive():
            self._starter.join(3.0)
            if self._starter.is_alive():
                log.error("the sound was still being opened after 3 s")
        if self._listening is not None:
            self._listening.stop()
        if self._deep is not None:
            self._deep.stop()

    def order(self, act: Callable[[Hearing], None]) -> bool:
        """Has the listening thread do something with its hearing; False when nothing listens yet."""
        if self._listening is None:
            return False
        self._listening.order(act)
        return True

    def stats(self) -> CaptureStats:
        return self._source.stats() if self._source else CaptureStats()

    def figures(self) -> HearingFigures:
        return self._listening.figures() if self._listening else HearingFigures(0, 0.0, 0)

    def _open(self) -> None:
        attempt = 0
        while not self._stopping.is_set() and not self._listen():
            attempt += 1
            self._stopping.wait(steps_s(attempt, TRY_AGAIN_S))
        if self._deep is not None and not self._stopping.wait(DEEP_AFTER_S):
            self._deep.start()

    def _listen(self) -> bool:
        """Opens the source and begins to listen; False, after a notice, when that cannot be done now."""
        try:
            self._source = self._first_that_opens()
            self._listening = Listening(
                self._source, heard=self._heard, on_notice=self._on_notice, deep=self._deep
            )
            if not self._stopping.is_set():
                self._listening.start()
        except Exception:
            log.exception("there is no sound")
            self._on_notice(
                Notice("error", "no-sound", "No sound can be heard.", "`artvis doctor` says why.")
            )
            return False
        return True

    def _first_that_opens(self) -> AudioSource:
        try:
            return open_source(self._spec)
        except ArtvisError as error:
            self._on_notice(Notice("warning", "source", str(error), "Listening to the computer instead."))
        return open_source("auto")
