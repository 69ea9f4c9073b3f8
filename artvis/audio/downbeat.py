"""Which of four beats is the one, from the accents and chord changes that fall on each.

It knows bars of four beats only, and takes the beats as they are given.
"""

from typing import Final

import numpy as np

from artvis.audio.chroma import Chroma

BEATS_IN_BAR: Final = 4
MEMORY: Final = 0.93
"""Of the scores from bar to bar is MEMORY**4: some three and a half bars count."""
HYSTERESIS: Final = 1.15


class BarCounter:
    """Scores the four possible places of the downbeat, and numbers the beats."""

    def __init__(self) -> None:
        self._scores = np.full(BEATS_IN_BAR, 1.0)
        self._beat = -1
        self._downbeat = 0
        self._fixed = False
        self._low, self._change = 0.0, 0.0
        self._chroma: Chroma | None = None
        self._before: Chroma | None = None

    @property
    def position(self) -> int:
        """0 on the downbeat .. 3, of the last beat announced."""
        return (self._beat - self._downbeat) % BEATS_IN_BAR

    def hear(self, low: float, chroma: Chroma | None) -> None:
        """Adds what is heard between two beats: low novelty, and the chroma when there is one."""
        self._low = max(self._low, low)
        if chroma is not None and chroma.any():
            self._chroma = chroma if self._chroma is None else (self._chroma + chroma) * np.float32(0.5)

    def beat(self, beats: int = 1) -> None:
        """A beat was announced, `beats` after the one before (more than one when some were not announced)."""
        if self._chroma is not None and self._before is not None:
            self._change = float(np.abs(self._chroma - self._before).sum())
        at = self._beat % BEATS_IN_BAR  # what was heard since belongs to the beat before this one
        self._scores *= MEMORY
        self._scores[at] += 0.25 * min(max(self._low, 0.0), 4.0) + 1.5 * self._change
        self._before, self._chroma, self._low, self._change = self._chroma, None, 0.0, 0.0
        self._beat += beats
        best = int(self._scores.argmax())
        if not self._fixed and self._scores[best] > HYSTERESIS * self._scores[self._downbeat]:
            self._downbeat = best

    def set_downbeat(self, ahead: int = 0) -> None:
        """The last beat (or the one `ahead` of it) is the one: a person has said so."""
        self._downbeat = (self._beat + ahead) % BEATS_IN_BAR
        self._fixed = True

    def forget(self) -> None:
        self._scores[:] = 1.0
        self._fixed = False
        self._chroma = self._before = None
