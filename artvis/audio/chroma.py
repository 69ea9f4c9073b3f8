"""Pitch classes: how strong each of the twelve notes is, from a long spectrum taken now and then.

It does not name a key (key.py does) and does not follow melodies.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.model.music import HOP, SAMPLE_RATE_HZ, Samples

Chroma = npt.NDArray[np.float32]

LONG_FFT: Final = 16_384
EVERY_HOPS: Final = 8
"""4,096 samples."""
LOWEST_HZ, HIGHEST_HZ = 65.0, 2100.0
STEPS_PER_NOTE: Final = 3
_BIN_HZ: Final = SAMPLE_RATE_HZ / LONG_FFT


class ChromaMeter:
    """The 36-bin chroma of spectral peaks, folded to twelve notes with the tuning taken out."""

    def __init__(self) -> None:
        self._past = np.zeros(LONG_FFT, np.float32)
        self._window = np.hanning(LONG_FFT).astype(np.float32)
        self._first, self._last = int(LOWEST_HZ / _BIN_HZ), int(HIGHEST_HZ / _BIN_HZ)
        self._hops = 0
        self._tuning = np.zeros(2)
        """Mean direction of the deviations from equal temperament at 440 Hz, on the circle of one note."""

    def step(self, hop: Samples) -> Chroma | None:
        """Every eighth hop the chroma of the last 0.37 s: shape (12,), from C, sums to 1, or zeros."""
        slot = self._hops % EVERY_HOPS
        start = LONG_FFT - (EVERY_HOPS - slot) * HOP
        if slot == 0:
            self._past[: -EVERY_HOPS * HOP] = self._past[EVERY_HOPS * HOP :]
        self._past[start : start + HOP] = hop[:, 0] + hop[:, 1]
        self._hops += 1
        return self._measure() if slot == EVERY_HOPS - 1 else None

    def _measure(self) -> Chroma:
        transform = np.fft.rfft(self._past * self._window)[self._first - 1 : self._last + 2]
        magnitude = np.abs(transform)
        here, left, right = magnitude[1:-1], magnitude[:-2], magnitude[2:]
        peaks = np.flatnonzero((here > left) & (here >= right) & (here > 0.02 * here.max() + 1e-3))
        if len(peaks) == 0:
            return np.zeros(12, np.float32)
        a, b, c = (np.log(side[peaks] + 1e-9) for side in (left, here, right))
        bins = peaks + self._first + 0.5 * (a - c) / (a - 2 * b + c - 1e-12)
        notes = 12 * np.log2(bins * _BIN_HZ / 440.0) + 69
        weight = np.sqrt(here[peaks])
        turn = np.exp(2j * np.pi * notes) @ weight
        self._tuning += (np.array([turn.real, turn.imag]) / (weight.sum() + 1e-9) - self._tuning) * 0.02
        tuning = np.arctan2(self._tuning[1], self._tuning[0]) / (2 * np.pi)
        return self._fold(notes - tuning, weight)

    @staticmethod
    def _fold(notes: npt.NDArray[np.float64], weight: npt.NDArray[np.float32]) -> Chroma:
        """Peaks into 36 bins and those into twelve: the outer thirds of a note count half."""
        thirds = np.rint(notes * STEPS_PER_NOTE).astype(int) % (12 * STEPS_PER_NOTE)
        fine = np.bincount(thirds, weight, 12 * STEPS_PER_NOTE)
        by_note = np.roll(fine, 1).reshape(12, STEPS_PER_NOTE)  # flat, true, sharp
        chroma = by_note @ np.array([0.5, 1.0, 0.5])
        return np.asarray(chroma / (chroma.sum() + 1e-9), np.float32)
