"""How well taste is learnt: the share of loved pictures of listeners whose taste is hidden, before and after 60 votes.

    python benchmarks/taste.py [--listeners 50]

A listener likes each style, medium, colour temperature and, offline, painter more or less (a normal distribution), and
loves a picture that is liked enough in all of them: three of ten while nothing is taught. After 60 votes the next 40
pictures are judged, on other songs; one picture in ten is chosen without taste all the same.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from listener import JUDGED, VOTES, spent_with

GOAL = 0.70


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--listeners", type=int, default=50)
    args = parser.parse_args()
    reached = True
    print(f"{args.listeners} listeners, {VOTES} votes each, then {JUDGED} pictures judged")
    for offline in (True, False):
        evenings = [spent_with(seed, offline=offline) for seed in range(args.listeners)]
        taught = sorted(evening.taught for evening in evenings)
        mean = statistics.fmean(taught)
        chance = statistics.fmean(evening.chance for evening in evenings)
        who = "offline painters" if offline else "image models"
        print(
            f"{who:<17} loved by chance {chance:4.0%}   after the votes {mean:4.0%}   "
            f"median {statistics.median(taught):4.0%}   worst tenth {taught[len(taught) // 10]:4.0%}"
        )
        reached = reached and mean >= GOAL
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
