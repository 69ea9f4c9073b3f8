"""The score of the demo track: its form, chords, melody and rhythms, as plain values on a grid of sixteenths.

It makes no sound; voices and desk do. 28 bars of 4/4 at 112 beats a minute are 60 seconds exactly, and a beat is
exactly 23,625 samples at 44,100 Hz, so that the loop has no seam and every beat is known.
"""

from dataclasses import dataclass
from typing import Literal

BPM = 112.0
KEY = "A minor"
BEATS_A_BAR = 4
STEPS_A_BAR = 16
BEAT_SAMPLES = 23_625
BAR_SAMPLES = BEATS_A_BAR * BEAT_SAMPLES
BARS = 28
LOOP_SAMPLES = BARS * BAR_SAMPLES
STEP_SAMPLES = BAR_SAMPLES / STEPS_A_BAR

PartName = Literal["intro", "build", "groove", "break", "outro"]


@dataclass(frozen=True, slots=True)
class Part:
    name: PartName
    first_bar: int


FORM = (
    Part("intro", 0),
    Part("build", 4),
    Part("groove", 8),
    Part("break", 16),
    Part("groove", 20),
    Part("outro", 26),
)


@dataclass(frozen=True, slots=True)
class Chord:
    """Bass and four voices as MIDI notes; neighbours share tones, so that the top line hardly moves."""

    bass: int
    voices: tuple[int, int, int, int]


AM9 = Chord(33, (57, 59, 60, 64))  # A B C E
FMAJ9 = Chord(29, (55, 57, 60, 64))  # G A C E over F
DM9 = Chord(38, (53, 57, 60, 64))  # F A C E over D
E7SUS4 = Chord(40, (57, 59, 62, 64))  # A B D E
E7 = Chord(40, (56, 59, 62, 64))  # its G# wants home: A minor, not C major
G69 = Chord(31, (55, 57, 59, 62))  # G A B D

VERSE = ((AM9,), (FMAJ9,), (DM9,), (E7SUS4, E7))
BREAK = ((FMAJ9,), (G69,), (AM9,), (E7SUS4, E7))


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a melody: where in its four bars, which pitch, how long, all in sixteenths and MIDI."""

    step: int
    pitch: int
    steps: int


HOOK = (
    *(Note(0, 76, 6), Note(6, 74, 2), Note(8, 72, 4), Note(12, 71, 4)),
    *(Note(16, 69, 6), Note(22, 72, 2), Note(24, 76, 6), Note(30, 79, 2)),
    *(Note(32, 77, 4), Note(36, 76, 4), Note(40, 74, 6), Note(46, 76, 2)),
    *(Note(48, 74, 6), Note(54, 71, 2), Note(56, 68, 4), Note(60, 71, 4)),
)
HOOK_RISING = (
    *HOOK[:12],
    *(Note(48, 74, 4), Note(52, 76, 4), Note(56, 80, 4), Note(60, 83, 4)),
)
SIGH = (  # over the break: few notes, long ones
    *(Note(0, 72, 6), Note(6, 76, 10)),
    *(Note(16, 74, 6), Note(22, 71, 10)),
    *(Note(32, 72, 6), Note(38, 76, 6), Note(44, 81, 4)),
)

WALK = (
    (0, 0, 1.0),
    (2, 2, 0.5),
    (4, 1, 0.8),
    (6, 3, 0.55),
    (8, 2, 0.9),
    (10, 1, 0.5),
    (12, 3, 0.8),
    (14, 2, 0.55),
)
"""Sixteenth, voice of the chord and strength: the even figure of the opening, which lets the beat be felt."""

DRIFT = ((0, 0, 1.0), (3, 1, 0.75), (6, 2, 0.8), (8, 3, 0.85), (11, 2, 0.75), (14, 1, 0.8))
"""The same for the break and the outro: three against four, out of time."""

ARPEGGIO = (0, 1, 2, 3, 2, 1, 3, 2, 0, 1, 2, 3, 4, 3, 2, 1)
"""Voice of the chord for each sixteenth; 4 is the lowest one an octave up."""

BASS_LINE = ((0, 0, 3), (3, 0, 3), (6, 12, 2), (8, 0, 2), (10, 0, 1), (11, 7, 3), (14, 12, 2))
"""Sixteenth, interval over the bass in semitones, length in sixteenths."""

KICKS = (0, 4, 8, 12)
HEARTBEAT = (0, 8)
RIMS = (4, 12)
SNARES = (4, 12)
STABS = (3, 10)
HATS = (0.55, 0.0, 0.9, 0.0)
"""Loudness of the closed hat on the sixteenths of a beat in the build; the groove adds the ones between."""


def part_of(bar: int) -> PartName:
    return [part.name for part in FORM if part.first_bar <= bar][-1]


def chords_of(bar: int) -> tuple[Chord, ...]:
    """The chords of a bar, of equal length."""
    return (BREAK if part_of(bar) == "break" else VERSE)[bar % 4]


def chord_at(bar: int, step: int) -> Chord:
    """The chord that sounds on a sixteenth of a bar."""
    chords = chords_of(bar)
    return chords[step * len(chords) // STEPS_A_BAR]


def sample_of(bar: int, step: float) -> int:
    """Where a sixteenth of a bar begins, in samples from the start of the track, without swing."""
    return bar * BAR_SAMPLES + round(step * STEP_SAMPLES)
