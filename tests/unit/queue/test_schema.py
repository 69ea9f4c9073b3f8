"""The schema and its migrations."""

import sqlite3
from pathlib import Path

import pytest

from artvis.errors import StoreTooNew
from artvis.queue import artworks, lessons, schema
from artvis.queue.connection import DATABASE, open_reader, open_writer

HERE = Path(__file__).parent


def _statements(db: sqlite3.Connection) -> str:
    rows = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
    return ";\n".join(sql for (sql,) in rows) + ";\n"


@pytest.mark.parametrize("number", range(1, schema.VERSION + 1))
def test_the_schema_of_each_version_is_what_was_released(tmp_path: Path, number: int) -> None:
    with sqlite3.connect(":memory:", isolation_level=None) as db:
        schema.migrate(db, tmp_path, schema.MIGRATIONS[:number])
        assert _statements(db) == (HERE / f"schema_v{number}.sql").read_text(encoding="utf-8")
        assert schema.version(db) == number
    db.close()


def test_an_artwork_of_the_first_version_is_read_after_the_migration(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE, isolation_level=None) as db:
        schema.migrate(db, tmp_path, schema.MIGRATIONS[:1])
        db.execute("INSERT INTO artwork(id,session_id,user_id,created_at,state) VALUES('old',1,1,1,1)")
        db.execute(
            """INSERT INTO artwork_detail VALUES(1,'painter','',7,'','#000000',0,'["calm"]',0.2,0.3,'A minor',90,
               'tonalism','a lake','fresco','horizon','A','',0,0)"""
        )
        db.execute("INSERT INTO vote_log(aid,before,after,at) VALUES(1,0,1,1)")
    db.close()
    now = open_writer(tmp_path)
    old = artworks.get(now, "old")
    assert old is not None
    assert (old.detail.medium, old.detail.artists, old.detail.reasons) == ("fresco", "", ("calm",))
    assert [lesson.medium for lesson in lessons.lessons(now)] == ["fresco"]
    now.close()


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
    assert schema.version(db) == schema.VERSION + 1
    db.close()
    with sqlite3.connect(tmp_path / f"library-before-version-{schema.VERSION + 1}.db") as copy:
        assert copy.execute("SELECT value FROM meta WHERE key='a'").fetchone() == ("b",)
        assert schema.version(copy) == schema.VERSION
    copy.close()


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    db = open_writer(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        schema.migrate(db, tmp_path, (*schema.MIGRATIONS, ("CREATE TABLE later(x)", "DROP TABLE nothing")))
    assert schema.version(db) == schema.VERSION
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
