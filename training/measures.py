"""Keeps of each piece of music what the beat network is made from: bands and notes a hop, and where the truth lies.

    python training/measures.py FOLDER CACHE

FOLDER holds sound files with a JSON of the same name (beats, downbeats, onsets, in seconds).
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from artvis.audio.beatinput import BeatInput
from artvis.audio.beatnet import DELAY_S, TEMPI_BPM
from artvis.audio.filesource import decode
from artvis.audio.patience import in_hops
from artvis.audio.spectrum import ShortSpectrum, clean
from artvis.model.music import HOP_S


@dataclass(frozen=True, slots=True)
class Measured:
    """One piece."""

    name: str
    group: str
    magnitudes: npt.NDArray[np.float16]
    """Shape (hops, 114)."""
    beats: npt.NDArray[np.float32]
    downbeats: npt.NDArray[np.float32]
    onsets: npt.NDArray[np.float32]
    """Seconds."""
    knows_onsets: bool


def measure(sound: Path) -> Measured:
    truth = json.loads(sound.with_suffix(".json").read_text())
    spectrum, given = ShortSpectrum(), BeatInput()
    rows = []
    for hop in in_hops(decode(sound)):
        sane = clean(hop)
        rows.append(given.measure(spectrum.step(sane).magnitude, sane))
    seconds = [np.asarray(truth.get(what) or [], np.float32) for what in ("beats", "downbeats", "onsets")]
    # 16 bits of the logarithm would do; of the amplitude itself they end at 6e-8, which is silence
    return Measured(
        str(truth["name"]), str(truth["group"]), np.asarray(rows, np.float16), *seconds, bool(len(seconds[2]))
    )


def frames_of(times_s: npt.NDArray[np.float32], hops: int) -> npt.NDArray[np.float32]:
    """1 at the hops at which the times are asked for, a half beside them, shape (hops,)."""
    target = np.zeros(hops + 2, np.float32)
    at = np.rint((times_s + DELAY_S) / HOP_S).astype(int) - 1
    at = at[(at >= 0) & (at < hops)]
    for away, height in ((-1, 0.5), (1, 0.5), (0, 1.0)):
        np.maximum.at(target, at + 1 + away, height)
    return target[1:-1]


def tempo_of(
    beats_s: npt.NDArray[np.float32], hops: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """(how much each tempo class is the tempo, shape (hops, 25); 1 where there is a tempo, shape (hops,))."""
    classes, known = np.zeros((hops, len(TEMPI_BPM)), np.float32), np.zeros(hops, np.float32)
    if len(beats_s) < 3:
        return classes, known
    gaps_s = np.diff(beats_s)
    at_s = (np.arange(hops) + 1) * HOP_S - DELAY_S
    gap = np.clip(np.searchsorted(beats_s, at_s) - 1, 0, len(gaps_s) - 1)
    steady_s = np.array([np.median(gaps_s[max(0, i - 2) : i + 3]) for i in range(len(gaps_s))])[gap]
    step = np.log(TEMPI_BPM[1] / TEMPI_BPM[0])
    away = (np.log(60 / steady_s)[:, None] - np.log(TEMPI_BPM)) / step
    classes = np.exp(-0.5 * (away / 0.6) ** 2)
    total = classes.sum(axis=1)
    known[
        (at_s > beats_s[0] - 2) & (at_s < beats_s[-1] + 1) & (total > 0.3) & (gaps_s[gap] < 1.5 * steady_s)
    ] = 1
    return (classes / np.maximum(total, 1e-3)[:, None]).astype(np.float32), known


def keep(folder: Path, cache: Path) -> int:
    """Measures what is not yet in `cache`; gives the number of pieces in the folder."""
    cache.mkdir(exist_ok=True)
    found = 0
    for truth in sorted(folder.glob("*.json")):
        sounds = [
            truth.with_suffix(end) for end in (".wav", ".ogg", ".flac") if truth.with_suffix(end).exists()
        ]
        kept = cache / f"{truth.stem}.npz"
        found += bool(sounds)
        if sounds and not kept.exists():
            piece = measure(sounds[0])
            fresh = kept.with_suffix(".part.npz")
            np.savez(fresh, **{field: getattr(piece, field) for field in Measured.__slots__})
            fresh.rename(kept)
    return found


def load(cache: Path) -> list[Measured]:
    """All pieces in a cache."""
    pieces = []
    for kept in sorted(cache.glob("*.npz")):
        with np.load(kept) as found:
            values = {field: found[field] for field in Measured.__slots__}
        values |= {field: values[field].item() for field in ("name", "group", "knows_onsets")}
        pieces.append(Measured(**values))
    return pieces


if __name__ == "__main__":
    print(keep(Path(sys.argv[1]), Path(sys.argv[2])), "pieces")
