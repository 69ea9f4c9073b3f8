"""Artworks as values: what is stored of one, what the queue offers, and what is handed to the stage."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""An RGB picture, shape (height, width, 3), uint8, sRGB; read-only once it is handed over."""

ArtworkStateName = Literal["placeholder", "live", "held", "tombstone"]


@dataclass(frozen=True, slots=True)
class ArtworkDetail:
    """How a picture came to be; all of it may be shown on the card 'why this picture?'."""

    provider: str
    model: str = ""
    seed: int = 0
    prompt: str = ""
    negative: str = ""
    palette: tuple[str, ...] = ()
    """Six colours '#rrggbb', dark to light."""
    cost_usd: float = 0.0
    reasons: tuple[str, ...] = ()
    valence: float = 0.5
    arousal: float = 0.3
    key: str = ""
    bpm: float = 0.0
    style: str = ""
    subject: str = ""
    medium: str = ""
    painter: str = ""
    section: str = ""
    song: str = ""
    artists: str = ""
    """The person's own words for them, as they stand in the prompt."""


@dataclass(frozen=True, slots=True)
class Artwork:
    """One stored artwork."""

    id: str
    """UUIDv7."""
    state: ArtworkStateName
    session_id: str
    created_at_ms: int
    sha256: str
    """Hex digest of the stored bytes, '' for a placeholder."""
    size_bytes: int
    width: int
    height: int
    detail: ArtworkDetail
    vote: int = 0
    """-1, 0 or 1."""
    hidden: bool = False
    pools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One row of the unified queue: fresh, unseen or rerun."""

    id: str
    sha256: str
    created_at_ms: int
    fresh: bool
    rerun: bool
    palette: tuple[str, ...] = ()
    seen: bool = False
    """Whether it has been on a screen of this viewer; a fresh one is offered all the same."""
    title: str = ""
    """One line for the overlay: medium and subject, or ''."""
    vote: int = 0
    reasons: tuple[str, ...] = ()
    """The lines of the card 'why this picture?'."""


def title_of(subject: str, medium: str) -> str:
    """One line for the overlay."""
    return ", ".join(part for part in (subject, medium) if part)


@dataclass(frozen=True, slots=True)
class Picture:
    """An artwork in memory, ready for the stage. `id` '' is the built-in picture, which is in no library."""

    id: str
    pixels: Pixels = field(repr=False)
    palette: tuple[str, ...]
    """Six colours '#rrggbb', dark to light."""
    provider: str = ""
    title: str = ""
    """One line for the overlay: medium and subject, or ''."""
    refining: bool = False
    """True for a preview whose full size is still being painted."""

    @property
    def key(self) -> str:
        """Names these very pixels: a preview and its full size share the id, not the key. '' for the built-in."""
        if not self.id:
            return ""
        height, width = self.pixels.shape[:2]
        return f"{self.id}@{width}x{height}"
