"""Sessions: the evening to which fresh art belongs, shared by every window of this home.

It proposes nothing by itself: whoever starts may propose an id, and the library returns the canonical one.
"""

import sqlite3

from artvis.model.session import Session
from artvis.queue import schema
from artvis.queue.connection import writing
from artvis.queue.ids import is_uuid, new_id

ALIVE_MS = 24 * 60 * 60 * 1000
_TOUCH_MS = 60_000


def canonical(
    db: sqlite3.Connection, *, proposal: str | None, now_ms: int, entropy: bytes | None = None
) -> Session:
    """The session to use: the proposal if it is new or ours and alive; without one, this home's latest that is alive.

    Looking and making are one transaction, so two windows that start at once get the same session.
    """
    with writing(db):
        if proposal is None:
            found = latest(db, now_ms=now_ms)
            return _used(db, found, now_ms) if found else _make(db, new_id(now_ms, entropy), now_ms)
        row = db.execute("SELECT user_id,expires_at FROM session WHERE id=?", (proposal,)).fetchone()
        if row is None and is_uuid(proposal):
            return _make(db, proposal, now_ms)
        if row is not None and row[0] == schema.USER and row[1] > now_ms:
            return _used(db, _get(db, proposal), now_ms)
        return _make(db, new_id(now_ms, entropy), now_ms, replaced=True)


def latest(db: sqlite3.Connection, *, now_ms: int) -> Session | None:
    """The session of this home that was used last, if it is alive; only reads."""
    row = db.execute(
        """SELECT id,created_at,expires_at FROM session WHERE user_id=? AND expires_at>?
           ORDER BY expires_at DESC, sid DESC LIMIT 1""",
        (schema.USER, now_ms),
    ).fetchone()
    return Session(*row) if row else None


def number(db: sqlite3.Connection, session_id: str) -> int | None:
    """The row number of a session of this person; None when there is no such session."""
    row = db.execute("SELECT sid FROM session WHERE id=? AND user_id=?", (session_id, schema.USER)).fetchone()
    return int(row[0]) if row else None


def touch(db: sqlite3.Connection, session_id: str, *, now_ms: int) -> None:
    """The session is in use: it lives 24 hours from now. Written once a minute at most."""
    with writing(db):
        db.execute(
            "UPDATE session SET expires_at=? WHERE id=? AND expires_at<?",
            (now_ms + ALIVE_MS, session_id, now_ms + ALIVE_MS - _TOUCH_MS),
        )


def _get(db: sqlite3.Connection, session_id: str) -> Session:
    row = db.execute("SELECT id,created_at,expires_at FROM session WHERE id=?", (session_id,)).fetchone()
    return Session(*row)


def _used(db: sqlite3.Connection, session: Session, now_ms: int) -> Session:
    touch(db, session.id, now_ms=now_ms)
    return _get(db, session.id)


def _make(db: sqlite3.Connection, session_id: str, now_ms: int, *, replaced: bool = False) -> Session:
    session = Session(session_id, now_ms, now_ms + ALIVE_MS, replaced=replaced)
    db.execute(
        "INSERT INTO session(id,user_id,device_id,pool_id,created_at,expires_at) VALUES(?,?,?,?,?,?)",
        (session.id, schema.USER, schema.DEVICE, schema.MINE, session.created_at_ms, session.expires_at_ms),
    )
    return session
