"""Gathers the sound for the deep listener: mono at half the rate, the last minute, handed out every 8 s.

It does not listen to it, and knows nothing of the process that does.
"""

import math
from typing import Final

import numpy as np

from artvis.audio.deepresult import DEEP_EVERY_S, DEEP_LONGEST_S, DEEP_RATE_HZ, DeepWindow
from artvis.audio.spectrum import clean
from artvis.model.music import HOP, Samples

_TAPS: Final = 63
_NEW: Final = HOP // 2


def _half_band() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A windowed sinc that passes 10 kHz and stops what would fold back from over 12 kHz."""
    at = np.arange(_TAPS) - _TAPS // 2
    taps = np.sinc(at / 2) * np.hamming(_TAPS)
    return np.asarray(0.5 * taps / taps.sum(), np.float32)  # half: both channels are added


class DeepGatherer:
    """A minute of sound, and the moments at which it is due."""

    def __init__(self) -> None:
        self._taps = _half_band()
        self._fresh = np.zeros(_TAPS - 1 + HOP, np.float32)
        step = self._fresh.itemsize
        self._spans = np.lib.stride_tricks.as_strided(
            self._fresh, (_NEW, _TAPS), (2 * step, step), writeable=False
        )
        self._kept = np.zeros(math.ceil(DEEP_LONGEST_S * DEEP_RATE_HZ / _NEW) * _NEW, np.float32)
        self._count = self._begun = 0
        self._due_s = 0.0

    def begin_anew(self) -> None:
        """What came before is another track: no window reaches back to it."""
        self._begun = self._count

    def step(self, hop: Samples) -> None:
        """Adds `hop`, shape (512, 2), float32, 44,100 Hz."""
        hop = clean(hop)
        self._fresh[:-HOP] = self._fresh[HOP:]
        np.add(hop[:, 0], hop[:, 1], out=self._fresh[-HOP:])
        at = self._count % len(self._kept)  # a whole number of hops fits, so that none wraps around
        np.matmul(self._spans, self._taps, out=self._kept[at : at + _NEW])
        before = int(self._count / DEEP_RATE_HZ / DEEP_EVERY_S)
        self._count += _NEW
        after = int(self._count / DEEP_RATE_HZ / DEEP_EVERY_S)
        self._due_s = after * DEEP_EVERY_S if after > before else 0.0

    def due(self) -> DeepWindow | None:
        """The window that the last hop completed, ending exactly at its `end_s`; None for none, or one under 8 s."""
        end = int(self._due_s * DEEP_RATE_HZ)
        if end - self._begun < DEEP_EVERY_S * DEEP_RATE_HZ:
            return None
        length = min(end - self._begun, len(self._kept) - HOP)  # the newest hop may have written past the end
        first, last = (end - length) % len(self._kept), end % len(self._kept)
        if first < last:
            return DeepWindow(self._kept[first:last].copy(), self._due_s)
        return DeepWindow(np.concatenate([self._kept[first:], self._kept[:last]]), self._due_s)
