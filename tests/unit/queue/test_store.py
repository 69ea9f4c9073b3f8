"""The store: its thread, its faults, a second process."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from artvis.errors import DiskFull, StoreError, StoreTooNew
from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, sessions
from artvis.queue.connection import DATABASE, writing
from artvis.queue.store import Store

NOW_MS = 1_700_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "data")
    yield store
    store.close()


def _note(db: sqlite3.Connection, key: str, size: int = 1) -> None:
    with writing(db):
        db.execute("INSERT OR REPLACE INTO meta(key,value) VALUES(?,?)", (key, "x" * size))


def _notes(db: sqlite3.Connection) -> list[str]:
    return [key for (key,) in db.execute("SELECT key FROM meta ORDER BY key")]


def test_every_question_is_asked_on_the_one_thread_of_the_store(store: Store) -> None:
    names = {store.run(lambda _: threading.current_thread().name) for _ in range(3)}
    assert names == {"store_0"}


def test_questions_are_answered_in_the_order_in_which_they_came(store: Store) -> None:
    seen: list[int] = []
    futures = [store.submit(lambda _, n=n: seen.append(n)) for n in range(50)]
    for future in futures:
        future.result()
    assert seen == list(range(50))


def test_closing_answers_everything_that_was_submitted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    futures: list[Future[None]] = [store.submit(_note, f"k{n:02}") for n in range(40)]
    store.close()
    store.close()
    assert all(future.done() for future in futures)
    with pytest.raises(StoreError, match="closed"):
        store.submit(_note, "late")
    again = Store(tmp_path)
    assert set(again.run(_notes)) >= {f"k{n:02}" for n in range(40)}
    again.close()


def test_closing_leaves_no_log_beside_the_database(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.run(_note, "a")
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library.db", "reserve"]


def test_a_question_that_fails_changes_nothing(store: Store) -> None:
    def half(db: sqlite3.Connection) -> None:
        with writing(db):
            _note(db, "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.run(half)
    assert "half" not in store.run(_notes)
    store.run(_note, "whole")
    assert "whole" in store.run(_notes)


def test_a_mistake_in_a_statement_stays_what_it_is(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.run(lambda db: db.execute("SELECT * FROM missing"))


def test_a_newer_library_is_refused_and_no_thread_is_left(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / DATABASE)
    db.execute("PRAGMA user_version=7")
    db.close()
    with pytest.raises(StoreTooNew):
        Store(tmp_path)


def test_what_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(StoreError, match="is not a library"):
        Store(tmp_path)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path / "file" / "data")


def test_a_full_disk_costs_the_reserve_and_then_is_a_sentence(store: Store) -> None:
    reserve = store.folder / "reserve"
    assert reserve.stat().st_size == 1 << 20
    pages = store.run(lambda db: int(db.execute("PRAGMA page_count").fetchone()[0]))
    store.run(lambda db: db.execute(f"PRAGMA max_page_count={pages}").fetchone())
    with pytest.raises(DiskFull, match="the disk is full"):
        store.run(_note, "big", 100_000)
    assert not reserve.exists()
    assert "big" not in store.run(_notes)
    store.run(lambda db: db.execute("PRAGMA max_page_count=1000000").fetchone())
    store.run(_note, "big", 100_000)


def test_the_reserve_lets_a_question_succeed_on_a_full_disk(store: Store) -> None:
    reserve = store.folder / "reserve"

    def full_until_it_is_freed(db: sqlite3.Connection) -> None:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={pages if reserve.exists() else 10**6}")
        _note(db, "vote", 100_000)

    store.run(full_until_it_is_freed)
    assert "vote" in store.run(_notes)
    assert not reserve.exists()


def test_a_commit_of_another_process_is_noticed_once(store: Store) -> None:
    assert store.data_version_changed().result() is False
    store.run(_note, "own")
    assert store.data_version_changed().result() is False
    other = sqlite3.connect(store.folder / DATABASE)
    other.execute("INSERT INTO meta(key,value) VALUES('other','x')")
    other.commit()
    other.close()
    assert store.data_version_changed().result() is True
    assert store.data_version_changed().result() is False


def test_the_marker_of_a_stored_picture_goes_with_its_row(store: Store) -> None:
    session = store.run(sessions.canonical, proposal=None, now_ms=NOW_MS)
    begun = store.run(artworks.begin, session_id=session.id, now_ms=NOW_MS)
    sha256 = store.blobs.put(b"picture")
    assert store.blobs.unsettled
    store.run(
        artworks.complete,
        begun,
        sha256=sha256,
        size_bytes=7,
        width=1,
        height=1,
        detail=ArtworkDetail("painter"),
        now_ms=NOW_MS,
    )
    store.run(_notes)
    assert store.blobs.incoming() == []


def test_opening_imports_no_library_that_is_slow_to_import(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from artvis.queue.store import Store; "
        f"Store(pathlib.Path({str(tmp_path)!r})).close(); "
        "print(sorted({'sqlite_utils', 'click', 'requests', 'PIL', 'PySide6'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
