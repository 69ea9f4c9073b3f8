# ruff: noqa: S608 - only constants of ours are put into the statements
"""What must hold in the library's rows, each as a question that finds where it does not.

It mends nothing, and looks at no blob: `maintenance` does both.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from artvis.queue import gaps, jobs, schema
from artvis.queue.policy import uncovered


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, or (a note) what a crash leaves by design and the next start sweeps."""

    code: str
    text: str
    note: bool = False


LOST = f"""SELECT a.aid FROM artwork a WHERE a.state={schema.LIVE}
AND NOT EXISTS(SELECT 1 FROM pool_item p WHERE p.aid=a.aid)
AND NOT EXISTS(SELECT 1 FROM withdrawn w WHERE w.aid=a.aid)"""
UNDESCRIBED = f"""SELECT a.id FROM artwork a LEFT JOIN artwork_detail d ON d.aid=a.aid
WHERE a.state={schema.LIVE} AND (d.aid IS NULL OR a.sha256 IS NULL)"""
STRAY_ITEM = f"""SELECT p.aid FROM pool_item p LEFT JOIN artwork a ON a.aid=p.aid
WHERE a.state IS NULL OR a.state<>{schema.LIVE}"""
DOWN_VOTED = f"""SELECT v.aid FROM vote v
WHERE v.user_id={schema.USER} AND v.value<0 AND EXISTS(SELECT 1 FROM pool_item p WHERE p.aid=v.aid)"""
WRONG_RERUN = f"""SELECT aid FROM rerun r WHERE r.user_id={schema.USER}
AND (NOT EXISTS(SELECT 1 FROM pool_item p WHERE p.aid=r.aid)
  OR r.loved<>EXISTS(SELECT 1 FROM vote v WHERE v.user_id=r.user_id AND v.aid=r.aid AND v.value=1))"""
MISSING_RERUN = f"""SELECT i.aid FROM impression i WHERE i.user_id={schema.USER}
AND EXISTS(SELECT 1 FROM pool_item p WHERE p.aid=i.aid)
AND NOT EXISTS(SELECT 1 FROM rerun r WHERE r.user_id=i.user_id AND r.aid=i.aid)"""
UNLEASED = f"""SELECT id FROM artwork a WHERE state={schema.PLACEHOLDER}
AND NOT EXISTS(SELECT 1 FROM job j WHERE j.aid=a.aid)"""
HEAD_BEHIND = """SELECT id FROM pool WHERE head<(SELECT COALESCE(MAX(seq),0) FROM pool_item i
WHERE i.pool_id=pool.pool_id)"""

_RULES = (
    ("lost-from-queue", LOST, "artwork number {} is in no pool"),
    ("undescribed", UNDESCRIBED, "the artwork {} has no picture or no description"),
    ("stray-item", STRAY_ITEM, "a pool offers artwork number {}, which is not a live one"),
    ("down-voted", DOWN_VOTED, "artwork number {} is voted down and still offered"),
    ("rerun", WRONG_RERUN, "artwork number {} has a wrong place among the reruns"),
    ("rerun", MISSING_RERUN, "artwork number {} was seen and has no place among the reruns"),
    ("unleased", UNLEASED, "the placeholder {} is under no lease"),
    ("pool-head", HEAD_BEHIND, "the pool {} would give a sequence number twice"),
)


def broken_rows(db: sqlite3.Connection) -> Iterator[Finding]:
    """Every rule that does not hold, one finding a row."""
    for (text,) in db.execute("PRAGMA integrity_check(20)").fetchall():
        if text != "ok":
            yield Finding("integrity", f"the database is damaged: {text}")
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding("foreign-key", f"row {row} of {table} points at no row of {parent}")
    for code, question, sentence in _RULES:
        for (name,) in db.execute(question).fetchall():
            yield Finding(code, sentence.format(name))
    yield from broken_gaps(db)


def broken_gaps(db: sqlite3.Connection) -> Iterator[Finding]:
    """Unseen items that no gap covers would never be shown; gaps that overlap would show an item twice."""
    for pool, name in db.execute("SELECT pool_id,id FROM pool").fetchall():
        ranges = gaps.all_gaps(db, pool=pool)
        for seq in uncovered(gaps.unseen_numbers(db, pool=pool), ranges):
            yield Finding("gap", f"item {seq} of the pool {name} is unseen and would never be shown")
        for (_, hi), (lo, _) in pairwise(ranges):
            if lo <= hi:
                yield Finding("gap", f"two ranges of unseen items of the pool {name} overlap at {lo}")
        if not ranges or ranges[-1][1] != schema.OPEN_END:
            yield Finding("gap", f"new art of the pool {name} would never be shown")


def leases(db: sqlite3.Connection, now_ms: int) -> Iterator[Finding]:
    """Placeholders: one is being painted, or was when its process ended."""
    rows = db.execute("SELECT a.id,j.owner,j.lease_until FROM job j JOIN artwork a ON a.aid=j.aid").fetchall()
    for artwork_id, owner, lease_until in rows:
        over = jobs.is_over((owner, lease_until), now_ms)
        text = "was being painted when its process ended" if over else "is being painted"
        yield Finding("placeholder", f"the artwork {artwork_id} {text}", note=True)
