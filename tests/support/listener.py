"""A listener whose taste is hidden, and the songs of an evening: what votes can teach, without a person.

It paints nothing: what a picture will be is known from its prompt.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.pipeline.conducting import Conductor, Memory
from artvis.pipeline.showing import Stock
from artvis.prompt.compose import Prompt
from artvis.prompt.taste import UNTAUGHT, Lesson, learnt, temperature

KEYS = tuple(
    f"{tonic} {mode}"
    for tonic in ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    for mode in ("major", "minor")
)
SECTIONS = ("A", "B", "A", "C")
SONGS = 24
VOTES, JUDGED = 60, 40
CHANCE = 0.3
"""The listener loves so many of the pictures that are painted while nothing has been taught."""


def evening(seed: int, *, songs: int = SONGS) -> Iterator[MusicState]:
    """The music at each picture of so many songs: every key once, moods all over the square, four sections a song."""
    rng = np.random.default_rng([seed, 24])
    keys = rng.permutation(KEYS)
    for track in range(songs):
        valence, arousal = rng.uniform(0.05, 0.95, 2)
        song = MusicState(
            silent=False,
            key=str(keys[track % len(keys)]),
            bpm=float(rng.uniform(60, 180)),
            centroid_hz=float(rng.uniform(500, 6000)),
            onset_rate_hz=float(rng.uniform(0.5, 8)),
            track_count=track,
        )
        for count, section in enumerate(SECTIONS):
            lean = rng.normal(0, 0.04, 2)
            yield replace(
                song,
                section=section,
                section_count=track * len(SECTIONS) + count,
                valence=float(np.clip(valence + lean[0], 0, 1)),
                arousal=float(np.clip(arousal + lean[1], 0, 1)),
            )


@dataclass(frozen=True, slots=True)
class Evening:
    """Shares of loved pictures: while nothing is taught, and of those that follow 60 votes."""

    chance: float
    taught: float


class Painted:
    """One show: its conductor, which hears the music picture by picture and knows the votes until then."""

    def __init__(self, seed: int, *, offline: bool, preferences: ArtSection | None = None) -> None:
        self.lessons: list[Lesson] = []
        self._offline = offline
        self._taught = True
        self._conductor = Conductor(
            preferences or ArtSection(),
            seed=seed,
            memory=Memory(),
            offline=offline,
            taste=lambda: learnt(self.lessons) if self.lessons else UNTAUGHT,
        )
        self._music = itertools.chain.from_iterable(evening(seed + turn) for turn in itertools.count())
        self._now_s = 0.0

    def next(self) -> Prompt:
        self._now_s += 60.0
        made = self._conductor.consider(self._now_s, next(self._music), Stock())
        assert made is not None
        return made.prompt

    def vote(self, prompt: Prompt, value: int) -> None:
        self.lessons.insert(
            0,
            Lesson(
                value=value,
                style=prompt.style,
                medium=prompt.medium,
                subject=prompt.subject,
                painter=prompt.painter if self._offline else "",
                palette=prompt.palette.hexes,
                valence=prompt.mood.valence,
                arousal=prompt.mood.arousal,
            ),
        )


class Listener:
    """Likes each style, medium, painter and colour temperature more or less, and loves what is liked enough in all."""

    def __init__(self, seed: int, *, offline: bool) -> None:
        self._seed = seed
        self._by_painters = offline
        self._enough = 0.0

    def liking(self, prompt: Prompt) -> float:
        traits = (
            f"style {prompt.style}",
            f"medium {prompt.medium}",
            f"painter {prompt.painter if self._by_painters else ''}",
            f"temperature {temperature(prompt.palette.hexes)}",
        )
        return sum(self._likes(trait) for trait in traits)

    def want(self, prompts: list[Prompt]) -> None:
        """Is as hard to please as makes 3 of 10 of these loved."""
        self._enough = float(np.quantile([self.liking(prompt) for prompt in prompts], 1 - CHANCE))

    def loves(self, prompt: Prompt) -> bool:
        return self.liking(prompt) > self._enough

    def _likes(self, trait: str) -> float:
        digest = sum(ord(letter) * 31**at for at, letter in enumerate(trait)) % 2**32
        return float(np.random.default_rng([self._seed, digest]).normal())


def spent_with(listener_seed: int, *, offline: bool) -> Evening:
    """An evening with one listener, who votes on 60 pictures; the next 40 are judged."""
    listener, untaught = Listener(listener_seed, offline=offline), Painted(listener_seed, offline=offline)
    before = [untaught.next() for _ in range(VOTES + JUDGED)]
    listener.want(before)
    show = Painted(listener_seed, offline=offline)
    for _ in range(VOTES):
        prompt = show.next()
        show.vote(prompt, 1 if listener.loves(prompt) else -1)
    judged = [listener.loves(show.next()) for _ in range(JUDGED)]
    return Evening(
        chance=float(np.mean([listener.loves(prompt) for prompt in before[VOTES:]])),
        taught=float(np.mean(judged)),
    )
