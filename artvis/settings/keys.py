"""Every key of the settings, its type and its allowed values, read off the sections of the model.

It reads no file and no environment. What is wrong with a value is a ValueError with a sentence.
"""

import ast
import contextlib
import dataclasses
import difflib
import math
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from artvis.model.command import Command
from artvis.model.sections import FLASH_GUARD_OFF, PROVIDERS, Settings

Value = str | int | float | bool | tuple[str, ...]


def _walk(section: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    hints = typing.get_type_hints(section)
    for field in dataclasses.fields(section):
        kind = hints[field.name]
        yield f"{prefix}{field.name}", kind
        if dataclasses.is_dataclass(kind):
            yield from _walk(kind, f"{prefix}{field.name}.")


_EVERYTHING = dict(_walk(Settings, ""))
SECTIONS: Mapping[str, Any] = {
    key: kind for key, kind in _EVERYTHING.items() if dataclasses.is_dataclass(kind)
}
KEYS: Mapping[str, Any] = {key: kind for key, kind in _EVERYTHING.items() if key not in SECTIONS}

_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_WANTED = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    int | str: "a whole number or a text",
}
_LOOKS_SECRET = re.compile(r"(?i)(^|[._])(api_?key|key|token|secret|auth|password)$")


def from_text(key: str, text: str) -> Value:
    """The value that a text from the environment or the command line means; lists are written with commas."""
    kind = kind_of(key)
    word = text.strip()
    raw: object = text
    if kind is bool and word.lower() in _TRUE + _FALSE:
        raw = word.lower() in _TRUE
    elif kind in (int, float):
        with contextlib.suppress(ValueError):  # it stays a text, and is refused as one
            raw = kind(word)
    elif kind == int | str:
        raw = int(word) if re.fullmatch(r"-?\d{1,9}", word) else word
    elif kind not in _WANTED:
        raw = [item.strip() for item in text.split(",") if item.strip()]
    return checked(key, raw)


def checked(key: str, raw: object) -> Value:
    """`raw` as the type of `key`, if it is allowed there."""
    value = _typed(key, raw)
    if key in RULES:
        holds, sentence = RULES[key]
        if not holds(value):
            raise ValueError(f"{key} must be {sentence}.")
    return value


def kind_of(key: str) -> Any:
    if key in KEYS:
        return KEYS[key]
    if _LOOKS_SECRET.search(key):
        raise ValueError(f"{key} is not a setting; keys come from the environment (ARTVIS_OPENAI_API_KEY).")
    if key in SECTIONS:
        example = next(name for name in KEYS if name.startswith(f"{key}."))
        raise ValueError(f"{key} is a section with keys such as {example}.")
    near = difflib.get_close_matches(key, [*KEYS, *SECTIONS], n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "`artvis config show` lists all."
    raise ValueError(f"there is no setting {key}; {hint}")


def _typed(key: str, raw: object) -> Value:
    kind = kind_of(key)
    match raw:
        case bool():
            if kind is bool:
                return raw
        case int() if kind in (int, int | str):
            return raw
        case int() | float() if kind is float and math.isfinite(raw):
            return float(raw)
        case str() if kind in (str, int | str):
            return raw
        case list() if kind not in _WANTED and all(isinstance(item, str) for item in raw):
            return tuple(raw)
    raise ValueError(f"{key} must be {_WANTED.get(kind, 'a list of texts')}.")


def _is_size(value: Any) -> bool:
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", value)
    return found is not None and all(64 <= int(side) <= 4096 for side in found.groups())


def _is_source(value: Any) -> bool:
    return re.fullmatch(r"auto|system|mic|demo|(system|mic|file):.+", value) is not None


def _is_monitor(value: Any) -> bool:
    return value >= -1 if isinstance(value, int) else 0 < len(value) <= 100 and value.isprintable()


def _is_address(value: Any) -> bool:
    return re.fullmatch(r"https?://[^/\s]+\S*", value) is not None


_QUALITIES = ("auto", "low", "medium", "high", "xhigh", "max", "standard", "hd")  # the last two: older models
_CAP = (lambda value: value >= 0, "0 or more (0 means no cap)")
RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "audio.source": (_is_source, "auto, system, system:NAME, mic, mic:NAME, mic:NAME#3-4, file:PATH or demo"),
    "art.provider": (lambda value: value in PROVIDERS, "one of " + ", ".join(PROVIDERS)),
    "art.size": (_is_size, "WIDTHxHEIGHT with sides from 64 to 4096, such as 1536x864"),
    **{key: _CAP for key in KEYS if key.startswith("budget.")},
    **{key: (_is_address, "an http or https address") for key in KEYS if key.endswith(".base_url")},
    **{key: (bool, "the name of a model") for key in KEYS if re.fullmatch(r"providers\.\w+\.model", key)},
    "providers.openai.quality": (lambda value: value in _QUALITIES, "one of " + ", ".join(_QUALITIES)),
    "stage.screen": (_is_monitor, "the number or name of a monitor, or -1 for the one of the window"),
    "stage.fps": (lambda value: 1 <= value <= 1000, "from 1 to 1000"),
    "now_playing.http_port": (
        lambda value: value == 0 or 1024 <= value <= 65535,
        "0 for none, or a port from 1024 to 65535",
    ),
    "stage.flash_guard": (lambda value: value in ("on", FLASH_GUARD_OFF), f"on or {FLASH_GUARD_OFF}"),
    "stage.av_offset_ms": (lambda value: abs(value) <= 500, "from -500 to 500"),
    "kiosk.keys": (lambda value: set(value) <= set(Command), "names out of " + ", ".join(Command)),
}


def flattened(settings: Settings) -> dict[str, Value]:
    """Every setting by its dotted key, in the order of the sections."""
    return {key: _look_up(settings, key) for key in KEYS}


def assembled(values: Mapping[str, Value]) -> Settings:
    """The sections with `values` by dotted key, and defaults where there is none."""
    return typing.cast("Settings", _section(Settings, values, ""))


def _section(kind: Any, values: Mapping[str, Value], prefix: str) -> Any:
    parts: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        key = f"{prefix}{field.name}"
        if key in SECTIONS:
            parts[field.name] = _section(SECTIONS[key], values, f"{key}.")
        elif key in values:
            parts[field.name] = values[key]
    return kind(**parts)


def _look_up(settings: Settings, key: str) -> Value:
    found: Any = settings
    for name in key.split("."):
        found = getattr(found, name)
    return typing.cast("Value", found)


def documentation() -> dict[str, str]:
    """What the string after a field says, by dotted key; empty where the program carries no source."""
    source = pkgutil.get_data("artvis.model", "sections.py") or b""
    docs: dict[tuple[str, str], str] = {}
    for section in ast.parse(source).body:
        if isinstance(section, ast.ClassDef):
            for field, after in zip(section.body, section.body[1:], strict=False):
                match field, after:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                        value=ast.Constant(value=str(text))
                    ):
                        docs[section.name, name] = " ".join(text.split())
    owners = {"": Settings, **SECTIONS}
    found = {key: (owners[key.rpartition(".")[0]].__name__, key.rpartition(".")[2]) for key in KEYS}
    return {key: docs[place] for key, place in found.items() if place in docs}
