"""What is settled before a window opens: which library a show gets, and who may be called."""

from dataclasses import replace
from pathlib import Path

import pytest

from artvis.app.beginning import close_library, network_back_end, open_library
from artvis.app.show import ShowOrder
from artvis.errors import StoreError
from artvis.model.sections import ArtSection, NetworkSection, OpenAISection, ProvidersSection, Settings


def test_a_folder_that_cannot_be_used_is_an_error_and_in_a_kiosk_a_library_for_this_show_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "data"
    with pytest.raises(StoreError):
        open_library(folder, at_any_price=False)
    store, (notice,) = open_library(folder, at_any_price=True)
    assert store.folder.is_dir()
    assert "nothing is paid for" in notice.text
    close_library(store, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_damaged_library_is_kept_under_its_date_and_stays_after_the_show(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"this is no library at all" * 100)
    store, (notice,) = open_library(tmp_path, at_any_price=True)
    assert notice.code == "library-set-aside"
    close_library(store, tmp_path)
    assert len(list(tmp_path.glob("library-*.db"))) == 1
    assert (tmp_path / "library.db").exists()


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
    assert network_back_end(ShowOrder(provider=flag), settings) == called
