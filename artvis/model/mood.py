"""What a painter needs to know of the music, as one small value; not how the music came to be heard so.

It stands here because prompts carry it and painters read it, and those two rooms do not know each other.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaintMood:
    """The music at the moment of painting; plain numbers, so that it travels to a worker process unchanged."""

    valence: float = 0.5
    arousal: float = 0.3
    bpm: float = 0.0
    """0 when no tempo is known."""
    centroid_hz: float = 0.0
    onset_rate_hz: float = 0.0
    section_scale: float = 0.5
    """0 a detail seen from close by, 1 a wide view."""
    scene: str = ""
    """The kind that the picture's subject asks for, such as lake or whirl; '', or unknown: the painter chooses."""
