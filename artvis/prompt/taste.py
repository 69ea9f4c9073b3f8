"""What votes have taught: a Beta weight for each style, medium, painter, colour temperature, mood and artist.

It is worked out anew from the votes that stand and keeps nothing, so that to take a vote back is exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, radians
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from artvis.palette.colour import lab_of_hex, lch_of_lab
from artvis.prompt.subjects import MOODS_OF_SUBJECTS

Kind = Literal["style", "medium", "temperature", "painter", "mood", "artists"]
KINDS: Final[tuple[Kind, ...]] = ("style", "medium", "temperature", "painter", "mood", "artists")
TEMPERATURES: Final = ("cool", "neither cool nor warm", "warm")

EXPLORE_SHARE: Final = 0.10
"""So many of all pictures are chosen as if nothing had been taught."""
DECAY: Final = 0.99
"""What an older vote counts against the next one; it fades with votes, not with time, so a pause forgets nothing."""
VOTES_MAX: Final = 500
"""Older votes count for less than a hundredth, and are not read."""
_VOTES_UNTIL_HALF_SURE: Final = 3.0
_SURER: Final = 0.97
"""How much less of the draws is left to chance when there are many votes: with so few of them for so many traits, whole
draws would always try what was never voted on, and exploring has a share of its own."""
_GRID: Final = (np.arange(256) + 0.5) / 256
_LOG_GRID, _LOG_REST = np.log(_GRID), np.log1p(-_GRID)
_WARM_DEG: Final = 58.0
_TEMPERED: Final = 0.3
"""Mean warmth, -1 .. 1, from which a palette is called warm or cool."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One vote that stands, and what the picture was; '' for what is not known of it."""

    value: int
    """1: loved; -1: never again."""
    style: str = ""
    medium: str = ""
    subject: str = ""
    painter: str = ""
    """The offline painter that has painted it; '' for the picture of an image model."""
    artists: str = ""
    palette: tuple[str, ...] = ()
    valence: float = 0.5
    arousal: float = 0.3


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a trait was loved and disliked, in votes that fade: the Beta distribution of 1 + each."""

    loved: float = 0.0
    disliked: float = 0.0

    @property
    def mean(self) -> float:
        """How likely the next picture with this trait is loved, 0..1; 0.5 while nothing is known."""
        return (self.loved + 1.0) / (self.loved + self.disliked + 2.0)


NOTHING_KNOWN: Final = Weight()


@dataclass(frozen=True, slots=True)
class Taste:
    """The weights of all traits that have been voted on, and how much they say against the mood of the music."""

    weights: Mapping[tuple[Kind, str], Weight] = field(default_factory=lambda: MappingProxyType({}))
    votes: float = 0.0
    """All votes, faded."""
    loved: float = 0.0
    """Those of them that were up."""

    @property
    def say(self) -> float:
        """0 while nobody has voted, towards 1 with every vote."""
        return self.votes / (self.votes + _VOTES_UNTIL_HALF_SURE)

    def of(self, kind: Kind, name: str) -> Weight:
        return self.weights.get((kind, name), NOTHING_KNOWN)

    def doubt(self, kind: Kind, name: str, chance: float) -> float:
        """How little a trait is likely to be loved, 0..1: a draw from its weight, by a chance of 0..1.

        To take the trait of the least doubt is Thompson sampling. While nothing is known this is the chance itself;
        a trait that was never voted on is as likely loved as any picture. The more votes, the narrower the draw.
        """
        if not self.votes:
            return chance
        weight, mean = self.of(kind, name), (self.loved + 1.0) / (self.votes + 2.0)
        surer = 0.5 + (chance - 0.5) * (1.0 - _SURER * self.say)
        return _quantile(2.0 * (1.0 - mean) + weight.disliked, 2.0 * mean + weight.loved, surer)


UNTAUGHT: Final = Taste()


def learnt(lessons: Iterable[Lesson]) -> Taste:
    """The taste behind votes, newest first; equal votes give equal weights, bit for bit."""
    found: dict[tuple[Kind, str], Weight] = {}
    pull, votes, ups = 1.0, 0.0, 0.0
    for lesson in lessons:
        loved, disliked = (pull, 0.0) if lesson.value > 0 else (0.0, pull)
        for trait in _traits(lesson):
            before = found.get(trait, NOTHING_KNOWN)
            found[trait] = Weight(before.loved + loved, before.disliked + disliked)
        votes += pull
        ups += loved
        pull *= DECAY
    return Taste(MappingProxyType(found), votes, ups)


@lru_cache(maxsize=2 * VOTES_MAX)
def temperature(hexes: tuple[str, ...]) -> str:
    """One of TEMPERATURES for the colours '#rrggbb' of a palette; grey ones have no say."""
    lch = [lch_of_lab(lab_of_hex(code)) for code in hexes]
    weight = sum(float(chroma) for _, chroma, _ in lch)
    if weight < 1e-6:
        return TEMPERATURES[1]
    warmth = sum(float(chroma) * cos(radians(float(hue) - _WARM_DEG)) for _, chroma, hue in lch) / weight
    return TEMPERATURES[1 + (warmth > _TEMPERED) - (warmth < -_TEMPERED)]


def mood_cell(valence: float, arousal: float) -> str:
    """One of nine names for a place in the square of moods."""
    row = ("calm", "moving", "wild")[min(int(arousal * 3), 2)]
    return f"{row} and {('dark', 'even', 'bright')[min(int(valence * 3), 2)]}"


def _traits(lesson: Lesson) -> Iterator[tuple[Kind, str]]:
    if lesson.style and lesson.style != lesson.medium:
        yield "style", lesson.style
    if lesson.medium:
        yield "medium", lesson.medium
    if lesson.palette:
        yield "temperature", temperature(lesson.palette)
    if lesson.painter:
        yield "painter", lesson.painter
    if lesson.artists:
        yield "artists", lesson.artists
    # The picture's own mood where its subject is one of ours: that is what can be chosen again.
    yield "mood", mood_cell(*MOODS_OF_SUBJECTS.get(lesson.subject, (lesson.valence, lesson.arousal)))


def _quantile(alpha: float, beta: float, chance: float) -> float:
    """The quantile of a Beta distribution, to about 0.002."""
    logarithm = (alpha - 1.0) * _LOG_GRID + (beta - 1.0) * _LOG_REST
    below = np.cumsum(np.exp(logarithm - logarithm.max()))
    return float(np.interp(chance * below[-1], below, _GRID))
