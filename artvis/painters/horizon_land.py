"""Ridges behind one another, each dark at its crest and lost in mist at its foot, with forest on the near ones.

Far ones are pale and plain, near ones dark and detailed; it knows nothing of water.
"""

from dataclasses import dataclass

import numpy as np

from artvis.painters.horizon_scene import Planes, Scene
from artvis.painters.noise import Plane, curve, sample, tile

_SUBCOLUMNS = 3
"""Samples a pixel across a treeline, which is steeper than any one-pixel edge."""


@dataclass(frozen=True, slots=True)
class _Layer:
    crest: Plane
    """Height of the ridge over each column, as y."""
    trees: Plane | None
    """The same with trees on it, shape (_SUBCOLUMNS, columns)."""
    near: float
    """0 the farthest ridge, 1 the nearest."""
    slope: Plane
    offset: float


class Land:
    """All ridges over fixed columns."""

    def __init__(self, scene: Scene, xs: Plane) -> None:
        self._scene = scene
        self._xs = xs
        self._pixel = float(xs[1] - xs[0])
        self._rock = tile(scene.rng(20), 6, octaves=6, gain=0.62)
        self._sunward = np.exp(-np.abs(xs - np.float32(scene.sun[0])) / np.float32(0.42)).astype(np.float32)
        self._layers = [self._layer(index) for index in range(scene.layers)]

    def _layer(self, index: int) -> _Layer:
        scene, xs = self._scene, self._xs
        rng = scene.rng(30 + index)
        near = index / max(scene.layers - 1, 1)
        foot = scene.water_y if scene.kind != "valley" else 0.60 + 0.40 * near**1.2
        side = (xs - np.float32(scene.sun[0])) * np.float32(-scene.side) / np.float32(scene.aspect)
        if scene.kind == "sea":
            rise = 0.02 + 0.13 * near
            opening = np.clip(side * 2.6 - 0.55 + 0.5 * (1 - near), 0.0, 1.2)
        elif scene.kind == "lake":
            rise = 0.26 - 0.12 * near
            # Near ridges come in from the side away from the light and leave the third with the sun open.
            opening = np.clip(0.30 + (0.35 + 1.2 * near) * (side + 0.25 - 0.25 * near), 0.06, 1.25)
        else:
            rise = 0.26 - 0.06 * near
            opening = np.clip(0.42 + (0.3 + 0.7 * near) * (side + 0.2), 0.12, 1.15)
        ridged = 0.25 + 0.75 * scene.rough * (1 - 0.5 * near)
        shape = curve(
            rng, xs, (1.1 + 0.9 * near) / scene.form, octaves=6, gain=0.36 + 0.16 * scene.rough, ridged=ridged
        )
        height = np.float32(rise * (0.75 + 0.5 * scene.rough)) * opening * (0.62 + 0.75 * shape)
        if scene.kind == "valley":
            height = height + np.float32(0.06)
        crest = (np.float32(foot) - np.maximum(height, -0.02 if scene.kind == "sea" else 0.004)).astype(
            np.float32
        )
        slope = np.gradient(crest, self._pixel).astype(np.float32)
        wooded = near > 0.55 and scene.kind != "sea"
        trees = (
            self._trees(rng, crest, 0.010 + 0.040 * (near - 0.5) ** 1.5 * (1.6 if near == 1 else 1))
            if wooded
            else None
        )
        return _Layer(crest, trees, near, slope, float(rng.random()))

    def _trees(self, rng: np.random.Generator, crest: Plane, tall: float) -> Plane:
        """Spruces along a crest: heights at _SUBCOLUMNS samples a pixel."""
        xs, scene = self._xs, self._scene
        steps = (np.arange(_SUBCOLUMNS, dtype=np.float32) - (_SUBCOLUMNS - 1) / 2) / _SUBCOLUMNS
        fine = (xs[:, None] + steps[None, :] * np.float32(self._pixel)).ravel()
        top = np.zeros(len(fine), np.float32)
        count = int(3.2 * scene.aspect / tall)
        places = np.sort(rng.random(count)) * scene.aspect
        clumps = 0.35 + 0.65 * rng.random(count) * (0.6 + 0.4 * np.sin(places * 9.0 + rng.random() * 6))
        for x, size in zip(places, clumps, strict=True):
            high = tall * size
            half = high * 0.26
            start, stop = np.searchsorted(fine, [x - half, x + half])
            away = np.abs(fine[start:stop] - x) / half
            jag = 0.10 * np.sin(away * 21.0 + x * 900.0) * away
            top[start:stop] = np.maximum(top[start:stop], high * (np.clip(1 - away, 0, 1) ** 1.25 + jag))
        return (crest[None, :] - top.reshape(-1, _SUBCOLUMNS).T).astype(np.float32)

    def over(self, planes: Planes, ys: Plane) -> None:
        """Paint the ridges over a strip of sky."""
        for layer in self._layers:
            self._paint(planes, ys, layer)

    def _paint(self, planes: Planes, ys: Plane, layer: _Layer) -> None:
        highest = layer.crest.min() if layer.trees is None else layer.trees.min()
        first = int(np.searchsorted(ys, highest - self._pixel))
        if first >= len(ys):
            return
        ys = ys[first:]
        part = Planes(planes.tone[first:], planes.warmth[first:], planes.accent[first:])
        edge = np.float32(1 / self._pixel)
        if layer.trees is None:
            steep = edge / np.sqrt(1 + layer.slope**2)
            alpha = np.clip((ys[:, None] - layer.crest) * steep + 0.5, 0, 1)
        else:
            alpha = np.zeros_like(part.tone)
            for profile in layer.trees:
                alpha += np.clip((ys[:, None] - profile) * edge + 0.5, 0, 1)
            alpha /= _SUBCOLUMNS
        part.lay(self._tone(ys, layer), alpha.astype(np.float32), warmth=-0.25)
        part.warmth += alpha * self._sunward * np.float32(0.9 * (1 - layer.near))

    def _tone(self, ys: Plane, layer: _Layer) -> Plane:
        scene, near = self._scene, layer.near
        deep = np.clip(ys[:, None] - layer.crest, 0.0, 1.0).astype(np.float32)
        dark = 0.15 + 0.5 * scene.daylight
        crest = scene.haze - 0.55 * scene.contrast - (scene.haze - 0.55 * scene.contrast - dark) * near**0.75
        light = np.float32(0.75 * (1 - near) ** 1.2) * self._sunward
        rock = self._relief(deep, layer)
        mist_tone = (
            np.float32(scene.haze - 0.15 - 0.9 * near) + np.float32(0.95 - 0.55 * near) * self._sunward
        )
        thick = 0.055 + 0.10 * near
        mist = np.float32(min(0.95, scene.mist * (0.95 - 0.42 * near))) * (
            1 - np.exp(deep * np.float32(-1 / thick))
        )
        tone = np.float32(crest) + light + rock
        return np.asarray(tone + mist * (mist_tone - tone), np.float32)

    def _relief(self, deep: Plane, layer: _Layer) -> Plane:
        """Light and shadow on the flanks: gullies that run down from the crest, lit from the sun's side."""
        scale = np.float32(1.5 / self._scene.form)
        lean = np.float32(0.35 * self._scene.side)
        across = (self._xs[None, :] + deep * lean) * scale + np.float32(layer.offset)
        down = deep * scale * np.float32(0.55) + np.float32(layer.offset * 7)
        toward = np.float32(0.012 * self._scene.side)
        face = sample(self._rock, across - toward, down) - sample(self._rock, across, down)
        strength = (0.10 + 0.34 * layer.near * (1 - 0.4 * layer.near)) * (0.5 + 0.6 * self._scene.fine)
        return np.asarray(face * np.float32(strength * self._scene.contrast), np.float32)
