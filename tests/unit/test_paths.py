from pathlib import Path

import pytest

from artvis import paths


def test_artvis_home_holds_all_folders_and_none_is_made(tmp_path: Path) -> None:
    home = paths.home({"ARTVIS_HOME": str(tmp_path / "here")})
    assert home.data == tmp_path / "here" / "data"
    assert home.cache == tmp_path / "here" / "cache"
    assert home.settings_file == tmp_path / "here" / "config" / "settings.toml"
    assert home.logs == tmp_path / "here" / "logs"
    assert not (tmp_path / "here").exists()


def test_a_relative_home_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.home({"ARTVIS_HOME": "here"}).data == tmp_path / "here" / "data"


def test_without_artvis_home_the_folders_are_where_the_system_keeps_such_files() -> None:
    home = paths.home({"ARTVIS_HOME": ""})
    assert home.data.name == "artvis"
    assert len({home.data, home.cache, home.config, home.logs}) == 4


def test_doors_of_shows_are_where_the_system_keeps_sockets_or_beside_the_library(tmp_path: Path) -> None:
    assert paths.home({"ARTVIS_HOME": str(tmp_path)}).runtime == tmp_path / "run"
    assert paths.home({"XDG_RUNTIME_DIR": str(tmp_path)}).runtime == tmp_path / "artvis"
    away = paths.home({"XDG_RUNTIME_DIR": str(tmp_path / "away")})
    assert away.runtime == away.data / "run"


def test_resources_of_the_frozen_program_lie_in_its_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys._MEIPASS", "/bundle/_internal", raising=False)
    assert paths.resource("shaders", "x.glsl") == Path("/bundle/_internal/resources/shaders/x.glsl")


def test_resources_of_the_checkout_lie_beside_the_package() -> None:
    assert paths.resource() == Path(paths.__file__).parents[1] / "resources"
