from pathlib import Path

import pytest

from artvis import settings
from artvis.errors import SettingsError
from artvis.model.sections import Settings
from artvis.paths import Home, home


@pytest.fixture
def place(tmp_path: Path) -> Home:
    found = home({"ARTVIS_HOME": str(tmp_path)})
    found.config.mkdir()
    return found


def test_without_a_file_the_defaults_hold(place: Home) -> None:
    assert settings.load(place, {}) == Settings()


def test_flags_are_over_the_environment_over_the_file_over_the_defaults(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 10\nscreen = 1\n[art]\nartists = 'file'\n")
    environ = {"ARTVIS_STAGE__FPS": "20", "ARTVIS_STAGE__SCREEN": "2"}
    found = settings.load(place, environ, {"stage.fps": "30"})
    assert (found.stage.fps, found.stage.screen, found.art.artists) == (30, 2, "file")
    assert found.budget == Settings().budget
    _, origins = settings.load_with_origins(place, environ, {"stage.fps": "30"})
    assert origins == {"stage.fps": "flag", "stage.screen": "ARTVIS_STAGE__SCREEN", "art.artists": "file"}


def test_variables_without_a_level_are_not_settings(place: Home) -> None:
    names = ("HOME", "PYTHON", "OPENAI_API_KEY", "GEMINI_API_KEY", "A1111_AUTH", "POOL_TOKEN")
    assert settings.load(place, {f"ARTVIS_{name}": "x" for name in names}) == Settings()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ARTVIS_STAGE__FSP", "ARTVIS_STAGE__FSP: there is no setting stage.fsp; did you mean stage.fps?"),
        ("ARTVIS_STAGE__FPS", "ARTVIS_STAGE__FPS: stage.fps must be a whole number."),
        (
            "ARTVIS_PROVIDERS__OPENAI__API_KEY",
            "ARTVIS_PROVIDERS__OPENAI__API_KEY: providers.openai.api_key is not",
        ),
    ],
)
def test_a_wrong_variable_is_named_without_its_value(place: Home, name: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings.load(place, {name: "hunter2"})
    assert str(refused.value).startswith(sentence)
    assert "hunter2" not in str(refused.value)


def test_a_kiosk_with_good_settings_has_nothing_to_say(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 10\n")
    kiosk = settings.load_for_kiosk(place, {})
    found, sentence = kiosk.settings, kiosk.mistake
    assert (found.stage.fps, sentence) == (10, "")


def test_a_kiosk_goes_on_with_the_last_good_file_and_names_the_mistake(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 10\n")
    settings.remember_good(place)
    place.settings_file.write_text("[stage]\nfps = \n")
    kiosk = settings.load_for_kiosk(place, {"ARTVIS_STAGE__SCREEN": "3"})
    found, sentence = kiosk.settings, kiosk.mistake
    assert (found.stage.fps, found.stage.screen) == (10, 3)
    assert sentence.startswith(f"{place.settings_file}:2: this is not TOML")
    assert sentence.endswith("The show goes on with the last good settings.")


def test_a_kiosk_without_a_good_file_goes_on_with_the_defaults(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 0\n")
    kiosk = settings.load_for_kiosk(place, {})
    found, sentence = kiosk.settings, kiosk.mistake
    assert found == Settings()
    assert "stage.fps must be from 1 to 1000. The show goes on with the defaults. Nothing is paid" in sentence


def test_a_kiosk_leaves_a_broken_variable_out_and_keeps_its_file_and_the_others(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 10\n")
    kiosk = settings.load_for_kiosk(place, {"ARTVIS_STAGE__FPS": "x", "ARTVIS_STAGE__SCREEN": "3"})
    found, sentence = kiosk.settings, kiosk.mistake
    assert (found.stage.fps, found.stage.screen) == (10, 3)
    assert "ARTVIS_STAGE__FPS" in sentence
    assert "ARTVIS_STAGE__SCREEN" not in sentence


@pytest.mark.parametrize(
    ("good", "file", "variables", "caps_known"),
    [
        ("[budget]\nper_day_usd = 0.1\n", "[stage]\nfps = \n", {}, True),
        ("[budget]\nper_day_usd = 0.1\n", "[budget]\nper_day_usd = -1\n", {}, False),
        ("", "[stage]\nfps = \n", {}, False),
        ("", "", {"ARTVIS_BUDGET__PER_DAY_USD": "ten cents"}, False),
        ("", "", {"ARTVIS_BUDGET__PER_DAY": "0.1"}, False),
        ("", "", {"ARTVIS_STAGE__FPS": "x"}, True),
    ],
)
def test_a_kiosk_knows_its_caps_only_where_no_mistake_can_have_hidden_one(
    place: Home, good: str, file: str, variables: dict[str, str], *, caps_known: bool
) -> None:
    place.settings_file.write_text(good)
    settings.remember_good(place)
    place.settings_file.write_text(file)
    kiosk = settings.load_for_kiosk(place, variables)
    assert kiosk.caps_known == caps_known
    assert ("Nothing is paid for until it is mended" in kiosk.mistake) != caps_known


def test_a_kiosk_still_refuses_a_wrong_flag(place: Home) -> None:
    with pytest.raises(SettingsError, match="flag: stage.fps must be"):
        settings.load_for_kiosk(place, {}, {"stage.fps": "0"})


def test_a_file_that_broke_after_the_start_is_not_remembered(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 10\n")
    settings.remember_good(place)
    place.settings_file.write_text("[stage]\nfps = 0\n")
    settings.remember_good(place)
    assert settings.load_for_kiosk(place, {}).settings.stage.fps == 10


def test_a_good_start_without_a_file_forgets_the_old_one(place: Home) -> None:
    place.settings_file.write_text("[stage]\nfps = 10\n")
    settings.remember_good(place)
    place.settings_file.unlink()
    settings.remember_good(place)
    assert list(place.config.iterdir()) == []
