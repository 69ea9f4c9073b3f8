"""All that is measured of one hop of sound, in one value.

It measures and never decides: tempo, key, mood and sections are made of these values in musicstate.py.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from artvis.audio.bands import SpectrumBars, ThreeBands
from artvis.audio.beatinput import BeatInput
from artvis.audio.beatnet import Activation, BeatNetwork
from artvis.audio.chroma import Chroma, ChromaMeter
from artvis.audio.loudness import LoudnessMeter, SilenceGate
from artvis.audio.onset import FoundOnset, Novelty, NoveltyMeter, OnsetPicker
from artvis.audio.scenesound import EvenSpectrum, waveform
from artvis.audio.spectrum import BIN_HZ, ShortSpectrum, Spectrum, centroid_hz, clean, flatness
from artvis.audio.stereo import StereoWidth
from artvis.model.music import HOP_S, NO_FFT, NO_WAVEFORM, Samples

ROLLOFF_SHARE: Final = 0.85


def rolloff_hz(magnitude: Spectrum) -> float:
    """The frequency under which 85 % of the magnitude lies, in Hz. `magnitude` has shape (1025,)."""
    reached = np.cumsum(magnitude)
    return float(np.searchsorted(reached, ROLLOFF_SHARE * reached[-1])) * BIN_HZ


@dataclass(frozen=True, slots=True)
class FeatureFrame:
    """The measures at `t_s`, the end of the hop."""

    t_s: float
    momentary_lufs: float
    short_term_lufs: float
    silent: bool
    bass: float
    mid: float
    treble: float
    centroid_hz: float
    flatness: float
    novelty: Novelty
    pulse: Activation
    """What the network says of beats."""
    onset: FoundOnset | None
    """The onset that this hop has proved."""
    chroma: Chroma | None
    """Notes from 100 Hz to 1.5 kHz every eighth hop, else None."""
    bars: Spectrum
    bass_chroma: Chroma | None = None
    """Notes from 38 to 200 Hz, when there is a chroma."""
    rolloff_hz: float = 0.0
    """Under it lies 85 % of the magnitude; 0 in silence."""
    width: float = 0.0
    """0 mono .. 1 uncorrelated or antiphase; the formula stands in stereo.py."""
    waveform: Samples = field(default_factory=lambda: NO_WAVEFORM)
    """The hop itself, shape (2, 512)."""
    fft: Spectrum = field(default_factory=lambda: NO_FFT)
    """Shape (512,), 0..1, in equal steps."""


class FeatureExtractor:
    """Turns hops into measures; holds the windows and gains that this takes."""

    def __init__(self) -> None:
        self._hops = 0
        self._spectrum = ShortSpectrum()
        self._loudness = LoudnessMeter()
        self._gate = SilenceGate()
        self._bands = ThreeBands()
        self._bars = SpectrumBars()
        self._even = EvenSpectrum()
        self._given = BeatInput()
        self._network = BeatNetwork()
        self._novelty = NoveltyMeter()
        self._onsets = OnsetPicker()
        self._chroma = ChromaMeter()
        self._width = StereoWidth()

    def step(self, hop: Samples) -> FeatureFrame:
        """Takes `hop`, shape (512, 2), float32, 44,100 Hz. NaN counts as silence."""
        self._hops += 1
        hop = clean(hop)
        spectrum = self._spectrum.step(hop)
        magnitude = spectrum.magnitude
        hop_lufs, momentary, short_term = self._loudness.step(spectrum.power)
        flat = flatness(magnitude)
        silent = self._gate.step(momentary, hop_lufs=hop_lufs, flatness=flat)
        given = self._given.step(magnitude, hop, silent=silent)
        pulse = self._network.step(given)
        novelty = self._novelty.step(given, silent=silent)
        t_s = self._hops * HOP_S
        tones = self._chroma.step(hop)
        bass, mid, treble = self._bands.step(magnitude, silent=silent)
        return FeatureFrame(
            t_s=t_s,
            momentary_lufs=momentary,
            short_term_lufs=short_term,
            silent=silent,
            bass=bass,
            mid=mid,
            treble=treble,
            centroid_hz=0.0 if silent else centroid_hz(magnitude),
            flatness=flat,
            novelty=novelty,
            pulse=pulse,
            onset=self._onsets.step(t_s, pulse.onset, novelty.full),
            chroma=tones.chords if tones is not None else None,
            bars=self._bars.step(magnitude, silent=silent),
            bass_chroma=tones.bass if tones is not None else None,
            rolloff_hz=0.0 if silent else rolloff_hz(magnitude),
            width=self._width.step(hop),
            waveform=waveform(hop, silent=silent),
            fft=self._even.step(magnitude, silent=silent),
        )
