"""The painter 'glass': a leaded window with light behind it, a rose, shards, or a vale under a sun.

Panes are the cells about scattered sites, cut further by rings and ridges; the lead runs where two panes meet.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop
from artvis.painters.layout import Layout, Sheet, axes, layout_of
from artvis.painters.noise import Plane, curve, sample, tile
from artvis.palette.palette import Palette

KINDS = {"rose": (1.0, 0.8), "shards": (0.3, 1.0), "vale": (1.0, 0.8)}
_GOLDEN = np.pi * (3 - 5**0.5)


@dataclass(frozen=True, slots=True)
class _Sites:
    """The middles of panes; arrays of one value a pane, positions in picture heights."""

    x: Plane
    y: Plane
    reach: Plane
    """How far from each site its pane, and those beside it, may lie."""
    tone: Plane
    """What its glass adds to the light, in tones."""
    spot: Plane
    """How much of the accent is in it."""


@dataclass(frozen=True, slots=True)
class _Panes:
    pane: npt.NDArray[np.int16]
    edge: Plane
    """Distance to the nearest lead line, in heights."""


def glass(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """A leaded window, shape (height, width, 3); `size` is (width, height)."""
    plan = layout_of(mood, seed, size, salt=0x61A55, kinds=KINDS)
    sheet = Sheet(plan.aspect)
    xs, ys = axes(size)
    if plan.kind == "vale":
        tone, warmth, accent, edge = _vale(plan, sheet, xs, ys)
    else:
        sites = _rose(plan) if plan.kind == "rose" else _shards(plan)
        panes = _panes(sites, xs, ys)
        edge = panes.edge
        tone, warmth, accent = _lit(plan, sites, panes.pane, xs, ys)
    glow = np.exp(-((np.hypot(sheet.x - plan.focus[0], sheet.y - plan.focus[1]) / 0.32) ** 2))
    tone += sheet.fine(np.asarray(0.6 * glow, np.float32), xs, ys)
    _lead(plan, tone, accent, edge, height=size[1])
    return develop(tone, warmth, accent, palette=palette, rng=plan.rng(99))


def _spread(plan: Layout) -> float:
    """Distance from the focus to the farthest corner."""
    fx, fy = plan.focus
    return float(np.hypot(max(fx, plan.aspect - fx), max(fy, 1 - fy))) + 0.05


def _rose(plan: Layout) -> _Sites:
    """Panes as seeds stand in a sunflower, coloured along its spirals."""
    rng = plan.rng(1)
    count = round((300 + 220 * plan.force + 60 * plan.busy) / plan.form)
    order = np.arange(1, count + 1, dtype=np.float32)
    power = 0.64
    far = _spread(plan) * 1.06 * (order / count) ** power
    turn = order * np.float32(_GOLDEN) + float(rng.uniform(0, 6.28))
    # The ring that one more pane adds has the area of that pane.
    gap = np.sqrt(np.pi * 2 * power * far * far / order)
    arms, others = ((8, 13), (13, 21))[int(rng.random() < 0.5)]
    weave = np.sin(order * (2 * np.pi / arms)) + 0.8 * np.sin(order * (2 * np.pi * 3 / others) + 1.0)
    spot = (order % others == int(rng.integers(others))) & (far > 0.07) & (far < 0.62)
    return _Sites(
        plan.focus[0] + far * np.cos(turn),
        plan.focus[1] + far * np.sin(turn),
        gap * 2.3,
        np.asarray(weave * (0.38 + 0.22 * plan.force) + rng.standard_normal(count) * 0.16, np.float32),
        np.asarray(spot * 0.92, np.float32),
    )


def _shards(plan: Layout) -> _Sites:
    """Splinters that fly out from the focus, lighter and darker by the sheaf."""
    rng = plan.rng(2)
    growth = 1.62 - 0.1 * plan.force
    rings = int(np.log(_spread(plan) * 1.6 / 0.055) / np.log(growth)) + 1
    fewest = round(11 + 5 * plan.force)
    counts = [fewest * min(2 ** (ring // 2), 8) for ring in range(rings)]
    ring = np.repeat(np.arange(rings), counts)
    share = np.concatenate([(np.arange(count) + 0.5 * (at % 2)) / count for at, count in enumerate(counts)])
    share = share + rng.uniform(-0.30, 0.30, len(ring)) / np.array(counts)[ring]
    far = 0.055 * growth ** (ring + rng.normal(0, 0.20, len(ring)))
    turn = share * 2 * np.pi
    sheaf = np.sin(turn * 3 + rng.uniform(0, 6.28)) + 0.8 * np.sin(turn * 7 + rng.uniform(0, 6.28))
    aim = float(rng.uniform(0, 1))
    away = np.abs((share - aim + 0.5) % 1.0 - 0.5)
    spot = (away < 0.020) & (ring >= 1) & (far < 0.75)
    light = 0.9 * np.exp(-far / 0.12) + (0.36 + 0.24 * plan.force) * sheaf
    return _Sites(
        (plan.focus[0] + far * np.cos(turn)).astype(np.float32),
        (plan.focus[1] + far * np.sin(turn)).astype(np.float32),
        (far * (growth - 1) * 1.4 + 0.02).astype(np.float32),
        np.asarray(light + (0.26 + 0.16 * plan.force) * rng.standard_normal(len(ring)), np.float32),
        np.asarray(spot * 0.9, np.float32),
    )


def _sky(plan: Layout) -> _Sites:
    """Rings of panes about the sun, whose joints are rays."""
    rng = plan.rng(3)
    spokes = round(16 + 6 * plan.force)
    edges = 0.10 + 0.02 * plan.valence + np.cumsum(np.r_[0.0, 0.085 * 1.2 ** np.arange(11)])
    middles = np.r_[0.0, (edges[1:] + edges[:-1]) / 2]
    # From the fourth ring on there are twice as many, or the panes would grow too large.
    counts = [1] + [spokes * (1 + (at >= 3)) for at in range(1, len(middles))]
    ring = np.repeat(np.arange(len(middles)), counts)
    share = np.concatenate([(np.arange(count) + 0.5 * (at % 2)) / count for at, count in enumerate(counts)])
    far = middles[ring]
    turn = (share + rng.uniform(-0.12, 0.12, len(ring)) / np.array(counts)[ring]) * (2 * np.pi)
    fade = 1.5 * np.exp(-far / 0.30) - 0.5
    spot = (ring == 2) & (rng.random(len(ring)) < 0.7)
    return _Sites(
        (plan.focus[0] + far * np.cos(turn)).astype(np.float32),
        (_sun_y(plan) + far * np.sin(turn)).astype(np.float32),
        (0.16 + far * 0.45).astype(np.float32),
        np.asarray(fade + (0.26 + 0.16 * plan.force) * rng.standard_normal(len(ring)), np.float32),
        np.asarray(spot * 0.85, np.float32),
    )


def _sun_y(plan: Layout) -> float:
    return min(plan.focus[1], 0.41)


_FLAT = 1.9
"""Panes of the land are so many times wider than tall."""


def _land(plan: Layout) -> _Sites:
    """Long panes, as fields lie on a slope; `y` is stretched by _FLAT."""
    rng = plan.rng(4)
    gap = (0.16 - 0.03 * plan.force) * plan.form**0.5
    columns, rows = np.arange(-gap, plan.aspect + gap, gap), np.arange(0.3 * _FLAT, 1.05 * _FLAT, gap * 0.9)
    x, y = np.meshgrid(columns, rows)
    x = x + gap * 0.5 * (np.arange(len(rows)) % 2)[:, None] + rng.uniform(-0.25, 0.25, x.shape) * gap
    y = y + rng.uniform(-0.25, 0.25, x.shape) * gap
    return _Sites(
        x.ravel().astype(np.float32),
        y.ravel().astype(np.float32),
        np.full(x.size, gap * 2.0, np.float32),
        np.asarray((0.18 + 0.08 * plan.force) * rng.standard_normal(x.size), np.float32),
        np.zeros(x.size, np.float32),
    )


def _vale(plan: Layout, sheet: Sheet, xs: Plane, ys: Plane) -> tuple[Plane, Plane, Plane, Plane]:
    """Ridges one before the other under a sun; tone, warmth, accent and the distance to the lead."""
    sky, land = _sky(plan), _land(plan)
    panes = _panes(sky, xs, ys)
    tone, warmth, accent = _lit(plan, sky, panes.pane, xs, ys)
    edge = panes.edge
    fields = _panes(land, xs, ys * np.float32(_FLAT))
    for number, ridge in enumerate(_ridges(plan, sheet)):
        above = sheet.fine(ridge, xs, ys)
        beyond = above > 0
        if number == 0:
            ground, ground_warmth, _ = _lit(plan, land, fields.pane, xs, ys)
            ground += np.float32(0.05)
            edge = np.where(beyond, fields.edge * np.float32(0.75), edge)
            tone, warmth = np.where(beyond, ground, tone), np.where(beyond, ground_warmth - 0.3, warmth)
            accent = np.where(beyond, np.float32(0), accent)
        else:
            tone -= beyond * np.float32(0.55 + 0.2 * plan.force)
        # Mist lies on the far slopes, light on their crests.
        tone += beyond * np.exp(above * np.float32(-1 / 0.055)) * np.float32(0.75)
        edge = np.minimum(edge, np.abs(above))
    return tone, warmth, accent, edge


def _ridges(plan: Layout, sheet: Sheet) -> Iterator[Plane]:
    """On the coarse grid: distance below the crest of each ridge, the farthest first."""
    rng = plan.rng(8)
    xs = sheet.x[0] + np.float32(0.1)
    for number in range(3):
        near = number / 2
        form = curve(
            rng,
            xs,
            (1.0 + 0.9 * plan.force) / plan.form,
            octaves=2 + round(plan.force),
            gain=0.4,
            ridged=0.85 * plan.force,
        )
        crest = 0.60 + 0.30 * near - (0.15 + 0.07 * plan.force) * (1.1 - 0.4 * near) * form
        below = np.asarray(sheet.y - crest, np.float32)
        yield np.asarray(below / np.hypot(*sheet.slopes(below)), np.float32)


def _nearby(sites: _Sites, xs: Plane, ys: Plane) -> Iterator[tuple[int, slice, slice]]:
    """Each site with the rows and columns that it may reach."""
    for site in range(len(sites.x)):
        x, y, reach = float(sites.x[site]), float(sites.y[site]), float(sites.reach[site])
        left, right = np.searchsorted(xs, [x - reach, x + reach])
        top, bottom = np.searchsorted(ys, [y - reach, y + reach])
        if left < right and top < bottom:
            yield site, slice(int(top), int(bottom)), slice(int(left), int(right))


def _panes(sites: _Sites, xs: Plane, ys: Plane) -> _Panes:
    """The nearest site of every pixel, and how far away the line lies where the second nearest takes over."""
    shape = len(ys), len(xs)
    first, second = np.full(shape, 9.0, np.float32), np.full(shape, 9.0, np.float32)
    pane, beside = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    for site, rows, columns in _nearby(sites, xs, ys):
        far = ((ys[rows] - sites.y[site]) ** 2)[:, None] + ((xs[columns] - sites.x[site]) ** 2)[None, :]
        d1, d2, p1, p2 = (
            first[rows, columns],
            second[rows, columns],
            pane[rows, columns],
            beside[rows, columns],
        )
        nearest = far < d1
        np.copyto(p2, p1, where=nearest)
        later = (far < d2) & ~nearest
        np.copyto(p2, np.int16(site), where=later)
        np.minimum(d2, np.maximum(d1, far), out=d2)
        np.copyto(p1, np.int16(site), where=nearest)
        np.minimum(d1, far, out=d1)
    apart = np.hypot(sites.x[pane] - sites.x[beside], sites.y[pane] - sites.y[beside])
    edge = (second - first) / (2 * np.maximum(apart, np.float32(1e-4)))
    return _Panes(pane, np.asarray(edge, np.float32))


def _lit(
    plan: Layout, sites: _Sites, pane: npt.NDArray[np.int16], xs: Plane, ys: Plane
) -> tuple[Plane, Plane, Plane]:
    """Tone, warmth and accent of the panes: each has one colour, lighter toward the light behind it."""
    rng = plan.rng(5)
    count = len(sites.x)
    far = np.hypot(sites.x - plan.focus[0], sites.y - plan.focus[1])
    near = np.exp(-((far / 0.34) ** 2))
    side = plan.side * (sites.x / plan.aspect - 0.5) - 0.5 * (sites.y - 0.5)
    light = 2.0 + 1.2 * plan.valence + (1 - 0.45 * near) * sites.tone + 1.15 * near + 0.6 * side
    warm = rng.standard_normal(count) * 0.45 + 0.6 * (near - 0.3)
    tone = light.astype(np.float32)[pane] + _streaks(plan, pane, xs, ys)
    return tone, warm.astype(np.float32)[pane], sites.spot[pane]


def _streaks(plan: Layout, pane: npt.NDArray[np.int16], xs: Plane, ys: Plane) -> Plane:
    """Cathedral glass is streaky, and every pane was cut from another place of the sheet."""
    texture = tile(plan.rng(6), 4, side=256, octaves=5, gain=0.6)
    shift = plan.rng(7).random((2, 4096), np.float32)
    x = xs[None, :] * np.float32(0.8) + shift[0][pane]
    y = ys[:, None] * np.float32(0.35) + shift[1][pane]
    return sample(texture, x, y) * np.float32(0.13 + 0.07 * plan.crisp)


def _lead(plan: Layout, tone: Plane, accent: Plane, edge: Plane, *, height: int) -> None:
    """Panes darken toward the lead; the lead is a round dark bar with light on its ridge."""
    wanted = 0.0034 * (1.15 - 0.3 * plan.force)
    half = max(wanted, 0.5 / height)
    tone += np.float32(0.32) - np.float32(0.75) * np.exp(edge * np.float32(-1 / 0.011))
    # A line finer than a pixel is drawn a pixel wide and as much fainter.
    alpha = np.clip((np.float32(half) - edge) * height + np.float32(0.5), 0, 1) * np.float32(wanted / half)
    ridge = np.clip(1 - edge / np.float32(half), 0, 1)
    bar = np.float32(0.05) + np.float32(0.55) * ridge * ridge
    tone += alpha * (bar - tone)
    accent *= 1 - alpha
