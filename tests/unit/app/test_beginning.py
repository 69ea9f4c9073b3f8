"""What is settled before a window opens: which library a show gets, and who may be called."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from artvis.app.beginning import close_library, has_key, network_back_end, open_library
from artvis.app.order import ShowOrder
from artvis.errors import StoreError
from artvis.model.command import Command
from artvis.model.sections import (
    ArtSection,
    BudgetSection,
    KioskSection,
    NetworkSection,
    OpenAISection,
    ProvidersSection,
    Settings,
)
from artvis.queue import usage
from artvis.queue.store import Store
from artvis.settings import KioskSettings


def test_a_folder_that_cannot_be_used_is_an_error_and_in_a_kiosk_a_library_for_this_show_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "data"
    with pytest.raises(StoreError):
        open_library(folder, at_any_price=False)
    library = open_library(folder, at_any_price=True)
    assert library.store.folder.is_dir()
    assert "nothing is paid for" in library.notices[0].text
    assert not library.has_purse
    close_library(library.store, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_damaged_library_is_kept_under_its_date_and_stays_after_the_show(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"this is no library at all" * 100)
    library = open_library(tmp_path, at_any_price=True)
    assert library.notices[0].code == "library-set-aside"
    assert not library.has_purse
    close_library(library.store, tmp_path)
    assert len(list(tmp_path.glob("library-*.db"))) == 1
    assert (tmp_path / "library.db").exists()


CAPS = BudgetSection()


def _spend(folder: Path, now_ms: int) -> None:
    """Two bookings in the library of `folder`: one is settled at 7 cents, the other stays open at 2."""
    store = Store(folder)
    for estimate_usd in (0.05, 0.02):
        booking = store.run(
            usage.reserve,
            provider="openai",
            artwork_id="a",
            estimate_usd=estimate_usd,
            caps=CAPS,
            now_ms=now_ms,
        )
        assert not isinstance(booking, str)
        if booking.id == 1:
            store.run(usage.settle, booking.id, 0.07)
    store.close()


def _change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "library.db")) as db, db:
        for statement in statements:
            db.execute(statement)


def test_what_was_spent_stays_spent_when_a_newer_library_is_set_aside(tmp_path: Path) -> None:
    now_ms = time.time_ns() // 1_000_000
    _spend(tmp_path, now_ms)
    _change(tmp_path, "PRAGMA user_version=999", "ALTER TABLE reservation ADD COLUMN of_later TEXT")
    library = open_library(tmp_path, at_any_price=True)
    spent = library.store.run(usage.spent, now_ms)
    close_library(library.store, tmp_path)
    assert library.has_purse
    assert (spent.hour_count, spent.month_microusd) == (2, 90_000)


def test_a_library_whose_bookings_cannot_be_read_leaves_a_show_that_pays_nothing_and_says_so(
    tmp_path: Path,
) -> None:
    _spend(tmp_path, time.time_ns() // 1_000_000)
    _change(tmp_path, "PRAGMA user_version=999", "ALTER TABLE reservation RENAME TO kept_in_another_way")
    library = open_library(tmp_path, at_any_price=True)
    close_library(library.store, tmp_path)
    assert not library.has_purse
    assert library.notices[0].text.endswith("so nothing is paid for in this show.")


NAMED = Settings(providers=ProvidersSection(OpenAISection(model="gpt-image-2")))


@pytest.mark.parametrize(
    ("flag", "settings", "called"),
    [
        (None, Settings(), ""),
        ("openai", Settings(), "openai"),
        (None, Settings(art=ArtSection(provider="openai")), "openai"),
        ("painter", Settings(art=ArtSection(provider="openai")), ""),
        ("auto", Settings(), ""),
        ("auto", NAMED, "openai"),
        (None, replace(NAMED, art=ArtSection(provider="auto")), "openai"),
        (None, NAMED, ""),
        ("auto", Settings(network=NetworkSection(consent=True)), "openai"),
    ],
)
def test_only_a_back_end_that_was_named_is_called(flag: str | None, settings: Settings, called: str) -> None:
    assert network_back_end(ShowOrder(provider=flag), KioskSettings(settings), has_purse=True) == called


@pytest.mark.parametrize(("caps_known", "has_purse"), [(False, True), (True, False)])
def test_without_a_purse_or_with_a_cap_that_may_be_missing_no_back_end_is_called(
    *, caps_known: bool, has_purse: bool
) -> None:
    found = KioskSettings(Settings(), "budget.per_day_usd is wrong", caps_known=caps_known)
    assert network_back_end(ShowOrder(provider="openai"), found, has_purse=has_purse) == ""


@pytest.mark.parametrize(
    ("kiosk", "keys", "has"),
    [(False, (), True), (True, (), False), (True, ("next",), False), (True, ("next", "sources"), True)],
)
def test_a_kiosk_has_the_keys_of_its_settings_alone(*, kiosk: bool, keys: tuple[str, ...], has: bool) -> None:
    assert has_key(ShowOrder(kiosk=kiosk), Settings(kiosk=KioskSection(keys)), Command.SOURCES) is has
