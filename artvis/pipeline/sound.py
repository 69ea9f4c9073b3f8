"""The sound of a show: opens the source and the listeners on a thread of its own, after the picture stands.

A source that cannot be opened is said in a notice; the show goes on with the next best, or in silence. Another one can
be chosen at any time.
"""

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from artvis.audio.deep import DeepWorker
from artvis.audio.hearing import Hearing
from artvis.audio.source import AudioSource, CaptureStats
from artvis.audio.sources import open_source
from artvis.backoff import steps_s
from artvis.errors import ArtvisError
from artvis.model.notice import Notice
from artvis.pipeline.alignment import Alignment
from artvis.pipeline.events import Mailbox
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard, HearingFigures, Listening

log = logging.getLogger(__name__)

TRY_AGAIN_S = (2.0, 5.0, 10.0, 30.0, 60.0)
CAPTURE_S = 0.002
"""From the sound server into the ring, by the `ArrivalClock` that is used here: -1 to 3 ms, as measured with clicks.

It is that of the last sample of a block, against the sink at its fullest. `latency_s` is a mean, over the block (half
of it: 5.8 ms) and over what the sink takes in at once (as much again); neither is in here, so none is taken off.
"""
_NONE = HearingFigures(0, 0.0, 0)
REST_AFTER_S = 3.0  # a window that is hidden for a moment keeps its sound
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
        can_choose: bool = True,
        rest_after_s: float = REST_AFTER_S,
    ) -> None:
        """`can_choose`: a person can open the list of sources, so that what is said may name its key.

        `rest_after_s`: a show that nobody has seen for so long gives the sound device back.
        """
        self._spec = self._asked = spec
        self._can_choose = can_choose
        self._heard = heard
        self._on_notice = on_notice
        self._deep = deep
        self._source: AudioSource | None = None
        self._listening: Listening | None = None
        self._past, self._past_figures = CaptureStats(), _NONE
        self._choices: Mailbox[tuple[str, Callable[[str], None]]] = Mailbox()
        self._stopping = threading.Event()
        self._rest_after_s, self._rest_due_s = rest_after_s, math.inf
        self._wake = threading.Event()
        # A daemon: a sound server that does not answer cannot hold up the end of the program.
        self._opener = threading.Thread(target=self._run, name="sound-opening", daemon=True)

    @property
    def source_id(self) -> str:
        return self._source.id if self._source else ""

    @property
    def title(self) -> str:
        return self._source.title if self._source else ""

    @property
    def spec(self) -> str:
        """What was asked for last, as --source takes it; after a refusal again what is listened to."""
        return self._asked

    def hears(self, spec: str) -> bool:
        """Sound comes from what was last chosen as `spec`, be it silence."""
        return self._spec == spec and self._listening is not None and self._listening.hears

    def start(self) -> None:
        self._opener.start()

    def choose(self, spec: str, then: Callable[[str], None]) -> None:
        """Listens to another source as soon as it is open, and tells `then`, on a thread of its own; returns at once.

        One that cannot be opened is said in a notice, and what was heard before is heard on.
        """
        self._asked = spec
        self._choices.post((spec, then))
        self._wake.set()

    def set_watched(self, watched: bool) -> None:  # noqa: FBT001 - called by the window with one value
        """Gives the device back when nobody has seen the picture for a while, and takes it when somebody does."""
        self._rest_due_s = math.inf if watched else time.monotonic() + self._rest_after_s
        if watched and self._source is not None:
            self._source.resume()
        self._wake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        if self._opener.is_alive():
            self._opener.join(3.0)
            if self._opener.is_alive():
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
        """Over all sources of this show."""
        now = self._source.stats() if self._source else CaptureStats()
        return replace(
            now,
            blocks=now.blocks + self._past.blocks,
            dropped=now.dropped + self._past.dropped,
            gaps_over_100ms=now.gaps_over_100ms + self._past.gaps_over_100ms,
            reconnects=now.reconnects + self._past.reconnects,
        )

    def delays(self) -> Alignment:
        """What is known here of the way of the sound: into artvis, through the analysis, out of the speaker."""
        if self._source is None or self._listening is None:
            return Alignment()
        early_s = self._source.stats().early_s
        live_s = CAPTURE_S if self._source.kind in ("system", "mic") else 0.0
        return Alignment(
            capture_s=live_s + max(-early_s, 0.0),
            analysis_s=self._listening.analysis_s,
            output_s=max(early_s, 0.0),
        )

    def figures(self) -> HearingFigures:
        """Over all sources of this show; the times are those of the last one."""
        now, past = _NONE if self._listening is None else self._listening.figures(), self._past_figures
        return replace(now, hops=now.hops + past.hops, beats=now.beats + past.beats)

    def _run(self) -> None:
        failures, deep_due_s = 0, math.inf
        while not self._stopping.is_set():
            self._wake.clear()
            choices = self._choices.drain()
            if choices:
                self._change(*choices[-1])
            elif self._listening is None:
                failures = 0 if self._listen() else failures + 1
            if self._listening is not None and math.isinf(deep_due_s):
                deep_due_s = time.monotonic() + DEEP_AFTER_S
            if self._deep is not None and time.monotonic() >= deep_due_s:
                self._deep.start()
            if self._source is not None and time.monotonic() >= self._rest_due_s:
                self._source.pause()
                if self._rest_due_s == math.inf:  # somebody came just now
                    self._source.resume()
            self._wake.wait(self._until_next_s(failures, deep_due_s))

    def _until_next_s(self, failures: int, deep_due_s: float) -> float | None:
        """How long there is nothing to do; None: until something is chosen."""
        if self._listening is None:
            return steps_s(max(failures, 1), TRY_AGAIN_S)
        now_s = time.monotonic()
        waits_s = [due_s - now_s for due_s in (deep_due_s, self._rest_due_s) if now_s < due_s < math.inf]
        return min(waits_s, default=None)

    def _listen(self) -> bool:
        """Opens the source and begins to listen; False, after a notice, when that cannot be done now."""
        try:
            self._begin(self._first_that_opens())
        except Exception:
            log.exception("there is no sound")
            self._on_notice(
                Notice("error", "no-sound", "No sound can be heard.", "`artvis doctor` says why.")
            )
            return False
        return True

    def _begin(self, source: AudioSource, hearing: Hearing | None = None) -> None:
        listening = Listening(
            source,
            heard=self._heard,
            on_notice=self._on_notice,
            deep=self._deep,
            hearing=hearing,
            can_choose=self._can_choose,
        )
        self._past, self._past_figures = self.stats(), self.figures()
        self._source, self._listening = source, listening
        if not self._stopping.is_set():
            listening.start()

    def _change(self, spec: str, then: Callable[[str], None]) -> None:
        """To another source, once that is known to be there; the hearing, and what it knows, goes on."""
        try:
            source = open_source(spec)
            # The old one first: PortAudio, and the follower, know one stream a process.
            self._begin(source, self._listening.hand_over() if self._listening else None)
            self._spec = spec  # last: what was heard before is not taken for it
            then(spec)
        except Exception as error:
            if not isinstance(error, ArtvisError):
                log.exception("the source could not be changed")
            self._asked = self._spec
            text = str(error) if isinstance(error, ArtvisError) else "The source could not be changed."
            action = "Press A to choose another source."
            self._on_notice(Notice("warning", "source-refused", text, action, answer=True))

    def _first_that_opens(self) -> AudioSource:
        try:
            return open_source(self._spec, must_exist=False)
        except ArtvisError as error:
            self._on_notice(Notice("warning", "source", str(error), "Listening to the computer instead."))
        source = open_source("auto")
        self._spec = self._asked = "auto"
        return source
