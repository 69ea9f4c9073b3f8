"""What is heard, as values: the state of the music now, and the events that a live listener learns one by one.

Times called `t_s` are seconds of source audio heard so far; `time_s` is when in the audio the thing happens.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Stereo audio, shape (n, 2), float32, full scale 1.0."""

SAMPLE_RATE_HZ = 44_100
HOP = 512
HOP_S = HOP / SAMPLE_RATE_HZ
SPECTRUM_BARS = 64


WAVEFORM = 512
FFT_BINS = 512
FFT_BIN_HZ = SAMPLE_RATE_HZ / 2 / FFT_BINS


def _nothing(*shape: int) -> npt.NDArray[np.float32]:
    zeros = np.zeros(shape, np.float32)
    zeros.flags.writeable = False
    return zeros


NO_SPECTRUM = _nothing(SPECTRUM_BARS)
NO_WAVEFORM = _nothing(2, WAVEFORM)
NO_FFT = _nothing(FFT_BINS)


@dataclass(frozen=True, slots=True)
class MusicState:
    """All that one video frame needs to know of the music; published once a hop, never queued."""

    t_s: float = 0.0
    lufs: float = -120.0
    """Momentary loudness, ITU-R BS.1770-4, in LUFS."""
    level: float = 0.0
    """The meter, 0..1, linear in decibels from -60 to 0 LUFS; no auto gain."""
    silent: bool = True
    bass: float = 0.0
    mid: float = 0.0
    treble: float = 0.0
    """The bands with auto gain and attack/release smoothing, each 0..1."""
    centroid_hz: float = 0.0
    flatness: float = 0.0
    onset_strength: float = 0.0
    """Z-scored novelty of this hop, >= 0."""
    onset_rate_hz: float = 0.0
    """Onsets a second over the last 8 s."""
    bpm: float = 0.0
    """0 when no tempo is known."""
    confidence: float = 0.0
    """0..1, how sure the beat is; below BEAT_CONFIDENCE_MIN motion follows energy."""
    beat_count: int = 0
    """Beats so far; it grows by one when a beat is reached."""
    beat_phase: float = 0.0
    """0..1 from one beat to the next, at `t_s`."""
    bar_phase: float = 0.0
    """0..1 from one downbeat to the next, at `t_s`."""
    bar_count: int = 0
    beats_in_bar: int = 4
    tempo_held: bool = False
    """A person has set the tempo (tap, resync, half, double, hold), and it stays until they let it go."""
    key: str = ""
    """'A minor', tonic as C C# D D# E F F# G G# A A# B; '' when not known."""
    key_confidence: float = 0.0
    valence: float = 0.5
    arousal: float = 0.3
    section: str = ""
    section_count: int = 0
    track_count: int = 0
    """Grows by one when a new track begins."""
    rolloff_hz: float = 0.0
    """Under it lies 85 % of the magnitude: how bright the sound is, less swayed by the bass than the centroid."""
    width: float = 0.0
    """Stereo width: 0 mono .. 1 uncorrelated or antiphase."""
    spectrum: npt.NDArray[np.float32] = field(default_factory=lambda: NO_SPECTRUM, repr=False)
    """Shape (64,), float32, 0..1 with auto gain, 40 Hz to 14 kHz in log steps; read-only."""
    waveform: npt.NDArray[np.float32] = field(default_factory=lambda: NO_WAVEFORM, repr=False)
    """The last samples as they came, shape (2, 512): left and right, float32, -1..1; read-only."""
    fft: npt.NDArray[np.float32] = field(default_factory=lambda: NO_FFT, repr=False)
    """Shape (512,), float32, 0..1 with auto gain, 0 Hz to 22,050 Hz in equal steps; read-only."""


BEAT_CONFIDENCE_MIN = 0.35
"""Below it the beat grid is not shown and motion follows energy."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A beat, predicted: `time_s` may lie ahead of `t_s`."""

    t_s: float
    time_s: float
    confidence: float
    downbeat: bool


@dataclass(frozen=True, slots=True)
class Tempo:
    t_s: float
    bpm: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Onset:
    t_s: float
    time_s: float
    strength: float


@dataclass(frozen=True, slots=True)
class Key:
    t_s: float
    key: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Mood:
    """Valence (sad to happy) and arousal (calm to excited), each 0..1."""

    t_s: float
    valence: float
    arousal: float


@dataclass(frozen=True, slots=True)
class Section:
    t_s: float
    time_s: float
    label: str


@dataclass(frozen=True, slots=True)
class Silence:
    t_s: float
    on: bool


@dataclass(frozen=True, slots=True)
class Level:
    t_s: float
    lufs: float
    bass: float
    mid: float
    treble: float


MusicEvent = Beat | Tempo | Onset | Key | Mood | Section | Silence | Level
