"""Loudness as ITU-R BS.1770-4 defines it, and the decision whether there is silence.

It weighs in the frequency domain, with no filter state, and knows no integrated loudness of whole programmes.
"""

from typing import Final

import numpy as np

from artvis.audio.spectrum import BINS, FFT_SIZE, Spectrum
from artvis.model.music import HOP_S, SAMPLE_RATE_HZ

MOMENTARY_HOPS: Final = round(0.4 / HOP_S)
SHORT_TERM_HOPS: Final = round(3.0 / HOP_S)
QUIETEST_LUFS: Final = -120.0


def k_weighting() -> Spectrum:
    """Power gain of the K filter at each bin, shape (1025,), float32.

    Both stages of BS.1770-4 from their analogue parameters. Source: libebur128, ebur128_init_filter.
    """
    z = np.exp(-2j * np.pi * np.arange(BINS) / FFT_SIZE)
    gain, quality = 10 ** (3.999843853973347 / 20), 0.7071752369554196
    k = np.tan(np.pi * 1681.974450955533 / SAMPLE_RATE_HZ)
    middle = gain**0.4996667741545416
    shelf = (
        (gain + middle * k / quality + k * k)
        + 2 * (k * k - gain) * z
        + (gain - middle * k / quality + k * k) * z * z
    ) / ((1 + k / quality + k * k) + 2 * (k * k - 1) * z + (1 - k / quality + k * k) * z * z)
    quality = 0.5003270373238773
    k = np.tan(np.pi * 38.13547087602444 / SAMPLE_RATE_HZ)
    floor = 1 + k / quality + k * k
    high_pass = (1 - z) ** 2 / (1 + 2 * (k * k - 1) / floor * z + (1 - k / quality + k * k) / floor * z * z)
    return np.asarray(np.abs(shelf * high_pass) ** 2, np.float32)


class LoudnessMeter:
    """Momentary (400 ms) and short-term (3 s) loudness, one value of each a hop."""

    def __init__(self) -> None:
        # Mean square of a Hann-windowed sine is a third of the sum over its bins when its peak bin is 1.
        self._weights = k_weighting() / np.float32(3.0)
        self._mean_squares = np.zeros(SHORT_TERM_HOPS)
        self._next = 0

    def step(self, power: Spectrum) -> tuple[float, float]:
        """(momentary, short-term) in LUFS. `power` has shape (2, 1025) as in SpectrumFrame."""
        self._mean_squares[self._next] = float((power @ self._weights).sum())
        self._next = (self._next + 1) % SHORT_TERM_HOPS
        latest = np.arange(self._next - MOMENTARY_HOPS, self._next)
        return _lufs(float(self._mean_squares[latest].mean())), _lufs(float(self._mean_squares.mean()))


def _lufs(mean_square: float) -> float:
    return max(QUIETEST_LUFS, -0.691 + 10 * float(np.log10(mean_square + 1e-13)))


class SilenceGate:
    """Says whether there is silence: too quiet to matter, or quiet and nothing but steady hiss."""

    ALWAYS_SOUND_LUFS: Final = -50.0
    NEVER_SOUND_LUFS: Final = -68.0
    HISS_FLATNESS: Final = 0.42
    """Between music (0.05 to 0.35) and Gaussian noise (0.5 to 0.56), smoothed over a second."""
    CLOSE_AFTER_S: Final = 0.3

    def __init__(self) -> None:
        self.silent = True
        self._flatness = 0.5
        self._quiet_s = 0.0

    def step(self, momentary_lufs: float, flatness: float) -> bool:
        self._flatness += (flatness - self._flatness) * min(1.0, HOP_S / 0.5)
        hiss = momentary_lufs < self.ALWAYS_SOUND_LUFS and self._flatness > self.HISS_FLATNESS
        margin_db = 2.0 if self.silent else 0.0  # so that a fade does not flutter
        quiet = hiss or momentary_lufs < self.NEVER_SOUND_LUFS + margin_db
        self._quiet_s = self._quiet_s + HOP_S if quiet else 0.0
        self.silent = self._quiet_s >= self.CLOSE_AFTER_S or (self.silent and quiet)
        return self.silent
