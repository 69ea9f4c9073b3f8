"""How soon the tempo of the next track is right when a DJ mixes two over 16 bars, beat-matched and not.

    python benchmarks/mixing.py FOLDER [--pairs 10]

FOLDER holds pieces as `benchmarks/material/make.py` writes them. Each pair is heard twice: with the second piece
played at the tempo of the first, beat on beat, and as it is. The music fades over 16 bars with equal power; counted is
the time from the moment at which the first piece is gone until the tempo is right (within 4 %, octaves not allowed)
and stays right for 4 s.
"""

import argparse
import json
from pathlib import Path
from statistics import median

import numpy as np
import soxr

from artvis.audio.filesource import decode
from artvis.audio.hearing import Hearing
from artvis.audio.patience import in_hops
from artvis.model.music import SAMPLE_RATE_HZ, Samples, Tempo

BARS = 16
BEFORE_S = 12.0
"""Of the first piece alone."""
STAYS_S = 4.0


class Piece:
    """A piece of one tempo."""

    def __init__(self, truth: Path) -> None:
        told = json.loads(truth.read_text())
        self.name = truth.stem
        self.beats_s = np.array(told["beats"])
        gaps_s = np.diff(self.beats_s)
        self.period_s = float(np.median(gaps_s)) if len(gaps_s) else 0.0
        self.is_steady = len(gaps_s) > 40 and float(np.ptp(gaps_s)) < 0.04 * self.period_s
        self._file = truth.with_suffix(".ogg")

    @property
    def bpm(self) -> float:
        return 60 / self.period_s

    def sound(self, speed: float = 1.0) -> Samples:
        """At `speed` times the tempo (and the pitch, as on a turntable)."""
        whole = np.concatenate(list(decode(self._file)))
        if speed == 1.0:
            return whole
        return np.asarray(soxr.resample(whole, SAMPLE_RATE_HZ * speed, SAMPLE_RATE_HZ), np.float32)


def mixed(first: Piece, second: Piece, *, matched: bool) -> tuple[Samples, float, float]:
    """(sound, the moment at which the first piece is gone, the tempo then)."""
    speed = first.bpm / second.bpm if matched else 1.0
    one, two = first.sound(), second.sound(speed)
    begin_s = first.beats_s[np.searchsorted(first.beats_s, BEFORE_S)]
    fade_s = min(BARS * 4 * first.period_s, len(one) / SAMPLE_RATE_HZ - begin_s)
    enters_s = begin_s - (second.beats_s[0] / speed if matched else 0.0)
    offset, start, length = (round(t * SAMPLE_RATE_HZ) for t in (enters_s, begin_s, fade_s))
    total = np.zeros((offset + len(two), 2), np.float32)
    share = np.clip((np.arange(len(total)) - start) / length, 0, 1)
    kept = min(len(one), len(total))
    total[:kept] += one[:kept] * np.sqrt(1 - share[:kept, None]).astype(np.float32)
    total[offset:] += two * np.sqrt(share[offset:, None]).astype(np.float32)
    return total, begin_s + fade_s, second.bpm * speed


def right_after_s(sound: Samples, gone_s: float, bpm: float) -> float:
    """Seconds from `gone_s` until the tempo is right and stays so; infinite when it never is."""
    hearing = Hearing(deep=False)
    told: list[tuple[float, float]] = []
    for hop in in_hops([sound]):
        state, events = hearing.feed(hop)
        told += [(state.t_s, event.bpm) for event in events if isinstance(event, Tempo)]
    end_s = len(sound) / SAMPLE_RATE_HZ
    since_s: float | None = None
    for (at_s, said), until_s in zip(told, [t for t, _ in told[1:]] + [end_s], strict=True):
        if abs(said / bpm - 1) > 0.04:
            since_s = None
        elif since_s is None:
            since_s = at_s
        if since_s is not None and until_s - max(since_s, gone_s) >= STAYS_S:
            return max(0.0, since_s - gone_s)
    return float("inf")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=10)
    args = parser.parse_args()
    pieces = [piece for truth in sorted(args.folder.glob("*.json")) if (piece := Piece(truth)).is_steady]
    rng = np.random.default_rng(1)
    by_kind: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(args.pairs):
        first, second = (pieces[int(number)] for number in rng.choice(len(pieces), 2, replace=False))
        for matched, waits_s in by_kind.items():
            if matched and not 0.8 < first.bpm / second.bpm < 1.25:
                continue
            waits_s.append(right_after_s(*mixed(first, second, matched=matched)))
            print(
                f"{first.name:34} {second.name:34} {'matched' if matched else 'free':8} {waits_s[-1]:6.1f} s"
            )
    for matched, waits_s in by_kind.items():
        within = sum(wait_s <= 4.0 for wait_s in waits_s)
        print(
            f"{'beat-matched' if matched else 'not matched'}: {within} of {len(waits_s)} within 4 s, "
            f"median {median(waits_s):.1f} s"
        )


if __name__ == "__main__":
    main()
