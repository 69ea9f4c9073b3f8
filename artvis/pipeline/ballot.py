"""What a person thinks of the pictures on the wall, until the library knows it.

It changes no picture and no order (`queue.policy`, `Playlist`).
"""

from artvis.pipeline.showlibrary import ShowLibrary
from artvis.pipeline.wall import Hung


class Ballot:
    """Used by the thread that draws."""

    def __init__(self, library: ShowLibrary) -> None:
        self._library = library
        self._votes: dict[str, int] = {}
        self._owed: dict[str, int] = {}  # on a picture that is not in the library yet

    def cast(self, hung: Hung, value: int) -> None:
        """A vote on an artwork that hangs; on a preview it is cast when the picture is complete."""
        artwork_id = hung.picture.id
        self._votes[artwork_id] = value
        if hung.picture.refining and hung.better is None:
            self._owed[artwork_id] = value
        else:
            self._library.vote(artwork_id, value)

    def complete(self, artwork_id: str) -> None:
        """The picture is in the library now, in its full size."""
        if artwork_id in self._owed:
            self._library.vote(artwork_id, self._owed.pop(artwork_id))

    def taken_back(self, artwork_id: str, value: int) -> None:
        """The library has undone a vote; what it was before is `value`."""
        self._votes[artwork_id] = value

    def on(self, hung: Hung) -> int:
        """-1, 0 or 1."""
        return self._votes.get(hung.picture.id, hung.entry.vote) if hung.entry else 0
