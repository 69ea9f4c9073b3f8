"""Evidence for the tempo: how well each beat period explains the last seconds of novelty.

It does not know where the beats lie; the bar pointer in beat.py does.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.model.music import HOP_S

SLOWEST_BPM, FASTEST_BPM = 54.0, 215.0
PERIODS: Final = np.arange(int(60 / FASTEST_BPM / HOP_S), int(np.ceil(60 / SLOWEST_BPM / HOP_S)) + 1)
"""Every beat period in whole hops, 24 .. 96."""
Evidence = npt.NDArray[np.float32]

HISTORY_HOPS: Final = 640
"""7.4 s."""
_FFT: Final = 2048
COMB: Final = 4
FAVOURITE_BPM: Final = 118.0
OCTAVES_OF_DOUBT: Final = 0.55


def tempo_prior() -> Evidence:
    """Log-normal around 118 BPM, shape (73,), sums to 1. After the preferred tactus of Parncutt 1994."""
    octaves = np.log2(60 / (PERIODS * HOP_S) / FAVOURITE_BPM)
    prior = np.exp(-0.5 * (octaves / OCTAVES_OF_DOUBT) ** 2)
    return np.asarray(prior / prior.sum(), np.float32)


class TempoEvidence:
    """Autocorrelation of the novelty, summed over one to four beats."""

    def __init__(self) -> None:
        self._history = np.zeros(HISTORY_HOPS, np.float32)
        self._heard = 0
        self._prior = tempo_prior()
        self.clarity = 0.0
        """0..1: how much of the novelty repeats with the best period. Steady noise stays under about 0.15."""

    def push(self, score: float) -> None:
        """Adds one hop of novelty."""
        self._history[:-1] = self._history[1:]
        self._history[-1] = min(max(score, -1.0), 4.0)
        self._heard = min(self._heard + 1, HISTORY_HOPS)

    def forget(self) -> None:
        self._history[:] = 0
        self._heard = 0
        self.clarity = 0.0

    def measure(self) -> Evidence:
        """How likely each of PERIODS is, shape (73,), float32, sums to 1."""
        used = self._history[HISTORY_HOPS - self._heard :] if self._heard else self._history
        centred = used - used.mean()
        transform = np.fft.rfft(centred, _FFT)
        correlation = np.fft.irfft(transform.real**2 + transform.imag**2, _FFT)[:HISTORY_HOPS]
        correlation = correlation / (correlation[0] + 1e-6)
        combed = np.zeros(len(PERIODS))
        for beats in range(1, COMB + 1):
            lags = PERIODS * beats
            # a lag near the end of the history has few pairs: it is weighed by how many it has
            combed += correlation[np.minimum(lags, HISTORY_HOPS - 1)] * (lags < self._heard * 0.8)
        combed = np.maximum(combed / COMB, 0)
        self.clarity = float(min(1.0, combed.max() * 2)) if self._heard > 170 else 0.0
        weighed = combed**2 * self._prior + 1e-9
        return np.asarray(weighed / weighed.sum(), np.float32)
