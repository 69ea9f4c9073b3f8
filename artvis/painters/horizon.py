"""The painter 'horizon': a low sun or a moon over misty ridges and water that mirrors them.

It composes and calls; sky, land and water are painted in their own files.
"""

import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop, strips
from artvis.painters.horizon_land import Land
from artvis.painters.horizon_life import draw_life
from artvis.painters.horizon_scene import Planes, compose
from artvis.painters.horizon_sky import Sky, light_disc
from artvis.painters.horizon_water import Water
from artvis.palette.palette import Palette


def horizon(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """A landscape, shape (height, width, 3); `size` is (width, height)."""
    width, height = size
    scene = compose(mood, palette, seed, width / height)
    ys = ((np.arange(height, dtype=np.float32) + 0.5) / height).astype(np.float32)
    xs = ((np.arange(width, dtype=np.float32) + 0.5) / height).astype(np.float32)
    tone, warmth, accent = (np.zeros((height, width), np.float32) for _ in range(3))
    sky, land = Sky(scene, xs), Land(scene, xs)
    water = Water(scene, xs, height)
    for rows in strips(water.first_row):
        planes = sky.rows(ys[rows])
        land.over(planes, ys[rows])
        tone[rows], warmth[rows], accent[rows] = planes.tone, planes.warmth, planes.accent
    for rows in strips(height - water.first_row):
        below = slice(rows.start + water.first_row, rows.stop + water.first_row)
        water.fill(tone, warmth, accent, ys=ys, rows=below)
    for rows in strips(water.first_row):
        light_disc(scene, Planes(tone[rows], warmth[rows], accent[rows]), xs=xs, ys=ys[rows])
    draw_life(scene, Planes(tone, warmth, accent), xs=xs, ys=ys)
    return develop(tone, warmth, accent, palette=palette, rng=np.random.default_rng([seed & 0xFFFFFFFF, 9]))
