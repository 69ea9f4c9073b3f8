"""What the next page of the queue costs, at 10 thousand and at a million artworks, against the web app's query.

    python benchmarks/queue_query.py [--sizes 10000,1000000] [--json FILE]

CPU time, median of many runs, warm. The whole question is the statement, the reruns when unseen art has run out, and
the rows as values. The naive query is the web app's; the repaired one asks for the same rows as ours
(its 15 minutes belong to fresh art alone). Imports of the rows and opening the library are timed too.
"""

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from artvis.queue import nextup, schema, sessions
from artvis.queue.connection import DATABASE, open_reader, open_writer, writing
from artvis.queue.store import Store

NOW_MS = 1_800_000_000_000
CASES = ("none", "10 %", "newest 99 %", "random 99 %", "all")
FRESH = 5
_BATCH = 50_000

# the web app, whose table had no index that helps: 15 minutes for every row, everything seen looked up in a list, all of it sorted
NAIVE = """SELECT a.id FROM artwork a NOT INDEXED WHERE a.state=1 AND a.created_at>=:cut
AND a.aid NOT IN (SELECT i.aid FROM impression i WHERE i.user_id=1)
ORDER BY CASE WHEN a.session_id=:s THEN 0 ELSE 1 END, a.created_at DESC LIMIT 20"""
REPAIRED = """SELECT a.id FROM artwork a NOT INDEXED WHERE a.state=1 AND (a.session_id=:s AND a.created_at>=:cut
OR a.aid NOT IN (SELECT i.aid FROM impression i WHERE i.user_id=1))
ORDER BY CASE WHEN a.session_id=:s AND a.created_at>=:cut THEN 0 ELSE 1 END, a.created_at DESC, a.aid DESC LIMIT 20"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,1000000")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    rows = []
    for size in (int(text) for text in args.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="artvis-bench-") as folder:
            rows += measure(Path(folder), size)
    _print(rows)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


def measure(folder: Path, size: int) -> list[dict[str, object]]:
    """Every case at one size, with and without statistics for the planner."""
    began_s = time.perf_counter()
    db = open_writer(folder)
    fill(db, size)
    filled_s = time.perf_counter() - began_s
    session = sessions.latest(db, now_ms=NOW_MS)
    assert session is not None
    print(f"{size} artworks imported in {filled_s:.1f} s", file=sys.stderr)
    rows = []
    for case in CASES:
        see(db, size, case)
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows.append({"artworks": size, "seen": case, **_timed(folder, session.id)})
        print(rows[-1], file=sys.stderr)
    db.close()
    rows[0]["import_s"] = round(filled_s, 1)
    rows[0]["open_ms"] = _open_ms(folder)
    return rows


def fill(db: sqlite3.Connection, size: int) -> None:
    """Artworks of other evenings, and a handful made just now."""
    old = sessions.canonical(db, proposal=None, now_ms=NOW_MS - 40 * 86_400_000).id
    new = sessions.canonical(db, proposal=None, now_ms=NOW_MS).id
    olds, news = sessions.number(db, old), sessions.number(db, new)
    chance = random.Random(1)
    for first in range(0, size, _BATCH):
        span = range(first + 1, min(first + _BATCH, size) + 1)
        fresh_from = size - FRESH
        with writing(db):
            db.executemany(
                """INSERT INTO artwork(aid,id,session_id,user_id,created_at,sha256,bytes,w,h,prompt,state)
                   VALUES(?,?,?,1,?,?,400000,1536,864,?,1)""",
                (
                    (
                        aid,
                        f"{chance.getrandbits(128):032x}",
                        news if aid > fresh_from else olds,
                        NOW_MS - (size - aid) * 1000 - (0 if aid > fresh_from else 3_600_000),
                        chance.randbytes(32),
                        "an ink wash of a lake at dawn with long shadows, deep indigo, warm gold and pale rose",
                    )
                    for aid in span
                ),
            )
            db.executemany(
                """INSERT INTO artwork_detail(aid,provider,model,seed,negative,palette,cost_microusd,reasons,valence,
                   arousal,key,bpm,style,subject,medium,painter,section,song)
                   VALUES(?,'painter','',1,'','#101820 #203040 #405060 #708090 #a0b0c0 #f0f0f0',0,'[]',
                   .5,.5,'A minor',120,'ink','a lake','ink wash','horizon','A','')""",
                ((aid,) for aid in span),
            )
            db.executemany(
                "INSERT INTO pool_item(pool_id,seq,aid) VALUES(1,?,?)", ((aid, aid) for aid in span)
            )
    db.execute("UPDATE pool SET head=?", (size,))


def see(db: sqlite3.Connection, size: int, case: str) -> None:
    """The rows that a viewer's impressions leave: impression, showing, rerun order and ranges of the unseen."""
    chance = random.Random(2)
    order = list(range(1, size + 1))
    match case:
        case "none":
            seen = []
        case "10 %":
            seen = chance.sample(order, size // 10)
        case "newest 99 %":
            seen = order[size // 100 :][::-1]
        case "random 99 %":
            seen = chance.sample(order, size * 99 // 100)
        case _:
            seen = chance.sample(order, size)
    with writing(db):
        for table in ("impression", "rerun", "showing", "unseen_gap"):
            db.execute(f"DELETE FROM {table}")
        db.executemany(
            "INSERT INTO impression VALUES(1,?,1,?)", ((aid, NOW_MS - aid) for aid in sorted(seen))
        )
        db.executemany(
            "INSERT INTO showing(showing_id,session_id,aid,screen,started_at) VALUES(?,1,?,'',?)",
            ((n, aid, NOW_MS) for n, aid in enumerate(seen, 1)),
        )
        db.executemany(
            "INSERT INTO rerun(user_id,aid,loved,showing_id) VALUES(1,?,?,?)",
            ((aid, aid % 50 == 0, n) for n, aid in enumerate(seen, 1)),
        )
        db.executemany("INSERT INTO unseen_gap VALUES(1,1,?,?)", _ranges(set(seen), size))


def _ranges(seen: set[int], size: int) -> list[tuple[int, int]]:
    from artvis.queue.policy import merged

    unseen = (seq for seq in range(1, size + 1) if seq not in seen)
    return list(merged(unseen, open_end=(size + 1, schema.OPEN_END)))


def _timed(folder: Path, session_id: str) -> dict[str, object]:
    db = open_reader(folder)
    assert db is not None
    names = {"s": sessions.number(db, session_id), "cut": NOW_MS - nextup.FRESH_MS}

    def ours() -> list[str]:
        return [entry.id for entry in nextup.next_artworks(db, session_id=session_id, now_ms=NOW_MS)]

    def asked(statement: str) -> Callable[[], list[str]]:
        return lambda: [row[0] for row in db.execute(statement, names)]

    # equal answers, as far as the repaired query goes: it knows no reruns
    repaired = asked(REPAIRED)()
    assert ours()[: len(repaired)] == repaired, "the answers differ"
    statement = nextup.unified_query([schema.MINE], fresh=20, unseen=20)
    figures = {
        "statement_ms": _cpu_ms(lambda: db.execute(statement, {**names, "u": schema.USER}).fetchall(), 400),
        "ours_ms": _cpu_ms(ours, 400),
        "naive_ms": _cpu_ms(asked(NAIVE), 5),
        "repaired_ms": _cpu_ms(asked(REPAIRED), 5),
    }
    db.close()
    return figures


def _cpu_ms(question: Callable[[], object], times: int) -> float:
    question()
    took = []
    for _ in range(times):
        began = time.process_time_ns()
        question()
        took.append(time.process_time_ns() - began)
    return round(statistics.median(took) / 1e6, 4)


def _open_ms(folder: Path) -> float:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        store = Store(folder)
        took.append(time.perf_counter() - began)
        store.close()
    return round(statistics.median(took) * 1000, 1)


def _print(rows: list[dict[str, object]]) -> None:
    print("| artworks | seen | statement, ms | whole question, ms | naive, ms | repaired naive, ms |")
    print("|---:|---|---:|---:|---:|---:|")
    for row in rows:
        print(
            "| {artworks} | {seen} | {statement_ms} | {ours_ms} | {naive_ms} | {repaired_ms} |".format(**row)
        )
    for row in rows:
        if "import_s" in row:
            print(
                f"{row['artworks']} artworks: imported in {row['import_s']} s, opened in {row['open_ms']} ms"
            )
    print(f"SQLite {sqlite3.sqlite_version}; {DATABASE}; CPU time, median")


if __name__ == "__main__":
    sys.exit(main())
