"""What a media player says it plays, as a value. Its words have been cleaned (`nowplaying.words`).

It is not what is heard: a player may play into another room.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """One track. Its words are left out of `repr`, so that no log and no crash text can quote them."""

    title: str = field(default="", repr=False)
    """'' when nothing is known."""
    artist: str = field(default="", repr=False)
    album: str = field(default="", repr=False)
    art_url: str = field(default="", repr=False)
    """Where the player says its cover is, http, https or file; '' for none.

    It belongs to what a player says, and is handed on as that. Nothing opens it: fetching a cover would tell its host
    what is played.
    """
    position_s: float | None = None
    """Where in the track the player was when it last spoke of it, None where it has not.

    That it jumps is no new track; where beats are, is heard and not read from it.
    """
    playing: bool = False
    source: str = ""
    """Who said so: 'mpris:mpv', 'smtc:Spotify.exe', 'file' or 'http'."""

    @property
    def track(self) -> tuple[str, str, str]:
        """What makes it another track: title, artist, album. A pause or another position does not."""
        return self.title, self.artist, self.album
