import dataclasses
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from artvis.app import health
from artvis.model.sections import ArtSection, Settings

OPENAI = dataclasses.replace(Settings(), art=ArtSection(provider="openai"))


def test_a_folder_that_is_not_there_yet_is_fine_and_is_not_made(tmp_path: Path) -> None:
    check = health.folder("data folder", tmp_path / "a" / "b")
    assert (check.level, check.what) == ("ok", "data folder")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_fails_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    check = health.folder("data folder", tmp_path / "file" / "data")
    assert check.level == "fail"
    assert "ARTVIS_HOME" in check.action


@pytest.mark.parametrize(
    ("free_bytes", "level"), [(50_000_000_000, "ok"), (1_000_000_000, "warn"), (100_000_000, "fail")]
)
def test_the_disk_warns_before_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_bytes: int, level: str
) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - the shape that the standard library gives
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, free_bytes))
    assert health.disk(tmp_path / "not" / "yet").level == level


@pytest.mark.parametrize(
    ("settings", "environ", "level", "means"),
    [
        (Settings(), {}, "ok", "not in use"),
        (Settings(), {"ARTVIS_OPENAI_API_KEY": "sk-1"}, "ok", "not in use (--provider openai)"),
        (OPENAI, {"ARTVIS_OPENAI_API_KEY": "sk-1"}, "ok", "it paints"),
        (OPENAI, {}, "warn", "it is to paint and cannot"),
    ],
)
def test_openai_is_judged_by_whether_it_is_to_paint(
    settings: Settings, environ: dict[str, str], level: str, means: str
) -> None:
    painter, openai, *_ = health.providers(settings, environ)
    assert (painter.what, painter.level) == ("painter", "ok")
    assert (openai.what, openai.level) == ("openai", level)
    assert openai.means.startswith(means)
    assert ("ARTVIS_OPENAI_API_KEY" in openai.action) == (not environ)
    assert "sk-1" not in openai.means + openai.action


def test_without_a_display_doctor_points_to_render() -> None:
    check = health.display({})
    assert check.level == "warn"
    assert "artvis render" in check.action
