"""Live sound that does not die: opens a stream, watches it, follows the sound server, and opens it again.

It knows nothing of PortAudio or parec but that they are rungs of a ladder, handed in; it decides no wish.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from artvis.audio.devices import Target, Wish
from artvis.audio.follower import Follower
from artvis.audio.ring import Ring
from artvis.audio.source import CaptureStats, SourceKind, Tally
from artvis.errors import ArtvisError, AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ
from artvis.model.notice import Notice

_log = logging.getLogger(__name__)

STALL_S = 0.5
"""No block for so long: the stream is dead, whatever it says itself."""
FIRST_BLOCK_S = 2.0
"""A stream that has just been opened is given longer."""
BACKOFF_S = (0.25, 0.5, 1.0, 2.0, 5.0)
"""Waits before the stream is opened again, when the server answers but the stream does not hold."""
SERVER_BACKOFF_S = (0.25, 0.5)
"""Waits before a server that is away is asked again: asking costs little, and its return must be heard soon."""
CLOSE_S = 1.0
LOOK_S = 0.1


class Stream(Protocol):
    """One open stream that writes into the ring until it is closed or breaks."""

    @property
    def alive(self) -> bool: ...
    @property
    def latency_s(self) -> float: ...
    @property
    def process_id(self) -> int:
        """The process that the sound server knows as the owner of the stream."""
        ...

    def close(self) -> None: ...


Rung = Callable[[str, Ring, Tally], Stream]
"""Opens a stream on a device of that name, or raises AudioUnavailable."""


class LiveSource:
    """Listens to what a wish names, for as long as it is not stopped, over any number of streams."""

    def __init__(self, wish: Wish, rungs: Sequence[Rung], *, follower: Follower) -> None:
        """`rungs` are tried in their order; `follower` knows where the wish leads to."""
        self.kind: SourceKind = wish.kind
        self.sample_rate_hz = SAMPLE_RATE_HZ
        self.finished = False
        self._wish = wish
        self._rungs = tuple(rungs)
        self._follower = follower
        self._tally = Tally()
        self._ring: Ring | None = None
        self._latency_s = 0.0
        self._first_rung = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def id(self) -> str:
        name = self._follower.device.name if self._follower.device else self._wish.name
        return f"{self.kind}:{name}" if name else self.kind

    @property
    def title(self) -> str:
        if self._follower.device:
            return self._follower.device.title
        return self._wish.name or ("system audio" if self.kind == "system" else "microphone")

    @property
    def latency_s(self) -> float:
        return self._latency_s

    def start(self, ring: Ring, on_notice: Callable[[Notice], None]) -> None:
        if self._thread is not None:
            raise RuntimeError("this source was started before")
        self._ring = ring
        self._follower.on_notice = on_notice
        self._thread = threading.Thread(
            target=self._run, args=(ring, on_notice), name=f"source-{self.kind}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(CLOSE_S)
            if self._thread.is_alive():
                _log.warning("%s did not end in %.1f s", self._thread.name, CLOSE_S)

    def stats(self) -> CaptureStats:
        return replace(self._tally.stats(self._ring, self._latency_s), early_s=self._follower.early_s)

    def _run(self, ring: Ring, on_notice: Callable[[Notice], None]) -> None:
        failures = 0
        while not self._stopping.is_set():
            blocks_before = self._tally.blocks
            waits_s: tuple[float, ...] = SERVER_BACKOFF_S
            try:
                where = self._follower.locate()
                waits_s = BACKOFF_S
                self._listen_once(where, ring, on_notice, returned=failures > 0)
            except ArtvisError as error:
                _log.info("listening ended: %s", error)
                if failures == 0:
                    on_notice(_lost(self.title, error))
            except Exception:  # noqa: BLE001 - the body of a thread
                _log.exception("listening ended")
            if self._tally.blocks > blocks_before:
                failures = 0
            self._stopping.wait(waits_s[min(failures, len(waits_s) - 1)])
            failures += 1
        self._follower.close()

    def _listen_once(
        self, where: Target | None, ring: Ring, on_notice: Callable[[Notice], None], *, returned: bool
    ) -> None:
        """Open a stream and stay with it until it breaks (AudioUnavailable) or this source is stopped."""
        blocks_before = self._tally.blocks
        stream = self._open(where, ring)
        try:
            if blocks_before:
                self._tally.reconnects += 1
            self._latency_s = stream.latency_s
            opened_s = time.monotonic()
            while not self._stopping.is_set():
                self._follower.follow(stream.process_id, LOOK_S)
                arrived = self._tally.blocks > blocks_before
                if arrived and returned:
                    on_notice(Notice("info", "audio-back", f"Listening to {self.title} again."))
                    returned = False
                self._check(stream, opened_s, arrived=arrived)
        finally:
            _close(stream)
            if self._tally.blocks == blocks_before:
                self._first_rung += 1  # it opened and gave nothing: begin with the next rung

    def _open(self, where: Target | None, ring: Ring) -> Stream:
        """The first rung that holds."""
        device = where.pulse_source if where else self._wish.name
        problem: AudioUnavailable | None = None
        for number in range(len(self._rungs)):
            rung = self._rungs[(self._first_rung + number) % len(self._rungs)]
            try:
                return rung(device, ring, self._tally)
            except AudioUnavailable as error:
                _log.info("a rung does not hold: %s", error)
                problem = problem or error
        raise problem or AudioUnavailable("There is no way to record sound here.")

    def _check(self, stream: Stream, opened_s: float, *, arrived: bool) -> None:
        if not stream.alive:
            raise AudioUnavailable(f"The sound of {self.title} broke off.")
        quiet_s = time.monotonic() - (max(opened_s, self._tally.last_block_s) if arrived else opened_s)
        if quiet_s > (STALL_S if arrived else FIRST_BLOCK_S):
            raise AudioUnavailable(f"{self.title} stopped sending sound.")


def _close(stream: Stream) -> None:
    """Close without waiting longer than 1 s for a sound server that hangs."""
    closer = threading.Thread(target=stream.close, name="source-closer", daemon=True)
    closer.start()
    closer.join(CLOSE_S)
    if closer.is_alive():
        _log.warning("a stream did not close in %.1f s and is left behind", CLOSE_S)


def _lost(title: str, error: ArtvisError) -> Notice:
    return Notice(
        "warning",
        "audio-lost",
        f"{str(error).rstrip('.')}; the show goes on and keeps trying {title}.",
        "Start the sound server, or show a file: artvis show --source file:PATH.",
    )
