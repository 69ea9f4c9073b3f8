"""`artvis library`: what is kept, what comes next, and whether all of it is sound.

It paints nothing and shows nothing; `next`, `list`, `show` and `stats` only read.
"""

import argparse
import json
import sys

from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "the library: what comes next, what is kept, checking it, deleting"
EXAMPLE = "artvis library next --json"

_STATES = ("live", "placeholder", "held", "tombstone")
_ACTIONS = {
    "next": ("what would be shown next; only reads", "artvis library next --limit 5 --json"),
    "list": ("artworks, newest first", "artvis library list --limit 10 --json"),
    "show": ("everything stored of one artwork", "artvis library show ID --json"),
    "stats": ("how much is kept", "artvis library stats --json"),
    "verify": (
        "check database and pictures: exit 1 when something is wrong",
        "artvis library verify --repair",
    ),
    "delete": ("delete artworks and their bytes", "artvis library delete ID"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="|".join(_ACTIONS))
    made = {
        name: actions.add_parser(name, help=text, description=text, epilog=f"example: {example}")
        for name, (text, example) in _ACTIONS.items()
    }
    made["next"].add_argument("--session", metavar="ID", help="default: the session of this home")
    made["next"].add_argument("--limit", type=_count, default=20, metavar="N", help="at most so many (20)")
    made["list"].add_argument("--state", choices=_STATES, default="live", help="default: live")
    made["list"].add_argument("--limit", type=_count, default=50, metavar="N", help="at most so many (50)")
    made["list"].add_argument("--offset", type=_offset, default=0, metavar="N", help="leave out the newest N")
    made["show"].add_argument("id", metavar="ID")
    made["verify"].add_argument("--repair", action="store_true", help="mend what can be mended, then check")
    made["delete"].add_argument("ids", metavar="ID", nargs="+")
    for name in ("next", "list", "show", "stats"):
        made[name].add_argument("--json", action="store_true", help="print JSON only")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings
    from artvis.app import library  # 130 ms with numpy and sqlite3

    match args.action:
        case "next":
            _print_next(library.next_page(home, args.session, args.limit), as_json=args.json)
        case "list":
            _print_list(library.list_page(home, args.state, args.limit, args.offset), as_json=args.json)
        case "show":
            _print_facts(library.details(home, args.id), as_json=args.json)
        case "stats":
            _print_facts(library.stats(home), as_json=args.json)
        case "delete":
            library.delete(home, args.ids)
        case _:
            return _verify(home, repair=args.repair)
    return 0


def _verify(home: Home, *, repair: bool) -> int:
    from artvis.app import library

    if repair:
        for sentence in library.repair(home):
            print(sentence, file=sys.stderr)
    wrong, notes = library.verify(home)
    for line in (*wrong, *notes):
        print(line)
    return 1 if wrong else 0


def _print_next(page: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(page))
        return
    for row in _rows(page):
        print(row["id"], "fresh" if row["fresh"] else "rerun" if row["rerun"] else "unseen")


def _print_list(page: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(page))
        return
    for row in _rows(page):
        vote = {1: "loved", -1: "never again"}.get(int(str(row["vote"])), "")
        print(row["id"], row["created_at"], row["provider"], vote, sep="  ")


def _print_facts(facts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        print(f"{name.replace('_', ' '):<16} {text}")


def _rows(page: dict[str, object]) -> list[dict[str, object]]:
    rows = page["artworks"]
    return rows if isinstance(rows, list) else []


def _count(text: str) -> int:
    return _whole(text, lowest=1)


def _offset(text: str) -> int:
    return _whole(text, lowest=0)


def _whole(text: str, *, lowest: int) -> int:
    if not text.isdecimal() or not lowest <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {lowest} to 1000000")
    return int(text)
