"""`artvis sources`: what could be listened to, why it would or would not be chosen, and what is heard there.

It opens no window and changes no setting.
"""

import argparse
import json
from typing import TYPE_CHECKING

from artvis.cli.values import number
from artvis.model.sections import Settings
from artvis.paths import Home

if TYPE_CHECKING:
    from artvis.app.listening_sources import Listed

HELP = "list audio sources; --listen says what each of them gives"
EXAMPLE = "artvis sources --listen 2"

LONGEST_S = 60


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--listen",
        type=number(0.2, LONGEST_S),
        metavar="SECONDS",
        help="listen to each source and give its level and a verdict",
    )
    parser.add_argument("--json", action="store_true", help="print JSON only")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings, home
    from artvis.app import listening_sources  # 90 ms: numpy, and the library of the sound server

    rows = listening_sources.listed() if args.listen is None else listening_sources.listened(args.listen)
    best = listening_sources.pick(rows)
    if args.json:
        print(json.dumps({"sources": [as_json(row) for row in rows], "pick": best.info.id if best else None}))
    else:
        print("\n".join(lines(rows)))
        for sentence in listening_sources.conclusion(best):
            print(sentence)
    return 0


def as_json(row: "Listed") -> dict[str, object]:
    info = row.info
    fields: dict[str, object] = {
        "id": info.id,
        "kind": info.kind,
        "title": info.title,
        "default": info.default,
        "chosen": info.chosen,
        "reason": info.reason,
    }
    if row.verdict is not None:
        fields |= {"level_lufs": row.verdict.lufs, "verdict": row.verdict.words}
    return fields


def lines(rows: list["Listed"]) -> list[str]:
    """A table: `*` marks the source that `auto` takes."""
    width = max(len(row.info.id) for row in rows)
    listened = any(row.verdict is not None for row in rows)
    table = []
    for row in rows:
        mark = "*" if row.info.chosen else " "
        default = "default" if row.info.default else ""
        words = f"{mark} {row.info.id:<{width}}  {row.info.kind:<6}  {default:<7}  "
        if listened:
            heard, lufs = (row.verdict.words, row.verdict.lufs) if row.verdict is not None else ("", None)
            level = "" if lufs is None else f"{lufs:6.1f} LUFS"
            words += f"{heard:<17}  {level:<11}  "
        table.append(f"{words}{row.info.title}: {row.info.reason}")
    return table
