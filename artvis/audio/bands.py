"""Bass, mid, treble and the 64-bar spectrum, with a gain that follows the music and rests in silence.

It does not know loudness: at any volume the same music gives the same movement.
"""

from typing import Final

import numpy as np

from artvis.audio.spectrum import BIN_HZ, BINS, Spectrum
from artvis.model.music import HOP_S, SPECTRUM_BARS

BAND_EDGES_HZ: Final = (30.0, 160.0, 2000.0, 15_000.0)
ATTACK_S: Final = 0.030
RELEASE_S: Final = 0.300
GAIN_MEMORY_S: Final = 9.0
"""How long the gain remembers the loudest moment; about cava's autosens."""
SOFTEST: Final = 2e-5
"""Amplitude that the gain never lifts to full: a hiss at -94 dBFS stays small."""


class AutoGain:
    """Divides by the running peak, which falls slowly and rests while `silent`."""

    def __init__(self) -> None:
        self._peak = SOFTEST
        self._fall = float(np.exp(-HOP_S / GAIN_MEMORY_S))

    def step(self, loudest: float, *, silent: bool) -> float:
        """The amplitude that counts as full, given the loudest one now."""
        if not silent:
            self._peak = max(loudest, self._peak * self._fall, SOFTEST)
        return self._peak


class ThreeBands:
    """Bass, mid and treble, each 0..1, quick to rise and slow to fall."""

    def __init__(self) -> None:
        self._edges = [round(edge / BIN_HZ) for edge in BAND_EDGES_HZ]
        self._gains = [AutoGain() for _ in range(3)]
        self._levels = [0.0, 0.0, 0.0]
        self._rise = 1 - float(np.exp(-HOP_S / ATTACK_S))
        self._sink = 1 - float(np.exp(-HOP_S / RELEASE_S))

    def step(self, magnitude: Spectrum, *, silent: bool) -> tuple[float, float, float]:
        power = np.add.reduceat(magnitude * magnitude, self._edges)[:3]
        for band, amplitude in enumerate(np.sqrt(power).tolist()):
            full = self._gains[band].step(amplitude, silent=silent)
            target = 0.0 if silent else min(1.0, amplitude / full) ** 0.8
            level = self._levels[band]
            self._levels[band] = level + (target - level) * (self._rise if target > level else self._sink)
        return self._levels[0], self._levels[1], self._levels[2]


class Decibels:
    """Amplitudes as heights, 0..1, linear in decibels under the running peak; quick to rise and slow to fall."""

    FADED: Final = np.float32(0.002)
    """Less than this of a height is nothing, once there is silence."""

    def __init__(self, count: int, *, range_db: float) -> None:
        self._range_db = np.float32(range_db)
        self._gain = AutoGain()
        self._levels = np.zeros(count, np.float32)
        self._rise = np.float32(1 - np.exp(-HOP_S / 0.015))
        self._sink = np.float32(1 - np.exp(-HOP_S / 0.180))

    def step(self, amplitude: Spectrum, *, silent: bool) -> Spectrum:
        """Takes and gives shape (count,), float32; what it gives is read-only and new each hop."""
        full = self._gain.step(float(amplitude.max()), silent=silent)
        if silent:
            left = self._levels * (1 - self._sink)
            self._levels = np.where(left < self.FADED, np.float32(0), left)
        else:
            decibels = np.float32(20) * np.log10(amplitude / np.float32(full) + np.float32(1e-6))
            target = np.clip(1 + decibels / self._range_db, 0, 1)
            pace = np.where(target > self._levels, self._rise, self._sink)
            self._levels = self._levels + (target - self._levels) * pace
        self._levels.flags.writeable = False
        return self._levels


class SpectrumBars:
    """64 bars from 40 Hz to 14 kHz in log steps, each 0..1 in a range of 50 dB under the running peak."""

    RANGE_DB: Final = 50.0
    TILT_DB_PER_OCTAVE: Final = 3.0
    """Music falls by about that much; without it the right half would never move."""

    def __init__(self) -> None:
        self._weights = log_bands(40.0, 14_000.0, SPECTRUM_BARS)
        octaves = np.linspace(0.0, np.log2(14_000 / 40), SPECTRUM_BARS)
        self._tilt = (10 ** (self.TILT_DB_PER_OCTAVE * octaves / 20)).astype(np.float32)
        self._decibels = Decibels(SPECTRUM_BARS, range_db=self.RANGE_DB)

    def step(self, magnitude: Spectrum, *, silent: bool) -> Spectrum:
        """Shape (64,), float32, read-only, new each hop."""
        return self._decibels.step((self._weights @ magnitude) * self._tilt, silent=silent)


def log_bands(low_hz: float, high_hz: float, count: int) -> Spectrum:
    """Triangular bands in log steps, shape (count, 1025), float32, each row sums to 1.

    Where a band is narrower than a bin it interpolates between the two bins beside its centre.
    """
    centres = np.geomspace(low_hz, high_hz, count)
    ratio = (high_hz / low_hz) ** (1 / (count - 1))
    bins_hz = np.arange(BINS) * BIN_HZ
    left = np.minimum(centres / ratio, centres - BIN_HZ)[:, None]
    right = np.maximum(centres * ratio, centres + BIN_HZ)[:, None]
    middle = centres[:, None]
    rising, falling = (bins_hz - left) / (middle - left), (right - bins_hz) / (right - middle)
    weights = np.clip(np.minimum(rising, falling), 0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)
