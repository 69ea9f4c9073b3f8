"""A source that plays prepared sound into the ring at the pace of real time: files and the demo track.

It does not know where the sound comes from, and it is heard by nobody but the listener.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK, CaptureStats, SourceKind, Tally
from artvis.errors import ArtvisError
from artvis.model.music import SAMPLE_RATE_HZ, Samples
from artvis.model.notice import Notice

_log = logging.getLogger(__name__)

JOIN_S = 1.0
LATE_S = 0.5
"""Later than this (the machine slept) the time is let go; less is caught up in one burst."""


class PlayedSource:
    """Plays `passes()`, block by block at absolute due times; with `loop`, again and again without a seam."""

    def __init__(
        self,
        *,
        source_id: str,
        kind: SourceKind,
        title: str,
        passes: Callable[[], Iterator[Samples]],
        loop: bool = True,
        opening_notice: Notice | None = None,
    ) -> None:
        """`passes` gives the sound once through, in blocks of any size; `opening_notice` is said first."""
        self.id = source_id
        self.kind: SourceKind = kind
        self.title = title
        self.sample_rate_hz = SAMPLE_RATE_HZ
        self.latency_s = 0.0
        self._passes = passes
        self._loop = loop
        self._opening_notice = opening_notice
        self._tally = Tally()
        self._ring: Ring | None = None
        self._stopping = threading.Event()
        self._finished = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def finished(self) -> bool:
        return self._finished.is_set()

    def start(self, ring: Ring, on_notice: Callable[[Notice], None]) -> None:
        if self._thread is not None:
            raise RuntimeError("this source was started before")
        self._ring = ring
        if self._opening_notice is not None:
            on_notice(self._opening_notice)
        self._thread = threading.Thread(
            target=self._run, args=(ring, on_notice), name=f"source-{self.kind}", daemon=True
        )
        self._thread.start()

    def pause(self) -> None:
        """There is no device to give back, and the track goes on."""

    def resume(self) -> None:
        """As `pause`."""

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(JOIN_S)

    def stats(self) -> CaptureStats:
        return self._tally.stats(self._ring, self.latency_s)

    def _run(self, ring: Ring, on_notice: Callable[[Notice], None]) -> None:
        try:
            self._play(ring)
        except ArtvisError as error:
            on_notice(Notice("error", "source-ended", str(error), "See artvis sources for others."))
        except Exception:  # noqa: BLE001 - the body of a thread
            _log.exception("the source %s ended", self.id)
            on_notice(Notice("error", "source-ended", f"{self.title} cannot be played on."))
        finally:
            self._finished.set()

    def _play(self, ring: Ring) -> None:
        """Write block k when k blocks' time has passed since the first one."""
        due_s = 0.0
        for block in in_blocks(self._whole_sound()):
            now_s = time.monotonic()
            if due_s == 0.0 or now_s - due_s > LATE_S:
                due_s = now_s
            if self._stopping.wait(max(0.0, due_s - now_s)):
                return
            ring.write(block)
            self._tally.block()
            due_s += BLOCK / SAMPLE_RATE_HZ

    def _whole_sound(self) -> Iterator[Samples]:
        while True:
            empty = True
            for block in self._passes():
                empty = False
                yield block
            if empty or not self._loop:
                return


def in_blocks(sound: Iterator[Samples]) -> Iterator[Samples]:
    """The same sound in blocks of exactly 512 sample pairs; the last one is filled with silence."""
    rest = np.zeros((0, 2), np.float32)
    for piece in sound:
        joined = np.concatenate((rest, piece)) if len(rest) else piece
        whole = len(joined) - len(joined) % BLOCK
        for start in range(0, whole, BLOCK):
            yield joined[start : start + BLOCK]
        rest = joined[whole:]
    if len(rest):
        last = np.zeros((BLOCK, 2), np.float32)
        last[: len(rest)] = rest
        yield last
