"""Gathers the sound for the deep listener: mono at half the rate, the last minute, handed out every 8 s.

It does not listen to it, and knows nothing of the process that does.
"""

from typing import Final

import numpy as np

from artvis.audio.deepresult import DEEP_EVERY_S, DEEP_LONGEST_S, DEEP_RATE_HZ, DeepWindow
from artvis.audio.spectrum import clean
from artvis.model.music import HOP, Samples

_TAPS: Final = 63


def _half_band() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A windowed sinc that passes 10 kHz and stops what would fold back from over 12 kHz."""
    at = np.arange(_TAPS) - _TAPS // 2
    taps = 0.5 * np.sinc(at / 2) * np.hamming(_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


class DeepGatherer:
    """A minute of sound, and the moments at which it is due."""

    def __init__(self) -> None:
        self._taps = _half_band()
        self._tail = np.zeros(_TAPS - 1, np.float32)
        self._kept = np.zeros(int(DEEP_LONGEST_S * DEEP_RATE_HZ), np.float32)
        self._count = 0
        self._due_s = 0.0

    def step(self, hop: Samples) -> None:
        """Adds `hop`, shape (512, 2), float32, 44,100 Hz."""
        mono = np.concatenate([self._tail, clean(hop).mean(axis=1)])
        self._tail = mono[-(_TAPS - 1) :]
        half = np.convolve(mono, self._taps, "valid")[::2]
        at = np.arange(self._count, self._count + HOP // 2) % len(self._kept)
        self._kept[at] = half
        before = int(self._count / DEEP_RATE_HZ / DEEP_EVERY_S)
        self._count += HOP // 2
        after = int(self._count / DEEP_RATE_HZ / DEEP_EVERY_S)
        self._due_s = after * DEEP_EVERY_S if after > before else 0.0

    def due(self) -> DeepWindow | None:
        """The window that the last hop completed, or None. It ends exactly at its `end_s`."""
        if not self._due_s:
            return None
        end = int(self._due_s * DEEP_RATE_HZ)
        length = min(end, len(self._kept) - HOP)  # the newest hop may have written past the end
        return DeepWindow(self._kept[np.arange(end - length, end) % len(self._kept)], self._due_s)
