"""Novelty, a number a hop that says how much begins just now, and the onsets picked from the network's words.

It does not know tempo or beats: it looks at no more than the last moments.
"""

import math
from dataclasses import dataclass
from typing import Final

from artvis.audio.beatinput import BANDS
from artvis.audio.beatnet import DELAY_S
from artvis.audio.spectrum import Spectrum
from artvis.model.music import HOP_S

SCORE_MEMORY_S: Final = 5.0
FAINTEST: Final = 5e-3
"""Novelty that is nothing, in compressed bands: a steady tone has 1e-3, a soft onset 0.05."""


@dataclass(frozen=True, slots=True)
class Novelty:
    """How much begins in this hop. It peaks some 30 ms after the sound: half the window, and half of the difference."""

    full: float
    """The rise of all bands, z-scored over the last seconds."""
    bands: Spectrum
    """Shape (54,), float32: the compressed bands themselves, for timbre."""


class RunningScore:
    """Z-scores against mean and deviation of the last seconds; quick to learn at first."""

    def __init__(self, memory_s: float = SCORE_MEMORY_S) -> None:
        self._memory_hops = memory_s / HOP_S
        self._hops = 0
        self._mean = 0.0
        self._square = 0.0

    def step(self, value: float) -> float:
        self._hops += 1
        pace = 1.0 / min(self._memory_hops, self._hops + 8.0)
        self._mean += (value - self._mean) * pace
        self._square += (value * value - self._square) * pace
        deviation = math.sqrt(max(self._square - self._mean**2, 0.0))
        return (value - self._mean) / (deviation + FAINTEST)


class NoveltyMeter:
    """SuperFlux on a log spectrum with auto gain, from the bands and rises that the network is given too."""

    def __init__(self) -> None:
        self._score = RunningScore()

    def step(self, given: Spectrum, *, silent: bool) -> Novelty:
        """One hop on; `given` is what `BeatInput.step` gives, shape (228,). Scores rest while `silent`."""
        full = 0.0 if silent else self._score.step(float(given[BANDS : 2 * BANDS].mean()))
        return Novelty(full, given[:BANDS].copy())


@dataclass(frozen=True, slots=True)
class FoundOnset:
    time_s: float
    strength: float
    """The strongest novelty since it began, z-scored."""


class OnsetPicker:
    """Local maxima of the network's word for an onset, known one hop late."""

    THRESHOLD: Final = 0.3
    GAP_S: Final = 0.030
    _SINCE_HOPS: Final = 5

    def __init__(self) -> None:
        self._words = [0.0, 0.0]
        self._novelties = [0.0] * self._SINCE_HOPS
        self._last_s = -1.0

    def step(self, t_s: float, word: float, novelty: float) -> FoundOnset | None:
        """The onset that this hop, which ends at `t_s`, has proved."""
        before, peak = self._words
        self._words = [peak, word]
        self._novelties = [*self._novelties[1:], novelty]
        time_s = max(0.0, t_s - HOP_S - DELAY_S)
        proved = before < peak >= word and peak > self.THRESHOLD and time_s - self._last_s >= self.GAP_S
        if not proved:
            return None
        self._last_s = time_s
        return FoundOnset(time_s, max(0.1, *self._novelties))
