"""The listening thread: from the ring to the newest music state.

It does no analysis itself (`audio.hearing`) and opens no device (`audio.capture`).
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from artvis.audio.deep import DeepWorker
from artvis.audio.hearing import Hearing
from artvis.audio.resample import StreamResampler
from artvis.audio.ring import Ring
from artvis.audio.source import AudioSource
from artvis.model.music import HOP, HOP_S, NO_FFT, NO_SPECTRUM, NO_WAVEFORM, Beat, MusicState, Samples
from artvis.model.notice import Notice
from artvis.pipeline.alignment import REACH_S, ArrivalClock, moved, remembered, retold
from artvis.pipeline.events import Mailbox
from artvis.pipeline.latest import Latest
from artvis.pipeline.quiet import OVER, QuietWatch

log = logging.getLogger(__name__)

BACKLOG_S = (
    0.5  # more than this unread means that the machine slept or stalled: the past is not worth hearing
)
FAULTS_BEFORE_ANEW = 5
STALE_S = 1.0  # no hop for so long: whatever was heard last is over
DOZE_S = 0.05  # between two looks when nothing has come for that long: a device that rests may rest for hours
REMEMBERED_HOPS = round(REACH_S / HOP_S)
TYPICAL_HOPS = 40  # delays are smoothed over so many


@dataclass(frozen=True, slots=True)
class Heard:
    """A music state, the monotonic moment at which its sound arrived, and the states before it."""

    state: MusicState = field(default_factory=MusicState)
    at_s: float = 0.0
    before: tuple[MusicState, ...] = field(default=(), repr=False)
    """Of the last half second, a hop apart, the latest last."""

    def at(self, moment_s: float) -> MusicState:
        """The music whose sound arrived, or will arrive, at `moment_s` (monotonic).

        Of what is to come only the beat is known: it runs on at its tempo, and everything else stays.
        """
        ahead_s = moment_s - self.at_s
        if ahead_s > STALE_S:
            return replace(
                self.state,
                silent=True,
                level=0.0,
                bass=0.0,
                mid=0.0,
                treble=0.0,
                spectrum=NO_SPECTRUM,
                waveform=NO_WAVEFORM,
                fft=NO_FFT,
            )
        return moved(self.state, ahead_s) if ahead_s >= 0.0 else remembered(self.before, self.state, -ahead_s)

    def audio_time_s(self, moment_s: float) -> float:
        """The moment of the source's audio that arrived, or will arrive, at `moment_s`."""
        return self.state.t_s + moment_s - self.at_s


@dataclass(frozen=True, slots=True)
class HearingFigures:
    """What the listening thread did, for the report."""

    hops: int
    hop_ms_p99: float
    beats: int


class Listening:
    """Reads the ring hop by hop and publishes a `Heard` after each.

    `deep` may be None; it is started by whoever owns it, and its results are taken here as they come.
    """

    def __init__(
        self,
        source: AudioSource,
        *,
        heard: Latest[Heard],
        on_notice: Callable[[Notice], None],
        deep: DeepWorker | None = None,
        hearing: Hearing | None = None,
        can_choose: bool = True,
    ) -> None:
        """`hearing` is that of an earlier source, with all that it knows; None: it begins anew.

        `can_choose`: a person can choose another source, so that it may be proposed.
        """
        self._source = source
        self._heard = heard
        self._on_notice = on_notice
        self._deep = deep
        self._hearing = hearing if hearing is not None else Hearing(deep=deep is not None)
        self._ring = Ring()
        self._resampler = StreamResampler(source.sample_rate_hz)
        self._pending: Samples = np.zeros((0, 2), np.float32)
        self._orders: Mailbox[Callable[[Hearing], None]] = Mailbox()
        self._arrivals = ArrivalClock()
        self._before: tuple[MusicState, ...] = ()
        self.analysis_s = 0.0
        """From the arrival of a hop until it is analysed, as it mostly is."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._hop_ms = np.zeros(8192, np.float32)
        self._hops = 0
        self._beats = 0
        self._quiet = QuietWatch(source.kind, time.monotonic(), can_choose=can_choose)
        self._faults = 0
        self._came_s = time.monotonic()

    def start(self) -> None:
        self._source.start(self._ring, self._on_notice_of_source)
        self._thread.start()

    def stop(self) -> None:
        """Stops the source and the thread; may be called twice."""
        self._stop.set()
        self._source.stop()
        if self._thread.is_alive():
            self._thread.join(2.0)
            if self._thread.is_alive():
                log.error("the listening thread did not stop in 2 s")

    def hand_over(self) -> Hearing | None:
        """Stops, and gives the hearing to whoever goes on; None when the thread does not let go of it."""
        self.stop()
        self._on_notice(OVER)  # it was about this source
        return None if self._thread.is_alive() else self._hearing

    def order(self, act: Callable[[Hearing], None]) -> None:
        """Lets the listening thread do something with its `Hearing` before the next hop (tap, resync …)."""
        self._orders.post(act)

    @property
    def hears(self) -> bool:
        """Sound has come from its source, be it silence."""
        return self._hops > 0

    def figures(self) -> HearingFigures:
        recent = self._hop_ms[: min(self._hops, self._hop_ms.size)]
        p99 = float(np.percentile(recent, 99)) if recent.size else 0.0
        return HearingFigures(self._hops, round(p99, 3), self._beats)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._skip_a_backlog()
                block = self._ring.read(HOP)
                if block is None:
                    dozes = time.monotonic() - self._came_s > STALE_S
                    self._stop.wait(DOZE_S if dozes else HOP_S / 2)
                else:
                    self._came_s = time.monotonic()
                    self._take(block)
                    self._faults = 0
                self._speak_of_quiet()
            except Exception:
                if self._faults == 0:
                    log.exception("a hop was lost")
                self._stumble()

    def _stumble(self) -> None:
        """A hop was lost. After some in a row the hearing is begun anew: what it had in mind may be broken."""
        self._faults += 1
        if self._faults % FAULTS_BEFORE_ANEW == 0:
            self._hearing = Hearing(deep=self._deep is not None)
            self._arrivals.forget()
            self._before = ()
            self._on_notice(Notice("warning", "hearing", "The hearing was begun anew after a fault."))
        self._stop.wait(0.1)

    def _skip_a_backlog(self) -> None:
        if self._ring.available > BACKLOG_S * self._source.sample_rate_hz:
            self._ring.skip_to_latest(HOP)
            self._arrivals.forget()

    def _take(self, block: Samples) -> None:
        fresh = self._resampler.push(block)
        self._pending = np.concatenate([self._pending, fresh]) if self._pending.size else fresh
        while len(self._pending) >= HOP:
            hop, self._pending = self._pending[:HOP], self._pending[HOP:]
            self._listen(hop)

    def _listen(self, hop: Samples) -> None:
        begun_s = time.thread_time()
        seen_s = time.monotonic() - self._ring.available / self._source.sample_rate_hz
        orders = self._orders.drain()
        for act in orders:
            act(self._hearing)
        state, events = self._hearing.feed(hop)
        self._beats += sum(isinstance(event, Beat) for event in events)
        self._hop_ms[self._hops % self._hop_ms.size] = 1e3 * (time.thread_time() - begun_s)
        self._hops += 1
        self._publish(state, self._arrivals.step(state.t_s, seen_s), reordered=bool(orders))
        self._listen_deeply()

    def _publish(self, state: MusicState, arrived_s: float, *, reordered: bool) -> None:
        if reordered:
            self._before = retold(self._before, state)
        self._heard.set(Heard(state, arrived_s, self._before))
        self._before = (*self._before[1 - REMEMBERED_HOPS :], state)
        took_s = min(time.monotonic() - arrived_s, REACH_S)
        self.analysis_s += (took_s - self.analysis_s) / min(self._hops, TYPICAL_HOPS)

    def _listen_deeply(self) -> None:
        if self._deep is None:
            return
        window = self._hearing.due_window()
        if window is not None:
            self._deep.submit(window)
        result = self._deep.poll()
        if result is not None:
            self._hearing.deep_result(result)

    def _on_notice_of_source(self, notice: Notice) -> None:
        if notice.severity != "info":
            self._quiet.excuse()
        self._on_notice(notice)

    def _speak_of_quiet(self) -> None:
        state = self._heard.get().state if self._hops else None
        notice = self._quiet.step(time.monotonic(), state, self._source.title)
        if notice is not None:
            self._on_notice(notice)
