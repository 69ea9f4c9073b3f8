"""Pitch classes: how strong each of the twelve notes is, in the bass and above it, from a long spectrum now and then.

It does not name a key (key.py does) and does not follow melodies.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.model.music import HOP, SAMPLE_RATE_HZ, Samples

Chroma = npt.NDArray[np.float32]

DECIMATION: Final = 8
"""An eighth of the rate holds every note that is looked at, and its FFT costs a fifteenth."""
RATE_HZ: Final = SAMPLE_RATE_HZ / DECIMATION
LONG_FFT: Final = 16_384 // DECIMATION
"""0.37 s."""
BIN_HZ: Final = RATE_HZ / LONG_FFT
"""2.7 Hz."""
EVERY_HOPS: Final = 8
"""4,096 samples."""
BASS_HZ: Final = (38.0, 200.0)
CHORDS_HZ: Final = (100.0, 1500.0)
STEPS_PER_NOTE: Final = 3
PEAK_SHARE: Final = 0.02
"""Under this share of the strongest peak it is not a note."""
FAINTEST: Final = 1e-6
"""Amplitude under which nothing is a note: -120 dBFS."""
TUNING_PACE: Final = 0.02
"""The tuning is a mean over about 50 spectra, 5 s."""

_TAPS: Final = 96
_CUT_HZ: Final = 2400.0
"""What is over 4,012 Hz would fold onto the notes; there the filter is under -70 dB."""


@dataclass(frozen=True, slots=True)
class Tones:
    """The notes of the last 0.37 s; each chroma has shape (12,), from C, and sums to 1, or is all zeros."""

    chords: Chroma
    """100 Hz to 1.5 kHz."""
    bass: Chroma
    """38 to 200 Hz: the root of a chord is mostly here."""


NO_TONES: Final = Tones(np.zeros(12, np.float32), np.zeros(12, np.float32))


class NoteFolder:
    """Folds the peaks of long spectra into notes, one spectrum after another, with the tuning taken out."""

    FIRST_BIN: Final = int(BASS_HZ[0] / BIN_HZ) - 1
    LAST_BIN: Final = int(CHORDS_HZ[1] / BIN_HZ) + 1

    def __init__(self) -> None:
        self._tuning = 0j
        """Mean direction of the deviations from equal temperament at 440 Hz, on the circle of one note."""

    def step(self, magnitude: Chroma) -> Tones:
        """Takes the amplitudes of the bins FIRST_BIN to LAST_BIN, BIN_HZ apart; full scale is 1."""
        here, left, right = magnitude[1:-1], magnitude[:-2], magnitude[2:]
        enough = PEAK_SHARE * here.max() + FAINTEST
        peaks = np.flatnonzero((here > left) & (here >= right) & (here > enough))
        if len(peaks) == 0:
            return NO_TONES
        a, b, c = (np.log(side[peaks] + np.float32(1e-12)) for side in (left, here, right))
        bins = peaks + (self.FIRST_BIN + 1) + 0.5 * (a - c) / (a - 2 * b + c - 1e-12)
        hz = bins * BIN_HZ
        notes = 12 * np.log2(hz / 440.0) + 69
        weight = np.sqrt(here[peaks])
        turn = complex(np.exp(2j * np.pi * notes) @ weight)
        self._tuning += (turn / float(weight.sum()) - self._tuning) * TUNING_PACE
        notes = notes - np.angle(self._tuning) / (2 * np.pi)
        thirds = np.rint(notes * STEPS_PER_NOTE).astype(np.int64) % (12 * STEPS_PER_NOTE)
        return Tones(
            _fold(thirds, weight * (hz >= CHORDS_HZ[0])),
            _fold(thirds, weight * (hz <= BASS_HZ[1])),
        )


def _fold(thirds: npt.NDArray[np.int64], weight: Chroma) -> Chroma:
    """Peaks in 36 bins folded into twelve: the outer thirds of a note count half."""
    fine = np.bincount(thirds, weight, 12 * STEPS_PER_NOTE)
    by_note = np.roll(fine, 1).reshape(12, STEPS_PER_NOTE)  # flat, true, sharp
    chroma = by_note @ np.array([0.5, 1.0, 0.5])
    return np.asarray(chroma / (chroma.sum() + 1e-12), np.float32)


class ChromaMeter:
    """The notes of live sound, every eighth hop."""

    def __init__(self) -> None:
        at = (np.arange(_TAPS) - (_TAPS - 1) / 2) * (2 * _CUT_HZ / SAMPLE_RATE_HZ)
        taps = np.sinc(at) * np.blackman(_TAPS)
        self._taps = (taps / taps.sum()).astype(np.float32)
        self._fresh = np.zeros(_TAPS - DECIMATION + HOP, np.float32)
        step = self._fresh.itemsize
        self._spans = np.lib.stride_tricks.as_strided(
            self._fresh, (HOP // DECIMATION, _TAPS), (DECIMATION * step, step), writeable=False
        )
        self._past = np.zeros(LONG_FFT, np.float32)
        self._window = np.hanning(LONG_FFT).astype(np.float32)
        self._window *= np.float32(1.0 / self._window.sum())  # half of 2 / sum: both channels are added
        self._notes = NoteFolder()
        self._hops = 0

    def step(self, hop: Samples) -> Tones | None:
        """Every eighth hop the notes of the last 0.37 s. `hop` has shape (512, 2)."""
        slot = self._hops % EVERY_HOPS
        self._hops += 1
        new = HOP // DECIMATION
        if slot == 0:
            self._past[: -EVERY_HOPS * new] = self._past[EVERY_HOPS * new :]
        self._fresh[:-HOP] = self._fresh[HOP:]
        np.add(hop[:, 0], hop[:, 1], out=self._fresh[-HOP:])
        start = LONG_FFT - (EVERY_HOPS - slot) * new
        np.matmul(self._spans, self._taps, out=self._past[start : start + new])
        if slot < EVERY_HOPS - 1:
            return None
        transform = np.fft.rfft(self._past * self._window)
        return self._notes.step(np.abs(transform[NoteFolder.FIRST_BIN : NoteFolder.LAST_BIN + 1]))
