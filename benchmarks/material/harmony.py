"""Chords and tunes in a known key, at random.

It knows functions (tonic, subdominant, dominant) and seventh chords, no voice leading and no modulation.
"""

from dataclasses import dataclass

import numpy as np
from midi import Note
from truth import TONICS

MAJOR = ((0, "", "M7"), (2, "m", "m7"), (4, "m", "m7"), (5, "", "M7"), (7, "", "7"), (9, "m", "m7"))
MINOR = ((0, "m", "m7"), (3, "", "M7"), (5, "m", "m7"), (7, "", "7"), (8, "", "M7"), (10, "", "7"))
"""Steps over the tonic with the triad and the seventh chord on them; the minor dominant is major, as in most songs."""
MAJOR_TURNS = ("0345", "0534", "0514", "5304", "0354", "0143", "0304", "0254", "0413", "0503")
MINOR_TURNS = ("0452", "0235", "0253", "0534", "0423", "0205", "0343", "0453", "0243", "0504")
"""Progressions of four, as indices of the steps."""
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}


@dataclass(frozen=True, slots=True)
class Chord:
    root: int
    """Pitch class."""
    quality: str

    @property
    def name(self) -> str:
        return TONICS[self.root] + self.quality

    @property
    def pitches(self) -> tuple[int, ...]:
        third = 3 if self.quality.startswith("m") else 4
        sevenths = {"M7": (11,), "m7": (10,), "7": (10,)}
        return tuple((self.root + up) % 12 for up in (0, third, 7, *sevenths.get(self.quality, ())))


@dataclass(frozen=True, slots=True)
class KeyOf:
    tonic: int
    mode: str

    @classmethod
    def at_random(cls, rng: np.random.Generator) -> "KeyOf":
        return cls(int(rng.integers(12)), "major" if rng.random() < 0.55 else "minor")

    @property
    def name(self) -> str:
        return f"{TONICS[self.tonic]} {self.mode}"

    def progression(self, bars: int, rng: np.random.Generator, *, sevenths: bool) -> list[Chord]:
        """One chord a bar; a turn of four is repeated, with the tonic at its start more often than not."""
        steps, turns = (MAJOR, MAJOR_TURNS) if self.mode == "major" else (MINOR, MINOR_TURNS)
        slow = int(rng.choice([1, 1, 1, 2]))
        chords: list[Chord] = []
        while len(chords) < bars:
            turn = str(rng.choice(turns))
            for _ in range(int(rng.choice([1, 2]))):
                for digit in turn:
                    up, triad, seventh = steps[int(digit)]
                    chords += [Chord((self.tonic + up) % 12, seventh if sevenths else triad)] * slow
        return chords[:bars]


def tune(
    chords: list[Chord], starts_q: list[float], key: KeyOf, channel: int, rng: np.random.Generator
) -> list[Note]:
    """A melody over one chord a bar: chord tones on the beat, steps of the scale between, with rests."""
    rhythm = [float(x) for x in rng.choice(RHYTHMS)]
    scale = [(key.tonic + up) % 12 for up in SCALES[key.mode]]
    pitch, notes = int(rng.integers(64, 80)), []
    for chord, start_q, end_q in zip(chords, starts_q, starts_q[1:], strict=False):
        if rng.random() < 0.15:
            continue
        at_q, place = start_q, 0
        while at_q < end_q - 0.2:
            length_q = min(rhythm[place % len(rhythm)], end_q - at_q)
            place += 1
            if rng.random() < 0.88:
                pool = chord.pitches if (at_q - start_q) % 1 == 0 else scale
                pitch = min(
                    (p for p in range(58, 88) if p % 12 in pool),
                    key=lambda p: abs(p - pitch - rng.normal(0, 3)) + 0.2 * abs(p - 72),
                )
                late_q = float(rng.normal(0, 0.01))
                notes.append(
                    Note(
                        max(0.0, at_q + late_q),
                        at_q + 0.92 * length_q,
                        channel,
                        pitch,
                        int(rng.integers(70, 112)),
                    )
                )
            at_q += length_q
    return notes


RHYTHMS = np.array(
    [
        (1, 1, 1, 1),
        (0.5, 0.5, 1, 2),
        (1.5, 0.5, 1, 1),
        (0.75, 0.75, 0.5, 2),
        (0.5, 1, 0.5, 2),
        (2, 1, 0.5, 0.5),
        (0.5, 0.5, 0.5, 0.5),
        (1.5, 1.5, 0.5, 0.5),
        (3, 0.5, 0.5, 2),
        (0.25, 0.25, 0.5, 1),
    ]
)
"""In quarters, from the start of a bar on."""
