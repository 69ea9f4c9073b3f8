"""The one short spectrum that every other measure shares, and the plain numbers that describe its shape.

It does not judge loudness, rhythm or harmony, and keeps no history but the window of samples itself.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.model.music import HOP, SAMPLE_RATE_HZ, Samples

Spectrum = npt.NDArray[np.float32]

FFT_SIZE: Final = 2048
BINS: Final = FFT_SIZE // 2 + 1
BIN_HZ: Final = SAMPLE_RATE_HZ / FFT_SIZE
BIN_CENTRES_HZ: Final = (np.arange(BINS) * BIN_HZ).astype(np.float32)
POWER_FLOOR: Final = 1e-14
"""-140 dB: far under the noise of 16 bits, so that a logarithm never meets zero."""
LOUDEST: Final = 8.0
"""Samples beyond +18 dBFS are a fault of the source and are clipped here."""


@dataclass(frozen=True, slots=True)
class SpectrumFrame:
    """The spectrum of the last 2,048 samples."""

    power: Spectrum
    """Shape (2, 1025), float32, by channel; 1.0 at the bin of a full-scale sine; DC is taken out."""
    magnitude: Spectrum
    """Shape (1025,), float32: root of the mean power of both channels, so that antiphase does not cancel."""


def clean(hop: Samples) -> Samples:
    """The same hop with NaN and infinity as silence, and nothing beyond LOUDEST."""
    peak = float(np.abs(hop).max())
    if peak <= LOUDEST:
        return hop
    finite = np.nan_to_num(hop, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(finite, -LOUDEST, LOUDEST).astype(np.float32)


class ShortSpectrum:
    """A sliding window over the sound, transformed once a hop."""

    def __init__(self) -> None:
        self._window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT_SIZE) / FFT_SIZE)).astype(np.float32)
        self._scale = np.float32(2.0 / self._window.sum())
        self._past = np.zeros((2, FFT_SIZE), np.float32)

    def step(self, hop: Samples) -> SpectrumFrame:
        """Takes `hop`, shape (512, 2), float32, and gives the spectrum of the window that ends with it."""
        past = self._past
        past[:, :-HOP] = past[:, HOP:]
        past[:, -HOP:] = hop.T
        transform = np.fft.rfft(past * self._window) * self._scale
        transform[:, 1] += transform[:, 0] / 2  # a Hann window leaks half of DC, negated, into bin 1
        transform[:, 0] = 0
        power = (transform.real**2 + transform.imag**2).astype(np.float32)
        return SpectrumFrame(power, np.sqrt(power.mean(axis=0)))


def centroid_hz(magnitude: Spectrum) -> float:
    """The centre of gravity of the magnitude, in Hz; 0 for silence. `magnitude` has shape (1025,)."""
    total = float(magnitude.sum())
    return float(magnitude @ BIN_CENTRES_HZ) / total if total > 1e-6 else 0.0


_FROM_BIN: Final = 6
"""130 Hz: below it the window leaks too much for neighbouring bins to be independent."""
_TO_BIN: Final = 700
"""15 kHz."""
_BLOCKS: Final = np.geomspace(_FROM_BIN, _TO_BIN, 25).astype(int)
_BLOCK_EDGES: Final = _BLOCKS[:-1]
_BLOCK_SIZES: Final = np.diff(_BLOCKS).astype(np.float32)


def flatness(magnitude: Spectrum) -> float:
    """Geometric over arithmetic mean of the power within 24 bands: near 0 a tone, about 0.65 steady noise.

    By band, so that the tilt of pink noise or of a dull recording does not count as tone; a band counts by the
    fourth root of its power, so that what is hardly there hardly counts.
    """
    power = magnitude[:_TO_BIN] ** 2 + POWER_FLOOR
    arithmetic = np.add.reduceat(power, _BLOCK_EDGES) / _BLOCK_SIZES
    geometric = np.add.reduceat(np.log(power), _BLOCK_EDGES) / _BLOCK_SIZES
    weights = np.sqrt(np.sqrt(arithmetic))
    return float(np.exp((weights @ (geometric - np.log(arithmetic))) / weights.sum()))
