"""The schema of the library, as numbered migrations; the newest number is the version that this program writes.

It does not mend data: that is `maintenance`. Each migration is one transaction, forward only.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from artvis.errors import StoreTooNew

USER = 1
"""The person of this desktop; the server knows more of them."""
DEVICE = 1
MINE = 1
"""The pool of one's own art."""
OPEN_END = 1 << 62
"""The upper end of the gap into which new art falls."""
PLACEHOLDER, LIVE, HELD, TOMBSTONE = range(4)

_CORE = (
    # kind: 0 private 1 venue 2 public; head is the last sequence number that was given
    """CREATE TABLE pool(pool_id INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, name TEXT NOT NULL,
  kind INTEGER NOT NULL, head INTEGER NOT NULL DEFAULT 0, feed_head INTEGER NOT NULL DEFAULT 0,
  premoderated INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE session(sid INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, user_id INTEGER NOT NULL,
  device_id INTEGER NOT NULL, pool_id INTEGER, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL)""",
    """CREATE TABLE artwork(aid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL, created_at INTEGER NOT NULL, sha256 BLOB, bytes INTEGER, w INTEGER, h INTEGER,
  prompt TEXT, state INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX artwork_fresh ON artwork(session_id, created_at DESC, aid DESC) WHERE state=1",
    "CREATE INDEX artwork_listed ON artwork(state, created_at DESC, aid DESC)",
    "CREATE INDEX artwork_blob ON artwork(sha256) WHERE sha256 IS NOT NULL",
    # live and visible items only: hiding and deleting take the row out, so they cost the queue nothing
    """CREATE TABLE pool_item(pool_id INTEGER NOT NULL, seq INTEGER NOT NULL, aid INTEGER NOT NULL,
  PRIMARY KEY(pool_id,seq)) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX pool_item_art ON pool_item(aid, pool_id)",
    """CREATE TABLE impression(user_id INTEGER NOT NULL, aid INTEGER NOT NULL, session_id INTEGER NOT NULL,
  seen_at INTEGER NOT NULL, PRIMARY KEY(user_id,aid)) WITHOUT ROWID""",
    """CREATE TABLE unseen_gap(user_id INTEGER NOT NULL, pool_id INTEGER NOT NULL, lo INTEGER NOT NULL,
  hi INTEGER NOT NULL, PRIMARY KEY(user_id,pool_id,lo)) WITHOUT ROWID""",
    """CREATE TABLE vote(user_id INTEGER, aid INTEGER, value INTEGER NOT NULL, lamport INTEGER NOT NULL,
  device_id INTEGER NOT NULL, PRIMARY KEY(user_id,aid)) WITHOUT ROWID""",
    "CREATE INDEX vote_art ON vote(aid, value)",
)

_DESKTOP = (
    # palette is colours with blanks between, reasons a JSON list; cost in millionths of a dollar
    """CREATE TABLE artwork_detail(aid INTEGER PRIMARY KEY REFERENCES artwork(aid), provider TEXT NOT NULL,
  model TEXT NOT NULL, seed INTEGER NOT NULL, negative TEXT NOT NULL, palette TEXT NOT NULL,
  cost_microusd INTEGER NOT NULL, reasons TEXT NOT NULL, valence REAL NOT NULL, arousal REAL NOT NULL,
  key TEXT NOT NULL, bpm REAL NOT NULL, style TEXT NOT NULL, subject TEXT NOT NULL, medium TEXT NOT NULL,
  painter TEXT NOT NULL, section TEXT NOT NULL, song TEXT NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0, favourite INTEGER NOT NULL DEFAULT 0)""",
    # pool items that a down vote took out, kept so that taking the vote back is exact
    """CREATE TABLE withdrawn(aid INTEGER NOT NULL, pool_id INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY(aid,pool_id)) WITHOUT ROWID""",
    """CREATE TABLE showing(showing_id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL,
  aid INTEGER NOT NULL REFERENCES artwork(aid), screen TEXT NOT NULL, started_at INTEGER NOT NULL,
  duration_ms INTEGER, music TEXT)""",
    "CREATE INDEX showing_art ON showing(aid, showing_id)",
    # one row for each seen and visible artwork; showing_id is its last showing: a clock that never goes back
    """CREATE TABLE rerun(user_id INTEGER NOT NULL, aid INTEGER NOT NULL, loved INTEGER NOT NULL,
  showing_id INTEGER NOT NULL, PRIMARY KEY(user_id,aid)) WITHOUT ROWID""",
    "CREATE INDEX rerun_next ON rerun(user_id, loved, showing_id)",
    "CREATE INDEX rerun_last ON rerun(user_id, showing_id)",
    """CREATE TABLE vote_log(vote_no INTEGER PRIMARY KEY, aid INTEGER NOT NULL, before INTEGER NOT NULL,
  after INTEGER NOT NULL, at INTEGER NOT NULL, undone_at INTEGER)""",
    "CREATE INDEX vote_log_open ON vote_log(vote_no) WHERE undone_at IS NULL",
    """CREATE TABLE job(aid INTEGER PRIMARY KEY REFERENCES artwork(aid), owner TEXT NOT NULL,
  started_at INTEGER NOT NULL, lease_until INTEGER NOT NULL)""",
    # state: 0 reserved 1 settled 2 released; what is reserved counts as spent until it is released
    """CREATE TABLE reservation(reservation_id INTEGER PRIMARY KEY, provider TEXT NOT NULL,
  artwork_id TEXT NOT NULL, booked_at INTEGER NOT NULL, estimate_microusd INTEGER, cost_microusd INTEGER,
  state INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX reservation_booked ON reservation(booked_at)",
    # day: days since 1970 UTC
    """CREATE TABLE usage_day(day INTEGER NOT NULL, provider TEXT NOT NULL, made INTEGER NOT NULL DEFAULT 0,
  shown INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(day,provider)) WITHOUT ROWID""",
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_FIRST_ROWS = (
    f"INSERT INTO pool(pool_id,id,name,kind) VALUES({MINE},'mine','mine',0)",
    f"INSERT INTO unseen_gap(user_id,pool_id,lo,hi) VALUES({USER},{MINE},0,{OPEN_END})",
    "INSERT INTO meta(key,value) VALUES('lamport','0')",
)

_TASTE = (
    "ALTER TABLE artwork_detail ADD COLUMN artists TEXT NOT NULL DEFAULT ''",
    # votes up to this one teach nothing any more
    "CREATE TABLE taste_reset(reset_no INTEGER PRIMARY KEY, after_vote INTEGER NOT NULL, at INTEGER NOT NULL)",
    # the last vote on each artwork is looked for whenever a picture is begun
    "CREATE INDEX vote_log_art ON vote_log(aid, vote_no) WHERE undone_at IS NULL",
)

Migration = Sequence[str]
MIGRATIONS: tuple[Migration, ...] = ((*_CORE, *_DESKTOP, *_FIRST_ROWS), _TASTE)
VERSION = len(MIGRATIONS)


def version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(db: sqlite3.Connection, newest: int = VERSION) -> None:
    found = version(db)
    if found > newest:
        raise StoreTooNew(
            f"The library was written by a newer artvis (version {found} of its format; this one knows {newest})."
        )


def migrate(db: sqlite3.Connection, folder: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the library to the newest version, one transaction a step; a copy is kept before the first step.

    Another process may do the same at the same moment: each step looks again at the version inside its transaction.
    """
    refuse_newer(db, len(migrations))
    found = version(db)
    if 0 < found < len(migrations):
        _keep_copy(db, folder / f"library-before-version-{found + 1}.db")
    while version(db) < len(migrations):
        db.execute("BEGIN IMMEDIATE")
        try:
            step = version(db)
            if step < len(migrations):
                for statement in migrations[step]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version={step + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # a full disk may have ended it already
                db.execute("ROLLBACK")
            raise


def _keep_copy(db: sqlite3.Connection, path: Path) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with sqlite3.connect(part) as copy:
        db.backup(copy)
    copy.close()
    part.replace(path)
