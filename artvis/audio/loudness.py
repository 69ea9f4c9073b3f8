"""Loudness as ITU-R BS.1770-4 defines it, and the decision whether there is silence.

It weighs in the frequency domain, with no filter state, and knows no integrated loudness of whole programmes.
"""

import math
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
    """Loudness of the hop's window (46 ms), momentary (400 ms) and short-term (3 s), in LUFS."""

    def __init__(self) -> None:
        # Mean square of a Hann-windowed sine is a third of the sum over its bins when its peak bin is 1.
        self._weights = k_weighting() / np.float32(3.0)
        self._mean_squares = [0.0] * SHORT_TERM_HOPS
        self._next = 0
        self._momentary = self._short_term = 0.0
        """Sums over the last hops of each: what comes is added, what leaves is taken away."""

    def step(self, power: Spectrum) -> tuple[float, float, float]:
        """(hop, momentary, short-term). `power` has shape (2, 1025) as in SpectrumFrame."""
        now = float((power @ self._weights).sum())
        past, at = self._mean_squares, self._next
        self._momentary += now - past[at - MOMENTARY_HOPS]  # a negative place counts from the end
        self._short_term += now - past[at]
        past[at] = now
        self._next = (at + 1) % SHORT_TERM_HOPS
        if at == 0:  # so that no rounding is left behind by what was loud
            self._short_term = sum(past)
            self._momentary = sum(past[1 - MOMENTARY_HOPS :]) + now
        return _lufs(now), _lufs(self._momentary / MOMENTARY_HOPS), _lufs(self._short_term / SHORT_TERM_HOPS)


def _lufs(mean_square: float) -> float:
    return max(QUIETEST_LUFS, -0.691 + 10 * math.log10(max(mean_square, 0.0) + 1e-13))


class SilenceGate:
    """Says whether there is silence: too quiet to matter, or quiet and nothing but steady hiss."""

    ALWAYS_SOUND_LUFS: Final = -50.0
    NEVER_SOUND_LUFS: Final = -76.0
    HISS_FLATNESS: Final = 0.55
    """Music has 0.2 to 0.6, Gaussian noise 0.65, smoothed over half a second."""
    HISS_WAVER_DB: Final = (2.0, 1.4)
    """Mean deviation of a hop's loudness that opens, and that keeps open: noise up to 1, drums over 3."""
    STOPPED_DB: Final = -20.0
    """A fall by that much at once is sound that has stopped: what is left is judged by itself."""
    SETTLES_AFTER_S: Final = 1.0
    GONE_AFTER_S: Final = 2.0
    CLOSE_AFTER_S: Final = 0.3

    def __init__(self) -> None:
        self.silent = True
        self._flatness = 0.65
        self._usual_lufs = QUIETEST_LUFS
        self._waver_db = 0.0
        self._present_s, self._absent_s = 0.0, self.GONE_AFTER_S
        self._quiet_s = 0.0

    def step(self, momentary_lufs: float, *, hop_lufs: float, flatness: float) -> bool:
        """One hop on; whether there is silence now."""
        self._flatness += (flatness - self._flatness) * HOP_S / 0.5
        self._watch(hop_lufs, momentary_lufs)
        hiss = self._flatness > self.HISS_FLATNESS and self._waver_db < self.HISS_WAVER_DB[not self.silent]
        margin_db = 2.0 if self.silent else 0.0  # so that a fade does not flutter
        quiet = momentary_lufs < self.NEVER_SOUND_LUFS + margin_db
        quiet = quiet or (hiss and momentary_lufs < self.ALWAYS_SOUND_LUFS + margin_db)
        self._quiet_s = self._quiet_s + HOP_S if quiet else 0.0
        self.silent = self._quiet_s >= self.CLOSE_AFTER_S or (self.silent and quiet)
        return self.silent

    def _watch(self, hop_lufs: float, momentary_lufs: float) -> None:
        """Follows how much the loudness wavers around its usual value, from a second after it began."""
        self._absent_s = 0.0 if momentary_lufs > self.NEVER_SOUND_LUFS else self._absent_s + HOP_S
        self._present_s = 0.0 if self._absent_s > self.GONE_AFTER_S else self._present_s + HOP_S
        settling = self._present_s < self.SETTLES_AFTER_S
        away_db = hop_lufs - self._usual_lufs
        if away_db < self.STOPPED_DB:
            self._usual_lufs, away_db = hop_lufs, 0.0
        self._usual_lufs += away_db * HOP_S / (0.1 if settling else 0.5)
        wavers_db = 0.0 if settling else min(abs(away_db), 6.0)
        self._waver_db += (wavers_db - self._waver_db) * HOP_S / 1.0
