"""`artvis calibrate`: by how much the picture is off the sound, found by hand or by itself, and stored.

A show that runs keeps its offset until its next start.
"""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from artvis.cli.values import number
from artvis.errors import InputError
from artvis.model.sections import Settings
from artvis.paths import Home

if TYPE_CHECKING:
    from artvis.app.calibration import Found

HELP = "bring picture and sound together, and remember by how much"
EXAMPLE = "artvis calibrate --captured"
FARTHEST_MS = 500


def configure(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--captured",
        action="store_true",
        help="play clicks, capture them again, and measure by that alone: no window, no hands, 12 s",
    )
    how.add_argument(
        "--set",
        type=number(-FARTHEST_MS, FARTHEST_MS),
        metavar="MS",
        help="store this: above 0 the picture comes earlier, below 0 later",
    )
    how.add_argument("--reset", action="store_true", help="store 0")
    parser.add_argument(
        "--mic",
        nargs="?",
        const="",
        metavar="NAME",
        help="with --captured: hear the clicks in the room too, with this microphone or the default one",
    )
    parser.add_argument("--json", action="store_true", help="print JSON only")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    from artvis.app import calibration  # 120 ms: numpy, and the library of the sound server

    if args.mic is not None and not args.captured:
        raise InputError("--mic goes with --captured.")
    if args.set is not None or args.reset:
        found = calibration.Found("reset" if args.reset else "set", args.set or 0.0)
    elif args.captured:
        print("Playing clicks for 12 s; let nothing else play …", file=sys.stderr)
        found = calibration.captured(args.mic)
    else:
        found = calibration.by_hand(home)
    hint = "" if found.problem else calibration.store(home, found.offset_ms, os.environ)
    if args.json:
        print(json.dumps(found.as_json()))
    else:
        print("\n".join(lines(found, settings.stage.av_offset_ms)))
    for sentence in (found.problem, hint):
        if sentence:
            print(f"artvis: {sentence}", file=sys.stderr)
    return 1 if found.problem else 0


def lines(found: "Found", before_ms: float) -> list[str]:
    """What was measured, a line each, and what comes of it."""
    measured = [f"{name:<13}  {value:g}" for name, value in found.measured.items()]
    if found.problem:
        return [*measured, f"Nothing was stored; the offset stays at {before_ms:g} ms."]
    return [
        *measured,
        f"{'offset_ms':<13}  {found.offset_ms:g}  (was {before_ms:g}), stored for the next start",
    ]
