"""What the overlay may say at one moment, as a value; how it looks is the business of the window."""

from dataclasses import dataclass, field

from artvis.model.notice import Notice
from artvis.pipeline.sourcelist import SourceList


@dataclass(frozen=True, slots=True)
class OverlayState:
    level: float = 0.0
    """0..1, the meter."""
    source_title: str = ""
    bpm: float = 0.0
    confidence: float = 0.0
    tempo_held: bool = False
    """A person has set the tempo."""
    key: str = ""
    silent: bool = True
    painting: str = ""
    """'' or what is being painted now."""
    notices: tuple[Notice, ...] = ()
    artwork_title: str = ""
    artwork_id: str = ""
    vote: int = 0
    held: bool = False
    blackout: bool = False
    calm: bool = False
    why: tuple[str, ...] = ()
    """The lines of the card 'why this picture?'."""
    palette: tuple[str, ...] = ()
    song_title: str = field(default="", repr=False)
    """What plays by a player's word, '' when nothing does or it may not be shown."""
    song_artist: str = field(default="", repr=False)
    said: str = ""
    """An answer that comes later than its key; in one state only."""
    sources: SourceList | None = None
    """The open list of sources; None while it is closed."""
    source_levels: tuple[float | None, ...] = ()
    """0..1 for each row of it, None for a source that is not opened."""
