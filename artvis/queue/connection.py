"""Connections to the library and the two kinds of transaction, with SQLite's errors put into sentences.

It asks nothing itself; the questions are in the modules named for them.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from artvis.errors import DiskFull, StoreError
from artvis.queue import schema

DATABASE = "library.db"
BUSY_TIMEOUT_MS = 5000
_FATAL = {
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_NOTADB: "is not a library of artvis",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_PERM: "cannot be read",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_BUSY: "is held by another program for too long",
    sqlite3.SQLITE_LOCKED: "is held by another program for too long",
}


@contextmanager
def translated(what: str = "The library") -> Iterator[None]:
    """Faults of disk and file become StoreError or DiskFull; anything else of sqlite3 is a bug and stays as it is."""
    try:
        yield
    except sqlite3.Error as error:
        # the low byte is the primary code: https://www.sqlite.org/rescode.html
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise DiskFull(f"{what} cannot be written: the disk is full.") from error
        if code in _FATAL:
            raise StoreError(f"{what} {_FATAL[code]} ({error}).") from error
        raise


def open_writer(folder: Path) -> sqlite3.Connection:
    """The connection that writes, at the newest version of the schema; made when there is none.

    synchronous=FULL: in NORMAL a power cut loses transactions that were acknowledged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(folder / DATABASE, isolation_level=None, cached_statements=256)
    try:
        db.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        schema.refuse_newer(db)
        _use_wal(db)
        db.execute("PRAGMA synchronous=FULL")
        _pragmas(db)
        schema.migrate(db, folder)
    except BaseException:
        db.close()
        raise
    return db


def open_reader(folder: Path) -> sqlite3.Connection | None:
    """A connection that cannot write; None when there is no library yet, or one that must be migrated first."""
    path = folder / DATABASE
    if not path.exists():
        return None
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        db.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        schema.refuse_newer(db)
        _pragmas(db)
        if schema.version(db) == schema.VERSION:
            return db
    except BaseException:
        db.close()
        raise
    db.close()
    return None


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """One write transaction; joins the one that is open. BEGIN IMMEDIATE, since a deferred one cannot wait its turn."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    yield from _to_its_end(db)


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """Several reads that see one state of the library."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    yield from _to_its_end(db)


def _to_its_end(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk or an IO error may have ended it already
            db.execute("ROLLBACK")
        raise


def _pragmas(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA foreign_keys=ON")
    # after ANALYZE the planner would put a whole-table index into the query of the queue
    db.execute("PRAGMA automatic_index=OFF")


def _use_wal(db: sqlite3.Connection) -> None:
    """Two first starts at once: the change to WAL answers busy at once, whatever busy_timeout says; so wait here."""
    deadline_s = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            if db.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal":
                return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        if time.monotonic() > deadline_s:
            raise StoreError("The library is held by another program for too long.")
        time.sleep(0.01)
