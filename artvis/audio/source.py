"""What every source of sound looks like to its listener, and the counts it keeps.

It opens nothing: the sources stand in files of their own, and `sources` chooses among them.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from artvis.audio.ring import Ring
from artvis.model.notice import Notice

SourceKind = Literal["system", "mic", "file", "demo"]

BLOCK = 512
"""Sample pairs a block: 11.6 ms. 256 would gain 5 ms and double the wake-ups."""

GAP_S = 0.1
"""A longer wait between two blocks is counted as a gap: it can be heard, and seen."""


@dataclass(frozen=True, slots=True)
class CaptureStats:
    """What came in so far."""

    blocks: int = 0
    dropped: int = 0
    """Blocks that were lost: no room in the ring, or they never came (as the driver says, or the clock)."""
    gaps_over_100ms: int = 0
    reconnects: int = 0
    latency_ms: float = 0.0
    """`latency_s` of the source, in ms."""
    early_s: float = 0.0
    """How much earlier than in the air a sound comes in: what the output holds back. Below 0 for a microphone."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """One line of `artvis sources`."""

    id: str
    """What `--source` takes: 'system:NAME', 'mic:NAME', 'demo'."""
    kind: SourceKind
    title: str
    default: bool
    """Whether the sound server calls it its default sink or source."""
    chosen: bool
    """Whether `auto` would take it now."""
    reason: str
    """Why it would, or would not, be chosen."""
    bluetooth: bool = False


class AudioSource(Protocol):
    """Something that fills a ring with stereo samples from a thread of its own."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> SourceKind: ...
    @property
    def title(self) -> str: ...
    @property
    def sample_rate_hz(self) -> int: ...
    @property
    def latency_s(self) -> float:
        """From the moment at which a sample is in the sink, or in the microphone, until it is in the ring.

        The mean over the samples of a block, the last of which is half a block (5.8 ms) younger; for people to read:
        pictures are aligned by the earliest arrival. 0 for what is played.
        """
        ...

    @property
    def finished(self) -> bool:
        """True once the sound is over for good; never for live sound."""
        ...

    def start(self, ring: Ring, on_notice: Callable[[Notice], None]) -> None:
        """Begin to fill `ring`, at once and without blocking. `on_notice` is called from any thread."""
        ...

    def pause(self) -> None:
        """Give the device back, within 0.2 s and without blocking; the ring gets nothing until `resume`.

        What is played holds no device: it goes on, so that it is where it should be when somebody looks again.
        """
        ...

    def resume(self) -> None:
        """Take the device again; calling it, or `pause`, twice does nothing more."""
        ...

    def stop(self) -> None:
        """End and join within 1 s; calling it twice, or before `start`, does nothing."""
        ...

    def stats(self) -> CaptureStats: ...


class Tally:
    """Counts blocks and gaps; `block` may be called in a PortAudio callback, by one thread at a time."""

    __slots__ = ("blocks", "gaps", "last_block_s", "lost", "overflows", "reconnects")

    def __init__(self) -> None:
        self.blocks = 0
        self.gaps = 0
        self.overflows = 0
        self.lost = 0
        self.reconnects = 0
        self.last_block_s = 0.0
        """`time.monotonic()` of the last block, 0 before the first one and after a rest."""

    def block(self) -> None:
        """Say that a block has arrived now."""
        now_s = time.monotonic()
        if self.last_block_s and now_s - self.last_block_s > GAP_S:
            self.gaps += 1
        self.last_block_s = now_s
        self.blocks += 1

    def rest(self) -> None:
        """Say that nothing was wanted since the last block: the time until the next one is no gap."""
        self.last_block_s = 0.0

    def stats(self, ring: Ring | None, latency_s: float) -> CaptureStats:
        return CaptureStats(
            blocks=self.blocks,
            dropped=max(self.overflows, self.lost) + (ring.dropped if ring else 0),
            gaps_over_100ms=self.gaps,
            reconnects=self.reconnects,
            latency_ms=round(1000 * latency_s, 1),
        )


class LossClock:
    """Blocks that never came, told by the clock: all that follow come later than they should.

    Jitter only delays, so of each window the earliest block counts; a card's clock may drift by 2 in 1000.
    """

    WINDOW_S = 5.0
    LEAST_BLOCKS = 2

    def __init__(self, block_s: float) -> None:
        self._block_s = block_s
        self._sound_s = 0.0
        self._lowest_s = self._before_s = math.inf
        self._window_ends_s = 0.0

    def step(self, now_s: float) -> int:
        """A block has come: how many are found to be missing, in the window that has just ended (mostly 0)."""
        self._sound_s += self._block_s
        self._window_ends_s = self._window_ends_s or now_s + self.WINDOW_S
        self._lowest_s = min(self._lowest_s, now_s - self._sound_s)
        if now_s < self._window_ends_s:
            return 0
        missing = (self._lowest_s - self._before_s) / self._block_s
        self._before_s, self._lowest_s, self._window_ends_s = self._lowest_s, math.inf, now_s + self.WINDOW_S
        return round(missing) if missing >= self.LEAST_BLOCKS else 0
