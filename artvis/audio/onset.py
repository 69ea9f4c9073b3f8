"""Novelty, a number a hop that says how much begins just now, and the onsets picked from it.

It does not know tempo or beats: it looks at no more than the last moments.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from artvis.audio.bands import log_bands
from artvis.audio.spectrum import Spectrum
from artvis.model.music import HOP_S

BANDS: Final = 54
LOW_HZ, HIGH_HZ = 30.0, 15_000.0
LOW_BAND_TOP_HZ: Final = 180.0
SNARE_HZ: Final = (1000.0, 8000.0)
LAG_S: Final = 0.030
"""Novelty peaks that much after the sound: half the window, and half of the difference over two hops."""
LAG_HOPS_OF_DIFFERENCE: Final = 2
GAIN_MEMORY_S: Final = 8.0
COMPRESSION: Final = 200.0
SCORE_MEMORY_S: Final = 5.0
FAINTEST: Final = 5e-3
"""Novelty that is nothing, in compressed bands: a steady tone has 1e-3, a soft onset 0.05."""


@dataclass(frozen=True, slots=True)
class Novelty:
    """How much begins in this hop, z-scored over the last seconds."""

    full: float
    low: float
    """Under 180 Hz alone: bass drum, bass notes."""
    snare: float
    """From 1 to 8 kHz: the snare drum, mostly."""
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
    """SuperFlux on a log spectrum with auto gain. Source: Böck & Widmer 2013."""

    def __init__(self) -> None:
        self._weights = log_bands(LOW_HZ, HIGH_HZ, BANDS)
        centres = np.geomspace(LOW_HZ, HIGH_HZ, BANDS)
        self._low_bands = int(np.searchsorted(centres, LOW_BAND_TOP_HZ))
        self._snare_bands = slice(*np.searchsorted(centres, SNARE_HZ).tolist())
        self._peak = 1e-5
        self._fall = float(np.exp(-HOP_S / GAIN_MEMORY_S))
        self._past = np.zeros((LAG_HOPS_OF_DIFFERENCE, BANDS + 2), np.float32)
        self._full, self._low, self._snare = RunningScore(), RunningScore(), RunningScore()

    def step(self, magnitude: Spectrum, *, silent: bool) -> Novelty:
        """One hop on; `magnitude` has shape (1025,). Scores and gain rest while `silent`."""
        bands = self._weights @ magnitude
        if not silent:
            self._peak = max(float(bands.max()), self._peak * self._fall, 1e-5)
        return self.rise(np.log1p(bands * np.float32(COMPRESSION / self._peak)), silent=silent)

    def rise(self, compressed: Spectrum, *, silent: bool) -> Novelty:
        """The novelty of a hop whose compressed bands are given, shape (54,)."""
        before = self._past[0]
        widest = np.maximum(np.maximum(before[:-2], before[1:-1]), before[2:])
        rise = np.maximum(compressed - widest, 0)
        self._past[0] = self._past[1]
        self._past[1, 1:-1] = compressed
        if silent:
            return Novelty(0.0, 0.0, 0.0, compressed)
        full = self._full.step(float(rise.mean()))
        low = self._low.step(float(rise[: self._low_bands].mean()))
        snare = self._snare.step(float(rise[self._snare_bands].mean()))
        return Novelty(full, low, snare, compressed)


class OnsetPicker:
    """Local maxima of the novelty, known one hop late."""

    THRESHOLD: Final = 0.3
    GAP_S: Final = 0.050

    def __init__(self) -> None:
        self._before = 0.0
        self._last = 0.0
        self._since_s = 1.0

    def step(self, score: float) -> float:
        """The strength of an onset one hop ago, or 0."""
        self._since_s += HOP_S
        peak = self._last > self._before and self._last >= score and self._last > self.THRESHOLD
        strength = self._last if peak and self._since_s >= self.GAP_S else 0.0
        if strength:
            self._since_s = 0.0
        self._before, self._last = self._last, score
        return strength
