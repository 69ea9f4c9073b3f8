"""What comes next, with its pixels: the queue in memory and the few pictures that are kept decoded.

It draws nothing and waits for nothing; a stored picture is asked for and comes back as an event. `queue.policy` decides
the order.
"""

from collections.abc import Iterable

from artvis.model.artwork import Picture, QueueEntry
from artvis.pipeline.loading import Loader
from artvis.queue.policy import QueueView

KEPT_PICTURES = 6
KEPT_UNSTORED = 12  # where nothing can be stored, what is let go is gone; 4 MB each
REMEMBERED = 500


class Playlist:
    """Used by the thread that draws."""

    def __init__(self, loader: Loader) -> None:
        self.view = QueueView()
        self._loader = loader
        self._pictures: dict[str, Picture] = {}
        self._stored: dict[str, QueueEntry] = {}  # what the library can give again, bytes and all
        self._requested: set[str] = set()
        self._next: QueueEntry | None = None
        self._wish: QueueEntry | None = None
        self._stale = True

    def receive(self, picture: Picture, entry: QueueEntry) -> None:
        """A picture was made: it comes next."""
        self._pictures[picture.id] = picture
        self._remember((entry,))
        self.view.handed_over(entry)
        self._stale = True

    def refine(self, picture: Picture, entry: QueueEntry) -> None:
        """The same picture in its full size, and where its bytes are."""
        self._pictures[picture.id] = picture
        self._remember((entry,))

    def read(self, version: int, entries: tuple[QueueEntry, ...]) -> None:
        """The library's answer to a read that was started at `version`."""
        mended = self.view.library_read(version, entries)
        self._remember(entries)
        self._stale = self._stale or bool(mended) or self._next is None

    def loaded(self, artwork_id: str, picture: Picture | None) -> None:
        """A stored picture was decoded, or cannot be: then it is left out for the rest of this show."""
        self._requested.discard(artwork_id)
        if picture is not None:
            self._pictures.setdefault(artwork_id, picture)
            return
        self.view.vote(artwork_id, -1)
        self._stale = True
        if self._wish is not None and self._wish.id == artwork_id:
            self._wish = None

    def vote(self, artwork_id: str, value: int) -> None:
        self.view.vote(artwork_id, value)
        self._stale = True

    def has(self, artwork_id: str) -> bool:
        """Whether its pixels are here, or can be had again."""
        return artwork_id in self._pictures or artwork_id in self._stored

    def picture(self, entry: QueueEntry | None) -> Picture | None:
        """Its pixels, if they are here."""
        return self._pictures.get(entry.id) if entry is not None else None

    def wish(self, entry: QueueEntry | None) -> None:
        """Comes next, whatever the queue says: a person walks back and forth; None: as the queue says again."""
        self._wish, self._stale = entry, entry is None
        if entry is not None:
            self._next = entry

    def choose(self, now_s: float, *, hanging: str) -> None:
        """Settles what comes next, not `hanging` again, and has its pixels fetched if they are not here."""
        if self._wish is None and (self._stale or self._next is None):
            self._stale = False
            chosen = self.view.choose(now_s)
            self._next = None if chosen is not None and chosen.id == hanging else chosen
        if self._next is None or self._next.id in self._pictures or self._next.id in self._requested:
            return
        entry = self._stored.get(self._next.id)
        if entry is not None:
            self._requested.add(entry.id)
            self._loader.request(entry)

    @property
    def has_next(self) -> bool:
        return self._next is not None

    def following(self) -> tuple[Picture, QueueEntry] | None:
        """What comes next, if its pixels are here."""
        picture = self._pictures.get(self._next.id) if self._next else None
        return (picture, self._next) if picture is not None and self._next is not None else None

    def take(self, now_s: float) -> None:
        """What comes next is on the wall now."""
        if self._next is not None:
            self.view.shown(self._next.id, now_s)
        self._next, self._wish, self._stale = None, None, True

    def forget_old(self, needed: Iterable[str]) -> None:
        """Lets go of pixels that the library can give again; of those that it cannot, only when there are many."""
        keep = {*needed, self._next.id if self._next else ""}
        for artwork_id in list(self._pictures)[:-KEPT_PICTURES]:
            if artwork_id not in keep and artwork_id in self._stored:
                del self._pictures[artwork_id]
        unstored = [artwork_id for artwork_id in self._pictures if artwork_id not in self._stored]
        for artwork_id in unstored[:-KEPT_UNSTORED]:
            if artwork_id not in keep:
                del self._pictures[artwork_id]
                self.view.let_go(artwork_id)

    def _remember(self, entries: Iterable[QueueEntry]) -> None:
        for entry in entries:
            if entry.sha256:
                self._stored.pop(entry.id, None)
                self._stored[entry.id] = entry
        while len(self._stored) > REMEMBERED:
            del self._stored[next(iter(self._stored))]
