"""settings.toml: reading it with the line of every mistake, and changing one key without touching the rest.

It knows neither environment nor flags.
"""

import os
import re
import tempfile
import threading
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from artvis.errors import SettingsError
from artvis.paths import Home
from artvis.settings.keys import SECTIONS, Value, checked, from_text

_changing = threading.Lock()  # two threads of one show may each remember a choice


def read(path: Path) -> dict[str, Value]:
    """The checked values of a settings file by dotted key; none where there is no file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise SettingsError(f"{path}:1: the settings cannot be read: {problem.strerror}.") from problem
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise SettingsError(f"{path}:{line}: this is not UTF-8 text.") from problem
    return parse(text, path)


def parse(text: str, path: Path) -> dict[str, Value]:
    """The checked values of a settings text. SettingsError says FILE:LINE and what is wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"\(at line (\d+)", str(problem))
        line = int(found[1]) if found else max(1, len(text.rstrip().splitlines()))
        what = re.sub(r"\s*\(at [^)]*\)$", "", str(problem))
        raise SettingsError(f"{path}:{line}: this is not TOML: {what}.") from problem
    values: dict[str, Value] = {}
    for key, raw in _leaves(document, ""):
        try:
            values[key] = checked(key, raw)
        except ValueError as problem:
            raise SettingsError(f"{path}:{_line_of(text, key)}: {problem}", key=key) from problem
    return values


def _leaves(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """Every value by dotted key; a table that is no section counts as a value."""
    for name, raw in table.items():
        key = f"{prefix}{name}"
        if isinstance(raw, dict) and key in SECTIONS:
            yield from _leaves(raw, f"{key}.")
        else:
            yield key, raw


def _line_of(text: str, key: str) -> int:
    """The line where the statement with `key` begins: it ends the shortest part of the file that has it."""
    lines = text.splitlines(keepends=True)
    start = 1
    for count in range(1, len(lines) + 1):
        try:
            document: Any = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value of several lines
        for name in key.split("."):
            document = document.get(name) if isinstance(document, dict) else None
        if document is not None:
            return start
        start = count + 1
    return start


def set_value(home: Home, key: str, text: str) -> Value:
    """Change one key in the file, where comments and order stay; a wrong value or file changes nothing."""
    path = home.settings_file
    try:
        value = from_text(key, text)
    except ValueError as problem:
        raise SettingsError(str(problem)) from problem
    *sections, name = key.split(".")
    with _changing:
        _change(path, sections, name, value)
    return value


def _change(path: Path, sections: list[str], name: str, value: Value) -> None:
    import tomlkit  # 25 ms, when something is changed

    read(path)
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
        table: Any = document
        for section in sections:
            if section not in table:
                table[section] = tomlkit.table(is_super_table=section != sections[-1])
            table = table[section]
        table[name] = list(value) if isinstance(value, tuple) else value
        changed = tomlkit.dumps(document)
        parse(changed, path)
        write(path, changed)
    except OSError as problem:
        raise SettingsError(f"{path}: the settings cannot be written: {problem.strerror}.") from problem


def write(path: Path, text: str) -> None:
    """All of `text` or none of it: beside the file first, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)
