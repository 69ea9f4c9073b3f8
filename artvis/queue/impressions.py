"""What was on a screen: every showing, and the first impression that takes a picture out of the unseen.

It does not say when a showing counts: whoever shows records it after 2 s.
"""

import json
import sqlite3

from artvis.model.music import MusicState
from artvis.queue import gaps, schema, sessions
from artvis.queue.connection import writing
from artvis.queue.daily import count_shown


def record(
    db: sqlite3.Connection,
    *,
    artwork_id: str,
    session_id: str,
    now_ms: int,
    screen: str = "",
    music: MusicState | None = None,
) -> int:
    """A picture is on a screen: showing, impression, gaps and rerun order as one transaction; the showing's number.

    A placeholder may be seen, by its preview; it comes into the order of reruns when it is completed. 0 when the
    artwork is in the library no more: it was deleted while it was shown.
    """
    with writing(db):
        row = db.execute(
            """SELECT a.aid,d.provider FROM artwork a LEFT JOIN artwork_detail d ON d.aid=a.aid
               WHERE a.id=? AND a.state IN (?,?)""",
            (artwork_id, schema.LIVE, schema.PLACEHOLDER),
        ).fetchone()
        session = sessions.number(db, session_id)
        if row is None or session is None:
            return 0
        aid, provider = row
        showing = db.execute(
            "INSERT INTO showing(session_id,aid,screen,started_at,music) VALUES(?,?,?,?,?)",
            (session, aid, screen, now_ms, _heard(music)),
        ).lastrowid
        gaps.mark_seen(db, aid=aid, session=session, now_ms=now_ms)
        put_into_reruns(db, aid)
        if provider is not None:
            count_shown(db, provider, now_ms=now_ms)
        sessions.touch(db, session_id, now_ms=now_ms)
        gaps.compact_if_sparse(db)
    return int(showing or 0)


def finish(db: sqlite3.Connection, *, showing: int, duration_ms: int) -> None:
    """The picture left the screen. A crash loses this, not the impression."""
    with writing(db):
        db.execute("UPDATE showing SET duration_ms=? WHERE showing_id=?", (duration_ms, showing))


def adopt(db: sqlite3.Connection, aid: int, provider: str, now_ms: int) -> None:
    """The artwork is in its pool now: what was shown of it before that counts, inside the caller's transaction."""
    showings = db.execute("SELECT COUNT(*) FROM showing WHERE aid=?", (aid,)).fetchone()[0]
    for _ in range(showings):
        count_shown(db, provider, now_ms=now_ms)
    if showings:
        gaps.split_seen(db, aid)
        put_into_reruns(db, aid)


def forget(db: sqlite3.Connection, aid: int) -> None:
    """The placeholder is rolled back: nothing of it was shown, inside the caller's transaction."""
    db.execute("DELETE FROM showing WHERE aid=?", (aid,))
    db.execute("DELETE FROM impression WHERE aid=?", (aid,))


def put_into_reruns(db: sqlite3.Connection, aid: int) -> None:
    """A seen and visible picture may come again: after its last showing, before all others if it is loved."""
    db.execute(
        """INSERT OR REPLACE INTO rerun(user_id,aid,loved,showing_id)
           SELECT :u,:a,EXISTS(SELECT 1 FROM vote WHERE user_id=:u AND aid=:a AND value=1),last
           FROM (SELECT MAX(showing_id) AS last FROM showing WHERE aid=:a) WHERE last IS NOT NULL
             AND EXISTS(SELECT 1 FROM pool_item WHERE aid=:a)
             AND EXISTS(SELECT 1 FROM impression WHERE user_id=:u AND aid=:a)""",
        {"u": schema.USER, "a": aid},
    )


def _heard(music: MusicState | None) -> str | None:
    if music is None:
        return None
    return json.dumps(
        {
            "t_s": round(music.t_s, 2),
            "lufs": round(music.lufs, 1),
            "bpm": round(music.bpm, 1),
            "key": music.key,
            "valence": round(music.valence, 3),
            "arousal": round(music.arousal, 3),
            "section": music.section,
        }
    )
