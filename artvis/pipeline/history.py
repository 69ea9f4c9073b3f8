"""What has hung on the wall, and how a person walks back and forth in it.

It holds no pixels, and does not know whether a picture can still be had.
"""

from collections.abc import Callable

from artvis.model.artwork import QueueEntry

REMEMBERED = 50


class History:
    """Each picture once, the one that hung last at the end; and a place in it, which Left and Right move."""

    def __init__(self) -> None:
        self._hung: list[QueueEntry] = []
        self._at = -1
        """What hangs, or what is to hang next because a person walked there."""
        self._never: set[str] = set()

    def hung(self, entry: QueueEntry) -> None:
        """A picture begins to come in: the one that was walked to, or a new one after all that have hung."""
        if self._at >= 0:
            if self._hung[self._at].id == entry.id:
                return
            self._hung.append(self._hung.pop(self._at))  # wherever it hung first, it hung last
        self._hung = [*(each for each in self._hung if each.id != entry.id), entry][-REMEMBERED:]
        self._at = len(self._hung) - 1

    def back(self, has: Callable[[str], bool]) -> QueueEntry | None:
        """One step towards the oldest, over those that cannot be had any more; None at the beginning."""
        return self._walk(self._before(), has)

    def forward(self, has: Callable[[str], bool]) -> QueueEntry | None:
        """One step towards the newest; None at the end, where new pictures come."""
        return self._walk(range(self._at + 1, len(self._hung)), has)

    def previous(self, has: Callable[[str], bool]) -> QueueEntry | None:
        """Where `back` would lead."""
        return next((self._hung[at] for at in self._before() if self._may_hang(at, has)), None)

    def _before(self) -> range:
        return range(self._at - 1, -1, -1)

    def _walk(self, way: range, has: Callable[[str], bool]) -> QueueEntry | None:
        at = next((at for at in way if self._may_hang(at, has)), None)
        if at is None:
            return None
        self._at = at
        return self._hung[at]

    def _may_hang(self, at: int, has: Callable[[str], bool]) -> bool:
        return self._hung[at].id not in self._never and has(self._hung[at].id)

    def vote(self, artwork_id: str, value: int) -> None:
        """-1: it is passed over from now on; anything else takes that back."""
        if value < 0:
            self._never.add(artwork_id)
        else:
            self._never.discard(artwork_id)
