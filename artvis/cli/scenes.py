"""`artvis scenes`: which scenes there are, whether a scene file is well, and a picture of one."""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from artvis.cli.values import number, size, writable_file
from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "scenes and transitions as files: list them, check one, draw one"
EXAMPLE = "artvis scenes check ripple.fs"


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|check|preview")
    rows = actions.add_parser(
        "list", help="all scenes and transitions, ours and yours", epilog="example: artvis scenes list --json"
    )
    rows.add_argument("--json", action="store_true", help="print JSON only")
    check = actions.add_parser(
        "check", help="compile and draw scene files, and say what is wrong", epilog=f"example: {EXAMPLE}"
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="scene files")
    check.add_argument("--json", action="store_true", help="print JSON only, an object a line")
    _configure_preview(
        actions.add_parser(
            "preview",
            help="a picture of a scene, drawn as in a show with lively music",
            epilog="example: artvis scenes preview ripple.fs -o ripple.png --at 6",
        )
    )


def _configure_preview(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("scene", metavar="FILE|NAME", help="a scene file, or the name of a scene")
    add("-o", "--out", type=Path, required=True, metavar="OUT.png", help="the picture: .png, .jpg or .webp")
    add("--size", type=size, default=(1280, 720), metavar="WxH", help="of the picture")
    add("--at", type=number(0.0, 600.0), default=4.0, metavar="S", help="so long after the scene came on (4)")
    add(
        "--picture",
        metavar="FILE|PAINTER",
        help="what hangs there: a picture, or the name of a painter of ours",
    )


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings
    match args.action:
        case "check":
            return _check(args.files, as_json=args.json)
        case "preview":
            return _preview(args, home)
        case _:
            return _list(home, as_json=args.json)


def _list(home: Home, *, as_json: bool) -> int:
    from artvis.app import scenes  # 200 ms with numpy, Pillow and OpenGL

    rows = scenes.listed(home)
    if as_json:
        listed = [dataclasses.asdict(row) for row in rows]
        print(json.dumps({"folder": str(home.scenes), "scenes": listed}))
        return 0
    for row in rows:
        if row.wrong:
            print(f"artvis: {row.wrong}", file=sys.stderr)
            continue
        low, high = row.energy
        where = "built in" if row.built_in else row.path
        print(f"{row.name:<16}{row.kind:<12}{low:g} to {high:<6g}{where:<10}  {row.description}".rstrip())
    print(f"Your own go into {home.scenes}.", file=sys.stderr)
    return 0


def _check(files: list[Path], *, as_json: bool) -> int:
    from artvis.app import scenes

    wrong = False
    for found in scenes.check(files):
        wrong = wrong or bool(found.fault)
        place = f"{found.path}:{found.line}" if found.line else str(found.path)
        if as_json:
            facts = {**dataclasses.asdict(found), "path": str(found.path), "ok": not found.fault}
            print(json.dumps(facts), flush=True)
        else:
            print(f"{place}: {found.fault or 'ok'}", flush=True)
            if found.aside:
                print(f"{place}: {found.aside}, so it plays only if --scene names it", file=sys.stderr)
    return 1 if wrong else 0


def _preview(args: argparse.Namespace, home: Home) -> int:
    writable_file(args.out)
    from artvis.app import scenepreview

    order = scenepreview.PreviewOrder(
        args.scene, args.out, size=args.size, at_s=args.at, picture=args.picture
    )
    scenepreview.preview(order, home)
    return 0
