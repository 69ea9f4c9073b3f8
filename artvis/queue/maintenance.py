"""Looking after the library: checking it, setting it aside, telling how big it is.

It changes nothing in it (`repairs` does), and a check reads every byte of every picture.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from artvis.errors import StoreError, StoreTooNew
from artvis.queue import artworks, checks, schema
from artvis.queue.blobs import BlobFolder
from artvis.queue.checks import Finding
from artvis.queue.connection import DATABASE, open_reader, open_writer, reading, translated
from artvis.queue.store import BLOBS

DAY_S = 86_400
EMPTY_STATS: dict[str, object] = {
    "live": 0,
    "placeholders": 0,
    "deleted": 0,
    "seen": 0,
    "hidden": 0,
    "loved": 0,
    "showings": 0,
    "sessions": 0,
    "picture_bytes": 0,
    "providers": {},
    "schema_version": schema.VERSION,
}


def verify(folder: Path, now_s: float | None = None) -> list[Finding]:
    """All that is wrong with the database and the pictures of a data folder, notes last. Raises StoreTooNew."""
    now_s = time.time() if now_s is None else now_s
    blobs = BlobFolder(folder / BLOBS)
    # the pictures first: one that is stored while this runs is then a row without a place in the list, not an orphan
    present = {path.name: path for path in blobs.all()}
    try:
        with translated():
            db = open_reader(folder)
            if db is None:
                db = _migrated(folder)
            if db is None:
                return list(_orphans(present, set(), now_s))
            with closing(db):
                found = _look(db, blobs, present, now_s)
    except StoreTooNew:
        raise
    except StoreError as error:
        return [Finding("unreadable", str(error))]
    return sorted(found, key=lambda finding: finding.note)


def set_aside(folder: Path, now_ms: int) -> Path:
    """Put a library that cannot be used out of the way, with its pictures, under its date; the database's new path."""
    date = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = folder / f"library-{date}.db"
    serial = 1
    while aside.exists():
        serial += 1
        aside = folder / f"library-{date}-{serial}.db"
    try:
        # the log before the file it belongs to: a crash between the two must not leave it beside a new library
        for tail in ("-wal", "-shm", ""):
            source = folder / f"{DATABASE}{tail}"
            if source.exists():
                source.replace(aside.with_name(aside.name + tail))
        if (folder / BLOBS).exists():
            (folder / BLOBS).replace(aside.with_name(aside.stem.replace("library", BLOBS)))
    except OSError as error:
        raise StoreError(f"The library {folder} cannot be set aside ({error.strerror}).") from error
    return aside


def is_beyond_use(error: StoreError) -> bool:
    """Whether the library itself is at fault, so that it may be set aside: it is newer, or damaged.

    A full disk and another program that holds the library are no such faults.
    """
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF if isinstance(cause, sqlite3.Error) else 0
    return isinstance(error, StoreTooNew) or code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def stats(db: sqlite3.Connection) -> dict[str, object]:
    """How much of what the library holds."""
    from sqlite_utils import Database  # 85 ms

    library = Database(db)
    states = {
        row["state"]: row["n"] for row in library.query("SELECT state,COUNT(*) AS n FROM artwork GROUP BY 1")
    }
    providers = library.query(
        """SELECT provider,COUNT(*) AS n FROM artwork_detail JOIN artwork USING(aid) WHERE state=1
           GROUP BY 1 ORDER BY n DESC"""
    )
    votes = {
        row["value"]: row["n"] for row in library.query("SELECT value,COUNT(*) AS n FROM vote GROUP BY 1")
    }
    size = next(library.query("SELECT COALESCE(SUM(bytes),0) AS n FROM artwork"))["n"]
    return {
        "live": states.get(schema.LIVE, 0),
        "placeholders": states.get(schema.PLACEHOLDER, 0),
        "deleted": states.get(schema.TOMBSTONE, 0),
        "seen": library["rerun"].count,
        "hidden": library["withdrawn"].count,
        "loved": votes.get(1, 0),
        "showings": library["showing"].count,
        "sessions": library["session"].count,
        "picture_bytes": size,
        "providers": {row["provider"]: row["n"] for row in providers},
        "schema_version": schema.version(db),
    }


def _migrated(folder: Path) -> sqlite3.Connection | None:
    """A reader of a library that had to be migrated first; None when there is no library."""
    if not (folder / DATABASE).exists():
        return None
    open_writer(folder).close()
    return open_reader(folder)


def _look(db: sqlite3.Connection, blobs: BlobFolder, present: dict[str, Path], now_s: float) -> list[Finding]:
    with reading(db):
        found = [*checks.broken_rows(db), *checks.leases(db, int(now_s * 1000))]
        stored = artworks.stored(db)
    for artwork_id, sha256, size in stored:
        text = blobs.fault(sha256, size)
        # it may have been deleted by another process since
        if text and artworks.uses_blob(db, sha256):
            found.append(Finding("blob", f"the picture of the artwork {artwork_id} {text}"))
    found += _orphans(present, {sha256 for _, sha256, _ in stored}, now_s)
    parts = [path for path in blobs.incoming() if path.name.endswith(".part")]
    found += [Finding("temporary", f"{path.name} was being written", note=True) for path in parts]
    return found


def _orphans(present: dict[str, Path], stored: set[str], now_s: float) -> Iterator[Finding]:
    for name, path in present.items():
        if name not in stored:
            try:
                age_s = now_s - path.stat().st_mtime
            except FileNotFoundError:
                continue  # another process has swept it
            text = f"the picture {name[:12]}… belongs to no artwork"
            yield Finding("orphan", text, note=age_s < DAY_S)
