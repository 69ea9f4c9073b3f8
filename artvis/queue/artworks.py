# ruff: noqa: S608 - only constants of ours are put into the statements
"""Artworks: the placeholder that is painted, the picture that replaces it, the list, and the end of one.

The bytes are in `blobs`; a row is written only when they are safe on disk.
"""

import sqlite3
from collections.abc import Sequence

from artvis.errors import InputError
from artvis.model.artwork import Artwork, ArtworkDetail, ArtworkStateName
from artvis.queue import gaps, impressions, jobs, rows, schema, sessions
from artvis.queue.connection import reading, writing
from artvis.queue.daily import count_made
from artvis.queue.ids import new_id


def begin(db: sqlite3.Connection, *, session_id: str, now_ms: int, entropy: bytes | None = None) -> str:
    """A placeholder under lease, in one transaction; the id of the artwork to come."""
    artwork_id = new_id(now_ms, entropy)
    with writing(db):
        session = sessions.number(db, session_id)
        if session is None:
            raise InputError(f"There is no session {session_id} in the library.")
        jobs.sweep(db, now_ms=now_ms)
        sessions.touch(db, session_id, now_ms=now_ms)
        aid = _insert(db, artwork_id, session=session, now_ms=now_ms)
        jobs.lease(db, aid, now_ms=now_ms)
    return artwork_id


def complete(
    db: sqlite3.Connection,
    artwork_id: str,
    *,
    sha256: str,
    size_bytes: int,
    width: int,
    height: int,
    detail: ArtworkDetail,
    now_ms: int,
    session_id: str = "",
) -> None:
    """The picture replaces its placeholder: row, detail and place in the own pool are one transaction.

    An answer so late that the placeholder is gone is kept all the same, since it was paid for: in `session_id`, or
    in the session used last. To complete an artwork twice changes nothing.
    """
    with writing(db):
        row = db.execute("SELECT aid,state FROM artwork WHERE id=?", (artwork_id,)).fetchone()
        if row is not None and row[1] != schema.PLACEHOLDER:
            return
        aid = row[0] if row else _insert(db, artwork_id, session=_late(db, session_id), now_ms=now_ms)
        db.execute(
            "UPDATE artwork SET state=?,created_at=?,sha256=?,bytes=?,w=?,h=?,prompt=? WHERE aid=?",
            (schema.LIVE, now_ms, bytes.fromhex(sha256), size_bytes, width, height, detail.prompt, aid),
        )
        db.execute(rows.INSERT_DETAIL, rows.detail_values(aid, detail))
        db.execute("DELETE FROM job WHERE aid=?", (aid,))
        put_into_pool(db, aid, pool=schema.MINE)
        count_made(db, detail.provider, now_ms=now_ms)
        impressions.adopt(db, aid, detail.provider, now_ms)


def roll_back(db: sqlite3.Connection, artwork_id: str) -> bool:
    """Take the placeholder out, and nothing else: a picture that is already there stays (then False)."""
    with writing(db):
        row = db.execute(
            "SELECT aid FROM artwork WHERE id=? AND state=?", (artwork_id, schema.PLACEHOLDER)
        ).fetchone()
        if row is None:
            return False
        jobs.take_out(db, row[0])
        return True


def put_into_pool(db: sqlite3.Connection, aid: int, *, pool: int) -> int:
    """The next sequence number of the pool is the artwork's; it falls into everyone's open gap."""
    seq = db.execute("UPDATE pool SET head=head+1 WHERE pool_id=? RETURNING head", (pool,)).fetchone()[0]
    db.execute("INSERT INTO pool_item(pool_id,seq,aid) VALUES(?,?,?)", (pool, seq, aid))
    return int(seq)


def get(db: sqlite3.Connection, artwork_id: str) -> Artwork | None:
    with reading(db):
        row = db.execute(f"{rows.SELECT_ARTWORK} WHERE a.id=?", (artwork_id,)).fetchone()
        return rows.artwork(db, row) if row else None


def list_artworks(
    db: sqlite3.Connection, *, state: ArtworkStateName = "live", limit: int = 50, offset: int = 0
) -> list[Artwork]:
    """Artworks of one state, newest first."""
    with reading(db):
        found = db.execute(
            f"{rows.SELECT_ARTWORK} WHERE a.state=? ORDER BY a.created_at DESC, a.aid DESC LIMIT ? OFFSET ?",
            (rows.STATES.index(state), limit, offset),
        ).fetchall()
        return [rows.artwork(db, row) for row in found]


def pending(db: sqlite3.Connection) -> tuple[str, ...]:
    """The placeholders, first begun first."""
    found = db.execute("SELECT id FROM artwork WHERE state=? ORDER BY created_at, aid", (schema.PLACEHOLDER,))
    return tuple(artwork_id for (artwork_id,) in found)


def recent_subjects(db: sqlite3.Connection, limit: int = 20) -> list[tuple[str, str]]:
    """(subject, medium) of the newest pictures, newest first: they are not to come again soon."""
    found = db.execute(
        "SELECT subject,medium FROM artwork_detail WHERE subject<>'' ORDER BY aid DESC LIMIT ?", (limit,)
    )
    return [(subject, medium) for subject, medium in found]


def delete(db: sqlite3.Connection, artwork_id: str, now_ms: int) -> str:
    """Remove the content, leaving a tombstone; the sha256 whose bytes nobody uses any more, or ''.

    The caller removes those bytes after this is committed: a crash between the two leaves an orphan, never a row
    without its picture. What was counted and paid stays counted.
    """
    with writing(db):
        row = db.execute("SELECT aid,state,sha256 FROM artwork WHERE id=?", (artwork_id,)).fetchone()
        if row is None or row[1] == schema.TOMBSTONE:
            raise InputError(f"There is no artwork {artwork_id} in the library.")
        aid, state, sha256 = row
        if state == schema.PLACEHOLDER:
            roll_back(db, artwork_id)
            return ""
        for table in ("pool_item", "withdrawn", "rerun"):
            db.execute(f"DELETE FROM {table} WHERE aid=?", (aid,))
        _scrub(db, aid, now_ms)
        gaps.compact_if_sparse(db)
        free = sha256 is not None and not uses_blob(db, sha256.hex())
    return sha256.hex() if free else ""


def delete_all(db: sqlite3.Connection, artwork_ids: Sequence[str], now_ms: int) -> tuple[str, ...]:
    """Delete several, or none when one of them is not there; what `delete` says of each."""
    with writing(db):
        freed = [delete(db, artwork_id, now_ms) for artwork_id in dict.fromkeys(artwork_ids)]
    return tuple(sha256 for sha256 in freed if sha256)


def stored(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """(id, sha256, size in bytes) of every artwork that has a picture."""
    found = db.execute(
        "SELECT id,sha256,bytes FROM artwork WHERE state IN (?,?) AND sha256 IS NOT NULL",
        (schema.LIVE, schema.HELD),
    )
    return [(artwork_id, sha256.hex(), size) for artwork_id, sha256, size in found]


def uses_blob(db: sqlite3.Connection, sha256: str) -> bool:
    """Whether any artwork has these bytes."""
    row = db.execute("SELECT 1 FROM artwork WHERE sha256=? LIMIT 1", (bytes.fromhex(sha256),)).fetchone()
    return row is not None


def withdraw(db: sqlite3.Connection, aid: int) -> None:
    """Take an artwork out of everything that is offered, remembering its places."""
    db.execute(
        """INSERT OR REPLACE INTO withdrawn(aid,pool_id,seq)
           SELECT aid,pool_id,seq FROM pool_item WHERE aid=?""",
        (aid,),
    )
    db.execute("DELETE FROM pool_item WHERE aid=?", (aid,))
    db.execute("DELETE FROM rerun WHERE aid=?", (aid,))


def _scrub(db: sqlite3.Connection, aid: int, now_ms: int) -> None:
    db.execute(
        "UPDATE artwork SET state=?,created_at=?,sha256=NULL,bytes=NULL,w=NULL,h=NULL,prompt=NULL WHERE aid=?",
        (schema.TOMBSTONE, now_ms, aid),
    )
    db.execute(
        """UPDATE artwork_detail SET model='',seed=0,negative='',palette='',reasons='[]',key='',style='',subject='',
           medium='',painter='',section='',song='',artists='' WHERE aid=?""",
        (aid,),
    )
    db.execute("UPDATE showing SET music=NULL WHERE aid=?", (aid,))


def _insert(db: sqlite3.Connection, artwork_id: str, *, session: int, now_ms: int) -> int:
    cursor = db.execute(
        "INSERT INTO artwork(id,session_id,user_id,created_at,state) VALUES(?,?,?,?,?)",
        (artwork_id, session, schema.USER, now_ms, schema.PLACEHOLDER),
    )
    return int(cursor.lastrowid or 0)


def _late(db: sqlite3.Connection, session_id: str) -> int:
    session = sessions.number(db, session_id) if session_id else None
    if session is None:
        row = db.execute(
            "SELECT sid FROM session WHERE user_id=? ORDER BY expires_at DESC LIMIT 1", (schema.USER,)
        ).fetchone()
        if row is None:
            raise InputError("The library has no session that a picture could belong to.")
        session = int(row[0])
    return session
