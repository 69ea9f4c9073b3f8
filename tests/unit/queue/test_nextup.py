"""The unified queue: what comes next, and that it costs the same at any size."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import DAY_MS, MINUTE_MS, Library, in_memory

from artvis.model.artwork import QueueEntry
from artvis.queue import artworks, nextup, schema


def _entries(library: Library, **kwargs: int) -> list[QueueEntry]:
    return nextup.next_artworks(
        library.db, session_id=library.session, now_ms=library.now_ms, **{"limit": 20, **kwargs}
    )


def test_fresh_art_comes_first_newest_first_and_again_although_it_was_seen(library: Library) -> None:
    old = library.make()
    library.wait(16 * MINUTE_MS)
    first = library.make()
    library.wait(1)
    second = library.make()
    library.see(second)
    assert library.next_ids() == [second, first, old]
    assert [(entry.fresh, entry.seen) for entry in _entries(library)] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_art_older_than_15_minutes_that_nobody_saw_is_returned(library: Library) -> None:
    made = library.make()
    library.wait(15 * MINUTE_MS)
    assert [entry.fresh for entry in _entries(library)] == [True]
    library.wait(1)
    assert [(entry.id, entry.fresh, entry.rerun) for entry in _entries(library)] == [(made, False, False)]


def test_fresh_art_that_was_seen_is_seen_after_15_minutes(library: Library) -> None:
    made, other = library.make(), library.make()
    library.see(made)
    library.wait(15 * MINUTE_MS + 1)
    assert [(entry.id, entry.rerun) for entry in _entries(library)] == [(other, False), (made, True)]


def test_in_another_session_an_impression_acts_at_once(library: Library) -> None:
    made, other = library.make(), library.make()
    library.see(made)
    library.wait(1)
    library.new_session()
    assert [(entry.id, entry.rerun) for entry in _entries(library)] == [(other, False), (made, True)]


def test_own_art_of_yesterday_comes_once_today(library: Library) -> None:
    made = library.make()
    library.wait(DAY_MS)
    library.new_session()
    shown = []
    for _ in range(3):
        entry = _entries(library)[0]
        if not entry.rerun:
            shown.append(entry.id)
        library.see(entry.id)
        library.wait(20_000)
    assert shown == [made]


def test_placeholders_hidden_and_deleted_art_are_in_no_arm(library: Library) -> None:
    fresh, unseen, seen = library.make(), library.make(), library.make()
    library.see(seen)
    library.vote(fresh, -1)
    assert fresh not in library.next_ids()
    library.wait(16 * MINUTE_MS)
    for artwork_id in (unseen, seen):
        assert artwork_id in library.next_ids()
        library.vote(artwork_id, -1)
        assert artwork_id not in library.next_ids()
    assert library.next_ids() == []
    assert library.faults() == []


def test_unseen_always_comes_before_reruns(library: Library) -> None:
    ids = [library.make() for _ in range(30)]
    for artwork_id in ids[:20]:
        library.see(artwork_id)
    library.wait(16 * MINUTE_MS)
    entries = _entries(library, limit=15)
    assert [entry.id for entry in entries[:10]] == ids[:19:-1]
    assert [entry.rerun for entry in entries] == [False] * 10 + [True] * 5


def test_reruns_are_loved_first_then_longest_unseen_and_none_of_the_last_20(library: Library) -> None:
    ids = [library.make() for _ in range(30)]
    for artwork_id in ids:
        library.see(artwork_id)
    library.vote(ids[7], 1)
    library.vote(ids[9], -1)
    library.vote(ids[20], 1)
    library.wait(16 * MINUTE_MS)
    assert library.next_ids() == [ids[7], *(ids[n] for n in (0, 1, 2, 3, 4, 5, 6, 8))]


def test_with_no_more_than_20_seen_the_longest_unseen_comes_first_loved_or_not(library: Library) -> None:
    ids = [library.make() for _ in range(5)]
    for artwork_id in ids:
        library.see(artwork_id)
    library.vote(ids[4], 1)
    library.wait(16 * MINUTE_MS)
    assert library.next_ids() == ids


def test_a_rerun_does_not_double_a_fresh_one(library: Library) -> None:
    ids = [library.make() for _ in range(5)]
    for artwork_id in ids:
        library.see(artwork_id)
    assert sorted(library.next_ids()) == sorted(ids)


def test_fresh_art_can_be_kept_from_crowding_out_the_unseen(library: Library) -> None:
    old = library.make()
    library.wait(16 * MINUTE_MS)
    fresh = [library.make() for _ in range(25)]
    assert len(library.next_ids()) == 20
    entries = _entries(library, limit=40, fresh_limit=20)
    assert [entry.fresh for entry in entries] == [True] * 20 + [False] * 6
    assert {entry.id for entry in entries} == {old, *fresh}


def test_an_unknown_session_has_no_fresh_art(library: Library) -> None:
    made = library.make()
    entries = nextup.next_artworks(library.db, session_id="", now_ms=library.now_ms)
    assert [(entry.id, entry.fresh) for entry in entries] == [(made, False)]


def test_several_pools_are_one_queue_without_doubles(library: Library) -> None:
    mine, both = library.make(), library.make()
    library.wait(16 * MINUTE_MS)
    newest = library.make()
    library.wait(16 * MINUTE_MS)
    _second_pool(library, both, newest)
    assert library.next_ids() == [newest, both, mine]
    library.see(both)
    assert library.next_ids() == [newest, mine, both]
    assert library.faults() == []


def _second_pool(library: Library, *artwork_ids: str) -> None:
    library.db.execute("INSERT INTO pool(pool_id,id,name,kind) VALUES(2,'friends','Friends',0)")
    library.db.execute("INSERT INTO unseen_gap VALUES(1,2,0,?)", (schema.OPEN_END,))
    for artwork_id in artwork_ids:
        library.db.execute(
            """INSERT INTO pool_item(pool_id,seq,aid) SELECT 2,(SELECT head+1 FROM pool WHERE pool_id=2),aid
               FROM artwork WHERE id=?""",
            (artwork_id,),
        )
        library.db.execute("UPDATE pool SET head=head+1 WHERE pool_id=2")


# --- equal to the naive query -------------------------------------------------------------------------------

history = st.lists(
    st.tuples(
        st.sampled_from(["make", "see", "up", "down", "clear", "wait", "session", "delete"]),
        st.integers(0, 30),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(history, st.integers(1, 25))
def test_the_query_answers_as_a_naive_walk_over_all_rows(steps: list[tuple[str, int]], limit: int) -> None:
    db = in_memory()
    library = Library(db)
    ids: list[str] = []
    for what, n in steps:
        _step(library, ids, what, n)
    assert library.next_ids(limit) == _naive(library, limit)
    assert library.faults() == []
    db.close()


def _step(library: Library, ids: list[str], what: str, n: int) -> None:

    library.wait(n)
    if what == "make":
        ids.append(library.make())
    elif what == "wait":
        library.wait(n * MINUTE_MS)
    elif what == "session":
        library.wait(1)
        library.new_session()
    elif ids and what == "delete":
        artworks.delete(library.db, ids.pop(n % len(ids)), library.now_ms)
    elif ids and what == "see":
        library.see(ids[n % len(ids)])
    elif ids:
        library.vote(ids[n % len(ids)], {"up": 1, "down": -1, "clear": 0}[what])


def _naive(library: Library, limit: int) -> list[str]:
    """The same rules written as plainly as can be, over every row, from votes, impressions and showings alone."""
    rows = library.db.execute(
        """SELECT a.id,a.created_at,s.id,COALESCE(v.value,0),i.aid IS NOT NULL,
             (SELECT MAX(showing_id) FROM showing w WHERE w.aid=a.aid)
           FROM artwork a JOIN session s ON s.sid=a.session_id LEFT JOIN vote v ON v.aid=a.aid
           LEFT JOIN impression i ON i.aid=a.aid WHERE a.state=1 ORDER BY a.aid DESC"""
    ).fetchall()
    rows = [row for row in rows if row[3] >= 0]
    fresh = sorted(
        (row for row in rows if row[2] == library.session and row[1] >= library.now_ms - 15 * MINUTE_MS),
        key=lambda row: -row[1],
    )[:limit]
    unseen = [row for row in rows if not row[4] and row not in fresh]
    seen = sorted((row for row in rows if row[4]), key=lambda row: row[5])
    rested = [row for row in seen[:-20] if row not in fresh]
    reruns = sorted(rested, key=lambda row: -row[3]) or [row for row in seen if row not in fresh]
    return [row[0] for row in [*fresh, *unseen, *reruns]][:limit]


# --- the plan -----------------------------------------------------------------------------------------------

BAD = ("AUTOMATIC", "BLOOM FILTER", "TEMP B-TREE", "SCAN artwork", "SCAN a", "SCAN i", "SCAN d", "SCAN rerun")


@pytest.fixture(scope="module")
def analyzed() -> Iterator[sqlite3.Connection]:
    """A library with statistics, which is when the planner gets ideas of its own."""
    db = in_memory()
    library = Library(db)
    ids = [library.make() for _ in range(300)]
    for artwork_id in ids[::2]:
        library.see(artwork_id)
    library.vote(ids[4], 1)
    _second_pool(library, *ids[:50])
    db.execute("ANALYZE")
    # statistics as of a library of a million
    db.execute("UPDATE sqlite_stat1 SET stat=REPLACE(stat,'300 ','1000000 ')")
    db.execute("UPDATE sqlite_stat1 SET stat=REPLACE(stat,'150 ','500000 ')")
    db.execute("ANALYZE sqlite_master")
    yield db
    db.close()


@pytest.mark.parametrize("pools", [[1], [1, 2]])
def test_the_plan_of_the_queue_has_no_sort_no_filter_and_no_index_made_on_the_way(
    analyzed: sqlite3.Connection, pools: list[int]
) -> None:
    plan = _plan(analyzed, nextup.unified_query(pools, fresh=20, unseen=20), {"s": 1, "cut": 0, "u": 1})
    assert not [line for line in plan if any(bad in line for bad in BAD)], "\n".join(plan)
    assert sum("pool_item" in line or "SEARCH p " in line for line in plan) >= len(pools)


@pytest.mark.parametrize("statement", [nextup.RERUN_QUERY, nextup.LONGEST_UNSEEN_QUERY, nextup.RECENT_QUERY])
def test_the_plan_of_the_reruns_reads_an_index_in_order(analyzed: sqlite3.Connection, statement: str) -> None:
    names = {"u": 1, "loved": 0, "before": 10**6, "n": 20}
    plan = _plan(analyzed, statement, {name: names[name] for name in names if f":{name}" in statement})
    assert not [line for line in plan if any(bad in line for bad in BAD)], "\n".join(plan)


def _plan(db: sqlite3.Connection, statement: str, names: dict[str, int]) -> list[str]:
    return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}", names)]


def test_a_range_of_unseen_that_lags_shows_nothing_twice(library: Library) -> None:
    seen, unseen = library.make(), library.make()
    library.see(seen)
    library.db.execute("DELETE FROM unseen_gap")
    library.db.execute("INSERT INTO unseen_gap VALUES(1,1,0,?)", (schema.OPEN_END,))
    library.wait(16 * MINUTE_MS)
    assert [(entry.id, entry.rerun) for entry in _entries(library)] == [(unseen, False), (seen, True)]
