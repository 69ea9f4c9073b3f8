"""`artvis doctor`: one line for each thing that artvis needs, and what to do where it is missing.

It finds out nothing itself and repairs nothing.
"""

import argparse
import dataclasses
import json
import os

from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "check sound, graphics, Qt, fonts, folders, disk and image back ends"
EXAMPLE = "artvis doctor --json"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON only")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    from artvis.app import health  # 30 ms

    found = []
    for check in health.checks(settings, home, os.environ):
        found.append(check)
        if not args.json:
            action = f"  {check.action}" if check.action else ""
            print(f"{check.level:<4}  {check.what:<12}  {check.means}{action}", flush=True)
    if args.json:
        print(json.dumps({"checks": [dataclasses.asdict(check) for check in found]}, ensure_ascii=False))
    return 1 if any(check.level == "fail" for check in found) else 0
