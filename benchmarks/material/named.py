"""Single pieces that a listener must not get wrong, each for one thing: a waltz, five beats, a ramp, a drop, a metronome.

They are held: nothing is trained or tuned on them.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import accompaniment
import electronic
import numpy as np
from degrade import normalised
from electronic import Section
from fluid import SOUNDFONTS, Event, render
from truth import DURATION_S, Truth, write

ALL = frozenset({"kick", "snare", "hat", "bass", "stab", "lead"})


def waltz(folder: Path, name: str) -> None:
    _band("fastjazzwaltz", 138, folder, name)


def five(folder: Path, name: str) -> None:
    _band("jazz-54", 160, folder, name)


def ramp(folder: Path, name: str) -> None:
    """House that goes from 112 to 150 in 40 s."""
    rng = np.random.default_rng(7)
    track = replace(electronic.draw_track("held", rng, "synthwave"), bpm=112.0, beats=4, per_beat=4, swing=0)
    _electronic(track, [Section(8, ALL), Section(100, ALL)], folder, name, rng, ramp_to=150 / 112)


def half_time(folder: Path, name: str) -> None:
    """Garage at 132 that drops to half time for eight bars and comes back."""
    rng = np.random.default_rng(8)
    track = replace(electronic.draw_track("held", rng, "garage"), bpm=132.0, beats=4, per_beat=4)
    form = [Section(8, ALL), Section(8, ALL, half_time=True), Section(100, ALL)]
    _electronic(track, form, folder, name, rng, ramp_to=1.0)


def metronome(folder: Path, name: str) -> None:
    """A wood block at 104, the first of four higher."""
    beat_s = 60 / 104
    beats = [0.2 + i * beat_s for i in range(int((DURATION_S - 0.3) / beat_s))]
    events = []
    for i, at_s in enumerate(beats):
        events += [Event(at_s, 9, 77 - (i % 4 == 0), 100), Event(at_s + 0.1, 9, 77 - (i % 4 == 0), 0)]
    sound = normalised(render(events, DURATION_S, SOUNDFONTS[0], reverb=0.2), -3)
    truth = Truth(name, "named", beats, beats[::4], beats, tags=["metronome"])
    write(folder, truth.within(0.0), sound, split="held", style="metronome", meter="4/4", damage=[])


PIECES: tuple[Callable[[Path, str], None], ...] = (waltz, five, ramp, half_time, metronome)


def make(split: str, seed: int, folder: Path) -> None:
    """The piece number `seed` of PIECES, whatever the split."""
    del split
    piece = PIECES[seed % len(PIECES)]
    piece(folder, f"held_named_{seed:04}_{piece.__name__}")


def _band(style: str, bpm: float, folder: Path, name: str) -> None:
    rng = np.random.default_rng(len(name))
    path = accompaniment.LIBRARY / "stdlib" / f"{style}.mma"
    accompaniment.make_of(path, rng, folder, name, split="held", bpm=bpm, steady=True, group="named")


def _electronic(
    track: electronic.Track,
    form: list[Section],
    folder: Path,
    name: str,
    rng: np.random.Generator,
    *,
    ramp_to: float,
) -> None:
    sound, truth = electronic.play(track, DURATION_S, rng, form=form, ramp=(1.0, ramp_to))
    truth = replace(truth, name=name, group="named", tags=[name])
    write(folder, truth.within(0.0), normalised(sound, -2), split="held", style=name, meter="4/4", damage=[])
