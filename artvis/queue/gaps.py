# ruff: noqa: S608 - only constants of ours are put into the statements
"""The unseen of each viewer and pool, kept as ranges in `unseen_gap`, so that the queue costs the same at any size.

Invariant: the ranges cover every unseen sequence number of the pool; they may cover seen ones, never miss an unseen.
"""

import sqlite3

from artvis.queue import schema
from artvis.queue.connection import writing
from artvis.queue.policy import Gap, merged, split

PROBES = 200
"""A read that walks more empty gaps than this is worth a compaction."""


def mark_seen(db: sqlite3.Connection, *, aid: int, session: int, now_ms: int) -> bool:
    """Write the first impression and split the gap of every pool the artwork is in, as one; False: seen before."""
    with writing(db):
        first = db.execute(
            "INSERT OR IGNORE INTO impression(user_id,aid,session_id,seen_at) VALUES(?,?,?,?)",
            (schema.USER, aid, session, now_ms),
        )
        if first.rowcount == 0:
            return False
        split_seen(db, aid)
    return True


def split_seen(db: sqlite3.Connection, aid: int) -> None:
    """Split the gap of every pool that an artwork is in, inside the caller's transaction."""
    for pool, seq in db.execute("SELECT pool_id,seq FROM pool_item WHERE aid=?", (aid,)).fetchall():
        gap = _covering(db, pool=pool, seq=seq)
        if gap is not None:
            db.execute(
                "DELETE FROM unseen_gap WHERE user_id=? AND pool_id=? AND lo=?", (schema.USER, pool, gap[0])
            )
            _insert(db, pool, split(gap, seq))


def cover(db: sqlite3.Connection, *, pool: int, seq: int) -> None:
    """Make sure that a number is covered: an item came back to its old place."""
    if _covering(db, pool=pool, seq=seq) is None:
        _insert(db, pool, ((seq, seq),))


def compact_if_sparse(db: sqlite3.Connection, *, pool: int = schema.MINE) -> int:
    """Drop the empty gaps when the newest 200 hold fewer than 20 items: many were removed; how many gaps went."""
    newest = "SELECT lo,hi FROM unseen_gap WHERE user_id=:u AND pool_id=:p ORDER BY lo DESC LIMIT :probes"
    names = {"u": schema.USER, "p": pool, "probes": PROBES}
    walked = db.execute(f"SELECT COUNT(*) FROM ({newest})", names).fetchone()[0]
    if walked < PROBES:
        return 0
    found = db.execute(
        f"""SELECT COUNT(*) FROM (SELECT 1 FROM ({newest}) g CROSS JOIN pool_item p
            WHERE p.pool_id=:p AND p.seq BETWEEN g.lo AND g.hi LIMIT 20)""",
        names,
    ).fetchone()[0]
    return compact(db, pool=pool) if found < 20 else 0


def compact(db: sqlite3.Connection, *, pool: int) -> int:
    """Drop every gap that holds no item, except the open one at the top."""
    with writing(db):
        return db.execute(
            """DELETE FROM unseen_gap AS g WHERE user_id=? AND pool_id=? AND hi<? AND NOT EXISTS(
               SELECT 1 FROM pool_item p WHERE p.pool_id=g.pool_id AND p.seq BETWEEN g.lo AND g.hi)""",
            (schema.USER, pool, schema.OPEN_END),
        ).rowcount


def rebuild(db: sqlite3.Connection, *, pool: int) -> None:
    """Make the gaps anew from what is in the pool and what was seen."""
    with writing(db):
        head = db.execute("SELECT head FROM pool WHERE pool_id=?", (pool,)).fetchone()[0]
        unseen = [seq for seq in unseen_numbers(db, pool=pool) if seq <= head]
        db.execute("DELETE FROM unseen_gap WHERE user_id=? AND pool_id=?", (schema.USER, pool))
        _insert(db, pool, merged(unseen, open_end=(head + 1, schema.OPEN_END)))


def unseen_numbers(db: sqlite3.Connection, *, pool: int) -> list[int]:
    """Every unseen sequence number of a pool, ascending: a walk over the whole pool."""
    rows = db.execute(
        """SELECT p.seq FROM pool_item p WHERE p.pool_id=? AND NOT EXISTS(
           SELECT 1 FROM impression i WHERE i.user_id=? AND i.aid=p.aid) ORDER BY p.seq""",
        (pool, schema.USER),
    )
    return [int(row[0]) for row in rows]


def all_gaps(db: sqlite3.Connection, *, pool: int) -> list[Gap]:
    rows = db.execute(
        "SELECT lo,hi FROM unseen_gap WHERE user_id=? AND pool_id=? ORDER BY lo", (schema.USER, pool)
    )
    return [(int(lo), int(hi)) for lo, hi in rows]


def _covering(db: sqlite3.Connection, *, pool: int, seq: int) -> Gap | None:
    row = db.execute(
        "SELECT lo,hi FROM unseen_gap WHERE user_id=? AND pool_id=? AND lo<=? ORDER BY lo DESC LIMIT 1",
        (schema.USER, pool, seq),
    ).fetchone()
    return (int(row[0]), int(row[1])) if row and row[1] >= seq else None


def _insert(db: sqlite3.Connection, pool: int, new: tuple[Gap, ...]) -> None:
    db.executemany(
        "INSERT INTO unseen_gap(user_id,pool_id,lo,hi) VALUES(?,?,?,?)",
        [(schema.USER, pool, lo, hi) for lo, hi in new],
    )
