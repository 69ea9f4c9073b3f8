"""How the plants of the painter 'garden' grow: shoots that bend, and the leaves along them.

It draws nothing; all lengths are picture heights, angles radians (0 right, a quarter turn down).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from artvis.painters.layout import Layout


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf, a petal, or a piece of a stem, from its foot outward."""

    x: float
    y: float
    angle: float
    length: float
    half_width: float
    shape: str
    """leaf, frond, blade, petal or stem."""
    bend: float = 0.0
    """How far its middle lies beside the straight line, against its length."""
    accent: float = 0.0
    shade: float = 0.0
    """Added to its tone."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How one kind of plant grows."""

    nodes: int
    """Places along a shoot where leaves stand."""
    leaf: float
    """Length of a leaf against that of its shoot."""
    slim: float
    """Half width of a leaf against its length."""
    spread: float
    """Angle between leaf and shoot at its foot; they close toward the tip."""
    pairs: bool
    """Two leaves face each other at every node; otherwise they alternate."""
    shape: str


HABITS: Final = {
    "fern": Habit(nodes=20, leaf=0.36, slim=0.135, spread=1.2, pairs=True, shape="frond"),
    "bough": Habit(nodes=13, leaf=0.27, slim=0.21, spread=0.95, pairs=False, shape="leaf"),
    "reed": Habit(nodes=9, leaf=0.56, slim=0.024, spread=0.34, pairs=True, shape="blade"),
}


def grow(
    plan: Layout,
    rng: np.random.Generator,
    habit: Habit,
    *,
    at: tuple[float, float],
    angle: float,
    length: float,
    curl: float,
) -> Iterator[Leaf]:
    """A shoot with all that grows on it, from its foot to its tip."""
    x, y = at
    step = length / habit.nodes
    for node in range(habit.nodes):
        share = node / habit.nodes
        thick = 0.0085 * (length / 0.7) ** 0.5 * (1 - 0.8 * share)
        yield Leaf(x, y, angle, step * 1.06, thick, "stem")
        angle += curl / habit.nodes * (0.4 + 1.2 * share) + float(rng.normal(0, 0.02 + 0.04 * plan.force))
        x, y = x + step * np.cos(angle), y + step * np.sin(angle)
        if share < 0.12:
            continue
        # Longest a third of the way up, shorter toward the tip.
        size = habit.leaf * length * (1 - 0.82 * share**1.4) * min(1.0, 0.55 + share * 1.6)
        for side in (-1, 1) if habit.pairs else ((-1, 1)[node % 2],):
            off = side * habit.spread * (1 - 0.5 * share) + float(rng.normal(0, 0.05 + 0.09 * plan.force))
            yield _leaf(rng, habit, x, y, angle + off, size, side)
    yield Leaf(x, y, angle, step * 1.6, habit.slim * step * 1.6, habit.shape)


def _leaf(
    rng: np.random.Generator, habit: Habit, x: float, y: float, angle: float, size: float, side: int
) -> Leaf:
    size *= float(rng.uniform(0.85, 1.15))
    bend = side * float(rng.uniform(0.02, 0.12))
    return Leaf(
        x, y, angle, size, habit.slim * size, habit.shape, bend=bend, shade=float(rng.normal(0, 0.16))
    )


def blossom(rng: np.random.Generator, x: float, y: float, size: float) -> Iterator[Leaf]:
    """Five petals in the accent, about a light eye."""
    turn = float(rng.uniform(0, 6.28))
    for petal in range(5):
        angle = turn + petal * 2 * np.pi / 5
        yield Leaf(x, y, angle, size, size * 0.36, "petal", accent=0.9, shade=1.2 + 0.2 * np.sin(angle))
    for angle in (0.0, 2.1, 4.2):
        yield Leaf(x, y, turn + angle, size * 0.3, size * 0.14, "petal", shade=2.4)
