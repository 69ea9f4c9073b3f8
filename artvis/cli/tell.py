"""`artvis tell`: drives the running show from a hotkey, a Stream Deck, a script or over ssh.

It starts no show; the newest one that runs under this user and this ARTVIS_HOME is told.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from artvis.cli.values import writable_file
from artvis.errors import InputError
from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "drives the running show: hold, next, blackout, status, screenshot …"
EXAMPLE = "artvis tell next"
LOADS_OWN_SETTINGS = True  # it reads none: a mistake in them must not keep a show from being told to quit

SCREENSHOT, STATUS = "screenshot", "status"


def configure(parser: argparse.ArgumentParser) -> None:
    from artvis.app.telling import WORDS  # 5 ms

    parser.add_argument("word", metavar="WORD", choices=(*WORDS, SCREENSHOT), help=", ".join(WORDS))
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="screenshot FILE: the PNG to write"
    )
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    """0: the show did it; 1: it says why not."""
    del settings
    if args.word == SCREENSHOT:
        return _screenshot(args, home)
    if args.file is not None:
        raise InputError(f"{args.word} takes no FILE; only screenshot does.")
    from artvis.app import telling

    if args.word == STATUS:
        facts = telling.status(home)
        print(json.dumps(facts) if args.json else "\n".join(_lines(facts)))
        return 0
    done, text = telling.tell(home, args.word)
    print(json.dumps({"done": done, "answer": text}) if args.json else text or "Done")
    return 0 if done else 1


def _screenshot(args: argparse.Namespace, home: Home) -> int:
    if args.file is None:
        raise InputError("Name the file: artvis tell screenshot FILE.png")
    path = writable_file(args.file)
    from artvis.app import telling

    done, text = telling.screenshot(home, path.absolute())
    said = {"path": str(path), "size": text} if done else {"done": False, "answer": text}
    print(json.dumps(said) if args.json else f"{path}  {text}" if done else text)
    return 0 if done else 1


def _lines(facts: Mapping[str, Any]) -> list[str]:
    wide = max(map(len, facts), default=0)
    lines = [f"{name:<{wide}}  {_plain(value)}" for name, value in facts.items() if name != "notices"]
    return lines + [f"notice: {notice['text']}" for notice in facts.get("notices", ())]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "-"
