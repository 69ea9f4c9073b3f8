"""`artvis providers`: the image back ends, what they cost, and whether they could paint."""

import argparse
import dataclasses
import getpass
import json
import os
import sys

from artvis.errors import InputError
from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "the image back ends: which are ready, a test picture, a key for one"
EXAMPLE = "artvis providers test openai"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON only")
    actions = parser.add_subparsers(dest="action", metavar="test|login", required=False)
    test = actions.add_parser(
        "test",
        help="say what it costs, then make one small picture",
        epilog="example: artvis providers test openai",
    )
    test.add_argument("name", metavar="NAME", help="of the back end")
    test.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print the stored row as JSON"
    )
    login = actions.add_parser(
        "login",
        help="put a key into the keyring of this machine; what you type is not shown",
        epilog="example: artvis providers login openai",
    )
    login.add_argument("name", metavar="NAME", help="of the back end")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    if args.action == "login":
        return _login(args.name)
    from artvis.app import painting  # 200 ms with numpy, Pillow and sqlite3

    if args.action == "test":
        return _test(args, settings, home)
    ends, as_of = painting.listed(settings, os.environ)
    if args.json:
        print(json.dumps({"providers": [dataclasses.asdict(end) for end in ends], "prices_as_of": as_of}))
        return 0
    for end in ends:
        ready = "if it runs" if end.networked and end.price_usd == 0.0 else "ready"
        state = ready if end.configured else "not ready"
        print(f"{end.name:<9}{state:<12}{end.model:<30}{_price(end.price_usd)}")
        if end.missing:
            print(f"{'':<9}{end.missing}")
    print(f"Prices are estimates as of {as_of}; `artvis usage` shows what was spent.")
    return 0


def _test(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    from artvis.app import painting

    price = painting.cost_of_test(args.name, settings, os.environ)
    print(f"One small picture by {args.name}: {_price(price)}.", file=sys.stderr, flush=True)
    order = painting.PaintOrder(provider=args.name, size=painting.TEST_SIZE)
    try:
        row = painting.paint(order, settings, home, os.environ)
    except painting.NotPainted as refusal:
        print(f"artvis: {refusal}", file=sys.stderr)
        return 1
    print(json.dumps(row) if args.json else f"{args.name} works: {row['path']}")
    return 0


def _login(name: str) -> int:
    from artvis.app import keys  # 5 ms, and the keyring 40

    keys.check(name)
    hidden = sys.stdin.isatty()
    key = getpass.getpass(f"Key for {name} (it is not shown): ") if hidden else sys.stdin.readline()
    if not key.strip():
        raise InputError("No key was given.")
    keys.store(name, key.strip())
    print(f"The key for {name} is in the keyring.")
    return 0


def _price(price_usd: float | None) -> str:
    if price_usd is None:
        return "price not known: only the count caps hold"
    return f"about ${price_usd:.3f} a picture" if price_usd else "free"
