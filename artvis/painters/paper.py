"""The painter 'paper': sheets of cut paper one above the other, each with its soft shadow on the next.

Every sheet is one smooth function, positive where there is paper; edge, rim and shadows are all read from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop
from artvis.painters.layout import Layout, Sheet, axes, layout_of
from artvis.painters.noise import Plane, sample, spline, tile
from artvis.palette.palette import Palette

KINDS = {"hollow": (1.0, 0.8), "flower": (0.8, 1.0), "tide": (1.0, 1.0)}


@dataclass(frozen=True, slots=True)
class _Cut:
    away: Plane
    """On the coarse grid: positive where there is paper, about the distance from its edge in heights."""
    accent: float = 0.0
    crest: float = 0.0
    """Width of a lighter strip along the edge, in heights."""


def paper(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """A paper cut, shape (height, width, 3); `size` is (width, height)."""
    plan = layout_of(mood, seed, size, salt=0x9A9E2, kinds=KINDS)
    sheet = Sheet(plan.aspect, margin=0.1)
    xs, ys = axes(size)
    cuts = list({"hollow": _hollow, "flower": _flower, "tide": _tide}[plan.kind](plan, sheet))
    light = sheet.fine(_light(plan, sheet), xs, ys)
    tone = light + np.float32(_tone_of(plan, 0.0) + 0.3)
    accent = np.zeros_like(tone)
    for number, cut in enumerate(cuts):
        paint = light + np.float32(_tone_of(plan, (number + 1) / len(cuts)))
        _lay(plan, sheet, tone, accent, cut, xs=xs, ys=ys, paint=paint)
    tone += _fibres(plan, xs, ys)
    warmth = sheet.fine(np.asarray(0.9 * _glow(plan, sheet, 0.35) - 0.35, np.float32), xs, ys)
    return develop(tone, warmth, accent, palette=palette, rng=plan.rng(99))


def _tone_of(plan: Layout, depth: float) -> float:
    """Tone of a sheet: light at the heart, the uppermost in shade; nearly the whole scale for violent music."""
    reach = 2.3 + 1.1 * plan.force
    return 1.75 + 1.4 * plan.valence + reach * (0.52 - depth)


def _glow(plan: Layout, sheet: Sheet, reach: float) -> Plane:
    far = np.hypot(sheet.x - plan.focus[0], sheet.y - plan.focus[1])
    return np.asarray(np.exp(-((far / reach) ** 2)), np.float32)


def _light(plan: Layout, sheet: Sheet) -> Plane:
    """Light falls from one side, above: what lies away from it is darker."""
    side = plan.side * (sheet.x / plan.aspect - 0.5) - 0.7 * (sheet.y - 0.5)
    return np.asarray(0.55 * side + 0.45 * _glow(plan, sheet, 0.5), np.float32)


def _disc(sheet: Sheet, x: float, y: float, radius: float) -> Plane:
    return np.asarray(radius - np.hypot(sheet.x - x, sheet.y - y), np.float32)


def _hollow(plan: Layout, sheet: Sheet) -> Iterator[_Cut]:
    """Openings within openings, as in a lit box of paper; from the deepest sheet to the uppermost."""
    rng = plan.rng(1)
    texture = tile(rng, 4, side=256, octaves=3, gain=0.36)
    count = 7 + round(2 * plan.force)
    fx, fy = plan.focus
    scale = np.float32((0.23 + 0.07 * plan.force) / plan.form**0.5)
    for number in range(count):
        share = (number + 1) / count
        drift = np.float32(0.07 * (1 - share) + 0.03 * np.sin(2.2 * number))
        far = np.hypot((sheet.x - fx + plan.side * drift) * 0.86, (sheet.y - fy + drift) * 1.1)
        x, y = sheet.x * scale + 0.017 * number, sheet.y * scale + 0.009 * number
        bend = sample(texture, x + 0.5, y + 0.25) * np.float32(0.03 + 0.05 * plan.force)
        noise = sample(texture, x + bend, y - bend)
        radius = 0.10 + 0.78 * share**1.2
        wild = (0.42 + 0.58 * share) * (0.115 + 0.03 * plan.force)
        away = np.asarray(far - radius + wild * noise, np.float32)
        if number == 1:  # one sheet of another colour peeps out from under the next
            yield _Cut(np.asarray(away + 0.011 + 0.005 * noise, np.float32), accent=0.95)
        yield _Cut(away)


def _flower(plan: Layout, sheet: Sheet) -> Iterator[_Cut]:
    """Rings of petals, cut into one sheet each; the smallest lies deepest."""
    rng = plan.rng(2)
    count = 7 + round(2 * plan.force)
    petals = int(rng.integers(7, 11) + 4 * plan.force)
    pointed = 0.15 + 0.7 * plan.force
    dx, dy = sheet.x - plan.focus[0], sheet.y - plan.focus[1]
    far = np.hypot(dx, dy)
    angle = np.arctan2(dy, dx)
    dots = [(0.0, 0.0)] + [
        (0.028 * np.cos(turn), 0.028 * np.sin(turn)) for turn in np.arange(7) * (2 * np.pi / 7)
    ]
    heart = [_disc(sheet, plan.focus[0] + x, plan.focus[1] + y, 0.0095) for x, y in dots]
    yield _Cut(np.max(heart, axis=0), accent=0.95)
    for number in range(count):
        share = (number + 1) / count
        # Half a petal further with every ring, and a little more, as in a real flower.
        turn = angle * (petals / 2) + number * np.pi / 2 + float(rng.normal(0, 0.10))
        wave = np.abs(np.cos(turn))
        petal = (1 - pointed) * wave**0.5 + pointed * (1 - (2 / np.pi) * np.arccos(np.clip(wave, 0, 1)))
        radius = (0.062 + 0.68 * share**1.35) * (0.70 + 0.36 * petal)
        yield _Cut(np.asarray((far - radius) * 0.9, np.float32))


def _tide(plan: Layout, sheet: Sheet) -> Iterator[_Cut]:
    """Waves of paper, the nearest last, before a disc of light."""
    rng = plan.rng(3)
    count = 6 + round(plan.force)
    fx, fy = plan.focus[0], min(plan.focus[1], 0.37)
    fy, sea, grown = (
        fy + float(rng.uniform(-0.08, 0.04)),
        float(rng.uniform(0.40, 0.56)),
        float(rng.uniform(0.7, 1.15)),
    )
    for radius, accent in ((0.34, 0.0), (0.225, 0.0), (0.115, 0.8)):
        yield _Cut(_disc(sheet, fx, fy, grown * radius + 0.015 * plan.valence), accent=accent)
    for number in range(count):
        share = number / (count - 1)
        base = sea + (0.93 - sea) * share
        length = (0.42 + 0.36 * share) * plan.form
        amplitude = (0.032 + 0.052 * plan.force) * (0.75 + 0.55 * share)
        u = sheet.x * np.float32(6.283 / length) + float(rng.uniform(0, 6.28))
        swell = 0.75 + 0.25 * np.sin(sheet.x * 2.3 / plan.form + 2.4 * number)
        # Narrow crests over round troughs, leaning before the wind when the music is violent.
        u = u + (0.10 + 0.72 * plan.force) * plan.side * np.sin(u + 1.2 * plan.force)
        cusp = 1.0 - 2.0 * np.abs(np.sin(u / 2)) ** 0.85
        wave = np.sin(u) + plan.force * (1.25 * cusp - np.sin(u))
        crest = base - amplitude * swell * wave
        yield _Cut(np.asarray(sheet.y - crest, np.float32), crest=0.010 + 0.006 * share)


def _lay(
    plan: Layout, sheet: Sheet, tone: Plane, accent: Plane, cut: _Cut, *, xs: Plane, ys: Plane, paint: Plane
) -> None:
    """One sheet: first its shadow on what lies below, then the paper, then the light on its rim."""
    across, down = sheet.slopes(cut.away)
    norm = np.hypot(across, down) + np.float32(0.12)
    coarse = np.asarray(cut.away / norm, np.float32)
    lit = np.asarray((across * np.float32(-plan.side * 0.8) + down * np.float32(0.6)) / norm, np.float32)
    away = sheet.fine(coarse, xs, ys)
    reach = np.float32((0.05 + 0.02 * plan.force) * (0.5 if cut.accent else 1.0))
    cast = sheet.fine(coarse, xs + np.float32(plan.side) * reach * 0.5, ys - reach * np.float32(0.6))
    shadow = np.clip(cast / reach + np.float32(0.62), 0, 1)
    close = np.clip(away / np.float32(0.022) + 1, 0, 1)
    tone -= shadow * shadow * np.float32(0.85 + 0.35 * plan.force) + close * close * np.float32(0.38)
    pixels = np.float32(len(ys))
    alpha = np.clip(away * pixels + np.float32(0.5), 0, 1)
    rim = np.clip(1 - away / np.float32(0.006), 0, 1) * sheet.fine(lit, xs, ys)
    paint = paint + rim * np.float32(1.0)
    if cut.crest:
        paint += np.clip((np.float32(cut.crest) - away) * pixels, 0, 1) * np.float32(0.55)
    tone += alpha * (paint - tone)
    accent += alpha * (np.float32(cut.accent) - accent)


def _fibres(plan: Layout, xs: Plane, ys: Plane) -> Plane:
    """The tooth of the paper; fixed to picture heights, so that it is the same at every size."""
    texture = tile(plan.rng(8), 64, side=256, octaves=2, gain=0.9)
    rows = spline(np.pad(texture, ((1, 3), (1, 3)), mode="wrap"), (ys * 1.7 % 1.0) * 256 + 1)
    return np.ascontiguousarray(
        spline(np.ascontiguousarray(rows.T), (xs * 1.7 % 1.0) * 256 + 1).T
    ) * np.float32(0.04)
