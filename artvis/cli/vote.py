"""`artvis vote`: love an artwork, never see it again, or clear the vote.

It does not show the artwork; a running show hears of the vote within 2 s.
"""

import argparse

from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "vote on an artwork: up, down (never again) or clear"
EXAMPLE = "artvis vote 0199c0de-0000-7000-8000-000000000000 up"

_VALUES = {"up": 1, "down": -1, "clear": 0}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="as `artvis library list` prints it")
    parser.add_argument("vote", choices=_VALUES, help="up: love it; down: never again; clear: no vote")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings
    from artvis.app import library  # 130 ms with numpy and sqlite3

    library.vote(home, args.id, _VALUES[args.vote])
    return 0
