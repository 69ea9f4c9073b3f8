"""The sound as scene files read it: its last samples, and a spectrum in equal steps.

Neither is meant for movement: what a scene moves by are bands and beats, which are smoothed for that.
"""

from typing import Final

import numpy as np

from artvis.audio.bands import Decibels
from artvis.audio.spectrum import BINS, Spectrum
from artvis.model.music import FFT_BINS, NO_WAVEFORM, Samples


class EvenSpectrum:
    """512 bins from 0 Hz to 22,050 Hz, each a pair of the short spectrum and as loud as the louder of the two."""

    RANGE_DB: Final = 70.0
    """Under the running peak; as AnalyserNode of the Web Audio API has it, whose spectrum has no tilt either."""

    def __init__(self) -> None:
        self._decibels = Decibels(FFT_BINS, range_db=self.RANGE_DB)

    def step(self, magnitude: Spectrum, *, silent: bool) -> Spectrum:
        """`magnitude` has shape (1025,). Gives shape (512,), float32, 0..1, read-only, new each hop."""
        pairs = np.maximum(magnitude[: BINS - 1 : 2], magnitude[1::2])
        return self._decibels.step(pairs, silent=silent)


def waveform(hop: Samples, *, silent: bool) -> Samples:
    """The hop by channel: shape (2, 512), float32, -1..1, contiguous and read-only; zeros where it is `silent`."""
    if silent:
        return NO_WAVEFORM
    by_channel = np.empty_like(NO_WAVEFORM)
    np.clip(hop.T, -1.0, 1.0, out=by_channel)
    by_channel.flags.writeable = False
    return by_channel
