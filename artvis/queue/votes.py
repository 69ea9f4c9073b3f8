"""Votes: the last one counts, and the last one can be taken back exactly.

They move no weights of taste here (`lessons`); a down vote hides, an up vote makes a picture come again first.
"""

import sqlite3

from artvis.errors import InputError
from artvis.queue import gaps, schema
from artvis.queue.artworks import withdraw
from artvis.queue.connection import writing
from artvis.queue.impressions import put_into_reruns


def cast(db: sqlite3.Connection, *, artwork_id: str, value: int, now_ms: int) -> None:
    """Vote 1 (love), -1 (never again) or 0 (clear); vote, log and what it does to the queue are one transaction."""
    if value not in {-1, 0, 1}:
        raise ValueError(f"a vote is -1, 0 or 1, not {value}")
    with writing(db):
        row = db.execute(
            "SELECT aid FROM artwork WHERE id=? AND state IN (?,?)", (artwork_id, schema.LIVE, schema.HELD)
        ).fetchone()
        if row is None:
            raise InputError(f"There is no artwork {artwork_id} in the library.")
        aid = int(row[0])
        before = _value(db, aid)
        _write(db, aid, value)
        db.execute("INSERT INTO vote_log(aid,before,after,at) VALUES(?,?,?,?)", (aid, before, value, now_ms))


def undo_last(db: sqlite3.Connection, now_ms: int) -> str | None:
    """Take back the last vote that still stands in the log; the artwork it was on, or None when there is none."""
    with writing(db):
        row = db.execute(
            """SELECT l.vote_no,l.aid,l.before,a.id FROM vote_log l JOIN artwork a ON a.aid=l.aid
               WHERE l.undone_at IS NULL AND a.state<>? ORDER BY l.vote_no DESC LIMIT 1""",
            (schema.TOMBSTONE,),
        ).fetchone()
        if row is None:
            return None
        vote_no, aid, before, artwork_id = row
        _write(db, aid, before)
        db.execute("UPDATE vote_log SET undone_at=? WHERE vote_no=?", (now_ms, vote_no))
        return str(artwork_id)


def _write(db: sqlite3.Connection, aid: int, value: int) -> None:
    db.execute("UPDATE meta SET value=CAST(value AS INTEGER)+1 WHERE key='lamport'")
    db.execute(
        """INSERT OR REPLACE INTO vote(user_id,aid,value,lamport,device_id)
           VALUES(?,?,?,(SELECT CAST(value AS INTEGER) FROM meta WHERE key='lamport'),?)""",
        (schema.USER, aid, value, schema.DEVICE),
    )
    db.execute("UPDATE artwork_detail SET hidden=?,favourite=? WHERE aid=?", (value < 0, value > 0, aid))
    if value < 0:
        withdraw(db, aid)
    else:
        _bring_back(db, aid)


def _bring_back(db: sqlite3.Connection, aid: int) -> None:
    """To the very place it had, and covered by a gap there if it was never seen."""
    places = db.execute("SELECT pool_id,seq FROM withdrawn WHERE aid=?", (aid,)).fetchall()
    seen = db.execute("SELECT 1 FROM impression WHERE user_id=? AND aid=?", (schema.USER, aid)).fetchone()
    for pool, seq in places:
        db.execute("INSERT INTO pool_item(pool_id,seq,aid) VALUES(?,?,?)", (pool, seq, aid))
        if not seen:
            gaps.cover(db, pool=pool, seq=seq)
    db.execute("DELETE FROM withdrawn WHERE aid=?", (aid,))
    put_into_reruns(db, aid)


def _value(db: sqlite3.Connection, aid: int) -> int:
    row = db.execute("SELECT value FROM vote WHERE user_id=? AND aid=?", (schema.USER, aid)).fetchone()
    return int(row[0]) if row else 0
