"""What the beat network is given each hop: the spectrum in bands, the notes, and what rises in both.

It decides nothing; the measures are made the same at any volume by a gain that follows the loudest band.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.bands import log_bands
from artvis.audio.spectrum import Spectrum
from artvis.model.music import HOP, HOP_S, SAMPLE_RATE_HZ, Samples

BANDS: Final = 54
LOW_HZ, HIGH_HZ = 30.0, 15_000.0
BAND_LAG: Final = 2
"""Hops: a rise is against so long ago, since the windows of neighbouring hops overlap."""
NOTES: Final = 60
LOWEST_NOTE_HZ: Final = 41.2
"""E1, the lowest string of a bass; five octaves from there."""
NOTE_LAG: Final = 4
INPUTS: Final = 2 * (BANDS + NOTES)
GAIN_MEMORY_S: Final = 8.0
COMPRESSION: Final = 200.0
FAINTEST_PEAK: Final = 2e-4
"""-74 dBFS: what is softer is not lifted to full, so that hiss before the music does not sound like music."""

DECIMATION: Final = 4
_FFT: Final = 2048
"""At 11,025 Hz: 186 ms, long enough to tell neighbouring notes from about E2 on."""
_TAPS: Final = 32


def _low_pass() -> npt.NDArray[np.float32]:
    """A windowed sinc: passes 2 kHz, 60 dB down where it would fold back onto the notes (9.7 kHz)."""
    at = np.arange(_TAPS) - (_TAPS - 1) / 2
    taps = np.sinc(at * 0.22) * np.hamming(_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


def _note_weights() -> Spectrum:
    """Triangles a semitone to each side (or a bin, where that is wider), shape (60, 1025)."""
    bin_hz = SAMPLE_RATE_HZ / DECIMATION / _FFT
    centres = (LOWEST_NOTE_HZ * 2 ** (np.arange(NOTES) / 12))[:, None]
    bins_hz = np.arange(_FFT // 2 + 1) * bin_hz
    ratio = 2 ** (1 / 12)
    left, right = np.minimum(centres / ratio, centres - bin_hz), np.maximum(centres * ratio, centres + bin_hz)
    weights = np.clip(
        np.minimum((bins_hz - left) / (centres - left), (right - bins_hz) / (right - centres)), 0, None
    )
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


class NoteSpectrum:
    """The strength of sixty notes from E1 on, from a window of 186 ms."""

    def __init__(self) -> None:
        self._taps = _low_pass()
        self._sound = np.zeros(_TAPS - DECIMATION + HOP, np.float32)
        self._past = np.zeros(_FFT, np.float32)
        self._window = np.hanning(_FFT).astype(np.float32) * np.float32(4.0 / _FFT)
        weights = _note_weights()
        self._bins = int(np.flatnonzero(weights.any(axis=0))[-1]) + 1
        self._weights = np.ascontiguousarray(weights[:, : self._bins])
        shape = (HOP // DECIMATION, _TAPS)
        step = self._sound.strides[0]
        self._frames = np.lib.stride_tricks.as_strided(self._sound, shape, (DECIMATION * step, step))

    def step(self, hop: Samples) -> Spectrum:
        """Takes `hop`, shape (512, 2), float32, and gives the notes, shape (60,), float32, linear amplitude."""
        self._sound[:-HOP] = self._sound[HOP:]
        np.add(hop[:, 0], hop[:, 1], out=self._sound[-HOP:])
        fresh = HOP // DECIMATION
        self._past[:-fresh] = self._past[fresh:]
        np.dot(self._frames, self._taps, out=self._past[-fresh:])
        transform = np.fft.rfft(self._past * self._window)[: self._bins]
        return np.asarray(self._weights @ np.abs(transform).astype(np.float32), np.float32)


class _Compressed:
    """Bands with auto gain, on a logarithm, and their rise: half of the inputs."""

    def __init__(self, count: int, lag: int) -> None:
        self._peak = FAINTEST_PEAK
        self._fall = float(np.exp(-HOP_S / GAIN_MEMORY_S))
        self._past = np.zeros((lag, count + 2), np.float32)
        self._hop = 0

    def step(self, magnitude: Spectrum, out: Spectrum, *, silent: bool) -> None:
        """Writes bands and rises, shape (2 * count,), into `out`. SuperFlux: Böck & Widmer 2013."""
        count = len(magnitude)
        if not silent:
            self._peak = max(float(magnitude.max()), self._peak * self._fall, FAINTEST_PEAK)
        bands, rise = out[:count], out[count:]
        np.log1p(magnitude * np.float32(COMPRESSION / self._peak), out=bands)
        before = self._past[self._hop]
        np.maximum(before[:-2], before[1:-1], out=rise)
        np.maximum(rise, before[2:], out=rise)
        np.subtract(bands, rise, out=rise)
        np.maximum(rise, 0, out=rise)
        before[1:-1] = bands
        self._hop = (self._hop + 1) % len(self._past)


class BeatInput:
    """Makes the input of the network, hop by hop."""

    def __init__(self) -> None:
        self._weights = log_bands(LOW_HZ, HIGH_HZ, BANDS)
        self._notes = NoteSpectrum()
        self._band_side, self._note_side = _Compressed(BANDS, BAND_LAG), _Compressed(NOTES, NOTE_LAG)
        self._out = np.zeros(INPUTS, np.float32)

    def measure(self, magnitude: Spectrum, hop: Samples) -> Spectrum:
        """Bands and notes before any gain, shape (114,), float32: what training keeps of a recording."""
        return np.concatenate([self._weights @ magnitude, self._notes.step(hop)])

    def step(self, magnitude: Spectrum, hop: Samples, *, silent: bool) -> Spectrum:
        """One hop on. `magnitude` has shape (1025,), `hop` (512, 2); gives shape (228,), reused by the next hop.

        Bands, their rises, notes, their rises, in this order. Gains rest while `silent`.
        """
        return self.shape(self.measure(magnitude, hop), silent=silent)

    def shape(self, measured: Spectrum, *, silent: bool) -> Spectrum:
        """The input made of what `measure` gave."""
        out = self._out
        self._band_side.step(measured[:BANDS], out[: 2 * BANDS], silent=silent)
        self._note_side.step(measured[BANDS:], out[2 * BANDS :], silent=silent)
        return out
