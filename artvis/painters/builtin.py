"""The picture that is there before any other: a dusk over four ridges and still water, made while the window opens.

It is the same on every machine and at every start, and needs no mood, no library and no worker.
"""

from typing import Final

import numpy as np

from artvis.model.artwork import Picture
from artvis.painters.canvas import develop
from artvis.painters.noise import Field, Plane, curve, smoothstep
from artvis.palette.palette import for_music

_SIZE: Final = (960, 540)
_SEED: Final = 11
_WATER_Y: Final = 0.70
_SUN: Final = (1.19, 0.545)
_SUN_RADIUS: Final = 0.047
# Height of the crest, its unrest, how near it is (0..1); far to near.
_RIDGES: Final = ((0.150, 0.105, 0.05), (0.095, 0.085, 0.3), (0.055, 0.070, 0.62), (0.020, 0.040, 1.0))


def builtin() -> Picture:
    """The built-in picture, 960 x 540; its id is ''."""
    width, height = _SIZE
    palette = for_music("G minor", 0.48, 0.56, _SEED)
    xs = ((np.arange(width, dtype=np.float32) + 0.5) / height).astype(np.float32)
    ys = ((np.arange(height, dtype=np.float32) + 0.5) / height).astype(np.float32)
    tone, warmth, accent = _air(xs, ys)
    _ridges(tone, warmth, accent, xs=xs, ys=ys)
    _mirror(tone, warmth, accent, xs=xs, ys=ys)
    rng = np.random.default_rng(_SEED)
    pixels = develop(tone, warmth, accent, palette=palette, rng=rng)
    return Picture(
        id="", pixels=pixels, palette=palette.hexes, provider="painter", title="dusk over still water"
    )


def _air(xs: Plane, ys: Plane) -> tuple[Plane, Plane, Plane]:
    down = (ys - np.float32(_SUN[1])) * np.float32(1.25)
    across = (xs - np.float32(_SUN[0])) * np.float32(0.8)
    far = np.sqrt((down * down)[:, None] + (across * across)[None, :])
    glow = np.float32(0.5) * (np.exp(far * np.float32(-8.0)) + np.exp(far * np.float32(-2.0)))
    fade = np.clip((np.float32(_WATER_Y) - ys) / np.float32(_WATER_Y), 0, 1)[:, None]
    tone = np.float32(3.35) - np.float32(2.5) * fade**0.85 + np.float32(1.6) * glow
    # Thin bands of cloud, lit from below near the sun.
    band = Field(np.random.default_rng([_SEED, 9]), 7.0, octaves=2, gain=0.7, stretch=5.0).over(xs).rows(ys)
    band = smoothstep(-0.1, 2.4, band) * (np.float32(4.0) * fade * (1 - fade))
    tone += band * (np.float32(4.4) * glow - np.float32(0.25))
    disc = np.clip(
        (np.float32(_SUN_RADIUS) - np.hypot(down[:, None] / 1.25, across[None, :] / 0.8)) * len(ys) + 0.5,
        0,
        1,
    )
    tone += disc * (np.float32(5.0) - tone)
    halo = (
        np.exp(-((across / np.float32(0.105)) ** 2))[None, :]
        * np.exp(-((down / np.float32(0.10)) ** 2))[:, None]
    )
    accent = np.maximum(disc * np.float32(0.9), halo * np.float32(0.34))
    accent += band * np.exp(far * np.float32(-7.0)) * np.float32(0.6) * (1 - accent)
    return tone, glow * np.float32(2.2) - np.float32(0.4), accent


def _ridges(tone: Plane, warmth: Plane, accent: Plane, *, xs: Plane, ys: Plane) -> None:
    sunward = np.exp(-np.abs(xs - np.float32(_SUN[0])) / np.float32(0.4))
    for number, (rise, unrest, near) in enumerate(_RIDGES):
        rng = np.random.default_rng([_SEED, number])
        shape = curve(rng, xs, 1.5 + near, octaves=6, gain=0.44, ridged=0.7)
        lean = np.float32(1.15 - 0.55 * near) + np.float32(0.9 * near) * (np.float32(0.8) - xs)
        crest = np.float32(_WATER_Y) - np.maximum(np.float32(rise) * lean + np.float32(unrest) * shape, 0.002)
        first = int(np.searchsorted(ys, crest.min()))
        deep = ys[first:, None] - crest
        alpha = np.clip(deep * len(ys) + 0.5, 0, 1)
        dark = np.float32(2.75 - 2.5 * near**0.8) + np.float32(0.6 * (1 - near)) * sunward
        mist = np.float32(0.85 - 0.55 * near) * (
            1 - np.exp(np.minimum(-deep, 0) * np.float32(11.0 - 4 * near))
        )
        ridge = dark + mist * (np.float32(3.25 - 0.8 * near) + np.float32(0.7) * sunward - dark)
        tone[first:] += alpha * (ridge - tone[first:])
        warmth[first:] *= 1 - np.float32(0.6) * alpha
        accent[first:] *= 1 - alpha


def _mirror(tone: Plane, warmth: Plane, accent: Plane, *, xs: Plane, ys: Plane) -> None:
    first = round(_WATER_Y * len(ys))
    far = ((ys[first:] - np.float32(_WATER_Y)) / np.float32(1 - _WATER_Y))[:, None]
    depth = np.float32(1) / (far + np.float32(0.1))
    side = (xs - np.float32(_SUN[0]))[None, :]
    wave = np.sin(depth * 23 + np.sin(side * depth * np.float32(3.1) + depth * 5) * 2 + side * 6)
    wave += np.sin(depth * 61 + np.sin(side * depth * np.float32(7.3) - depth * 3) * 2)
    source = np.clip(first - 1 - np.arange(len(far))[:, None] * 0.94 + wave * (1 + 9 * far), 0, first - 1)
    source = np.minimum(source, np.float32(first - 1.001))
    upper = source.astype(np.int32)
    part = (source - upper).astype(np.float32)
    flat = upper * np.int32(len(xs)) + np.arange(len(xs), dtype=np.int32)
    for plane in (tone, warmth, accent):
        above = plane.ravel()
        value = above[flat]
        plane[first:] = value + part * (above[flat + len(xs)] - value)
    water = tone[first:]
    water += (np.float32(0.12) + np.float32(0.4) * far) * (np.float32(0.7) - water) + np.float32(0.09) * wave
    path = np.exp(-((side / (np.float32(0.03) + np.float32(0.15) * far)) ** 2)) * np.clip(
        wave * 0.7 - 0.2, 0, 1
    )
    water += path * (np.float32(4.8) - water)
    accent[first:] += path * np.float32(0.75)
