import dataclasses

import pytest

from artvis.model.sections import Settings
from artvis.settings import keys


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("art.dynamic_mode", "off", False),
        ("art.dynamic_mode", " TRUE ", True),
        ("budget.per_hour_count", "12", 12),
        ("budget.per_day_usd", "1.5", 1.5),
        ("budget.per_day_usd", "2", 2.0),
        ("art.styles", "oil, ink ,,gouache", ("oil", "ink", "gouache")),
        ("art.styles", "", ()),
        ("art.artists", " as it is ", " as it is "),
        ("art.provider", "auto", "auto"),
        ("kiosk.keys", "love,next", ("love", "next")),
        ("stage.screen", "1", 1),
        ("stage.screen", "-1", -1),
        ("stage.screen", "DP-2", "DP-2"),
        ("audio.source", "system:My Sink#3-4", "system:My Sink#3-4"),
    ],
)
def test_a_text_becomes_the_type_of_its_key(key: str, text: str, value: keys.Value) -> None:
    found = keys.from_text(key, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("stage.fps", "0", "stage.fps must be from 1 to 1000."),
        ("stage.fps", "fast", "stage.fps must be a whole number."),
        ("stage.fps", "6.5", "stage.fps must be a whole number."),
        ("stage.screen", "-2", "stage.screen must be the number or name of a monitor"),
        ("stage.screen", " ", "stage.screen must be the number or name of a monitor"),
        ("stage.flash_guard", "off", "stage.flash_guard must be on or off-i-understand."),
        ("budget.per_day_usd", "-1", "budget.per_day_usd must be 0 or more"),
        ("budget.per_day_usd", "nan", "budget.per_day_usd must be a number."),
        ("budget.per_day_usd", "inf", "budget.per_day_usd must be a number."),
        ("art.dynamic_mode", "perhaps", "art.dynamic_mode must be true or false."),
        ("art.size", "1536", "art.size must be WIDTHxHEIGHT"),
        ("art.size", "32x32", "art.size must be WIDTHxHEIGHT"),
        ("art.provider", "picasso", "art.provider must be one of painter, openai, a1111"),
        ("audio.source", "radio", "audio.source must be auto, system"),
        ("audio.source", "mic#3-4", "mic:NAME#3-4"),
        ("now_playing.http_port", "80", "now_playing.http_port must be 0 for none, or a port from 1024"),
        ("kiosk.keys", "love,explode", "kiosk.keys must be names out of"),
        ("providers.openai.base_url", "ftp://x", "must be an http or https address"),
        ("art.provder", "painter", "there is no setting art.provder; did you mean art.provider?"),
        ("zzz", "1", "there is no setting zzz; `artvis config show` lists all."),
        ("art", "1", "art is a section with keys such as art.provider."),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(key: str, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        keys.from_text(key, text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "key", ["providers.openai.api_key", "openai.key", "pools.token", "providers.a1111.auth"]
)
def test_a_key_of_a_back_end_is_no_setting_and_is_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="is not a setting; keys come from the environment") as refused:
        keys.from_text(key, "sk-hunter2")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("stage.fps", True),
        ("art.dynamic_mode", 1),
        ("art.styles", ["a", 1]),
        ("art.styles", "a"),
        ("art.size", 5),
        ("stage.screen", True),
        ("stage.screen", 1.5),
    ],
)
def test_a_value_of_another_type_is_refused(key: str, raw: object) -> None:
    with pytest.raises(ValueError, match=f"{key} must be "):
        keys.checked(key, raw)


def test_the_defaults_are_all_allowed_and_survive_being_taken_apart() -> None:
    values = keys.flattened(Settings())
    for key, value in values.items():
        assert keys.checked(key, list(value) if isinstance(value, tuple) else value) == value
    assert keys.assembled(values) == Settings()


def test_one_value_changes_one_field_of_one_section() -> None:
    settings = keys.assembled({"providers.openai.model": "other"})
    expected = dataclasses.replace(Settings().providers.openai, model="other")
    assert settings.providers.openai == expected
    assert dataclasses.replace(settings, providers=Settings().providers) == Settings()


def test_every_rule_is_for_a_key_that_exists() -> None:
    assert set(keys.RULES) <= set(keys.KEYS)


def test_what_the_sections_say_about_a_field_is_found_by_its_key() -> None:
    docs = keys.documentation()
    assert docs["audio.source"].startswith("auto, system,")
    assert "budget.per_hour_usd" not in docs
