"""How wide the sound is between the two channels.

It does not tell where in between a source stands: a mono sound in one channel alone is as narrow as one in both.
"""

from typing import Final

import numpy as np

from artvis.model.music import HOP_S, Samples


class StereoWidth:
    """0 mono .. 1 uncorrelated or antiphase, over about the last second.

    Width = (1 - r) within 0..1, with r = <LR> / sqrt(<LL><RR>), the correlation of the channels; it counts for nothing
    where one of them is 30 dB or more under the other, and in full from 20 dB on.
    """

    MEMORY_S: Final = 0.7
    ALONE, BESIDE = 1e-3, 1e-2
    FAINTEST: Final = 1e-9
    """Mean square that is silence: -90 dBFS."""

    def __init__(self) -> None:
        self._moments = np.zeros((2, 2))
        self._width = 0.0

    def step(self, hop: Samples) -> float:
        """Takes `hop`, shape (512, 2). In silence the width stays as it was."""
        now = hop.T @ hop
        self._moments += (now / len(hop) - self._moments) * (HOP_S / self.MEMORY_S)
        left, both, right = float(self._moments[0, 0]), float(self._moments[0, 1]), float(self._moments[1, 1])
        if max(left, right) < self.FAINTEST:
            return self._width
        balance = min(left, right) / max(left, right)
        beside = min(1.0, max(0.0, (balance - self.ALONE) / (self.BESIDE - self.ALONE)))
        correlation = both / (left * right) ** 0.5 if balance > self.ALONE else 1.0
        self._width = beside * min(1.0, max(0.0, 1.0 - correlation))
        return self._width
