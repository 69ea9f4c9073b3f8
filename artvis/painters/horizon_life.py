"""Small things that give a landscape its scale: a sail on the water, birds in the light.

They are drawn last, a few dozen pixels each, with edges smooth to the pixel.
"""

import numpy as np

from artvis.painters.horizon_scene import Planes, Scene
from artvis.painters.noise import Plane

_Corner = tuple[float, float]


def draw_life(scene: Scene, planes: Planes, *, xs: Plane, ys: Plane) -> None:
    """Paint a sail and its mirror image, or a flight of birds, into the whole picture."""
    if scene.sail:
        _sail(scene, planes, xs=xs, ys=ys)
    if scene.birds:
        _birds(scene, planes, xs=xs, ys=ys)


def _sail(scene: Scene, planes: Planes, *, xs: Plane, ys: Plane) -> None:
    rng = scene.rng(50)
    size = float(rng.uniform(0.034, 0.052)) * (1.25 - 0.5 * scene.section)
    x = scene.sun[0] - scene.side * float(rng.uniform(0.10, 0.17))
    y = scene.water_y + 0.16 * size + 0.012
    lean = scene.side * 0.10 * size * (0.4 + scene.wind)
    dark = 0.2 + 0.4 * scene.daylight

    def at(across: float, up: float) -> _Corner:
        return x + across * size * scene.side + lean * up, y - up * size

    main = (at(0.04, 0.16), at(0.04, 1.5), at(0.62, 0.22))
    jib = (at(-0.03, 0.2), at(-0.03, 1.28), at(-0.42, 0.24))
    hull = (at(-0.48, 0.14), at(0.66, 0.16), at(0.46, -0.05), at(-0.34, -0.05))
    for shape, tone, accent in ((main, 4.2, 0.82), (jib, 4.7, 0.55), (hull, dark, 0.0)):
        _fill(planes, shape, xs=xs, ys=ys, tone=tone, accent=accent, opacity=1.0)
        mirrored = tuple((px, 2 * (y + 0.05 * size) - py) for px, py in shape)
        _fill(
            planes,
            mirrored,
            xs=xs,
            ys=ys,
            tone=tone - 0.5,
            accent=accent * 0.8,
            opacity=0.5,
            broken=0.45 * size,
        )


def _birds(scene: Scene, planes: Planes, *, xs: Plane, ys: Plane) -> None:
    rng = scene.rng(51)
    count = int(rng.integers(3, 8))
    centre = scene.sun[0] - scene.side * float(rng.uniform(0.12, 0.30))
    top = scene.sun[1] - float(rng.uniform(0.05, 0.16))
    for _ in range(count):
        x, y = centre + float(rng.normal(0, 0.075)), top + float(rng.normal(0, 0.035))
        span = float(rng.uniform(0.009, 0.017))
        dip = span * float(rng.uniform(0.15, 0.45))
        for side in (-1, 1):
            wing = ((x, y), (x + side * span * 0.5, y - dip), (x + side * span, y - dip * 0.45))
            under = tuple(
                (px, py + span * 0.13 * (1 - 0.6 * (index == 2))) for index, (px, py) in enumerate(wing)
            )
            for first in (0, 1):
                shape = (wing[first], wing[first + 1], under[first + 1], under[first])
                _fill(planes, shape, xs=xs, ys=ys, tone=0.5 + scene.daylight, accent=0.0, opacity=0.85)


def _fill(
    planes: Planes,
    corners: tuple[_Corner, ...],
    *,
    xs: Plane,
    ys: Plane,
    tone: float,
    accent: float,
    opacity: float,
    broken: float = 0.0,
) -> None:
    """A convex polygon; `broken` is how far ripples shift its rows."""
    pixel = float(xs[1] - xs[0])
    points = np.array(corners)
    low, high = points.min(0) - 2 * pixel - broken, points.max(0) + 2 * pixel + broken
    left, right = np.searchsorted(xs, [low[0], high[0]])
    top, bottom = np.searchsorted(ys, [low[1], high[1]])
    if left >= right or top >= bottom:
        return
    x, y = xs[None, left:right], ys[top:bottom, None]
    if broken:
        x = x + broken * 0.18 * np.sin(y * (5.2 / broken)) + broken * 0.10 * np.sin(y * (13.0 / broken))
    inside = np.full((bottom - top, right - left), np.inf)
    area = np.sum(points[:, 0] * np.roll(points[:, 1], -1) - np.roll(points[:, 0], -1) * points[:, 1])
    for (ax, ay), (bx, by) in zip(points, np.roll(points, -1, 0), strict=True):
        distance = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / (np.hypot(bx - ax, by - ay) + 1e-12)
        inside = np.minimum(inside, distance * np.sign(area))
    alpha = (np.clip(inside / pixel + 0.5, 0, 1) * opacity).astype(np.float32)
    patch = (slice(top, bottom), slice(left, right))
    part = Planes(planes.tone[patch], planes.warmth[patch], planes.accent[patch])
    part.lay(tone, alpha, warmth=0.2, accent=accent)
