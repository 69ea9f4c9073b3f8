"""The painter 'poster': discs, arcs and beams printed over each other in a few inks, as on a screen-printed poster.

Rules keep it composed: one great disc at the focus, sizes in the golden ratio, all else tangent to it or on its axes.
"""

from typing import Final

import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop
from artvis.painters.layout import Layout, axes, layout_of
from artvis.painters.noise import Plane, sample, tile
from artvis.palette.palette import Palette

KINDS = {"sun": (1.0, 0.3), "tiles": (0.8, 0.8), "beam": (0.15, 1.0)}
_GOLDEN: Final = 0.618


def poster(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """A printed poster, shape (height, width, 3); `size` is (width, height)."""
    plan = layout_of(mood, seed, size, salt=0x90573, kinds=KINDS)
    press = _Press(plan, *axes(size))
    {"sun": _sun, "tiles": _tiles, "beam": _beam}[plan.kind](plan, press)
    warmth = np.float32(0.25) * (press.tone - np.float32(2.6))
    return develop(press.tone, warmth, press.accent, palette=palette, rng=plan.rng(99))


class _Press:
    """The sheet under print: inks darken a light paper and lighten a dark one."""

    def __init__(self, plan: Layout, xs: Plane, ys: Plane) -> None:
        self.x, self.y = xs[None, :], ys[:, None]
        self._plan = plan
        self._pixels = np.float32(len(ys))
        self._along = (self.x / np.float32(plan.aspect) - 0.5) * np.float32(plan.side) - (self.y - 0.5)
        texture = tile(plan.rng(7), 128, side=256, octaves=2, gain=0.8)
        self._speckle = sample(texture, self.x * 1.3 + self.y * 0.05, self.y * 1.3 - self.x * 0.05)
        self.tone = (
            np.float32(_paper(plan)) + np.float32(0.30) * self._along + self._speckle * np.float32(0.03)
        )
        self.accent = np.zeros_like(self.tone)

    def covered(self, inside: Plane) -> Plane:
        """1 inside a form, 0 outside, soft by one pixel; `inside` is the distance from its edge in heights."""
        return np.asarray(np.clip(inside * self._pixels + np.float32(0.5), 0, 1), np.float32)

    def ink(self, inside: Plane, strength: float, *, fade: float = 0.0, accent: float = 0.0) -> None:
        """Print a form over what is there; `fade`: how far the ink runs out toward the light, speckled."""
        cover = self.covered(inside)
        if fade:
            thin = np.clip(self._along * np.float32(1.15) + 0.5 + self._speckle * np.float32(0.11), 0, 1)
            cover *= 1 - np.float32(fade) * thin
        else:
            cover *= 1 - np.float32(0.045) * np.maximum(self._speckle, 0)
        self.tone += cover * np.float32(strength)
        self.accent += cover * (np.float32(accent) - self.accent * np.float32(0.8))

    def paint(self, inside: Plane, tone: float | Plane, *, accent: float = 0.0) -> None:
        """An opaque ink."""
        cover = self.covered(inside)
        self.tone += cover * (
            tone + self._speckle * np.float32(0.05) + np.float32(0.35) * self._along - self.tone
        )
        self.accent += cover * (np.float32(accent) - self.accent)

    def disc(self, x: float, y: float, radius: float) -> Plane:
        return np.asarray(
            np.float32(radius) - np.hypot(self.x - np.float32(x), self.y - np.float32(y)), np.float32
        )

    def ring(self, x: float, y: float, radius: float, width: float) -> Plane:
        return np.asarray(np.float32(width / 2) - np.abs(self.disc(x, y, radius)), np.float32)

    def half_plane(self, x: float, y: float, angle: float) -> Plane:
        """Positive on the side that `angle` (radians, 0 right, a quarter turn down) points to."""
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        return np.asarray((self.x - np.float32(x)) * cos + (self.y - np.float32(y)) * sin, np.float32)

    def stripe(self, x: float, y: float, angle: float, width: float) -> Plane:
        """A band along `angle` through a point."""
        return np.asarray(
            np.float32(width / 2) - np.abs(self.half_plane(x, y, angle + np.pi / 2)), np.float32
        )


def _paper(plan: Layout) -> float:
    """Tone of the sheet: light for happy music, dark for sad."""
    return 4.35 if plan.valence > 0.62 else 3.75 if plan.valence > 0.34 else 0.95


def _sign(plan: Layout) -> float:
    return -1.0 if plan.valence > 0.34 else 1.0


def _sun(plan: Layout, press: _Press) -> None:
    """A great disc, a hill of arcs that it touches, and a horizon."""
    rng = plan.rng(1)
    fx, fy = plan.focus[0], min(plan.focus[1], 0.42)
    big = (0.235 + 0.03 * plan.form) * min(1.0, plan.aspect**0.5)
    ink = _sign(plan) * (1.65 + 0.2 * plan.force)
    base = fy + big * (1 + _GOLDEN) - 0.02
    press.ink(press.disc(fx, fy, big * (1 + _GOLDEN)), ink * 0.22)
    press.ink(press.disc(fx, fy, big), ink * 1.25, fade=0.65)
    hill = _arcs if rng.random() < 0.5 else _domes
    hill(plan, press, big=big, base=base, ink=ink)
    ground = press.half_plane(0, base, np.pi / 2)
    press.ink(ground, ink * 1.15, fade=0.45)
    for number in range(5 + round(4 * plan.force)):
        line = press.stripe(0, base + 0.045 * (number + 1) ** 1.15, 0.0, 0.0045)
        press.ink(line, -ink * 0.55 * 0.86**number)
    mirrored = np.minimum(press.disc(fx, base, big * _GOLDEN), ground)
    press.ink(mirrored, ink * 0.8, fade=0.8)
    small = big * _GOLDEN**3
    angle = -0.5 * np.pi - plan.side * float(rng.uniform(0.5, 0.9))
    press.paint(
        press.disc(fx + (big + small) * np.cos(angle), fy + (big + small) * np.sin(angle), small),
        3.2,
        accent=0.95,
    )


def _arcs(plan: Layout, press: _Press, *, big: float, base: float, ink: float) -> None:
    """A hill of arcs about a point on the horizon; the great disc shines through its outermost."""
    rng = plan.rng(4)
    x = plan.focus[0] - plan.side * big * float(rng.uniform(1.5, 2.3))
    reach = big * float(rng.uniform(1.25, 1.7))
    bands = 3 + round(3 * plan.force + rng.integers(0, 3))
    above = -press.half_plane(0, base, np.pi / 2)
    for number in range(bands):
        ring = press.ring(x, base, reach * (number + 0.55) / bands, reach * 0.60 / bands)
        press.ink(np.minimum(ring, above), ink * (0.65 + 0.35 * (number % 2)), fade=0.35)


def _domes(plan: Layout, press: _Press, *, big: float, base: float, ink: float) -> None:
    """Half discs along the horizon, each smaller than the last in the golden ratio, printed over one another."""
    above = -press.half_plane(0, base, np.pi / 2)
    x, radius = plan.focus[0] - plan.side * big * float(plan.rng(4).uniform(0.9, 1.5)), big * 1.25
    for number in range(4 + round(2 * plan.force)):
        dome = np.minimum(press.disc(x, base, radius), above)
        press.ink(dome, ink * (0.75 + 0.2 * (number % 2)), fade=0.6)
        if number % 2 == 0:
            press.ink(np.minimum(press.ring(x, base, radius * _GOLDEN, radius * 0.10), above), -ink * 0.5)
        x -= plan.side * radius * (0.72 + _GOLDEN**2)
        radius *= _GOLDEN**0.6


def _beam(plan: Layout, press: _Press) -> None:
    """Beams that meet in the focus, a disc cut by them, rings about it."""
    rng = plan.rng(2)
    fx, fy = plan.focus
    big = (0.23 + 0.03 * float(rng.random()) + 0.02 * plan.form) * min(1.0, plan.aspect**0.5)
    ink = _sign(plan) * 1.65
    slant = -plan.side * float(rng.uniform(0.35, 1.0))
    aim = slant if plan.side > 0 else slant + np.pi
    for number in range(7 + round(5 * plan.busy)):
        turn = aim + np.pi + (number - 3) * 0.27 + float(rng.normal(0, 0.05))
        wide = float(rng.uniform(0.025, 0.10))
        wedge = np.minimum(
            press.half_plane(fx, fy, turn - wide + np.pi / 2),
            -press.half_plane(fx, fy, turn + wide + np.pi / 2),
        )
        press.ink(np.asarray(wedge, np.float32), ink * float(rng.uniform(0.35, 0.85)), fade=0.4)
    for radius, width in (
        (big / _GOLDEN, 0.020),
        (big / _GOLDEN**2, 0.055),
        (big / _GOLDEN**2.5, 0.010),
        (big / _GOLDEN**3, 0.10),
    ):
        press.ink(press.ring(fx, fy, radius, width), ink * 0.7, fade=0.5)
    press.ink(press.disc(fx, fy, big), ink * 1.6, fade=0.40)
    bar = np.minimum(
        press.stripe(fx, fy + big * 0.1, slant, big * _GOLDEN**2),
        press.half_plane(fx, fy, aim + np.pi) + 0.75,
    )
    press.paint(np.asarray(bar, np.float32), 2.6 + np.sign(ink) * 2.2)
    core = press.disc(fx, fy, big * _GOLDEN)
    press.paint(np.minimum(core, press.half_plane(fx, fy, slant - np.pi / 2)), _paper(plan))
    _dashes(plan, press, big=big, slant=slant, aim=aim, ink=ink)
    small = big * _GOLDEN**2.6
    where = float(rng.choice([-0.9, -1.9, 2.2]))
    press.paint(
        press.disc(fx + np.cos(aim + where) * big, fy + np.sin(aim + where) * big, small), 3.0, accent=0.95
    )


def _dashes(plan: Layout, press: _Press, *, big: float, slant: float, aim: float, ink: float) -> None:
    """A run of short bars beside the great one, more of them the busier the music is."""
    fx, fy = plan.focus
    for number in range(4 + round(3 * plan.busy)):
        along = -big * (1.45 + 0.26 * number)
        x = fx + np.cos(aim) * along + np.cos(slant + np.pi / 2) * big * 0.62
        y = fy + np.sin(aim) * along + np.sin(slant + np.pi / 2) * big * 0.62
        length = big * 0.30 * _GOLDEN ** (0.35 * number)
        dash = np.minimum(press.half_plane(x, y, slant), -press.half_plane(x, y, slant) + big * 0.12)
        dash = np.minimum(dash, length - np.abs(press.half_plane(x, y, slant + np.pi / 2)))
        press.ink(np.asarray(dash, np.float32), ink * 1.4)


def _tiles(plan: Layout, press: _Press) -> None:
    """Quarter circles on a grid, each turned its own way; the tile at the focus alone is of another colour."""
    rng = plan.rng(3)
    rows = int(np.clip(round((3.4 + 2.2 * plan.force) / plan.form**0.6), 3, 6))
    side = 1.0 / rows
    columns = int(np.ceil(2.6 * rows)) + 1
    left = (plan.aspect - np.ceil(plan.aspect * rows) * side) / 2
    u, v = (press.x - np.float32(left)) / np.float32(side), press.y / np.float32(side)
    column = np.clip(np.floor(u), 0, columns - 1).astype(np.intp)
    row = np.clip(np.floor(v), 0, rows - 1).astype(np.intp)
    middle_x, middle_y = left + (np.arange(columns) + 0.5) * side, (np.arange(rows) + 0.5) * side
    far = np.hypot(middle_x[None, :] - plan.focus[0], middle_y[:, None] - plan.focus[1])
    quarter = rng.integers(0, 4, far.shape)
    rings = rng.choice([1, 1, 2, 3, 4], far.shape)
    plain = rng.random(far.shape) < 0.10 + 0.22 * np.clip(far / plan.aspect, 0, 1)
    light = 0.85 * np.exp(-((far / 0.42) ** 2)) + 0.5 * plan.side * (middle_x / plan.aspect - 0.5)[None, :]
    spread = 1.0 + 0.55 * plan.force
    ground = 1.55 + 1.25 * plan.valence + light + spread * rng.uniform(-0.75, 0.75, far.shape)
    figure = ground + spread * rng.choice([-1.35, 1.25], far.shape) * rng.uniform(0.7, 1.1, far.shape)
    spot = np.zeros(far.shape)
    at = int(far.argmin())
    spot.flat[at], rings.flat[at], plain.flat[at] = 0.95, 1, False
    corner_x, corner_y = quarter % 2, quarter // 2
    count = rings[row, column]
    # A tile of n rings: alternately figure and ground, outward from its corner, the last of them figure.
    phase = np.hypot(u - column - corner_x[row, column], v - row - corner_y[row, column]) * count
    last = count - (count % 2 == 0)
    sign = np.where(np.floor(phase) % 2 == 0, 1.0, -1.0)
    # The corner itself is no edge.
    within = np.where(phase < 0.5, 0.5, 0.5 - np.abs(phase % 1.0 - 0.5))
    distance = np.where(phase < last, sign * within, last - phase) * side / count
    distance = np.where(plain[row, column], -1.0, distance).astype(np.float32)
    press.paint(np.ones_like(distance), ground.astype(np.float32)[row, column])
    cover = press.covered(distance)
    press.tone += cover * (figure.astype(np.float32)[row, column] - ground.astype(np.float32)[row, column])
    press.accent += cover * spot.astype(np.float32)[row, column]
