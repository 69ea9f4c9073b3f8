"""Listens for clicks and says when each arrived, by the same clock that aligns a show.

It opens no device: whoever owns the source fills its ring.
"""

from artvis.audio.clicks import ClickFinder
from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK
from artvis.pipeline.alignment import ArrivalClock


class ClickEar:
    """Used by one thread, which calls `listen` often."""

    def __init__(self, rate_hz: int) -> None:
        self.ring = Ring()
        self._rate_hz = rate_hz
        self._clock = ArrivalClock()
        self._finder = ClickFinder()
        self._heard = 0

    @property
    def hears(self) -> bool:
        """Whether any sound has come in, be it silence."""
        return self._heard > 0

    def listen(self, now_s: float) -> list[float]:
        """The monotonic moments at which the clicks since the last call arrived."""
        clicks_s = []
        while (block := self.ring.read(BLOCK)) is not None:
            self._heard += BLOCK
            seen_s = now_s - self.ring.available / self._rate_hz
            arrived_s = self._clock.step(self._heard / self._rate_hz, seen_s)
            at = self._finder.find(block)
            if at is not None:
                clicks_s.append(arrived_s - (BLOCK - at) / self._rate_hz)
        return clicks_s
