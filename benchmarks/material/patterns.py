"""Patterns of electronic music for one bar, drawn at random within a genre, and kept apart by split.

A pattern is loudness a step, 0..1; nothing here makes sound.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Steps = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Genre:
    """Ways to draw each part, by name, all alike likely."""

    slowest_bpm: float
    fastest_bpm: float
    kick: tuple[str, ...]
    snare: tuple[str, ...]
    hat: tuple[str, ...]
    bass: tuple[str, ...]
    swing: float = 0.0
    """The most that every second step comes late, as a share of a step."""


GENRES: Final = {
    "techno": Genre(124, 150, ("four",), ("none", "back", "rim"), ("off", "sixteen", "euclid"), ("rolling", "off", "euclid")),
    "house": Genre(116, 130, ("four",), ("back",), ("off", "eight", "sixteen"), ("off", "syncopated", "tresillo"), 0.35),
    "trance": Genre(128, 142, ("four",), ("back", "none"), ("off", "sixteen"), ("rolling", "off")),
    "electro": Genre(105, 135, ("broken", "four"), ("back",), ("eight", "sixteen"), ("syncopated", "eighths", "on")),
    "breakbeat": Genre(100, 142, ("broken",), ("back", "ghost"), ("eight", "sixteen", "euclid"), ("syncopated", "on", "held"), 0.3),
    "drum and bass": Genre(160, 180, ("two-step", "broken"), ("back", "ghost"), ("eight", "sixteen"), ("held", "syncopated", "on")),
    "trap": Genre(62, 80, ("sparse",), ("half",), ("rolls", "sixteen"), ("kick", "held")),
    "trap, counted fast": Genre(124, 156, ("slow",), ("third",), ("eight", "rolls"), ("kick", "held")),
    "hip-hop": Genre(78, 102, ("broken", "sparse"), ("back",), ("eight", "sixteen"), ("kick", "syncopated", "held"), 0.5),
    "downtempo": Genre(66, 96, ("sparse", "broken"), ("back", "rim"), ("eight", "euclid"), ("held", "on", "syncopated"), 0.4),
    "pop": Genre(92, 128, ("on", "four", "broken"), ("back",), ("eight", "sixteen"), ("eighths", "on", "kick")),
}  # fmt: skip
HELD_GENRES: Final = {
    "garage": Genre(126, 138, ("skipping",), ("back",), ("off", "sixteen"), ("syncopated", "off"), 0.55),
    "synthwave": Genre(80, 118, ("four", "on"), ("back",), ("eight", "sixteen"), ("eighths", "gallop")),
    "dembow": Genre(88, 108, ("four",), ("dembow",), ("eight", "off"), ("tresillo", "kick")),
    "footwork": Genre(150, 164, ("tresillo",), ("back", "rim"), ("off", "sixteen"), ("kick", "euclid")),
}
"""Genres that nothing is trained or tuned on."""


def split_of(*parts: Steps) -> str:
    """The split to which a combination of patterns belongs, by a hash of which steps sound."""
    digest = hashlib.sha256(b"|".join((part > 0).tobytes() for part in parts)).digest()
    place = int.from_bytes(digest[:4]) / 2**32
    return "train" if place < 0.7 else "tune" if place < 0.85 else "held"


def genres(split: str) -> dict[str, Genre]:
    return GENRES | HELD_GENRES if split == "held" else GENRES


def draw(way: str, beats: int, per_beat: int, kick: Steps, rng: np.random.Generator) -> Steps:
    """One bar of `beats` with `per_beat` steps each (4, or 3 in triplets); `kick` for the parts that follow it."""
    count = beats * per_beat
    at = np.arange(count)
    half = per_beat // 2 if per_beat == 4 else 2
    steps = np.zeros(count)
    on_beat, off_beat = at % per_beat == 0, at % per_beat == half
    if way in ("four", "on", "eight", "eighths", "sixteen", "off", "rolling", "gallop"):
        steps[_regular(way, at, per_beat, on_beat, off_beat)] = 0.8
        if way == "on":
            steps[rng.random(count) < 0.12] = 0.6
            steps[at % (2 * per_beat) != 0] *= rng.choice([0, 1])
    elif way in ("back", "ghost", "half", "third", "dembow", "rim"):
        steps = _backbeat(way, at, per_beat, beats, rng)
    elif way in ("broken", "sparse", "slow", "two-step", "skipping", "syncopated", "euclid", "tresillo"):
        steps = _free(way, at, per_beat, rng)
    elif way == "rolls":
        steps[(at % half == 0) | (rng.random(count) < 0.25)] = 0.6
    elif way == "kick":
        steps = np.where(kick > 0, 0.9, 0.0)
    elif way == "held":
        steps[[0] if rng.random() < 0.5 else [0, count // 2]] = 0.9
    return np.asarray(steps * rng.uniform(0.75, 1.0, count))


def _regular(
    way: str,
    at: npt.NDArray[np.int64],
    per_beat: int,
    on_beat: npt.NDArray[np.bool_],
    off_beat: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    hits: dict[str, npt.NDArray[np.bool_]] = {
        "four": on_beat,
        "on": on_beat,
        "eight": on_beat | off_beat,
        "eighths": on_beat | off_beat,
        "sixteen": at >= 0,
        "off": off_beat,
        "rolling": ~on_beat,
        "gallop": at % per_beat != 1,
    }
    return hits[way]


def _backbeat(
    way: str, at: npt.NDArray[np.int64], per_beat: int, beats: int, rng: np.random.Generator
) -> Steps:
    beat = at // per_beat
    hits = (at % per_beat == 0) & (beat % 2 == 1 if beats != 3 else beat > 0)
    if way in ("half", "third"):
        hits = at == (beats // 2) * per_beat
    elif way == "dembow":
        hits = np.isin(at % 8, (3, 6))
    steps = np.where(hits, 0.9, 0.0)
    if way == "rim":
        steps = np.where(rng.random(len(at)) < 0.2, 0.5, 0.0)
    elif way == "ghost" or rng.random() < 0.25:
        steps[(steps == 0) & (rng.random(len(at)) < 0.15)] = 0.35
    return steps


def _free(way: str, at: npt.NDArray[np.int64], per_beat: int, rng: np.random.Generator) -> Steps:
    count = len(at)
    steps = np.zeros(count)
    steps[0] = 0.9
    if way == "euclid":
        hits = int(rng.integers(3, max(4, count * 2 // 3)))
        steps = np.where((at * hits + int(rng.integers(count))) % count < hits, 0.7, 0.0)
    elif way == "tresillo":
        steps = np.where(at % 8 % 3 == 0, 0.8, 0.0)
    elif way == "two-step":
        steps[min(count - 1, 2 * per_beat + per_beat // 2)] = 0.85
        steps[rng.random(count) < 0.06] = 0.6
    elif way == "skipping":
        steps[[i for i in (rng.choice([6, 7, 10, 11, 14], 2, replace=False)) if i < count]] = 0.8
    else:
        density = {"broken": 0.22, "sparse": 0.12, "slow": 0.08, "syncopated": 0.38}[way]
        likely = (
            np.where(at % per_beat == 0, 0.7, 1.2) if way == "syncopated" else np.where(at % 2 == 0, 1.4, 0.6)
        )
        steps[(rng.random(count) < density * likely) & (at > 0)] = 0.75
        if way == "syncopated" and rng.random() < 0.4:
            steps[0] = 0
    return steps
