"""Whether an hour of listening leaves anything behind: resident memory while files are heard again and again.

    python benchmarks/listening_hour.py DIR [--minutes 60]

It hears the live path alone, at full speed, as if the files in DIR were one long stream; no deep listener, no window.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np

from artvis.audio.filesource import decode
from artvis.audio.hearing import Hearing
from artvis.audio.patience import in_hops
from artvis.model.music import HOP_S, Samples

PAGE_BYTES = 4096
WARM_UP_S = 300.0
"""Of sound; before it tables and caches are filled once."""
EVERY_S = 60.0


def resident_kb() -> float:
    """Of this process, now, from Linux's /proc."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES / 1024


def endless(files: list[Path]) -> Iterator[Samples]:
    """All files from memory, over and over: neither decoding nor copies of whole files must be in what is measured."""
    hops = [hop for file in files for hop in in_hops(decode(file))]
    return cycle(hops)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--files", type=int, default=12)
    args = parser.parse_args()
    hearing = Hearing(deep=False)
    found = sorted(path for path in args.folder.iterdir() if path.suffix in {".ogg", ".wav"})
    files = found[:: max(1, len(found) // args.files)][: args.files]
    times_s, sizes_kb, next_s = [], [], WARM_UP_S
    cpu_s = time.process_time()
    for hops, hop in enumerate(endless(files)):
        hearing.feed(hop)
        t_s = hops * HOP_S
        if t_s >= next_s:
            times_s.append(t_s)
            sizes_kb.append(resident_kb())
            next_s += EVERY_S
        if t_s > 60 * args.minutes:
            break
    cpu_s = time.process_time() - cpu_s
    slope_kb_h = float(np.polyfit(np.array(times_s) / 3600, sizes_kb, 1)[0])
    print(
        f"{args.minutes:.0f} minutes of sound in {cpu_s:.0f} s of CPU ({100 * cpu_s / (60 * args.minutes):.2f} % of a core): "
        f"resident {sizes_kb[0] / 1024:.1f} MB after {WARM_UP_S / 60:.0f} minutes, {sizes_kb[-1] / 1024:.1f} MB at the end, "
        f"slope {slope_kb_h:+.0f} kB an hour"
    )


if __name__ == "__main__":
    main()
