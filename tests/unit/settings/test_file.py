from pathlib import Path

import pytest

from artvis.errors import SettingsError
from artvis.paths import Home, home
from artvis.settings import file


@pytest.fixture
def place(tmp_path: Path) -> Home:
    found = home({"ARTVIS_HOME": str(tmp_path)})
    found.config.mkdir()
    return found


def _mistake(place: Home, text: str) -> str:
    place.settings_file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        file.read(place.settings_file)
    return str(refused.value)


def test_a_file_that_is_not_there_gives_nothing(place: Home) -> None:
    assert file.read(place.settings_file) == {}


def test_values_are_read_from_tables_dotted_keys_and_inline_tables(place: Home) -> None:
    place.settings_file.write_text(
        'stage.fps = 30\n[art]\nstyles = [\n  "oil", # first\n  "ink",\n]\n[providers]\nopenai = { model = "m" }\n'
    )
    assert file.read(place.settings_file) == {
        "stage.fps": 30,
        "art.styles": ("oil", "ink"),
        "providers.openai.model": "m",
    }


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("[art]\n\n# a comment\nprovider = 3\n", 4, "art.provider must be a text."),
        ('[art]\nstyles = [\n  "oil",\n  3,\n]\n', 2, "art.styles must be a list of texts."),
        (
            "[stage]\nfps = 30\n\n[artt]\nprovider = 'painter'\n",
            4,
            "there is no setting artt; did you mean art?",
        ),
        ("[art]\nprovider = 'painter'\nprovidr = 'x'\n", 3, "did you mean art.provider?"),
        ("stage.fps = 30\nart = 3\n", 2, "art is a section"),
        ("[art]\nprovider = painter\n", 2, "this is not TOML"),
        ("[art]\nprovider = 'a'\nprovider = 'b'\n", 3, "this is not TOML"),
        ('[art]\nartists = """\nnever closed\n', 3, "this is not TOML"),
        ('[providers.openai]\nbase_url = "nowhere"\n', 2, "must be an http or https address."),
        ("\n\n[providers.openai]\napi_key = 'sk-1'\n", 4, "keys come from the environment"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(place: Home, text: str, line: int, sentence: str) -> None:
    said = _mistake(place, text)
    assert said.startswith(f"{place.settings_file}:{line}: ")
    assert sentence in said


def test_text_in_another_encoding_is_named_with_its_line(place: Home) -> None:
    place.settings_file.write_bytes(b"[art]\nartists = 'Andr\xe9'\n")
    with pytest.raises(SettingsError, match=rf"{place.settings_file}:2: this is not UTF-8 text"):
        file.read(place.settings_file)


def test_a_folder_in_the_place_of_the_file_is_a_sentence(place: Home) -> None:
    place.settings_file.mkdir()
    with pytest.raises(SettingsError, match=r"settings\.toml:1: the settings cannot be read: "):
        file.read(place.settings_file)


def test_setting_a_value_keeps_comments_and_order(place: Home) -> None:
    place.settings_file.write_text("# mine\n[stage]\nfps = 30 # slow machine\n\n[art]\nartists = 'x'\n")
    assert file.set_value(place, "stage.fps", "24") == 24
    file.set_value(place, "art.styles", "oil,ink")
    assert place.settings_file.read_text() == (
        '# mine\n[stage]\nfps = 24 # slow machine\n\n[art]\nartists = \'x\'\nstyles = ["oil", "ink"]\n'
    )


def test_setting_a_value_makes_the_file_and_its_tables(tmp_path: Path) -> None:
    place = home({"ARTVIS_HOME": str(tmp_path / "new")})
    file.set_value(place, "providers.openai.model", "m")
    file.set_value(place, "budget.per_day_usd", "1.25")
    assert file.read(place.settings_file) == {"providers.openai.model": "m", "budget.per_day_usd": 1.25}
    assert [path.name for path in place.config.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("before", "key", "text"),
    [
        ("[stage]\nfps = 30\n", "stage.fps", "0"),
        ("[stage]\nfps = 30\n", "stage.fsp", "30"),
        ("[stage]\nfps = \n", "stage.fps", "30"),
        ("[stage]\nfps = 0\n", "art.size", "640x360"),
    ],
)
def test_a_wrong_value_or_file_is_not_written(place: Home, before: str, key: str, text: str) -> None:
    place.settings_file.write_text(before)
    with pytest.raises(SettingsError):
        file.set_value(place, key, text)
    assert place.settings_file.read_text() == before
    assert [path.name for path in place.config.iterdir()] == ["settings.toml"]


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(
    place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.settings_file.write_text("[stage]\nfps = 30\n")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsError, match="the settings cannot be written: No space left on device"):
        file.set_value(place, "stage.fps", "24")
    assert place.settings_file.read_text() == "[stage]\nfps = 30\n"
    assert [path.name for path in place.config.iterdir()] == ["settings.toml"]
