"""What comes next on this screen, as a value in memory: pictures just made first, then what the library last said.

It reads no library and no clock. One thread writes it; the library agrees within 2 s through `library_read`.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from artvis.model.artwork import QueueEntry

FRESH_S = 15 * 60.0
RECENT = 20
"""A picture seen does not come again within this many, where there are more."""
_FRESH_ARM = 20
"""With so many fresh rows in a read, one that is missing may just have been cut off."""
_EDGE_S = 60.0
"""So much before its 15 minutes are over, the library may already count a picture as old: its clock began earlier."""
_SHOWN_KEPT = 4096


@dataclass(slots=True)
class _Fresh:
    """A picture handed over in memory: `stamp` orders it among reads, `at_s` starts its 15 minutes.

    `confirmed`: a read has offered it. Until then it may be a preview, whose artwork is not in the library yet.
    """

    entry: QueueEntry
    stamp: int
    at_s: float
    confirmed: bool = False


class QueueView:
    """What comes next on this screen: handed-over pictures first, then what the library last said."""

    def __init__(self) -> None:
        self._stamp = 0
        self._now_s = 0.0
        self._pending: dict[str, None] = {}
        self._fresh: dict[str, _Fresh] = {}
        self._read: tuple[QueueEntry, ...] = ()
        self._read_version = 0
        self._never: set[str] = set()
        self._shown: dict[str, int] = {}  # id -> order of its last showing here; oldest first
        self._showings = 0
        self._recent: deque[str] = deque(maxlen=RECENT)

    @property
    def pending(self) -> tuple[str, ...]:
        """The placeholders: what is being painted now."""
        return tuple(self._pending)

    def placeholder_begun(self, artwork_id: str) -> None:
        self._pending[artwork_id] = None

    def placeholder_rolled_back(self, artwork_id: str) -> None:
        """The painting failed: its placeholder goes, with what was handed over of it too early, and nothing else."""
        self._pending.pop(artwork_id, None)
        fresh = self._fresh.get(artwork_id)
        if fresh is not None and not fresh.confirmed:
            del self._fresh[artwork_id]

    def let_go(self, artwork_id: str) -> None:
        """Its pixels are not here any more, and the library has none: it comes again only when a read offers it."""
        self._fresh.pop(artwork_id, None)

    def handed_over(self, entry: QueueEntry) -> None:
        """A picture can be shown: it is next, and no read that was started before now can take it away."""
        self._pending.pop(entry.id, None)
        if entry.id not in self._fresh:
            self._fresh[entry.id] = _Fresh(entry, self._next_stamp(), self._now_s)

    def ask_read(self, now_s: float) -> int:
        """The version of a read of the library that is being started now."""
        self._now_s = max(self._now_s, now_s)
        return self._next_stamp()

    def library_read(self, version: int, entries: Sequence[QueueEntry]) -> tuple[str, ...]:
        """Take what the library said, unless a later read has been taken; the ids that memory held wrongly.

        A picture handed over after the read was started stays whatever the read says, and so does one that no read
        has offered yet. One that the library offered and offers no more has been deleted, voted down or grown old:
        the library is right.
        """
        if version <= self._read_version:
            return ()
        self._read_version = version
        self._read = tuple(entries)
        said = {entry.id: entry.fresh for entry in entries}
        cut_off = sum(said.values()) >= _FRESH_ARM
        mended = []
        for artwork_id, fresh in list(self._fresh.items()):
            confirmed, fresh.confirmed = fresh.confirmed, fresh.confirmed or artwork_id in said
            if cut_off or not confirmed or fresh.stamp > version or said.get(artwork_id):
                continue
            del self._fresh[artwork_id]
            if artwork_id not in self._never and self._now_s - fresh.at_s < FRESH_S - _EDGE_S:
                mended.append(artwork_id)
        return tuple(mended)

    def shown(self, artwork_id: str, now_s: float) -> None:
        """The picture is on the screen: it is seen from now on, whatever an older read says."""
        self._now_s = max(self._now_s, now_s)
        self._showings += 1
        self._shown.pop(artwork_id, None)
        self._shown[artwork_id] = self._showings
        while len(self._shown) > _SHOWN_KEPT:
            del self._shown[next(iter(self._shown))]
        if artwork_id in self._recent:
            self._recent.remove(artwork_id)
        self._recent.append(artwork_id)

    def vote(self, artwork_id: str, value: int) -> None:
        """-1: never again; anything else takes that back."""
        if value < 0:
            self._never.add(artwork_id)
        else:
            self._never.discard(artwork_id)

    def choose(self, now_s: float) -> QueueEntry | None:
        """The next picture: fresh unshown, then unseen, then seen again; None only when there is nothing at all."""
        self._now_s = max(self._now_s, now_s)
        self._forget_old()
        entries = self._offered()
        unshown = [entry for entry in entries if entry.id not in self._shown and not entry.seen]
        for entry in unshown:
            if entry.fresh:
                return entry
        for entry in unshown:
            if not entry.rerun:
                return entry
        return self._again(entries)

    def unseen_ahead(self) -> int:
        """How many fresh pictures wait that were not shown yet."""
        return sum(
            entry.fresh and not entry.seen and entry.id not in self._shown for entry in self._offered()
        )

    def _offered(self) -> list[QueueEntry]:
        """All that may be shown, without doubles: what was handed over, newest first, then the read in its order."""
        offered = {
            artwork_id: fresh.entry
            for artwork_id, fresh in reversed(self._fresh.items())
            if artwork_id not in self._never
        }
        for entry in self._read:
            if entry.id not in self._never:
                offered.setdefault(entry.id, entry)
        return list(offered.values())

    def _again(self, entries: list[QueueEntry]) -> QueueEntry | None:
        """Seen pictures: reruns in the library's order, none of the last 20, then whatever was shown longest ago."""
        for entry in entries:
            if entry.rerun and entry.id not in self._recent:
                return entry
        return min(entries, key=lambda entry: self._shown.get(entry.id, 0), default=None)

    def _forget_old(self) -> None:
        """Pictures shown and past their 15 minutes are the library's again; one not shown yet stays until it was."""
        for artwork_id, fresh in list(self._fresh.items()):
            if artwork_id in self._shown and self._now_s - fresh.at_s > FRESH_S:
                del self._fresh[artwork_id]

    def _next_stamp(self) -> int:
        self._stamp += 1
        return self._stamp
