"""Clicks whose beginning can be found to the sample: how they sound, and where they are in what was recorded.

It plays and records nothing.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.model.music import SAMPLE_RATE_HZ, Samples

RINGS_S: Final = 0.03
HZ: Final = 1500.0
APART_S: Final = 0.3
"""What sounds sooner after a click is its echo."""
FAINTEST: Final = 1e-3
OVER_NOISE: Final = 6.0
NOISE_PACE: Final = 0.05


def click_period(period_s: float) -> npt.NDArray[np.float32]:
    """One click and the silence after it, shape (n,), float32; at its loudest with the second sample."""
    t_s = np.arange(round(period_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    click = 0.6 * np.cos(2 * np.pi * HZ * t_s) * np.exp(-t_s / 0.003)
    return np.where(t_s < RINGS_S, click, 0.0).astype(np.float32)


class ClickFinder:
    """Finds the clicks in a stream of blocks, over whatever noise there is."""

    def __init__(self) -> None:
        self._heard = 0
        self._last = -round(APART_S * SAMPLE_RATE_HZ)
        self._noise: float | None = None

    def find(self, block: Samples) -> int | None:
        """Where in `block`, shape (n, 2), a click begins; None where none does."""
        sound = np.abs(block).max(axis=1)
        peak, start = float(sound.max(initial=0.0)), self._heard
        self._heard += len(block)
        if start - self._last < APART_S * SAMPLE_RATE_HZ:
            return None
        if self._noise is not None and peak > max(FAINTEST, OVER_NOISE * self._noise):
            at = int(np.argmax(sound > peak / 2))
            self._last = start + at
            return at
        self._noise = peak if self._noise is None else self._noise + NOISE_PACE * (peak - self._noise)
        return None
