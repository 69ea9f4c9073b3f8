"""Makes music with truth by construction: one command for bands (mma) and for electronic music (synth).

    python benchmarks/material/make.py --kind mma --split train --count 260 --seed 0 --out DIR [--jobs 1]

Pieces are `NAME.ogg` and `NAME.json`, 40 s each. It never overwrites: a piece that is there already is skipped.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import accompaniment
import electronic

KINDS = {"mma": accompaniment.make, "synth": electronic.make}


def one(kind: str, split: str, folder: Path, seed: int) -> None:
    if not any(folder.glob(f"{split}_{kind}_{seed:04}_*.json")):
        KINDS[kind](split, seed, folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--split", choices=("train", "tune", "held"), required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0, help="seed of the first piece")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    seeds = range(args.seed, args.seed + args.count)
    work = partial(one, args.kind, args.split, args.out)
    if args.jobs == 1:
        for seed in seeds:
            work(seed)
    else:
        with ProcessPoolExecutor(args.jobs) as pool:
            list(pool.map(work, seeds))


if __name__ == "__main__":
    main()
