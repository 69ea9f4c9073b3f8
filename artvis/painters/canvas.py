"""From tones to pixels: one table of colours made of the palette, side light, and a grain that kills banding.

A painter writes three planes: tone (0 darkest anchor .. 5 lightest), warmth (-1..1) and accent (0..1). It never
names a colour, so whatever it paints stays inside the palette.
"""

from collections.abc import Iterator

import numpy as np

from artvis.model.artwork import Pixels
from artvis.painters.noise import Plane
from artvis.palette.colour import lch_of_lab, pixels_of_planes
from artvis.palette.palette import Palette

_STEPS = 256
_ROWS = 64
"""Rows a strip: three planes of it stay in the cache at every size up to 4K."""
_GRAIN_SIDE = 256
_GRAINED_FROM = 600
"""Rows; a smaller picture, such as a preview, will be shown enlarged."""
_WARM = np.array([0.0, 0.017, 0.030], np.float32)
"""What one unit of warmth adds in OKLab: toward orange; away from it, toward blue."""
_ACCENT = np.array([0.66, 1.0, 1.0], np.float32)
"""The accent takes over the colour, and leaves some of the light and shade of what it lies on."""
_ACCENT_AREA = 0.055
"""No picture may have more of its accent than this share of its area (the rule is 6 %)."""


def table(palette: Palette) -> Plane:
    """OKLab of the tones 0..5 in steps of 1/256, the corners at the anchors rounded so that no gradient shows them."""
    tones = np.linspace(-0.5, 5.5, 6 * _STEPS + 1)
    anchors = palette.lab()
    wide = np.stack([np.interp(tones, np.arange(6), anchors[:, axis]) for axis in range(3)], -1)
    kernel = np.hanning(_STEPS // 2 + 1)
    kernel /= kernel.sum()
    smooth = np.stack([np.convolve(wide[:, axis], kernel, "same") for axis in range(3)], -1)
    return smooth[_STEPS // 2 : -_STEPS // 2].astype(np.float32)


def grain(rng: np.random.Generator) -> Plane:
    """A square of noise blurred by one pixel, that tiles; in units of OKLab L."""
    noise = rng.standard_normal((_GRAIN_SIDE, _GRAIN_SIDE), np.float32)
    for axis in (0, 1):
        noise = noise * 2 + np.roll(noise, 1, axis) + np.roll(noise, -1, axis)
    return np.asarray(noise * np.float32(0.0065) / noise.std(), np.float32)


def fine_grain(rng: np.random.Generator) -> Plane:
    """For a picture that is shown enlarged: no more than what kills banding, since blurred grain would be mottled."""
    return rng.standard_normal((_GRAIN_SIDE, _GRAIN_SIDE), np.float32) * np.float32(0.0018)


def tints(palette: Palette) -> tuple[Plane, Plane]:
    """What a unit of warmth adds, and what a unit of coolness takes away, in OKLab.

    Green that is warmed, or gold that is cooled, would turn to olive; those two are held back or sent to red.
    """
    hue = float(lch_of_lab(palette.lab()[2:5].mean(0))[2])
    green = min(max(1 - abs(hue - 145.0) / 45.0, 0.0), 1.0)
    golden = min(max(1 - abs(hue - 80.0) / 45.0, 0.0), 1.0)
    warm = _WARM * np.float32(1 - 0.9 * green)
    cool = _WARM * np.array([0, 1 - 2.2 * golden, 1], np.float32)
    return warm, np.asarray(cool, np.float32)


def strips(height: int) -> Iterator[slice]:
    for top in range(0, height, _ROWS):
        yield slice(top, min(top + _ROWS, height))


def develop(
    tone: Plane,
    warmth: Plane | None,
    accent: Plane | None,
    *,
    palette: Palette,
    rng: np.random.Generator,
) -> Pixels:
    """The finished picture, shape (h, w, 3), uint8."""
    height, width = tone.shape
    lookup = np.ascontiguousarray(table(palette).T)
    film = grain(rng) if height >= _GRAINED_FROM else fine_grain(rng)
    film = np.tile(film, (1, width // _GRAIN_SIDE + 1))[:, :width]
    shifts = rng.integers(0, _GRAIN_SIDE, height // _GRAIN_SIDE + 1)
    spot = palette.accent_lab()
    warm, cool = tints(palette)
    share = np.float32(1.0 if accent is None else min(1.0, _ACCENT_AREA / max(float(accent.mean()), 1e-6)))
    pixels = np.empty((height, width, 3), np.uint8)
    for rows in strips(height):
        steps = (np.clip(tone[rows], 0.0, 5.0) * np.float32(_STEPS) + np.float32(0.5)).astype(np.int32)
        lab = [channel[steps] for channel in lookup]
        block, within = divmod(rows.start, _GRAIN_SIDE)
        for axis in range(3):
            if warmth is not None and (warm[axis] or cool[axis]):
                lab[axis] += (
                    np.maximum(warmth[rows], 0) * warm[axis] + np.minimum(warmth[rows], 0) * cool[axis]
                )
            if accent is not None:
                lab[axis] += accent[rows] * (share * _ACCENT[axis]) * (spot[axis] - lab[axis])
        lab[0] += np.roll(film[within : within + len(steps)], int(shifts[block]), 1)
        pixels[rows] = pixels_of_planes(*lab)
    pixels.flags.writeable = False
    return pixels
