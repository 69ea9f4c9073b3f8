"""`artvis usage`: what was made, shown, refused and spent each day, and what is left of the caps.

Prices of calls that are not settled yet are estimates; it never asks a back end.
"""

import argparse
import json

from artvis.model.sections import Settings
from artvis.paths import Home

HELP = "what was made, shown and spent per day, and what is left"
EXAMPLE = "artvis usage --json"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON only")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    from artvis.app import library  # 130 ms with numpy and sqlite3

    report = library.spending(home, settings.budget)
    if args.json:
        print(json.dumps(report))
        return 0
    print(f"{'day':<12}{'provider':<12}{'made':>6}{'shown':>7}{'refused':>9}{'spent':>10}")
    for day in report["days"]:
        spent = f"${day['spent_usd']:.3f}"
        print(
            f"{day['day']:<12}{day['provider']:<12}{day['made']:>6}{day['shown']:>7}{day['refused']:>9}{spent:>10}"
        )
    left = report["left"]
    print(
        f"left: {_or_no_cap(left['hour_count'], '{} paid pictures')} this hour, "
        f"{_or_no_cap(left['day_usd'], '${:.2f}')} today, {_or_no_cap(left['month_usd'], '${:.2f}')} this month (UTC)"
    )
    return 0


def _or_no_cap(value: float | None, form: str) -> str:
    return "no cap" if value is None else form.format(value)
