"""The painter 'attractor': veils of light that a point draws when it jumps by one simple rule, millions of times.

The rule is Clifford Pickover's; its numbers are chosen by hand, since most choices draw nothing worth seeing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop
from artvis.painters.layout import Layout, Sheet, axes, layout_of, quiet_margins
from artvis.painters.noise import Plane, sample, spline, tile
from artvis.palette.palette import Palette

KINDS = {"veil": (1.0, 0.25), "thread": (0.25, 1.0)}
_RULES: Final = {
    "veil": (
        (1.7, 1.7, 0.6, 1.2),
        (1.5, -1.8, 1.6, 0.9),
        (-1.8, -2.0, -0.5, -0.9),
        (-1.3, -1.3, -1.8, -1.9),
        (1.9, 1.9, 1.9, -0.8),
        (1.4, 1.1, 1.0, -1.5),
    ),
    "thread": (
        (-1.7, 1.3, -0.1, -1.2),
        (-1.7, 1.8, -1.9, -0.4),
        (1.1, -1.32, -1.03, 1.54),
        (0.77, 1.99, -1.31, -1.45),
        (1.3, -1.9, -0.7, 1.3),
    ),
}
_SETTLED = 14
"""Jumps after which a point is on the figure, wherever it began."""
_WALKERS = 1 << 16
_HITS_A_PIXEL = 6.5
_FEWEST = 600_000
_LOOK = 192
"""Cells across of the first look at a figure, which finds where to aim."""


@dataclass(frozen=True, slots=True)
class _Light:
    """What the points left on each pixel: how many, how many of them in the accent, and how fast they came."""

    hits: Plane
    spot: Plane
    speed: Plane


@dataclass(frozen=True, slots=True)
class _View:
    """From the figure's own places to pixels: turned, enlarged, moved."""

    across: tuple[float, float, float]
    down: tuple[float, float, float]
    slow: float
    """Shorter jumps than this are few: they carry the accent."""


def attractor(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """A figure of light, shape (height, width, 3); `size` is (width, height)."""
    plan = layout_of(mood, seed, size, salt=0xC11F, kinds=KINDS)
    rng = plan.rng(1)
    choice = _RULES[plan.kind]
    rule = np.array(choice[int(rng.integers(len(choice)))]) + rng.normal(0, 0.018, 4)
    view = _aimed(plan, rule, size[1])
    light = _gathered(plan, rule, view, size)
    tone, warmth, accent = _exposed(plan, light, *axes(size))
    return develop(tone, warmth, accent, palette=palette, rng=plan.rng(99))


def _walk(plan: Layout, rule: Plane, hits: int) -> Iterator[tuple[Plane, Plane, Plane]]:
    """Places of many points after each jump, and how far each jumped; at least `hits` in all."""
    a, b, c, d = (np.float32(value) for value in rule)
    x, y = plan.rng(2).uniform(-1, 1, (2, _WALKERS)).astype(np.float32)
    for jump in range(_SETTLED + -(-hits // _WALKERS)):
        new_x = np.sin(a * y) + c * np.cos(a * x)
        new_y = np.sin(b * x) + d * np.cos(b * y)
        if jump >= _SETTLED:
            yield new_x, new_y, np.abs(new_x - x) + np.abs(new_y - y)
        x, y = new_x, new_y


def _aimed(plan: Layout, rule: Plane, height: int) -> _View:
    """The densest place of the figure comes to the focus, and its body lies toward the middle of the picture."""
    places = list(_walk(plan, rule, 6 * _WALKERS))
    x, y, far = (np.concatenate(each) for each in zip(*places, strict=True))
    cell = 7.0 / _LOOK
    flat = ((y + 3.5) / cell).astype(np.int32) * _LOOK + ((x + 3.5) / cell).astype(np.int32)
    dense = np.bincount(flat, minlength=_LOOK * _LOOK).reshape(_LOOK, _LOOK).astype(np.float32)
    dense = _blurred(np.minimum(dense, np.quantile(dense[dense > 0], 0.97)), 12)
    row, column = divmod(int(dense.argmax()), _LOOK)
    peak_x, peak_y = (column + 0.5) * cell - 3.5, (row + 0.5) * cell - 3.5
    fx, fy = plan.focus
    body = np.arctan2(float(y.mean()) - peak_y, float(x.mean()) - peak_x)
    turn = np.arctan2(0.5 - fy, plan.aspect / 2 - fx) - body + float(plan.rng(3).uniform(-0.5, 0.5))
    spread = float(np.hypot(x.std(), y.std()))
    scale = height * (0.38 + 0.06 * plan.form) / spread * max(1.0, plan.aspect) ** 0.35
    cos, sin = scale * np.cos(turn), scale * np.sin(turn)
    return _View(
        (cos, -sin, fx * height - cos * peak_x + sin * peak_y),
        (sin, cos, fy * height - sin * peak_x - cos * peak_y),
        float(np.quantile(far, 0.07)),
    )


def _gathered(plan: Layout, rule: Plane, view: _View, size: tuple[int, int]) -> _Light:
    width, height = size
    pixels = width * height
    hits = np.zeros(pixels, np.int64)
    spot = np.zeros(pixels, np.int64)
    coarse = (height + 3) // 4, (width + 3) // 4
    speed, seen = np.zeros(coarse[0] * coarse[1]), np.zeros(coarse[0] * coarse[1])
    (ax, bx, cx), (ay, by, cy) = (
        tuple(np.float32(each) for each in line) for line in (view.across, view.down)
    )
    wanted = max(int(_HITS_A_PIXEL * pixels), _FEWEST)
    everywhere: list[npt.NDArray[np.int32]] = []
    accented: list[npt.NDArray[np.int32]] = []
    for number, (x, y, far) in enumerate(_walk(plan, rule, wanted)):
        u, v = ax * x + bx * y + cx, ay * x + by * y + cy
        inside = (u >= 0) & (v >= 0) & (u < width) & (v < height)
        column, row, jumped = u[inside].astype(np.int32), v[inside].astype(np.int32), far[inside]
        flat = row * width + column
        everywhere.append(flat)
        accented.append(flat[jumped < np.float32(view.slow)])
        # Counted many at a time: each count goes through all pixels.
        if len(everywhere) * _WALKERS > pixels // 4:
            _count(hits, everywhere)
            _count(spot, accented)
        if number % 4 == 0:
            small = row // 4 * coarse[1] + column // 4
            speed += np.bincount(small, jumped, minlength=len(speed))
            seen += np.bincount(small, minlength=len(seen))
    _count(hits, everywhere)
    _count(spot, accented)
    per_hit = np.float32(pixels / max(wanted, _WALKERS))
    mean = (_blurred(speed.reshape(coarse).astype(np.float32), 2) + 0.5) / (
        _blurred(seen.reshape(coarse).astype(np.float32), 2) + 0.5
    )
    return _Light(
        hits.reshape(height, width).astype(np.float32) * per_hit,
        spot.reshape(height, width).astype(np.float32) * per_hit,
        np.repeat(np.repeat(mean, 4, 0), 4, 1)[:height, :width],
    )


def _count(into: npt.NDArray[np.int64], places: list[npt.NDArray[np.int32]]) -> None:
    """Add one for each place, and forget the places."""
    if places:
        into += np.bincount(np.concatenate(places), minlength=len(into))
        places.clear()


def _blurred(plane: Plane, rounds: int) -> Plane:
    """`rounds` times a kernel of 1 2 1 both ways, zeros beyond the edges."""
    for _ in range(rounds):
        for axis in (0, 1):
            plane = np.moveaxis(plane, axis, 0)
            out = plane * np.float32(0.5)
            out[1:] += plane[:-1] * np.float32(0.25)
            out[:-1] += plane[1:] * np.float32(0.25)
            plane = np.moveaxis(out, 0, axis)
    return plane


def _exposed(plan: Layout, light: _Light, xs: Plane, ys: Plane) -> tuple[Plane, Plane, Plane]:
    """Like film: a dim ground, light in the logarithm of the hits, and a glow about the brightest."""
    sheet = Sheet(plan.aspect)
    fx, fy = plan.focus
    far = np.hypot(sheet.x - fx, (sheet.y - fy) * 1.1)
    haze = sample(
        tile(plan.rng(5), 4, side=256, octaves=4, gain=0.5),
        sheet.x * np.float32(0.2),
        sheet.y * np.float32(0.2),
    )
    ground = 0.85 + 0.60 * plan.valence + 0.30 * haze + 0.55 * np.exp(-((far / 0.5) ** 2))
    ground += 0.35 * plan.side * (sheet.x / plan.aspect - 0.5) - 0.3 * (
        1 - quiet_margins(plan, sheet.x, sheet.y, 0.3)
    )
    tone = sheet.fine(np.asarray(ground, np.float32), xs, ys)
    soft = _blurred(light.hits, 1)
    # Where few points came, their grain is smoothed; where many came, the lines stay sharp.
    trust = np.clip(light.hits / np.float32(9), 0, 1)
    softer = _blurred(soft, 2)
    hits = softer + trust * (soft - softer)
    light_in = np.log1p(hits * np.float32(0.7)) * np.float32(0.50 + 0.12 * plan.force)
    light_in += _glow(hits, xs, ys) * np.float32(0.42)
    tone = np.float32(5.0) - (np.float32(5.0) - tone) * np.exp(-light_in)
    accent = _blurred(light.spot, 2) / (softer + np.float32(0.6))
    near = sheet.fine(np.asarray(np.exp(-((far / 0.45) ** 2)), np.float32), xs, ys)
    warmth = np.clip((light.speed - np.float32(1.6)) * np.float32(0.6), -0.8, 0.9)
    return tone, warmth, np.clip(accent * near, 0, 1)


def _glow(hits: Plane, xs: Plane, ys: Plane) -> Plane:
    """Light spread by the lens, over a tenth of the picture."""
    height, width = hits.shape
    step = max(1, height // 96)
    rows, columns = height // step, width // step
    small = hits[: rows * step, : columns * step].reshape(rows, step, columns, step).mean((1, 3))
    small = np.log1p(_blurred(np.pad(small, 4, mode="edge"), 14))
    cell = np.float32(height / step)
    places_y = ys * cell + np.float32(3.5)
    places_x = xs * cell + np.float32(3.5)
    across = np.ascontiguousarray(spline(np.ascontiguousarray(small.T), places_x).T)
    return spline(across, places_y)
