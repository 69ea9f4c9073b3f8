"""Leases on placeholders: who paints what, and until when it may be believed.

It does not paint and does not retry; a lease that ran out, or whose process died, is simply rolled back.
"""

import sqlite3

from artvis.queue import impressions, owner, schema
from artvis.queue.connection import writing

LEASE_MS = 10 * 60 * 1000


def lease(db: sqlite3.Connection, aid: int, *, now_ms: int) -> None:
    db.execute(
        "INSERT INTO job(aid,owner,started_at,lease_until) VALUES(?,?,?,?)",
        (aid, owner.this_process(), now_ms, now_ms + LEASE_MS),
    )


def is_over(row: tuple[str, int], now_ms: int) -> bool:
    """Whether a lease (owner, lease_until) holds no more: it ran out, its process died, or the clock was set back."""
    holder, lease_until = row
    return not now_ms < lease_until <= now_ms + LEASE_MS + 60_000 or not owner.is_alive(holder)


def sweep(db: sqlite3.Connection, *, now_ms: int) -> int:
    """Take out the placeholders whose lease is over; how many they were. Nothing but a placeholder goes."""
    rows = db.execute("SELECT aid,owner,lease_until FROM job").fetchall()
    over = [aid for aid, holder, lease_until in rows if is_over((holder, lease_until), now_ms)]
    if over:
        with writing(db):
            for aid in over:
                take_out(db, aid)
    return len(over)


def take_out(db: sqlite3.Connection, aid: int) -> None:
    """Remove a placeholder with its lease and whatever was shown of it, inside the caller's transaction."""
    row = db.execute("SELECT state FROM artwork WHERE aid=?", (aid,)).fetchone()
    db.execute("DELETE FROM job WHERE aid=?", (aid,))
    if row is not None and row[0] == schema.PLACEHOLDER:
        impressions.forget(db, aid)
        db.execute("DELETE FROM artwork WHERE aid=?", (aid,))
