"""The painter 'flow': bristled strokes on a current, laid from broad to fine about one focus.

The current and the plan of light are in flow_field, the paint in flow_paint; this decides the passes.
"""

from dataclasses import dataclass

import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop, strips
from artvis.painters.flow_field import Current, Plan, plan_of
from artvis.painters.flow_paint import ACCENT, HEIGHT, KINDS, TONE, WARMTH, Canvas, Strokes, bristle_atlas
from artvis.painters.noise import Plane
from artvis.palette.palette import Palette

_SPINE_POINTS = 26


@dataclass(frozen=True, slots=True)
class _Pass:
    half_width: float
    length: float
    """Against the plan's stroke length."""
    cover: float
    """Area of all strokes against the area of the picture."""
    gather: float
    """0 strokes everywhere, 1 only about the focus."""
    stray: float
    """Spread of their tones."""
    accent: float
    """Share of strokes near the focus that carry the accent."""


def flow(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """An abstract painting, shape (height, width, 3); `size` is (width, height)."""
    width, height = size
    plan = plan_of(mood, seed, width / height)
    current = Current(plan)
    canvas = Canvas(width, height, bristle_atlas(plan.rng(3)))
    ys = ((np.arange(height, dtype=np.float32) + 0.5) / height).astype(np.float32)
    xs = ((np.arange(width, dtype=np.float32) + 0.5) / height).astype(np.float32)
    for rows in strips(height):
        canvas.prime(rows, current.tone_rows(xs, ys[rows]))
    for number, one in enumerate(_passes(plan)):
        strokes = _strokes(plan, current, one, plan.rng(10 + number))
        canvas.lay(strokes, bristle=0.55 + 0.5 * plan.crisp, sharp=3.0 + 4.0 * plan.crisp)
    tone = canvas.plane(TONE)
    tone += _relief(canvas.plane(HEIGHT), plan)
    warmth, accent = canvas.plane(WARMTH), canvas.plane(ACCENT)
    return develop(tone, warmth, accent, palette=palette, rng=plan.rng(99))


def _passes(plan: Plan) -> tuple[_Pass, ...]:
    lively = plan.restless
    return (
        _Pass(0.040 * plan.broad, 1.0, 1.5, 0.0, 0.28, 0.0),
        _Pass(0.026 * plan.broad, 1.0, 1.1, 0.0, 0.34, 0.0),
        _Pass(0.016 * plan.broad, 0.85, 1.0, 0.25, 0.42, 0.0),
        _Pass(0.0095, 0.75, 0.55 + 0.4 * lively, 0.5, 0.5, 0.05 + 0.05 * lively),
        _Pass(0.0052, 0.65, 0.22 + 0.25 * lively, 0.75, 0.6, 0.12 + 0.08 * lively),
        _Pass(0.0022, 0.6, 0.05 + 0.07 * plan.crisp, 0.85, 0.8, 0.18 + 0.10 * lively),
    )


def _strokes(plan: Plan, current: Current, one: _Pass, rng: np.random.Generator) -> Strokes:
    length = plan.length * one.length
    count = max(6, int(one.cover * plan.aspect / (2 * one.half_width * length * 0.72)))
    x = rng.uniform(-0.08, plan.aspect + 0.08, count * 3).astype(np.float32)
    y = rng.uniform(-0.08, 1.08, count * 3).astype(np.float32)
    far = np.hypot((x - plan.focus[0]) * 0.85, y - plan.focus[1])
    wanted = (1 - one.gather) + one.gather * np.exp(-((far / 0.34) ** 2))
    chosen = np.argsort(rng.random(count * 3) / (wanted + 1e-6), kind="stable")[:count]
    x, y, near = x[chosen], y[chosen], np.exp(-((far[chosen] / 0.26) ** 2))
    spine_x, spine_y = _trace(current, x, y, length * rng.uniform(0.55, 1.2, count).astype(np.float32))
    middle = _SPINE_POINTS // 2
    tone = current.tones(spine_x[:, middle], spine_y[:, middle])
    loud = (0.45 + 0.75 * near) * plan.contrast
    tone = tone + (rng.standard_normal(count) * one.stray * loud).astype(np.float32)
    warmth = (rng.standard_normal(count) * 0.35 + 0.5 * (near - 0.35)).astype(np.float32)
    accent = _accents(plan, current, spine_x[:, middle], spine_y[:, middle], near, one.accent, rng)
    load = rng.uniform(0.25, 0.75, count).astype(np.float32)
    return Strokes(
        spine_x,
        spine_y,
        one.half_width,
        np.clip(tone, 0.05, 4.95).astype(np.float32),
        warmth,
        accent,
        load,
        rng.integers(0, KINDS, count, dtype=np.int32),
    )


def _accents(
    plan: Plan, current: Current, x: Plane, y: Plane, near: Plane, share: float, rng: np.random.Generator
) -> Plane:
    """The accent runs in one ribbon of the current past the focus, and in a few strays beside it."""
    apart = current.phases(x, y) - current.phases(*_ribbon_at(plan))
    ribbon = np.exp(-((apart / np.float32(0.34)) ** 2))
    chance = share * near * (0.12 + 5.0 * ribbon)
    return np.where(rng.random(len(x)) < chance, rng.uniform(0.7, 1.0, len(x)), 0.0).astype(np.float32)


def _ribbon_at(plan: Plan) -> tuple[Plane, Plane]:
    fx, fy = plan.focus
    return np.array([fx - 0.10 * plan.side], np.float32), np.array([fy + 0.07], np.float32)


def _trace(current: Current, x: Plane, y: Plane, length: Plane) -> tuple[Plane, Plane]:
    """Spines through (x, y): half of each against the current, half along it."""
    step = length / np.float32(_SPINE_POINTS - 1)
    half = _SPINE_POINTS // 2
    lines = np.empty((2, _SPINE_POINTS, len(x)), np.float32)
    lines[:, half] = x, y
    for sign, order in ((-1, range(half - 1, -1, -1)), (1, range(half + 1, _SPINE_POINTS))):
        at_x, at_y = x.copy(), y.copy()
        for index in order:
            direction = current.directions(at_x, at_y)
            at_x = at_x + sign * step * direction[:, 0]
            at_y = at_y + sign * step * direction[:, 1]
            lines[:, index] = at_x, at_y
    return np.ascontiguousarray(lines[0].T), np.ascontiguousarray(lines[1].T)


def _relief(height: Plane, plan: Plan) -> Plane:
    """Light from one side on the thickness of the paint, in tones."""
    light = np.zeros_like(height)
    strength = np.float32(0.55 + 0.65 * plan.crisp)
    light[:, 1:-1] = (height[:, 2:] - height[:, :-2]) * (strength * np.float32(-plan.side))
    light[1:-1] += (height[2:] - height[:-2]) * (strength * np.float32(0.8))
    return np.clip(light, -0.5, 0.6)
