"""What the deep listener hands over, and what it is given, as values.

It does not know how the listening is done; the package deep does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DEEP_RATE_HZ = 22_050
DEEP_EVERY_S = 8.0
DEEP_LONGEST_S = 60.0
DEEP_DELAY_S = 2.0
"""How long after the end of its window a result counts, where time is the audio's own."""


@dataclass(frozen=True, slots=True)
class DeepWindow:
    """The trailing 8 to 60 s of sound, ready for the deep listener."""

    samples: npt.NDArray[np.float32]
    """Mono, float32, 22,050 Hz."""
    end_s: float
    """Seconds of source audio at which the window ends: 8, 16, 24 …"""


@dataclass(frozen=True, slots=True)
class DeepResult:
    window_end_s: float
    valence: float
    arousal: float
    key: str
    key_confidence: float
    section_label: str
    """'' when nothing can be said."""
    section_time_s: float | None
    """When in the source audio the present section began, None when it is the one from the start."""
    bpm: float = 0.0
    """A second opinion on the tempo, above all on its octave; 0 when nothing repeats."""
    bpm_confidence: float = 0.0
    """0..1: how likely `bpm` is right, octave and all."""
