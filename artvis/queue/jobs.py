# ruff: noqa: S608 - only constants of ours are put into the statements
"""Leases on placeholders: who paints what, and until when it may be believed.

It does not paint and does not retry; a lease that ran out, or whose process died, is simply rolled back.
"""

import sqlite3

from artvis.queue import owner, schema
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
    over = [(aid,) for aid, holder, lease_until in rows if is_over((holder, lease_until), now_ms)]
    if not over:
        return 0
    with writing(db):
        db.executemany("DELETE FROM job WHERE aid=?", over)
        taken = db.executemany(f"DELETE FROM artwork WHERE aid=? AND state={schema.PLACEHOLDER}", over)
        return taken.rowcount
