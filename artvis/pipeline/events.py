"""The rare events that come back from the workers to the stage, and the mailbox that carries them.

Nothing that happens once a hop or once a video frame goes through here: that is `latest.Latest`.
"""

import queue
from dataclasses import dataclass
from typing import Generic, TypeVar

from artvis.model.artwork import Picture, QueueEntry
from artvis.model.notice import Notice

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Messages from any thread to one reader, in order, never blocking either side."""

    def __init__(self) -> None:
        self._messages: queue.SimpleQueue[T] = queue.SimpleQueue()

    def post(self, message: T) -> None:
        self._messages.put(message)

    def drain(self) -> list[T]:
        """All messages that have arrived, oldest first."""
        messages = []
        while True:
            try:
                messages.append(self._messages.get_nowait())
            except queue.Empty:
                return messages


@dataclass(frozen=True, slots=True)
class PaintingBegan:
    """A placeholder stands in the library; `what` is for the overlay."""

    id: str
    what: str


@dataclass(frozen=True, slots=True)
class ArtworkReady:
    """A picture was made and can be shown. `asked`: a person waits for it, so it goes on screen at once."""

    picture: Picture
    entry: QueueEntry
    asked: bool
    at_s: float = 0.0
    """The moment of the hand-over, on the clock of the stage."""


@dataclass(frozen=True, slots=True)
class ArtworkRefined:
    """The same picture again, now in full size; `entry` knows its bytes in the library."""

    picture: Picture
    entry: QueueEntry


@dataclass(frozen=True, slots=True)
class PaintingFailed:
    """The placeholder was rolled back."""

    id: str


@dataclass(frozen=True, slots=True)
class QueueRead:
    """The library answered a read that was started with this version stamp."""

    version: int
    entries: tuple[QueueEntry, ...]


@dataclass(frozen=True, slots=True)
class PictureLoaded:
    """A stored picture was decoded; `picture` is None when its file cannot be read."""

    id: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class VoteTakenBack:
    """The last vote was undone; the artwork has the vote `value` again."""

    artwork_id: str
    value: int


@dataclass(frozen=True, slots=True)
class NoticeRaised:
    notice: Notice


StageEvent = (
    PaintingBegan
    | ArtworkReady
    | ArtworkRefined
    | PaintingFailed
    | QueueRead
    | PictureLoaded
    | VoteTakenBack
    | NoticeRaised
)
