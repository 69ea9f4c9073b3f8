"""Makes music with truth by construction.

    python benchmarks/material/make.py --kind mma --split train --count 260 --seed 0 --out DIR [--jobs 1]

Kinds: mma (bands), synth (electronic music), game (MIDI files under --source), recording (sound files under --source
whose grid can be proved), pulseless (no beat at all, or a hole in the music), named (a waltz, five beats, a ramp, a
half-time drop, a metronome: --count 5). Pieces are `NAME.ogg` and `NAME.json`, 40 s each. It never overwrites: a piece
that is there already is skipped.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import accompaniment
import electronic
import games
import named
import pulseless
import recordings

MADE: dict[str, Callable[[str, int, Path], None]] = {
    "mma": accompaniment.make,
    "synth": electronic.make,
    "pulseless": pulseless.make,
    "named": named.make,
}
FOUND: dict[str, Callable[[str, int, Path, Path], None]] = {
    "game": games.make,
    "recording": recordings.make,
}


def one(kind: str, split: str, folder: Path, source: Path, seed: int) -> None:
    if any(folder.glob(f"{split}_{kind}_{seed:04}_*.json")):
        return
    if kind in FOUND:
        FOUND[kind](split, seed, folder, source)
    else:
        MADE[kind](split, seed, folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kind", choices=(*MADE, *FOUND), required=True)
    parser.add_argument("--split", choices=("train", "tune", "held"), required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0, help="seed of the first piece")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--source",
        type=Path,
        default=Path("/usr/share/games"),
        help="where the files of game and recording lie",
    )
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    seeds = range(args.seed, args.seed + args.count)
    work = partial(one, args.kind, args.split, args.out, args.source)
    if args.jobs == 1:
        for seed in seeds:
            work(seed)
    else:
        with ProcessPoolExecutor(args.jobs) as pool:
            list(pool.map(work, seeds))


if __name__ == "__main__":
    main()
