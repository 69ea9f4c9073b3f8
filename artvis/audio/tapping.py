"""A tempo and a first beat from the taps of a hand.

It knows nothing of the music but the tempo that is believed, which it takes where the taps cannot tell it from theirs.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

FEWEST: Final = 4
MOST: Final = 16
PAUSE_BEATS: Final = 2.5
"""A pause of so many beats begins a new row of taps."""
LONGEST_PAUSE_S: Final = 2.2
HAND_S: Final = 0.015
"""Standard deviation of a practised hand."""
WHOLE_WITHIN: Final = 1.5
"""Standard errors within which a whole number of BPM is taken for what was meant: most music has one."""
BELIEVED_BPM: Final = 0.4
"""Standard error of a tempo that was heard for some seconds."""


@dataclass(frozen=True, slots=True)
class Tapped:
    period_s: float
    beat_s: float
    """The moment of a beat, in the time that the taps were given in."""


class Taps:
    """A row of taps."""

    def __init__(self) -> None:
        self._taps: list[float] = []

    def add(self, t_s: float, *, believed_period_s: float) -> Tapped | None:
        """What the taps say from the fourth on. `believed_period_s` is 0 where no tempo is known."""
        usual_s = float(np.median(np.diff(self._taps))) if len(self._taps) > 1 else 1.0
        if self._taps and t_s - self._taps[-1] > min(LONGEST_PAUSE_S, max(PAUSE_BEATS * usual_s, 0.8)):
            self._taps = []
        self._taps = [*self._taps[1 - MOST :], t_s]
        if len(self._taps) < FEWEST:
            return None
        taps = np.array(self._taps)
        median_s = float(np.median(np.diff(taps)))
        numbers = np.rint((taps - taps[0]) / median_s)  # a tap that was left out leaves a gap of two
        period_s = float(np.polyfit(numbers, taps, 1)[0])
        spread = numbers - numbers.mean()
        error_s = HAND_S / float(np.sqrt((spread**2).sum()))
        period_s = _meant(period_s, error_s, believed_period_s)
        return Tapped(period_s, float(np.median(taps - numbers * period_s)))


def _meant(period_s: float, error_s: float, believed_s: float) -> float:
    """The period that was meant: music and hand weighed against each other, and a whole number of BPM where it may be.

    Music that is heard at half or twice the tempo of the hand says as much.
    """
    bpm, error_bpm = 60 / period_s, 60 * error_s / period_s**2
    for octave in (1.0, 2.0, 0.5):
        believed_bpm = 60 / (octave * believed_s) if believed_s else 0.0
        if abs(bpm - believed_bpm) < 2 * error_bpm + BELIEVED_BPM:
            trust = error_bpm**2 / (error_bpm**2 + BELIEVED_BPM**2)
            bpm, error_bpm = bpm + trust * (believed_bpm - bpm), error_bpm * math.sqrt(1 - trust)
            break
    return (
        60 / round(bpm) if error_bpm < 1.0 and abs(bpm - round(bpm)) < WHOLE_WITHIN * error_bpm else 60 / bpm
    )
