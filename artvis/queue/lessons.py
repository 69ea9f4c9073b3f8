"""What the votes that stand have to teach, and from which of them on they do.

It works out no weights (`prompt.taste`). Nothing is kept beside the votes: a crash or another process cannot make the
two disagree, and a vote that is taken back has never been there.
"""

import sqlite3

from artvis.prompt.taste import VOTES_MAX, Lesson
from artvis.queue import schema
from artvis.queue.connection import writing
from artvis.queue.rows import palette
from artvis.queue.votes import undo_last


def lessons(db: sqlite3.Connection) -> list[Lesson]:
    """The last vote on each artwork, newest first; what was deleted teaches nothing any more."""
    found = db.execute(
        """SELECT l.after,d.style,d.medium,d.subject,CASE d.provider WHEN 'painter' THEN d.painter ELSE '' END,
             d.artists,d.palette,d.valence,d.arousal
           FROM vote_log l JOIN artwork_detail d ON d.aid=l.aid JOIN artwork a ON a.aid=l.aid
           WHERE l.undone_at IS NULL AND l.after<>0 AND a.state<>:gone
             AND l.vote_no>(SELECT COALESCE(MAX(after_vote),0) FROM taste_reset)
             AND l.vote_no=(SELECT MAX(n.vote_no) FROM vote_log n WHERE n.aid=l.aid AND n.undone_at IS NULL)
           ORDER BY l.vote_no DESC LIMIT :most""",
        {"gone": schema.TOMBSTONE, "most": VOTES_MAX},
    )
    return [
        Lesson(
            value=value,
            style=style,
            medium=medium,
            subject=subject,
            painter=painter,
            artists=artists,
            palette=palette(colours),
            valence=valence,
            arousal=arousal,
        )
        for value, style, medium, subject, painter, artists, colours, valence, arousal in found
    ]


def forget(db: sqlite3.Connection, now_ms: int) -> int:
    """Votes until now teach nothing any more, and stand otherwise: what was hidden stays hidden. How many they were."""
    with writing(db):
        count = len(lessons(db))
        if count:
            db.execute(
                "INSERT INTO taste_reset(after_vote,at) SELECT COALESCE(MAX(vote_no),0),? FROM vote_log",
                (now_ms,),
            )
    return count


def undo(db: sqlite3.Connection, now_ms: int) -> str | None:
    """Take back what was done last, a vote or a `forget`.

    The artwork of the vote, '' for a `forget`, None when there is neither.
    """
    with writing(db):
        reset_no = _last_forget(db)
        if reset_no is None:
            return undo_last(db, now_ms)
        db.execute("DELETE FROM taste_reset WHERE reset_no=?", (reset_no,))
        return ""


def _last_forget(db: sqlite3.Connection) -> int | None:
    """The last `forget`, if no vote that stands came after it."""
    row = db.execute(
        """SELECT reset_no FROM taste_reset WHERE after_vote>=
             (SELECT COALESCE(MAX(vote_no),0) FROM vote_log WHERE undone_at IS NULL)
           ORDER BY reset_no DESC LIMIT 1"""
    ).fetchone()
    return int(row[0]) if row else None
