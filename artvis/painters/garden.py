"""The painter 'garden': fern, bough or reeds against the light, the near ones sharp, the far ones lost in haze.

How the plants grow stands in garden_growth; this says where they stand, and paints them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop
from artvis.painters.garden_growth import HABITS, Leaf, blossom, grow
from artvis.painters.layout import Layout, Sheet, axes, layout_of, quiet_margins
from artvis.painters.noise import Plane, sample, tile
from artvis.palette.palette import Palette

KINDS = {"fern": (1.0, 0.8), "bough": (1.0, 0.7), "reed": (0.7, 1.0)}


@dataclass(frozen=True, slots=True)
class _Depth:
    """One plane of the picture, from far to near."""

    plants: int
    size: float
    """Length of a shoot in heights."""
    near: float
    """0 as light as the haze, 1 the full shade of the leaf."""
    soft: float
    """How far its edges are out of focus, in heights."""


@dataclass(slots=True)
class _Ground:
    xs: Plane
    ys: Plane
    tone: Plane
    warmth: Plane
    accent: Plane
    glow: Plane
    """Light that comes from behind, 0..1."""


def garden(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """Plants against the light, shape (height, width, 3); `size` is (width, height)."""
    plan = layout_of(mood, seed, size, salt=0x6A2DE, kinds=KINDS)
    ground = _air(plan, *axes(size))
    for number, depth in enumerate(_depths(plan)):
        rng = plan.rng(10 + number)
        for at, angle, length, curl in _stands(plan, rng, depth):
            leaves = grow(plan, rng, HABITS[plan.kind], at=at, angle=angle, length=length, curl=curl)
            _paint(plan, ground, leaves, depth)
    _paint(plan, ground, _blossoms(plan), _Depth(0, 0, 1.0, 0.0))
    return develop(ground.tone, ground.warmth, ground.accent, palette=palette, rng=plan.rng(99))


def _depths(plan: Layout) -> tuple[_Depth, ...]:
    more = 1 + 0.6 * plan.force + 0.3 * plan.busy
    far, middle, near = {"fern": (4, 3, 2), "bough": (5, 4, 3), "reed": (8, 6, 4)}[plan.kind]
    return (
        _Depth(round(far * more), 0.66, 0.30, 0.020),
        _Depth(round(middle * more), 0.78, 0.62, 0.0060),
        _Depth(round(near * more), 0.92, 1.0, 0.0),
    )


def _stands(
    plan: Layout, rng: np.random.Generator, depth: _Depth
) -> Iterator[tuple[tuple[float, float], float, float, float]]:
    """Foot, angle, length and curl of each shoot: from the edges away from the light, leaning toward it."""
    fx, fy = plan.focus
    for number in range(depth.plants):
        length = depth.size * float(rng.uniform(0.8, 1.15)) * plan.form**0.4
        share = (number + float(rng.uniform(0.2, 0.8))) / depth.plants
        if plan.kind == "reed":
            x = plan.aspect * share
            gap = 0.25 * np.exp(-(((x - fx) / 0.22) ** 2)) * depth.near
            angle = -np.pi / 2 + plan.side * (0.05 + 0.42 * plan.force) + float(rng.normal(0, 0.10))
            yield (
                (x - plan.side * 0.2 * plan.force, 1.03 + gap),
                angle,
                length * 0.95,
                plan.side * (0.25 + 0.5 * plan.force),
            )
            continue
        # Along the bottom and up the side that the light leaves dark.
        run = share * (plan.aspect + 0.55)
        if run < 0.55:
            foot = (-0.04 if plan.side > 0 else plan.aspect + 0.04, 0.45 + run)
        else:
            across = run - 0.55
            foot = (across if plan.side > 0 else plan.aspect - across, 1.05)
        aim = np.arctan2(fy - 0.10 - foot[1], fx - foot[0]) + float(rng.normal(0, 0.30))
        far = float(np.hypot(fy - foot[1], fx - foot[0]))
        curl = float(rng.choice([-1.0, 1.0])) * float(rng.uniform(0.3, 0.8 + 0.5 * plan.force))
        yield foot, aim - curl * 0.4, min(length, far * 0.95), curl


def _blossoms(plan: Layout) -> Iterator[Leaf]:
    """A few flowers on thin stalks about the focus, the largest in it."""
    rng = plan.rng(30)
    fx, fy = plan.focus
    flowers = []
    for number in range(4 + round(2 * plan.busy + 2 * plan.valence)):
        reach = 0.075 * number**0.75
        turn = number * 2.4 + float(rng.uniform(-0.3, 0.3))
        size = 0.040 * 0.87**number * float(rng.uniform(0.9, 1.15))
        flowers.append((fx + 1.25 * reach * np.cos(turn), fy + reach * np.sin(turn), size))
    for x, y, size in flowers:
        foot = fx + 0.45 * (x - fx) - plan.side * (0.06 + 0.16 * plan.force)
        angle = float(np.arctan2(y - 1.04, x - foot))
        yield Leaf(
            foot,
            1.04,
            angle,
            float(np.hypot(y - 1.04, x - foot)),
            0.075 * size,
            "stem",
            bend=-0.05 * plan.side,
        )
    for x, y, size in flowers:
        yield from blossom(rng, x, y, size)


def _air(plan: Layout, xs: Plane, ys: Plane) -> _Ground:
    """Haze with the light behind it, and spots of light out of focus."""
    sheet = Sheet(plan.aspect)
    fx, fy = plan.focus
    far = np.hypot(sheet.x - fx, (sheet.y - fy) * 1.1)
    glow = 0.6 * np.exp(-((far / 0.30) ** 2)) + 0.4 * np.exp(-far / 0.5)
    noise = sample(
        tile(plan.rng(1), 4, side=256, octaves=3, gain=0.4),
        sheet.x * np.float32(0.16),
        sheet.y * np.float32(0.16),
    )
    quiet = quiet_margins(plan, sheet.x, sheet.y, 0.35)
    tone = 1.95 + 1.35 * plan.valence + (1.9 + 0.6 * plan.force) * glow + 0.22 * noise - 0.45 * (1 - quiet)
    tone += 0.45 * plan.side * (sheet.x / plan.aspect - 0.5) - 0.7 * (sheet.y - 0.5)
    fine = [sheet.fine(np.asarray(each, np.float32), xs, ys) for each in (tone, 1.1 * glow - 0.35, glow)]
    ground = _Ground(xs, ys, fine[0], fine[1], np.zeros_like(fine[0]), fine[2])
    rng = plan.rng(2)
    for _ in range(14 + round(14 * plan.force)):
        x, y = float(rng.normal(fx, 0.42)), float(rng.normal(fy - 0.05, 0.24))
        radius = float(rng.uniform(0.012, 0.05))
        patch = _patch(ground, x - radius, y - radius, x + radius, y + radius)
        inside = radius - np.hypot(xs[None, patch[1]] - x, ys[patch[0], None] - y)
        ground.tone[patch] += np.clip(inside / np.float32(0.006), 0, 1) * np.float32(rng.uniform(0.12, 0.42))
    return ground


def _patch(ground: _Ground, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
    columns = np.searchsorted(ground.xs, [left, right])
    rows = np.searchsorted(ground.ys, [top, bottom])
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))


def _paint(plan: Layout, ground: _Ground, leaves: Iterable[Leaf], depth: _Depth) -> None:
    for leaf in leaves:
        wide = leaf.half_width + abs(leaf.bend) * leaf.length + depth.soft + 2.0 / len(ground.ys)
        tip_x, tip_y = leaf.x + leaf.length * np.cos(leaf.angle), leaf.y + leaf.length * np.sin(leaf.angle)
        patch = _patch(
            ground,
            min(leaf.x, tip_x) - wide,
            min(leaf.y, tip_y) - wide,
            max(leaf.x, tip_x) + wide,
            max(leaf.y, tip_y) + wide,
        )
        if ground.tone[patch].size:
            _paint_leaf(plan, ground, leaf, depth, patch)


def _paint_leaf(plan: Layout, ground: _Ground, leaf: Leaf, depth: _Depth, patch: tuple[slice, slice]) -> None:
    """Light shines through a leaf: the half that is turned to it is lighter, and veins are seen."""
    cos, sin = np.float32(np.cos(leaf.angle)), np.float32(np.sin(leaf.angle))
    dx, dy = ground.xs[None, patch[1]] - np.float32(leaf.x), ground.ys[patch[0], None] - np.float32(leaf.y)
    u = (dx * cos + dy * sin) / np.float32(leaf.length)
    v = dy * cos - dx * sin
    t = np.clip(u, 0, 1)
    v -= t * (1 - t) * np.float32(4 * leaf.bend * leaf.length)
    aside = np.abs(v) / np.float32(leaf.half_width)
    inside = _outline(t, aside, leaf.shape) * np.float32(leaf.half_width) - np.abs(v)
    inside = np.minimum(
        inside, np.minimum(u, 1 - u) * np.float32(leaf.length) + np.float32(leaf.half_width * 0.3)
    )
    pixel = 1.0 / len(ground.ys)
    soft = max(pixel, depth.soft)
    alpha = np.clip(inside / np.float32(soft) + np.float32(0.5), 0, 1)
    # What is finer than a pixel, or than the blur, covers only its share of it.
    alpha *= np.float32(min(1.0, 2.2 * leaf.half_width / soft + 0.1))
    glow = ground.glow[patch]
    facing = np.float32(-plan.side) * sin + np.float32(-0.5) * cos
    half = np.tanh(v / np.float32(0.25 * leaf.half_width + pixel)) * facing
    shade = (
        np.float32(0.70 - 0.5 * plan.force + 0.55 * plan.valence + leaf.shade)
        + glow * np.float32(1.25)
        + half * np.float32(0.26)
    )
    shade = shade + t * np.float32(0.35 + 0.3 * plan.force)
    if leaf.shape == "leaf" and depth.soft < 0.01 and leaf.half_width > 2.5 * pixel:
        veins = np.cos((u * 9 - aside * 1.1) * np.float32(2 * np.pi))
        shade = (
            shade
            + np.float32(0.10) * veins
            + np.float32(0.45)
            * np.clip(1 - np.abs(v) / np.float32(0.07 * leaf.half_width + 0.5 * pixel), 0, 1)
        )
    haze = ground.tone[patch]
    haze += alpha * np.float32(depth.near) * (shade - haze)
    warmth = ground.warmth[patch]
    warmth += alpha * np.float32(0.5 * depth.near) * (glow - np.float32(0.25) - warmth)
    ground.accent[patch] += alpha * (np.float32(leaf.accent) - ground.accent[patch])


def _outline(t: Plane, aside: Plane, shape: str) -> Plane:
    """Half the width along a leaf, 1 at the widest; `aside`: how far from its middle, in half widths."""
    if shape == "frond":
        lobes = np.abs(np.sin((t * 11 - aside * np.float32(0.8)) * np.float32(np.pi))) ** np.float32(0.6)
        return np.asarray(
            (1 - t) ** np.float32(0.6) * np.minimum(t * 8 + 0.2, 1) * (0.22 + 0.78 * lobes), np.float32
        )
    if shape == "stem":
        return np.asarray(1 - np.float32(0.15) * t, np.float32)
    if shape == "blade":
        return np.asarray((1 - t) ** np.float32(0.7) * np.minimum(t * 9, 1), np.float32)
    power, round_off = (1.35, 0.7) if shape == "petal" else (0.75, 0.9)
    arch = np.maximum(np.sin(np.float32(np.pi) * t ** np.float32(power)), np.float32(0))
    return np.asarray(arch ** np.float32(round_off), np.float32)
