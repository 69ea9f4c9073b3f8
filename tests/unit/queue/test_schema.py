"""The schema and its migrations."""

import sqlite3
from pathlib import Path

import pytest
from libraries import Library

from artvis.errors import StoreTooNew
from artvis.queue import schema
from artvis.queue.connection import DATABASE, open_reader, open_writer

HERE = Path(__file__).parent


def _statements(db: sqlite3.Connection) -> str:
    rows = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
    return ";\n".join(sql for (sql,) in rows) + ";\n"


def test_the_schema_of_version_1_is_what_was_released(library: Library) -> None:
    released = (HERE / "schema_v1.sql").read_text(encoding="utf-8")
    assert _statements(library.db) == released
    assert schema.version(library.db) == 1


def test_a_library_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(StoreTooNew, match="version 99"):
        open_writer(tmp_path)
    with pytest.raises(StoreTooNew, match="version 99"):
        open_reader(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


def test_a_migration_keeps_a_copy_of_what_was_before(tmp_path: Path) -> None:
    db = open_writer(tmp_path)
    db.execute("INSERT INTO meta(key,value) VALUES('a','b')")
    schema.migrate(db, tmp_path, (*schema.MIGRATIONS, ("DROP TABLE meta", "CREATE TABLE later(x)")))
    assert schema.version(db) == 2
    db.close()
    with sqlite3.connect(tmp_path / "library-before-version-2.db") as copy:
        assert copy.execute("SELECT value FROM meta WHERE key='a'").fetchone() == ("b",)
        assert schema.version(copy) == 1
    copy.close()


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    db = open_writer(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        schema.migrate(db, tmp_path, (*schema.MIGRATIONS, ("CREATE TABLE later(x)", "DROP TABLE nothing")))
    assert schema.version(db) == 1
    assert not db.execute("SELECT 1 FROM sqlite_master WHERE name='later'").fetchone()
    db.close()


def test_the_writing_connection_has_the_pragmas_that_durability_needs(tmp_path: Path) -> None:
    db = open_writer(tmp_path)
    asked = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "automatic_index", "busy_timeout")
    }
    db.close()
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "automatic_index": 0,
        "busy_timeout": 5000,
    }


def test_the_reading_connection_cannot_write(tmp_path: Path) -> None:
    assert open_reader(tmp_path) is None
    open_writer(tmp_path).close()
    db = open_reader(tmp_path)
    assert db is not None
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM meta")
    db.close()
