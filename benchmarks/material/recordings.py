"""Recorded music of games in Debian packages, where a steady grid can be proved from the whole sound.

The truth is not by construction: a piece counts only if one constant tempo fits all of it within 20 ms and fits clearly
better than any other, so these are pieces of an even machine tempo with a plain pulse, easier than recordings are. By
convention the beat is the level between 80 and 160 a minute, and its phase is where both the bass and the whole are louder;
whatever is in doubt is left out. Bars, keys and onsets are not claimed.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import librosa
import numpy as np
import numpy.typing as npt
from degrade import room
from scipy.ndimage import gaussian_filter1d
from truth import DURATION_S, RATE_HZ, Sound, Truth, write

from artvis.audio.filesource import decode

HOP = 128
FRAME_S = HOP / RATE_HZ
LEVEL_BPM = (80.0, 160.0)
SURE_BPM = (84.0, 154.0)
"""Within these the convention leaves no doubt which level it means."""
DRIFT_S = 0.02
"""How far the grid of any eighth of the piece may lie from the grid of the whole."""
UNRELATED, RELATED = 1.3, 1.3
"""How much better than tempi without a common pulse, and than those at 3/2 or 4/3 of it, the grid must fit."""
ON_BEAT, ON_BEAT_BASS = 1.5, 1.3
"""How much louder changes must be on the beat than half-way between. On 20 made pieces with a steady tempo that fit
otherwise, these four let five pass, all of them right; without them 7 of 20 had a wrong level or phase."""
EARLY_S = 0.016
"""By how much the novelty rises before the note: half of its window (measured on made pieces)."""
START_S = 15.0
ENDINGS = {".ogg", ".opus", ".mp3", ".flac"}
Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid:
    bpm: float
    first_s: float


def make(split: str, seed: int, folder: Path, source: Path) -> None:
    """Writes the recording number `seed` of those that pass; every fifth again as heard through a room."""
    found = verified(source)
    name, sound, grid = found[seed % len(found)]
    rng = np.random.default_rng([seed, 66])
    group = "recording"
    if seed % 5 == 4:
        sound, group = room(sound, rng), "room"
    beats = np.arange(grid.first_s, DURATION_S, 60 / grid.bpm)
    truth = Truth(f"{split}_recording_{seed:04}_{name}", group, [float(t) for t in beats], tags=[name])
    write(folder, truth.within(0.0), sound, split=split, style=name, meter="", damage=[])


@cache
def verified(source: Path) -> list[tuple[str, Sound, Grid]]:
    """(name, 40 s of it, its grid) of every recording under `source` that passes; about a second each."""
    passed = []
    for path in sorted(source.rglob("*")):
        if path.suffix not in ENDINGS or path.stat().st_size < 500_000:
            continue
        sound = _excerpt(path)
        grid = grid_of(sound) if sound is not None else None
        if sound is not None and grid is not None:
            passed.append((path.stem.replace(" ", "_"), sound, grid))
    return passed


def _excerpt(path: Path) -> Sound | None:
    first, last = int(START_S * RATE_HZ), int((START_S + DURATION_S) * RATE_HZ)
    blocks, length = [], 0
    for block in decode(path):
        blocks.append(block)
        length += len(block)
        if length >= last:
            return np.concatenate(blocks)[first:last]
    return None


def grid_of(sound: Sound) -> Grid | None:
    """The steady grid that the whole sound fits, or None if there is a doubt."""
    full, bass = _novelty(sound, 30, 16_000), _novelty(sound, 30, 180)
    tempi = np.arange(*LEVEL_BPM, 0.04)
    fits = np.array([_fit(full, bpm)[0] for bpm in tempi])
    best = float(tempi[fits.argmax()])
    kinds = np.array([_kinship(bpm / best) for bpm in tempi])
    for kind, factor in (("unrelated", UNRELATED), ("related", RELATED)):
        if fits.max() < factor * fits[kinds == kind].max(initial=0.0):
            return None
    _, phase_s = _fit(full, best)
    eighths = np.array_split(np.arange(len(full)), 8)
    steady = all(abs(_phase_error(full, part, best, phase_s)) <= DRIFT_S for part in eighths)
    plain = _on_to_off(full, best, phase_s) >= ON_BEAT and _on_to_off(bass, best, phase_s) >= ON_BEAT_BASS
    if not (steady and plain and SURE_BPM[0] < best < SURE_BPM[1]):
        return None
    return Grid(best, (phase_s + EARLY_S) % (60 / best))


def _on_to_off(curve: Curve, bpm: float, phase_s: float) -> float:
    return _at_grid(curve, bpm, phase_s) / max(1e-9, _at_grid(curve, bpm, phase_s + 30 / bpm))


def _novelty(sound: Sound, low_hz: float, high_hz: float) -> Curve:
    """Growth of the logarithmic spectrum, smoothed over 12 ms, with its mean at 1."""
    mels = 4 if high_hz < 1000 else 32  # more would be empty
    power = librosa.feature.melspectrogram(
        y=sound.mean(axis=1), sr=RATE_HZ, n_fft=2048, hop_length=HOP, n_mels=mels, fmin=low_hz, fmax=high_hz
    )
    loud = librosa.power_to_db(power, top_db=70)
    growth = np.maximum(0, loud[:, 3:] - loud[:, :-3]).mean(axis=0)
    smooth = gaussian_filter1d(growth, 0.006 / FRAME_S)
    return np.asarray(smooth / max(1e-9, float(smooth.mean())), np.float64)


def _fit(curve: Curve, bpm: float) -> tuple[float, float]:
    """(mean of the curve on the best grid of this tempo, that grid's first moment)."""
    period = 60 / bpm / FRAME_S
    phases = (np.arange(len(curve)) % period).astype(int)
    folded = np.bincount(phases, curve) / np.maximum(1, np.bincount(phases))
    folded = folded[: int(period)]
    return float(folded.max()), float(folded.argmax() * FRAME_S)


def _at_grid(curve: Curve, bpm: float, first_s: float) -> float:
    """Mean over the grid of the highest point within 20 ms."""
    places = (np.arange(first_s, len(curve) * FRAME_S - 0.1, 60 / bpm) / FRAME_S).astype(int)
    near = int(0.02 / FRAME_S)
    return float(np.mean([curve[max(0, place - near) : place + near + 1].max() for place in places]))


def _phase_error(curve: Curve, part: npt.NDArray[np.int64], bpm: float, phase_s: float) -> float:
    """Seconds from the grid to the nearest of the part's own, which may be any eighth note of it."""
    period = 60 / bpm / FRAME_S
    folded = np.bincount(((part - phase_s / FRAME_S) % (period / 2)).astype(int), curve[part])
    place = float(folded[: int(period / 2)].argmax())
    return (place if place < period / 4 else place - period / 2) * FRAME_S


def _kinship(ratio: float) -> str:
    """Whether a tempo is the same at another level, shares some pulse, or none."""
    if abs(ratio - 1) < 0.02:
        return "same"
    near = any(abs(ratio / share - 1) < 0.02 for share in (3 / 2, 2 / 3, 4 / 3, 3 / 4))
    return (
        "related" if near else "octave" if abs(ratio - 2) < 0.04 or abs(ratio - 0.5) < 0.01 else "unrelated"
    )
