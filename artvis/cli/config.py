"""`artvis config`: where the settings are, what they are, and changing one of them.

It never prints a secret: keys for image back ends are no settings, and a password in an address is hidden.
"""

import argparse
import json
import os
import re
import sys

from artvis import settings as files
from artvis.errors import SettingsError
from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "settings: their file, their values, changing one, checking all"
EXAMPLE = "artvis config set art.provider painter"
LOADS_OWN_SETTINGS = True  # `path`, `set` and `check` must work on a broken file


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="path|show|set|check")
    actions.add_parser("path", help="print the settings file", epilog="example: artvis config path")
    show = actions.add_parser(
        "show",
        help="print every setting in force, and where it comes from",
        epilog="example: artvis config show --json",
    )
    show.add_argument("--json", action="store_true", help="print JSON only")
    change = actions.add_parser("set", help="change one setting in the file", epilog=f"example: {EXAMPLE}")
    change.add_argument("key", metavar="KEY", help="such as budget.per_day_usd")
    change.add_argument("value", metavar="VALUE", help="a list is written with commas")
    actions.add_parser(
        "check",
        help="say what is wrong with the settings, if anything is",
        epilog="example: artvis config check",
    )


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings  # these are the defaults
    match args.action:
        case "path":
            print(home.settings_file)
        case "set":
            value = files.set_value(home, args.key, args.value)
            print(f"{args.key} = {_toml(value)}", file=sys.stderr)
        case "check":
            return _check(home)
        case _:
            _show(home, as_json=args.json)
    return 0


def _check(home: Home) -> int:
    try:
        files.load(home, os.environ)
    except SettingsError as mistake:
        print(mistake, file=sys.stderr)  # FILE:LINE first, for editors that jump there
        return 2
    return 0


def _show(home: Home, *, as_json: bool) -> None:
    values = files.flattened(files.load(home, os.environ))
    shown = {key: _discreet(value) for key, value in values.items()}
    if as_json:
        print(json.dumps(_nested(shown), ensure_ascii=False, indent=2))
        return
    _, origins = files.load_with_origins(home, os.environ)
    docs = files.documentation()
    section = ""
    for key, value in shown.items():
        head, name = key.rsplit(".", 1)
        if head != section:
            print(f"\n[{head}]" if section else f"[{head}]")
            section = head
        if key in docs:
            print(f"# {docs[key]}")
        print(f"{name} = {_toml(value)}  # {origins.get(key, 'default')}")


def _discreet(value: files.Value) -> files.Value:
    """An address that carries a name and password is shown without them."""
    return re.sub(r"(?<=://)[^/@\s]+(?=@)", "***", value) if isinstance(value, str) else value


def _nested(values: dict[str, files.Value]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for key, value in values.items():
        *sections, name = key.split(".")
        place: dict[str, object] = tree
        for section in sections:
            inner = place.setdefault(section, {})
            assert isinstance(inner, dict)  # noqa: S101 - a section and a key never share a name
            place = inner
        place[name] = value
    return tree


def _toml(value: files.Value) -> str:
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)
