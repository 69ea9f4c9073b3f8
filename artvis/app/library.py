"""The library for the command line: opens it, asks one question or makes one change, closes it.

What only reads opens it without the right to write, and a home that was never used stays as empty as it was.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TypeVar, cast

from artvis.errors import InputError, StoreError, StoreTooNew
from artvis.model.artwork import Artwork, ArtworkStateName
from artvis.model.sections import BudgetSection
from artvis.paths import Home
from artvis.prompt.taste import DECAY, EXPLORE_SHARE, KINDS, Lesson, learnt
from artvis.queue import artworks, lessons, maintenance, nextup, repairs, sessions, usage, votes
from artvis.queue.blobs import BlobFolder
from artvis.queue.connection import DATABASE, open_reader, open_writer, translated
from artvis.queue.store import BLOBS, Store

T = TypeVar("T")

Json = dict[str, object]


def next_page(home: Home, session_id: str | None, limit: int) -> Json:
    """The unified queue. Without a session: this home's canonical one, None when it has none that is alive."""

    def ask(db: sqlite3.Connection) -> Json:
        session = session_id
        if session is None:
            alive = sessions.latest(db, now_ms=_now_ms())
            session = alive.id if alive else None
        elif sessions.number(db, session) is None:
            raise InputError(f"There is no session {session} in the library.")
        entries = nextup.next_artworks(db, session_id=session or "", now_ms=_now_ms(), limit=limit)
        rows = [{"id": entry.id, "fresh": entry.fresh, "rerun": entry.rerun} for entry in entries]
        return {"session_id": session, "artworks": rows}

    if session_id is None:
        return _read(home, ask, {"session_id": None, "artworks": []})
    return _read_known(home, ask, f"There is no session {session_id} in the library.")


def list_page(home: Home, state: str, limit: int, offset: int) -> Json:
    """Artworks of one state, newest first."""
    name = cast("ArtworkStateName", state)

    def ask(db: sqlite3.Connection) -> list[Artwork]:
        return artworks.list_artworks(db, state=name, limit=limit, offset=offset)

    none: list[Artwork] = []
    return {"artworks": [_listed(artwork) for artwork in _read(home, ask, none)]}


def details(home: Home, artwork_id: str) -> Json:
    """Everything that is stored of one artwork. Raises InputError when there is no such artwork."""
    unknown = f"There is no artwork {artwork_id} in the library."
    artwork = _read_known(home, lambda db: artworks.get(db, artwork_id), unknown)
    if artwork is None:
        raise InputError(unknown)
    return artwork_row(artwork, BlobFolder(home.data / BLOBS))


def artwork_row(artwork: Artwork, blobs: BlobFolder) -> Json:
    """A stored artwork as the command line prints it: its row, its description and where its bytes are."""
    detail = artwork.detail
    return {
        **_listed(artwork),
        "width": artwork.width,
        "height": artwork.height,
        "size_bytes": artwork.size_bytes,
        "model": detail.model,
        "seed": detail.seed,
        "prompt": detail.prompt,
        "negative": detail.negative,
        "palette": list(detail.palette),
        "cost_usd": detail.cost_usd,
        "reasons": list(detail.reasons),
        "music": {
            "valence": detail.valence,
            "arousal": detail.arousal,
            "key": detail.key,
            "bpm": detail.bpm,
            "section": detail.section,
            "song": detail.song,
        },
        "style": detail.style,
        "subject": detail.subject,
        "medium": detail.medium,
        "painter": detail.painter,
        "path": str(blobs.path(artwork.sha256)) if artwork.sha256 else "",
    }


def stats(home: Home) -> Json:
    """How much of what the library holds, and what it takes on the disk."""
    folder = home.data
    counted = _read(home, maintenance.stats, maintenance.EMPTY_STATS)
    files = [folder / f"{DATABASE}{tail}" for tail in ("", "-wal")]
    return {**counted, "database_bytes": sum(path.stat().st_size for path in files if path.exists())}


def verify(home: Home) -> tuple[list[str], list[str]]:
    """What is wrong with the library, a line each, and what is only worth a note."""
    findings = maintenance.verify(home.data)
    lines = [f"{finding.code}: {finding.text}" for finding in findings if not finding.note]
    return lines, [f"note: {finding.text}" for finding in findings if finding.note]


def repair(home: Home) -> list[str]:
    """Mend what can be mended; a sentence for each thing done, or why nothing can be."""
    try:
        return repairs.repair(home.data)
    except StoreTooNew:
        raise
    except StoreError as error:
        return [f"It cannot be mended: {error}"]


def delete(home: Home, artwork_ids: list[str]) -> None:
    """Delete artworks and their bytes, all or, when one of them does not exist, none."""
    with _to_write(home, f"There is no artwork {artwork_ids[0]} in the library.") as store:
        free = store.run(artworks.delete_all, artwork_ids, now_ms=_now_ms())
        for sha256 in free:
            store.blobs.remove(sha256)


def vote(home: Home, artwork_id: str, value: int) -> None:
    """Cast a vote, or clear it with 0."""
    with _to_write(home, f"There is no artwork {artwork_id} in the library.") as store:
        store.run(votes.cast, artwork_id=artwork_id, value=value, now_ms=_now_ms())


def spending(home: Home, caps: BudgetSection) -> usage.UsageReport:
    """What was made, shown, refused and spent, and what is left of the caps."""
    return _read(home, lambda db: usage.report(db, caps, _now_ms()), usage.unused(caps))


def taste(home: Home) -> Json:
    """What the votes that stand have taught, the best liked of each kind first."""
    none: list[Lesson] = []
    found = _read(home, lessons.lessons, none)
    weights = sorted(
        learnt(found).weights.items(), key=lambda item: (KINDS.index(item[0][0]), -item[1].mean, item[0][1])
    )
    return {
        "votes": len(found),
        "loved": sum(lesson.value > 0 for lesson in found),
        "explore_share": EXPLORE_SHARE,
        "decay": DECAY,
        "weights": [
            {
                "kind": kind,
                "name": name,
                "loved": weight.loved,
                "disliked": weight.disliked,
                "mean": weight.mean,
            }
            for (kind, name), weight in weights
        ],
    }


def forget_taste(home: Home) -> int:
    """The votes until now teach nothing any more; how many they were."""
    if not (home.data / DATABASE).exists():
        return 0
    with _to_write(home, "") as store:
        return store.run(lessons.forget, _now_ms())


def undo_taste(home: Home) -> str | None:
    """Take back what was done last: the artwork of a vote, '' for having forgotten, None for nothing."""
    if not (home.data / DATABASE).exists():
        return None
    with _to_write(home, "") as store:
        return store.run(lessons.undo, _now_ms())


def _listed(artwork: Artwork) -> Json:
    made = datetime.fromtimestamp(artwork.created_at_ms / 1000, UTC)
    return {
        "id": artwork.id,
        "state": artwork.state,
        "provider": artwork.detail.provider,
        "created_at": made.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "sha256": artwork.sha256,
        "vote": artwork.vote,
        "hidden": artwork.hidden,
        "session_id": artwork.session_id,
        "pools": list(artwork.pools),
    }


def _read(home: Home, question: Callable[[sqlite3.Connection], T], empty: T) -> T:
    """Ask without writing; `empty` when there is no library yet. An older library is migrated first."""
    with translated():
        if not (home.data / DATABASE).exists():
            return empty
        with closing(open_reader(home.data) or open_writer(home.data)) as db:
            return question(db)


def _read_known(home: Home, question: Callable[[sqlite3.Connection], T], unknown: str) -> T:
    """Ask about something that must exist."""
    if not (home.data / DATABASE).exists():
        raise InputError(unknown)
    with translated(), closing(open_reader(home.data) or open_writer(home.data)) as db:
        return question(db)


@contextmanager
def _to_write(home: Home, unknown: str) -> Iterator[Store]:
    """The library, opened to change something in it that must exist."""
    if not (home.data / DATABASE).exists():
        raise InputError(unknown)
    store = Store(home.data)
    try:
        yield store
    finally:
        store.close()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
