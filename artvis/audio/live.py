"""Live sound that does not die: opens a stream, watches it, follows the sound server, and opens it again.

It knows nothing of PortAudio or parec but that they are rungs of a ladder, handed in; it decides no wish.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from artvis.audio.devices import Pick, Target, Wish, pick
from artvis.audio.follower import Elsewhere, Follower
from artvis.audio.pulse import ServerAway
from artvis.audio.ring import Ring
from artvis.audio.source import CaptureStats, SourceKind, Tally
from artvis.errors import ArtvisError, AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ
from artvis.model.notice import Notice

_log = logging.getLogger(__name__)

STALL_S = 0.4
"""No block for so long is said; with LOOK_S it is known within 0.5 s."""
GIVE_UP_S = 1.2
"""No block for so long: the stream is dead, whatever it says itself. A busy machine stalls too, and loses nothing."""
FIRST_BLOCK_S = 2.0
"""A stream that has just been opened is given longer."""
BACKOFF_S = (0.25, 0.5, 1.0, 2.0, 5.0)
"""Waits before the stream is opened again, when the server answers but the stream does not hold."""
SERVER_BACKOFF_S = (0.25, 0.5)
"""Waits before a server that is away is asked again: asking costs little, and its return must be heard soon."""
CLOSE_S = 1.0
LOOK_S = 0.05
STOOD_STILL_S = 0.2
"""Later than this between two looks it was this program that stood still, and blocks may be on their way."""
FLOWING_S = 0.03
"""Two and a half blocks: the last one is no older than this while sound flows."""


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


class Rung(Protocol):
    """Opens a stream on a device of that name, or raises AudioUnavailable; without a pick it is stereo."""

    def __call__(self, device: str, ring: Ring, tally: Tally, /, *, pick: Pick | None = None) -> Stream: ...


class LiveSource:
    """Listens to what a wish names, for as long as it is not stopped, over any number of streams.

    `pause` gives the device back and `resume` takes it again; a paused source keeps nothing open.
    """

    def __init__(
        self,
        wish: Wish,
        rungs: Sequence[Rung],
        *,
        follower: Follower,
        opening_notice: Notice | None = None,
    ) -> None:
        """`rungs` are tried in their order; `follower` knows where the wish leads to; the notice is said first."""
        self.kind: SourceKind = wish.kind
        self.sample_rate_hz = SAMPLE_RATE_HZ
        self.finished = False
        self._wish = wish
        self._rungs = tuple(rungs)
        self._follower = follower
        self._opening_notice = opening_notice
        self._tally = Tally()
        self._ring: Ring | None = None
        self._say: Callable[[Notice], None] = _say_nothing
        self._latency_s = 0.0
        self._first_rung = 0
        self._lost = False
        self._lost_s = 0.0
        self._stopping = threading.Event()
        self._wanted = threading.Event()
        self._wanted.set()
        self._thread: threading.Thread | None = None

    @property
    def id(self) -> str:
        name = self._follower.device.name if self._follower.device else self._wish.name
        return f"{self.kind}:{name}{self._wish.suffix}" if name else f"{self.kind}{self._wish.suffix}"

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
        self._say = self._follower.on_notice = on_notice
        if self._opening_notice is not None:
            on_notice(self._opening_notice)
        self._thread = threading.Thread(
            target=self._run, args=(ring,), name=f"source-{self.kind}", daemon=True
        )
        self._thread.start()

    def pause(self) -> None:
        self._wanted.clear()

    def resume(self) -> None:
        self._wanted.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(CLOSE_S)
            if self._thread.is_alive():
                _log.warning("%s did not end in %.1f s", self._thread.name, CLOSE_S)

    def stats(self) -> CaptureStats:
        return replace(self._tally.stats(self._ring, self._latency_s), early_s=self._follower.early_s)

    def _run(self, ring: Ring) -> None:
        failures = 0
        while not self._stopping.is_set():
            if not self._wanted.is_set():
                self._rest()
                continue
            blocks_before = self._tally.blocks
            waits_s: tuple[float, ...] = SERVER_BACKOFF_S
            try:
                where = self._follower.locate()
                waits_s = BACKOFF_S
                self._listen_once(where, ring)
                continue
            except Elsewhere as news:
                _log.info("opening the stream anew: %s", news)
                continue
            except ArtvisError as error:
                _log.info("listening ended: %s", error)
                self._tell_loss(error)
            except Exception:  # noqa: BLE001 - the body of a thread
                _log.exception("listening ended")
            if self._tally.blocks > blocks_before:
                failures = 0
            self._stopping.wait(waits_s[min(failures, len(waits_s) - 1)])
            failures += 1
        self._follower.close()

    def _rest(self) -> None:
        """Hold nothing open until it is wanted again; the time in between is no gap."""
        self._follower.close()
        self._wanted.wait()
        self._tally.rest()

    def _listen_once(self, where: Target | None, ring: Ring) -> None:
        """Open a stream and stay with it until it breaks (AudioUnavailable) or is not wanted any more."""
        blocks_before, heard_before = self._tally.blocks, self._tally.last_block_s > 0.0
        stream = self._open(where, ring)
        try:
            if heard_before:
                self._tally.reconnects += 1
            self._latency_s = stream.latency_s
            since_s = looked_s = time.monotonic()
            while self._wanted.is_set() and not self._stopping.is_set():
                answered = self._follow(stream)
                arrived = self._tally.blocks > blocks_before
                if self._tally.last_block_s > self._lost_s:
                    self._tell_return()
                now_s = time.monotonic()
                if answered and now_s - looked_s > STOOD_STILL_S:
                    since_s = now_s
                looked_s = now_s
                self._check(stream, now_s - since_s, arrived=arrived)
        except AudioUnavailable as error:
            self._tell_loss(error)  # now: closing may take a second
            raise
        finally:
            _close(stream)
            if self._tally.blocks == blocks_before and self._wanted.is_set():
                self._first_rung += 1  # it opened and gave nothing: begin with the next rung

    def _follow(self, stream: Stream) -> bool:
        """False when the server did not answer in time: whether its sound goes on is seen by the blocks."""
        try:
            self._follower.follow(stream.process_id, LOOK_S, flowing=self._flowing)
        except ServerAway as error:
            _log.info("%s The stream is given time to go on.", error)
            return False
        return True

    def _open(self, where: Target | None, ring: Ring) -> Stream:
        """The first rung that holds."""
        device = where.pulse_source if where else self._wish.name
        channels = pick(self._wish, where)
        problem: AudioUnavailable | None = None
        for number in range(len(self._rungs)):
            rung = self._rungs[(self._first_rung + number) % len(self._rungs)]
            try:
                return rung(device, ring, self._tally, pick=channels)
            except AudioUnavailable as error:
                _log.info("a rung does not hold: %s", error)
                problem = problem or error
        raise problem or AudioUnavailable("There is no way to record sound here.")

    def _check(self, stream: Stream, watched_s: float, *, arrived: bool) -> None:
        if not stream.alive:
            raise AudioUnavailable(f"The sound of {self.title} broke off.")
        quiet_s = watched_s
        if arrived:
            quiet_s = min(quiet_s, time.monotonic() - self._tally.last_block_s)
        stopped = AudioUnavailable(f"{self.title} stopped sending sound.")
        if arrived and quiet_s > STALL_S:
            self._tell_loss(stopped)
        if quiet_s > (GIVE_UP_S if arrived else FIRST_BLOCK_S):
            raise stopped

    def _flowing(self) -> bool:
        return time.monotonic() - self._tally.last_block_s < FLOWING_S

    def _tell_loss(self, error: ArtvisError) -> None:
        if not self._lost:
            self._lost = True
            self._lost_s = time.monotonic()
            self._say(_lost(self.title, error))

    def _tell_return(self) -> None:
        if self._lost:
            self._lost = False
            self._say(Notice("info", "audio-back", f"Listening to {self.title} again."))


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


def _say_nothing(_notice: Notice) -> None:
    pass
