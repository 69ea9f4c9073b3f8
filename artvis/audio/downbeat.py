"""Which of four beats is the one, from the accents and chord changes that fall on each.

It knows bars of four beats only, and takes the beats as they are given.
"""

from typing import Final

import numpy as np

from artvis.audio.chroma import Chroma
from artvis.audio.onset import Novelty

BEATS_IN_BAR: Final = 4
ACCENT_HOPS: Final = 10
"""After a beat is announced: its own novelty comes within that time, what comes later is off the beat."""
NEWEST: Final = 0.25
"""Share of the newest bar in the score of a place: some four bars count."""
CHORD_WEIGHT, LOW_WEIGHT, SNARE_WEIGHT = 2.0, 0.25, 0.15
LOUDEST_SCORE: Final = 4.0
LEAD: Final = 0.25
"""By how much another place must be ahead before it becomes the one."""


class BarCounter:
    """Scores the four possible places of the downbeat, and numbers the beats."""

    def __init__(self) -> None:
        self._beat = -1
        self._downbeat = 0
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._scores = np.zeros(BEATS_IN_BAR)
        self._fixed = False
        self._hops = 0
        self._low = self._snare = 0.0
        self._chroma: Chroma | None = None
        self._before: Chroma | None = None

    @property
    def position(self) -> int:
        """0 on the downbeat .. 3, of the last beat announced."""
        return (self._beat - self._downbeat) % BEATS_IN_BAR

    def hear(self, novelty: Novelty, chroma: Chroma | None) -> None:
        """Adds what is heard in one hop after a beat was announced."""
        self._hops += 1
        if self._hops <= ACCENT_HOPS:
            self._low = max(self._low, novelty.low)
            self._snare = max(self._snare, novelty.snare)
        if chroma is not None and chroma.any():
            self._chroma = chroma  # the last one before the next beat holds the least of the beat before

    def beat(self, beats: int = 1) -> None:
        """A beat is announced, `beats` after the one before (more than one when some were not announced)."""
        if self._beat >= 0 and self._hops > ACCENT_HOPS:
            self._judge(self._beat % BEATS_IN_BAR)
        self._before, self._chroma = self._chroma, None
        self._hops, self._low, self._snare = 0, 0.0, 0.0
        self._beat += beats

    def _judge(self, place: int) -> None:
        """Scores the beat that is over now."""
        change = 0.0
        if self._chroma is not None and self._before is not None:
            change = float(np.abs(self._chroma - self._before).sum())
        score = CHORD_WEIGHT * change
        score += LOW_WEIGHT * min(self._low, LOUDEST_SCORE) - SNARE_WEIGHT * min(self._snare, LOUDEST_SCORE)
        self._scores[place] += (score - self._scores[place]) * NEWEST
        best = int(self._scores.argmax())
        if not self._fixed and self._scores[best] > self._scores[self._downbeat] + LEAD:
            self._downbeat = best

    def set_downbeat(self) -> None:
        """The one is now, and the next beat is the second: a person has said so."""
        self._beat = self._downbeat
        self._fixed = True
