"""Checking, mending and setting aside."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from artvis.errors import DiskFull, StoreError, StoreTooNew
from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, impressions, maintenance, nextup, sessions, votes
from artvis.queue.connection import DATABASE
from artvis.queue.repairs import repair
from artvis.queue.store import Store


class Kept:
    """A data folder with a few artworks, and a way to spoil it behind the library's back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids: list[str] = []
        store = Store(folder)
        now_ms = int(time.time() * 1000)
        self.session = store.run(sessions.canonical, proposal=None, now_ms=now_ms).id
        for n in range(6):
            self.ids.append(store.run(artworks.begin, session_id=self.session, now_ms=now_ms))
            data = f"picture {n}".encode()
            store.run(
                artworks.complete,
                self.ids[-1],
                sha256=store.blobs.put(data),
                size_bytes=len(data),
                width=1,
                height=1,
                detail=ArtworkDetail("painter"),
                now_ms=now_ms,
            )
        for artwork_id in self.ids[:3]:
            store.run(impressions.record, artwork_id=artwork_id, session_id=self.session, now_ms=now_ms)
        store.run(votes.cast, artwork_id=self.ids[0], value=1, now_ms=now_ms)
        store.run(votes.cast, artwork_id=self.ids[5], value=-1, now_ms=now_ms)
        store.close()

    def spoil(self, *statements: str) -> None:
        db = sqlite3.connect(self.folder / DATABASE)
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()

    def blob(self, n: int) -> Path:
        db = sqlite3.connect(self.folder / DATABASE)
        sha256 = db.execute("SELECT sha256 FROM artwork WHERE id=?", (self.ids[n],)).fetchone()[0].hex()
        db.close()
        return self.folder / "blobs" / sha256[:2] / sha256

    def codes(self) -> list[str]:
        return [finding.code for finding in maintenance.verify(self.folder) if not finding.note]

    def notes(self) -> list[str]:
        return [finding.code for finding in maintenance.verify(self.folder) if finding.note]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "data")


def test_a_sound_library_has_no_findings_and_a_check_changes_nothing(kept: Kept) -> None:
    before = (kept.folder / DATABASE).read_bytes()
    assert maintenance.verify(kept.folder) == []
    assert repair(kept.folder) == []
    assert (kept.folder / DATABASE).read_bytes() == before


def test_a_home_that_was_never_used_is_sound_and_stays_unused(tmp_path: Path) -> None:
    assert maintenance.verify(tmp_path / "data") == []
    assert repair(tmp_path / "data") == []
    assert list(tmp_path.iterdir()) == []


SPOILT: dict[str, tuple[str, Callable[[Kept], object]]] = {
    "no picture": ("blob", lambda kept: kept.blob(1).unlink()),
    "a changed picture": ("blob", lambda kept: kept.blob(1).write_bytes(b"PICTURE 1")),
    "in no pool": ("lost-from-queue", lambda kept: kept.spoil("DELETE FROM pool_item WHERE seq=4")),
    "no detail": ("undescribed", lambda kept: kept.spoil("DELETE FROM artwork_detail WHERE aid=4")),
    "a pool item of nothing": ("stray-item", lambda kept: kept.spoil("INSERT INTO pool_item VALUES(1,9,99)")),
    "voted down and offered": (
        "down-voted",
        lambda kept: kept.spoil("INSERT INTO pool_item SELECT 1,6,6", "DELETE FROM withdrawn"),
    ),
    "no rerun": ("rerun", lambda kept: kept.spoil("DELETE FROM rerun WHERE aid=1")),
    "a rerun not loved": ("rerun", lambda kept: kept.spoil("UPDATE rerun SET loved=0")),
    "no lease": (
        "unleased",
        lambda kept: kept.spoil("INSERT INTO artwork(id,session_id,user_id,created_at) VALUES('p',1,1,1)"),
    ),
    "a low head": ("pool-head", lambda kept: kept.spoil("UPDATE pool SET head=2")),
    "unseen in no range": ("gap", lambda kept: kept.spoil("UPDATE unseen_gap SET lo=7 WHERE hi>1000000")),
    "no open end": ("gap", lambda kept: kept.spoil("UPDATE unseen_gap SET hi=1000 WHERE hi>1000000")),
    "ranges that overlap": ("gap", lambda kept: kept.spoil("INSERT INTO unseen_gap VALUES(1,1,5,5)")),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_is_found_and_mended(kept: Kept, what: str) -> None:
    code, spoil = SPOILT[what]
    spoil(kept)
    assert code in kept.codes()
    assert repair(kept.folder)
    assert maintenance.verify(kept.folder) == []


def test_a_mended_library_offers_everything_that_is_left(kept: Kept) -> None:
    kept.blob(3).unlink()
    kept.spoil("DELETE FROM unseen_gap", "DELETE FROM rerun")
    repair(kept.folder)
    store = Store(kept.folder)
    later_ms = int(time.time() * 1000) + 16 * 60_000
    entries = store.run(nextup.next_artworks, session_id=kept.session, now_ms=later_ms)
    store.close()
    assert [entry.id for entry in entries] == [kept.ids[n] for n in (4, 0, 1, 2)]


def test_an_orphan_is_a_note_for_a_day_and_then_a_finding(kept: Kept) -> None:
    path = kept.folder / "blobs" / "ab" / ("ab" * 32)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert (kept.codes(), kept.notes()) == ([], ["orphan"])
    old = time.time() - 86_500
    os.utime(path, (old, old))
    assert (kept.codes(), kept.notes()) == (["orphan"], [])
    assert repair(kept.folder)
    assert not path.exists()


def test_what_a_crash_leaves_is_a_note_and_the_next_start_sweeps_it(kept: Kept) -> None:
    kept.spoil(
        "INSERT INTO artwork(aid,id,session_id,user_id,created_at) VALUES(50,'p',1,1,1)",
        "INSERT INTO job VALUES(50,'1:0:another-boot',1,1)",
    )
    incoming = kept.folder / "blobs" / "incoming"
    orphan = kept.folder / "blobs" / "cd" / ("cd" * 32)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    (incoming / f"{orphan.name}.new").write_text("1:0:another-boot")
    part = incoming / f"{'ef' * 32}.00000000.part"
    part.write_bytes(b"x")
    os.utime(part, (0, 0))
    assert kept.codes() == []
    assert sorted(kept.notes()) == ["orphan", "placeholder", "temporary"]
    Store(kept.folder).close()
    assert maintenance.verify(kept.folder) == []


def test_a_damaged_file_is_one_finding(kept: Kept) -> None:
    (kept.folder / DATABASE).write_bytes(b"no database at all" * 500)
    assert kept.codes() == ["unreadable"]
    with pytest.raises(StoreError):
        repair(kept.folder)


def test_only_a_newer_or_damaged_library_is_beyond_use(kept: Kept) -> None:
    (kept.folder / DATABASE).write_bytes(b"no database at all" * 500)
    with pytest.raises(StoreError) as damaged:
        Store(kept.folder)
    assert maintenance.is_beyond_use(damaged.value)
    assert maintenance.is_beyond_use(StoreTooNew("newer"))
    assert not maintenance.is_beyond_use(DiskFull("full"))
    assert not maintenance.is_beyond_use(StoreError("held by another program"))


def test_damage_inside_the_file_is_found(kept: Kept) -> None:
    with (kept.folder / DATABASE).open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 8))
    assert set(kept.codes()) & {"unreadable", "integrity"}


def test_a_newer_library_is_not_checked_but_refused(kept: Kept) -> None:
    kept.spoil("PRAGMA user_version=9")
    with pytest.raises(StoreTooNew):
        maintenance.verify(kept.folder)


def test_a_library_that_is_set_aside_keeps_its_pictures_and_its_date(kept: Kept) -> None:
    (kept.folder / f"{DATABASE}-wal").write_bytes(b"log")
    when_ms = 1_795_507_200_000
    first = maintenance.set_aside(kept.folder, when_ms)
    assert first.name == "library-20261124T080000Z.db"
    Store(kept.folder).close()
    second = maintenance.set_aside(kept.folder, when_ms)
    assert second != first
    names = {path.name for path in kept.folder.iterdir()}
    assert {first.name, f"{first.name}-wal", second.name, "blobs-20261124T080000Z"} <= names
    assert DATABASE not in names
    assert maintenance.verify(kept.folder) == []


def test_the_numbers_of_the_library(kept: Kept) -> None:
    store = Store(kept.folder)
    counted = store.run(maintenance.stats)
    store.close()
    assert counted.keys() == maintenance.EMPTY_STATS.keys()
    assert (counted["live"], counted["seen"], counted["hidden"], counted["loved"]) == (6, 3, 1, 1)
    assert counted["providers"] == {"painter": 6}
