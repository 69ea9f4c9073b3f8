"""The bookings of a library that is set aside, for the one that takes its place: a new library is no new purse.

It judges no booking; what still counts is decided in `usage`.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from artvis.queue.connection import BUSY_TIMEOUT_MS, writing

Booking = tuple[str, str, int, int | None, int | None, int]
_COLUMNS = "provider,artwork_id,booked_at,estimate_microusd,cost_microusd,state"


def read(path: Path) -> list[Booking] | None:
    """All bookings of a library of any version, which is not changed; None where they cannot be read for certain."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            if db.execute("PRAGMA quick_check(reservation)").fetchall() != [("ok",)]:
                return None
            return db.execute(f"SELECT {_COLUMNS} FROM reservation").fetchall()  # noqa: S608 - our own constant
    except sqlite3.Error:  # damaged, or its bookings are kept in another way
        return None


def carry_over(db: sqlite3.Connection, bookings: Sequence[Booking]) -> None:
    """Writes them into a library that has none."""
    with writing(db):
        db.executemany(f"INSERT INTO reservation({_COLUMNS}) VALUES(?,?,?,?,?,?)", bookings)
