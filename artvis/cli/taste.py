"""`artvis taste`: what votes have taught; forgets it, or takes the last step back.

It casts no vote (`artvis vote`), and changes nothing of what is hidden or loved but by `undo`.
"""

import argparse
import itertools
import json
import sys
from typing import Any

from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "what votes have taught: show it, forget it, take the last vote back"
EXAMPLE = "artvis taste show"

_BAR = 10
_TITLES = {
    "style": "styles",
    "medium": "media",
    "temperature": "colours",
    "painter": "offline painters",
    "mood": "moods",
    "artists": "your artists",
}


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="what", required=True, metavar="show | reset | undo")
    for what, says in (
        ("show", "what is liked and what is not"),
        ("reset", "forget what votes have taught; what they hide stays hidden"),
        ("undo", "take back the last vote, or the reset after it"),
    ):
        command = commands.add_parser(
            what, help=says, description=says, epilog=f"example: artvis taste {what}", allow_abbrev=False
        )
        if what == "show":
            command.add_argument("--json", action="store_true", help="print JSON only")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings
    from artvis.app import library  # 130 ms with numpy and sqlite3

    if args.what == "show":
        taught = library.taste(home)
        print(json.dumps(taught) if args.json else _for_a_person(taught))
        return 0
    if args.what == "reset":
        count = library.forget_taste(home)
        print(f"Forgot what {count} votes had taught; `artvis taste undo` brings it back.")
        return 0
    undone = library.undo_taste(home)
    if undone is None:
        print("artvis: There is no vote to take back.", file=sys.stderr)
        return 1
    print(f"Took back the last vote, on {undone}." if undone else "What the votes had taught is back.")
    return 0


def _for_a_person(taught: dict[str, Any]) -> str:
    votes, loved = taught["votes"], taught["loved"]
    if not votes:
        return "No votes yet: love pictures (key Up), or never see them again (key Down), and artvis learns."
    lines = [
        f"{votes} votes: {loved} loved, {votes - loved} never again.",
        f"{taught['explore_share']:.0%} of pictures are chosen without them, to find out more.",
    ]
    for kind, weights in itertools.groupby(taught["weights"], key=lambda weight: weight["kind"]):
        lines += ["", _TITLES[kind]]
        lines += [_line(weight) for weight in weights]
    return "\n".join(lines)


def _line(weight: dict[str, Any]) -> str:
    full = round(weight["mean"] * _BAR)
    bar = "#" * full + "." * (_BAR - full)
    return (
        f"  {bar} {weight['mean']:4.0%}  {weight['name']}  "
        f"({weight['loved']:.1f} loved, {weight['disliked']:.1f} not)"
    )
