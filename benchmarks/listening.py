"""What live listening costs: CPU per second of audio and time a hop, beside a naive energy detector in the same run.

    python benchmarks/listening.py [SOUND_FILE …] [--seconds 30]

Without files: pieces of known beat from `rhythms`, with the share of beats that each system got (F, 70 ms, of what a
viewer could have seen, from 5 s on). Each system hears each piece three times and the least cost counts.
"""

import argparse
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean

import numpy as np
import numpy.typing as npt
import rhythms

from artvis.audio.filesource import decode
from artvis.audio.hearing import Hearing
from artvis.audio.patience import in_hops
from artvis.model.music import HOP_S, Beat, Samples

REPEATS = 3
Step = Callable[[Samples], list[float]]
"""One hop in, the times of beats out."""


def our_ears() -> Step:
    hearing = Hearing(deep=False)

    def step(hop: Samples) -> list[float]:
        state, events = hearing.feed(hop)
        return [max(event.time_s, state.t_s) for event in events if isinstance(event, Beat)]

    return step


def naive_energy() -> Step:
    """A beat where a hop has 1.4 times the energy of the last second, at most five a second."""
    energies: deque[float] = deque(maxlen=86)
    t_s, last_s = 0.0, -1.0

    def step(hop: Samples) -> list[float]:
        nonlocal t_s, last_s
        t_s += HOP_S
        energy = float((hop * hop).sum())
        usual = sum(energies) / len(energies) if energies else 0.0
        energies.append(energy)
        if energy > 1.4 * usual and energy > 1e-6 and t_s - last_s > 0.2:
            last_s = t_s
            return [t_s]
        return []

    return step


def measure(make: Callable[[], Step], hops: list[Samples]) -> tuple[list[float], float, float, float]:
    """(beats, share of a core, p99 and worst hop in ms): the least of three runs."""
    beats: list[float] = []
    costs = []
    for _ in range(REPEATS):
        step, beats, hop_s = make(), [], []
        cpu_s = time.thread_time()
        for hop in hops:
            begun_s = time.perf_counter()
            beats += step(hop)
            hop_s.append(time.perf_counter() - begun_s)
        share = (time.thread_time() - cpu_s) / (len(hops) * HOP_S)
        costs.append((share, 1e3 * float(np.percentile(hop_s, 99)), 1e3 * max(hop_s)))
    return beats, *(min(column) for column in zip(*costs, strict=True))


def f_measure(truth_s: npt.NDArray[np.float64], beats: list[float]) -> float:
    truth, found = truth_s[truth_s > 5], np.array([beat for beat in beats if beat > 5])
    if not len(found):
        return 0.0
    hits = int((np.abs(truth[:, None] - found[None]).min(axis=1) < 0.07).sum())
    return 2 * hits / (len(truth) + len(found))


def pieces(
    files: Iterable[Path], seconds: float
) -> Iterable[tuple[str, list[Samples], npt.NDArray[np.float64] | None]]:
    for file in files:
        yield file.name, list(in_hops(decode(file)))[: int(seconds / HOP_S)], None
    if not files:
        for style in rhythms.STYLES:
            made = rhythms.piece(style, 0, seconds)
            yield f"{style}, {made.bpm:.0f} BPM", list(in_hops([made.samples])), made.beats_s


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0)
    args = parser.parse_args()
    systems = {"artvis": our_ears, "naive energy": naive_energy}
    rows: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in systems}
    print(f"{'piece':28} {'system':14} {'F':>5} {'% core':>7} {'p99 ms':>7} {'max ms':>7}")
    for title, hops, truth in pieces(args.files, args.seconds):
        for name, make in systems.items():
            beats, share, p99, worst = measure(make, hops)
            f = f_measure(truth, beats) if truth is not None else float("nan")
            rows[name].append((f, 100 * share, p99, worst))
            print(f"{title:28} {name:14} {f:5.2f} {100 * share:7.2f} {p99:7.2f} {worst:7.2f}")
    for name, found in rows.items():
        f, share, p99, worst = (mean(row[column] for row in found) for column in range(4))
        print(f"{'all (means)':28} {name:14} {f:5.2f} {share:7.2f} {p99:7.2f} {worst:7.2f}")


if __name__ == "__main__":
    main()
