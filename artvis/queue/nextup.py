# ruff: noqa: S608 - only constants of ours are put into the statements
"""The one query of the queue: fresh art of this session, then art never seen, then reruns; the same cost at any size.

It only reads. What is hidden, voted down or deleted has no row in `pool_item`, and so is in no arm.
"""

import sqlite3

from artvis.model.artwork import QueueEntry, title_of
from artvis.queue import rows, schema, sessions
from artvis.queue.connection import reading

FRESH_MS = 15 * 60 * 1000
RECENT = 20
_TAKE = """a.id,a.sha256,a.created_at,d.palette,d.subject,d.medium,d.reasons,
  (SELECT v.value FROM vote v WHERE v.user_id=:u AND v.aid=a.aid)"""
_JOIN = "CROSS JOIN artwork a ON a.aid={0}.aid LEFT JOIN artwork_detail d ON d.aid={0}.aid"

Row = tuple[int, int, int, str, bytes | None, int, str | None, str | None, str | None, str | None, int | None]
"""arm, order, seen; id, sha256, created_at, palette, subject, medium, reasons, vote."""


def next_artworks(
    db: sqlite3.Connection,
    *,
    session_id: str,
    now_ms: int,
    limit: int = 20,
    fresh_limit: int | None = None,
) -> list[QueueEntry]:
    """What to show next, at most `limit`, best first; at most `fresh_limit` of them fresh.

    Fresh art (of this session, made in the last 15 minutes) comes whether it was seen or not. Reruns come when
    fewer than `limit` others are left: loved first, longest unseen next, none of the last 20 where there are more.
    """
    if limit <= 0:
        return []
    names = {"s": sessions.number(db, session_id), "cut": now_ms - FRESH_MS, "u": schema.USER}
    with reading(db):
        pools = [int(row[0]) for row in db.execute("SELECT pool_id FROM pool ORDER BY pool_id")]
        statement = unified_query(pools, fresh=min(limit, fresh_limit or limit), unseen=limit)
        found: list[Row] = db.execute(statement, names).fetchall()
        # SQLite runs the arms in order; SQL does not promise it
        found.sort(key=lambda row: (row[0], -row[1]))
        entries = _entries(found)[:limit]
        if len(entries) < limit:
            entries += _reruns(db, limit=limit - len(entries), without={entry.id for entry in entries})
    return entries


def unified_query(pools: list[int], *, fresh: int, unseen: int) -> str:
    """The statement: an arm for fresh art and one a pool, artwork joined after the limits, which stand as numbers.

    CROSS JOIN pins the order of the loops; without it and with statistics, SQLite scans the whole pool. Art of one
    pool comes in its order, art of several newest first.
    """
    order = "z.seq" if len(pools) == 1 else "a.created_at"
    arms = "".join(
        f"""
UNION ALL SELECT 1,{order},0,{_TAKE} FROM
  (SELECT p.aid,p.seq FROM unseen_gap g CROSS JOIN pool_item p
    WHERE g.user_id=:u AND g.pool_id={pool} AND p.pool_id=g.pool_id AND p.seq BETWEEN g.lo AND g.hi
      AND NOT EXISTS(SELECT 1 FROM impression i WHERE i.user_id=:u AND i.aid=p.aid)
      AND p.aid NOT IN (SELECT aid FROM fresh)
    ORDER BY g.lo DESC,p.seq DESC LIMIT {int(unseen)}) z {_JOIN.format("z")}"""
        for pool in pools
    )
    return f"""WITH fresh(aid,created_at) AS MATERIALIZED (
  SELECT f.aid,f.created_at FROM artwork f INDEXED BY artwork_fresh
   WHERE f.session_id=:s AND f.created_at>=:cut AND f.state=1
     AND EXISTS(SELECT 1 FROM pool_item o WHERE o.aid=f.aid)
   ORDER BY f.created_at DESC,f.aid DESC LIMIT {int(fresh)})
SELECT 0,f.created_at,EXISTS(SELECT 1 FROM impression i WHERE i.user_id=:u AND i.aid=f.aid),{_TAKE}
  FROM fresh f {_JOIN.format("f")}{arms}"""


RERUN_QUERY = f"""SELECT 2,0,1,{_TAKE} FROM
  (SELECT aid FROM rerun WHERE user_id=:u AND loved=:loved AND showing_id<:before
    ORDER BY showing_id LIMIT :n) z {_JOIN.format("z")}"""
RECENT_QUERY = f"""SELECT showing_id FROM rerun WHERE user_id=:u
  ORDER BY showing_id DESC LIMIT 1 OFFSET {RECENT - 1}"""
LONGEST_UNSEEN_QUERY = f"""SELECT 2,0,1,{_TAKE} FROM
  (SELECT aid FROM rerun WHERE user_id=:u ORDER BY showing_id LIMIT :n) z {_JOIN.format("z")}"""


def _reruns(db: sqlite3.Connection, *, limit: int, without: set[str]) -> list[QueueEntry]:
    """Seen art again. With no more than 20 seen pictures in all, the longest unseen first, loved or not."""
    n = limit + len(without)
    row = db.execute(RECENT_QUERY, {"u": schema.USER}).fetchone()
    rested: list[Row] = []
    if row is not None:
        for loved in (1, 0):
            names = {"u": schema.USER, "loved": loved, "before": row[0], "n": n}
            rested += db.execute(RERUN_QUERY, names).fetchall()
    entries = [entry for entry in _entries(rested) if entry.id not in without]
    if not entries:
        found: list[Row] = db.execute(LONGEST_UNSEEN_QUERY, {"u": schema.USER, "n": n}).fetchall()
        entries = [entry for entry in _entries(found) if entry.id not in without]
    return entries[:limit]


def _entries(found: list[Row]) -> list[QueueEntry]:
    """Rows as values; of an artwork that two pools hold, the first."""
    entries: dict[str, QueueEntry] = {}
    for row in found:
        arm, _, seen, artwork_id, sha256, created_at_ms, palette, subject, medium, reasons, vote = row
        if artwork_id not in entries:
            entries[artwork_id] = QueueEntry(
                artwork_id,
                sha256.hex() if sha256 else "",
                created_at_ms,
                fresh=arm == 0,
                rerun=arm == 2,
                palette=rows.palette(palette),
                title=title_of(subject or "", medium or ""),
                vote=vote or 0,
                reasons=rows.reasons(reasons),
                seen=bool(seen),
            )
    return list(entries.values())
