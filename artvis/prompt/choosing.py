"""Chooses one word of many by mood and seed: near moods are likely, the same seed chooses the same.

No dice are thrown: the luck of a word is a hash of the seed and the word, so that a longer list changes little.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar

LUCK: Final = 0.45
"""How far, in the square of valence and arousal, luck can outweigh a better fit."""
BANDS: Final = 5


class Tempered(Protocol):
    """Anything that belongs to a mood."""

    @property
    def valence(self) -> float: ...
    @property
    def arousal(self) -> float: ...


T = TypeVar("T")
M = TypeVar("M", bound=Tempered)


def luck(seed: int, *words: str) -> float:
    """0..1, uniform over words, always the same for the same arguments."""
    digest = hashlib.blake2b("\x1f".join((str(seed), *words)).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def ranked(
    choices: Sequence[M],
    mood: tuple[float, float],
    *,
    seed: int,
    role: str,
    against: Callable[[M, float], float] = lambda _choice, chance: LUCK * chance,
) -> list[M]:
    """All choices, the most fitting first; `role` keeps the luck of one list apart from that of another.

    `against` says what beside the mood speaks against a choice, given its luck of 0..1.
    """
    valence, arousal = mood

    def misfit(choice: M) -> float:
        distance = ((choice.valence - valence) ** 2 + (choice.arousal - arousal) ** 2) ** 0.5
        return float(distance + against(choice, luck(seed, role, str(choice))))

    return sorted(choices, key=misfit)


def one_of(choices: Sequence[T], *, seed: int, role: str) -> T:
    """One of a few equal choices."""
    return choices[int(luck(seed, role) * len(choices))]


def band(value: float) -> int:
    """0..4 of a value 0..1: small differences in hearing must not change the words."""
    return min(max(int(value * BANDS), 0), BANDS - 1)


def centre(value: float) -> float:
    """The middle of the band of a value."""
    return (band(value) + 0.5) / BANDS
