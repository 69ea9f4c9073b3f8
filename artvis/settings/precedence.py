"""What is in force: defaults, under the file, under the environment, under flags.

It decides nothing about single values; keys does.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from artvis.errors import SettingsError
from artvis.model.sections import Settings
from artvis.paths import Home
from artvis.settings import file
from artvis.settings.keys import Value, assembled, from_text

PREFIX = "ARTVIS_"
LAST_GOOD = "settings.last-good.toml"
NOTHING: Mapping[str, str] = MappingProxyType({})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """The settings of a kiosk. `mistake` is the sentence that says what was wrong, or ''.

    `caps_known`: the caps in it are the person's own. Otherwise nothing may be paid.
    """

    settings: Settings
    mistake: str = ""
    caps_known: bool = True


def load(home: Home, environ: Mapping[str, str], overrides: Mapping[str, str] = NOTHING) -> Settings:
    """The settings in force, `overrides` by dotted key.

    Raises SettingsError, whose sentence begins with FILE:LINE, the variable or the key.
    """
    values, _ = load_with_origins(home, environ, overrides)
    return assembled(values)


def load_with_origins(
    home: Home, environ: Mapping[str, str], overrides: Mapping[str, str] = NOTHING
) -> tuple[dict[str, Value], dict[str, str]]:
    """The values that somebody gave, by dotted key, and who gave each: file, a variable, or flag."""
    in_file = file.read(home.settings_file)
    variables = dict(_from_environment(environ))
    flags = dict(_from_flags(overrides))
    origins = dict.fromkeys(in_file, "file")
    origins |= {key: variable_of(key) for key in variables}
    origins |= dict.fromkeys(flags, "flag")
    return in_file | variables | flags, origins


def load_for_kiosk(
    home: Home, environ: Mapping[str, str], overrides: Mapping[str, str] = NOTHING
) -> KioskSettings:
    """As `load`, but a mistake costs no show: the last good file takes over, or the defaults do.

    Wrong flags are still raised: whoever typed them is there.
    """
    flags = dict(_from_flags(overrides))
    mistakes: list[str] = []
    caps_known = True
    values: dict[str, Value] = {}
    try:
        values |= file.read(home.settings_file)
    except SettingsError as mistake:
        values, stand_in = _last_good(home)
        mistakes.append(f"{mistake} The show goes on with {stand_in}.")
        caps_known = bool(values) and not _is_cap(mistake)
    for name in _names(environ):  # one that is wrong must not take a cap along that is right
        try:
            values |= dict(_from_environment({name: environ[name]}))
        except SettingsError as mistake:
            mistakes.append(f"{mistake} The show goes on without it.")
            caps_known = caps_known and not _is_cap(mistake)
    if not caps_known:
        mistakes.append("Nothing is paid for until it is mended, since a cap may be missing.")
    return KioskSettings(assembled(values | flags), " ".join(mistakes), caps_known)


def _is_cap(mistake: SettingsError) -> bool:
    return mistake.key.split(".")[0] == "budget"


def _last_good(home: Home) -> tuple[dict[str, Value], str]:
    path = home.config / LAST_GOOD
    try:
        values = file.read(path)
    except SettingsError:
        values = {}
    return values, "the last good settings" if values else "the defaults"


def remember_good(home: Home) -> None:
    """Keep a copy of the settings file that a show has started well with; never a reason to stop the show."""
    path, copy = home.settings_file, home.config / LAST_GOOD
    try:
        if not path.exists():
            copy.unlink(missing_ok=True)
            return
        text = path.read_text(encoding="utf-8")
        file.parse(text, path)  # it may have been edited since the start
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:
            file.write(copy, text)
    except (OSError, UnicodeDecodeError, SettingsError) as problem:
        _log.warning("no copy of the good settings was kept: %s", problem)


def variable_of(key: str) -> str:
    """`providers.openai.model` is ARTVIS_PROVIDERS__OPENAI__MODEL in the environment."""
    return PREFIX + key.upper().replace(".", "__")


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    for name in _names(environ):
        key = name.removeprefix(PREFIX).lower().replace("__", ".")
        yield key, _named(name, key, environ[name])


def _names(environ: Mapping[str, str]) -> list[str]:
    """The variables that are settings: one without a level (ARTVIS_HOME, ARTVIS_OPENAI_API_KEY) is none."""
    return sorted(name for name in environ if name.startswith(PREFIX) and "__" in name.removeprefix(PREFIX))


def _from_flags(overrides: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    for key, text in overrides.items():
        yield key, _named("flag", key, text)


def _named(where: str, key: str, text: str) -> Value:
    try:
        return from_text(key, text)
    except ValueError as problem:
        raise SettingsError(f"{where}: {problem}", key=key) from problem
