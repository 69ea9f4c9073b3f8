"""What hangs on the wall: the picture that is shown, the one that is fading in, and who has seen what.

It decides nothing: `showing` says what comes and when.
"""

from collections import deque
from dataclasses import dataclass, replace
from typing import Protocol

from artvis.model.artwork import Picture, QueueEntry
from artvis.model.music import MusicState
from artvis.scene.state import SceneState
from artvis.scene.uniforms import OnStage, on_stage

SEEN_AFTER_S = 2.0  # always less than half of the shortest stay
LONGEST_FRAME_S = 0.5
"""What a frame took beyond it was a hidden window or a machine asleep: nobody saw the picture."""


class ImpressionBook(Protocol):
    """Where impressions are written; never waits."""

    def record_impression(self, artwork_id: str, music: MusicState) -> None: ...
    def finish_impression(self, artwork_id: str, duration_s: float) -> None: ...


@dataclass(slots=True)
class Hung:
    """A picture on the wall; `entry` is None for the built-in picture."""

    picture: Picture
    entry: QueueEntry | None
    on_stage: OnStage
    seen_s: float = 0.0
    """How long it has been on the screen, all frames together."""
    recorded: bool = False
    better: Picture | None = None
    """The same picture in a better size, until the engine holds it."""


class Wall:
    """One or two hung pictures, and the log of what has hung there."""

    def __init__(self, built_in: Picture) -> None:
        self.current = Hung(built_in, None, on_stage(built_in, SceneState()))
        self.incoming: Hung | None = None
        self.shown_ids: deque[str] = deque(maxlen=1000)
        """The last artworks that were fully faded in, in order."""
        self.shown_count = 0

    @property
    def facing(self) -> Hung:
        """The picture that a person means when they vote: the one that is coming in, else the one that is there."""
        return self.incoming or self.current

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All that hangs, most urgent first, and then the better sizes of it."""
        hung = [each for each in (self.incoming, self.current) if each is not None]
        return (*(each.picture for each in hung), *(each.better for each in hung if each.better is not None))

    def bring_in(self, picture: Picture, entry: QueueEntry, state: SceneState) -> None:
        """A transition to `picture` begins."""
        self.incoming = Hung(picture, entry, on_stage(picture, state))

    def settle(self, book: ImpressionBook) -> None:
        """The transition has ended: the old picture leaves the wall."""
        if self.incoming is None:
            return
        self._release(self.current, book)
        self.current, self.incoming = self.incoming, None
        self.shown_ids.append(self.current.picture.id)
        self.shown_count += 1

    def note_impressions(self, book: ImpressionBook, dt_s: float, music: MusicState) -> None:
        """One more frame of `dt_s` has been seen; records what has been visible for 2 s."""
        for hung in (self.current, self.incoming):
            if hung is None or hung.entry is None:
                continue
            hung.seen_s += min(dt_s, LONGEST_FRAME_S)
            if hung.seen_s >= SEEN_AFTER_S and not hung.recorded:
                hung.recorded = True
                book.record_impression(hung.entry.id, music)

    def refine(self, picture: Picture) -> None:
        """The same picture has come in a better size."""
        for hung in (self.current, self.incoming):
            if hung is not None and hung.picture.id == picture.id:
                hung.better = picture

    def upgrade(self, held: frozenset[str]) -> None:
        """Hangs the better size of what hangs, once the engine can draw it."""
        for hung in (self.current, self.incoming):
            if hung is not None and hung.better is not None and hung.better.key in held:
                hung.picture, hung.better = hung.better, None
                hung.on_stage = replace(hung.on_stage, art_id=hung.picture.key)

    def leave(self, book: ImpressionBook) -> None:
        """The show ends: everything is taken down."""
        for hung in (self.incoming, self.current):
            if hung is not None:
                self._release(hung, book)

    def _release(self, hung: Hung, book: ImpressionBook) -> None:
        if hung.entry is not None and hung.recorded:
            book.finish_impression(hung.entry.id, hung.seen_s)
