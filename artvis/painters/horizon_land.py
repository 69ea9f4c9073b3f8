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
        self._rock = tile(scene.rng(20), 6, octaves=6, gain=0.5)
        self._sunward = np.exp(-np.abs(xs - np.float32(scene.sun[0])) / np.float32(0.42)).astype(np.float32)
        self._layers = [self._layer(index) for index in range(scene.layers)]

    def _layer(self, index: int) -> _Layer:
        scene, xs = self._scene, self._xs
        rng = scene.rng(30 + index)
        near = index / max(scene.layers - 1, 1)
        ridged = 0.20 + 0.80 * scene.rough * (1 - 0.4 * near)
        shape = curve(
            rng, xs, (1.0 + 1.1 * near) / scene.form, octaves=7, gain=0.36 + 0.15 * scene.rough, ridged=ridged
        )
        height = self._rise(near, rng) * (
            np.float32(0.80)
            + np.float32((0.42 + 0.34 * scene.rough) * min(1.0, 0.55 + 0.75 * scene.form)) * shape
        )
        lowest = -0.02 if scene.kind == "sea" else 0.0045 + 0.004 * near
        crest = np.asarray(np.float32(self._foot(near)) - np.maximum(height, lowest), np.float32)
        slope = np.gradient(crest, self._pixel).astype(np.float32)
        wooded = near > 0.52 and scene.kind != "sea"
        trees = (
            self._trees(rng, crest, 0.010 + 0.040 * (near - 0.5) ** 1.5 * (1.6 if near == 1 else 1))
            if wooded
            else None
        )
        return _Layer(crest, trees, near, slope, float(rng.random()))

    def _foot(self, near: float) -> float:
        """The y from which a ridge rises."""
        return self._scene.water_y if self._scene.kind != "valley" else 0.64 + 0.42 * near**1.1

    def _rise(self, near: float, rng: np.random.Generator) -> Plane:
        """Mean height of a ridge over each column.

        Far ones carry a massif at the third across from the light; near ones come in from that side as a wedge, and
        the nearest answer it with a low spit from the other, so that the light stands in an opening.
        """
        scene = self._scene
        # 0 at the sun, growing to about 0.7 at the far side of the picture, negative behind the sun.
        away = (self._xs - np.float32(scene.sun[0])) * np.float32(-scene.side / scene.aspect)
        peak = np.float32(0.36 + float(rng.uniform(-0.10, 0.12)))
        massif = np.exp(-(((away - peak) / np.float32(0.26)) ** 2))
        wedge = np.clip((away - np.float32(0.02 + 0.20 * near)) / np.float32(0.5), 0, 1.1) ** np.float32(1.2)
        if scene.kind == "sea":
            return np.asarray((0.03 + 0.15 * near) * (wedge * 1.7 - 0.12 * (1 - near)), np.float32)
        spit = np.clip((np.float32(-0.02) - away) / np.float32(0.4), 0, 1)
        far_part = np.float32(0.10 + 0.05 * scene.rough) + np.float32(0.17 + 0.07 * scene.rough) * massif
        near_part = np.float32(0.012) + np.float32(0.24 + 0.14 * scene.force) * wedge
        near_part += np.float32(0.05 * near) * spit
        rise = far_part * (1 - near) ** 0.9 + near_part * near**0.6
        return np.asarray(rise * (1.15 if scene.kind == "valley" else 1.0), np.float32)

    def _trees(self, rng: np.random.Generator, crest: Plane, tall: float) -> Plane:
        """Spruces along a crest: heights at _SUBCOLUMNS samples a pixel."""
        xs, scene = self._xs, self._scene
        steps = (np.arange(_SUBCOLUMNS, dtype=np.float32) - (_SUBCOLUMNS - 1) / 2) / _SUBCOLUMNS
        fine = (xs[:, None] + steps[None, :] * np.float32(self._pixel)).ravel()
        top = np.zeros(len(fine), np.float32)
        count = int(5.0 * scene.aspect / tall)
        places = rng.random(count) * scene.aspect
        # Woods and clearings: trees stand where a slow wave is high, and the tallest stand in the middle of a wood.
        wave = np.sin(places * 7.3 + rng.random() * 6) + 0.7 * np.sin(places * 17.0 + rng.random() * 6)
        grown = wave + rng.uniform(-0.8, 0.8, count) > -0.35
        places = places[grown]
        clumps = (0.30 + 0.70 * rng.random(len(places)) ** 1.4) * np.clip(
            0.75 + 0.25 * wave[grown], 0.4, 1.15
        )
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
        dark = 0.10 + 0.30 * scene.daylight
        behind = scene.gradient(layer.crest)
        crest = behind - np.float32(0.5 * scene.contrast)
        crest += (np.float32(dark) - crest) * np.float32(near**0.72)
        light = np.float32(0.75 * (1 - near) ** 1.2) * self._sunward
        rock = self._relief(deep, layer)
        mist_tone = (scene.gradient(ys) - np.float32(0.12 + 0.95 * near))[:, None]
        mist_tone = mist_tone + np.float32(0.85 - 0.45 * near) * self._sunward
        thick = 0.085 + 0.06 * near
        mist = np.float32(min(0.96, scene.mist * (1.05 - 0.80 * near))) * (
            1 - np.exp(deep * np.float32(-1 / thick))
        )
        rim = np.exp(deep * np.float32(-1 / 0.007)) * self._sunward**2
        tone = crest + light + rock + rim * np.float32(0.55 * scene.contrast * (1 - 0.5 * near))
        return np.asarray(tone + mist * (mist_tone - tone), np.float32)

    def _relief(self, deep: Plane, layer: _Layer) -> Plane:
        """Light and shadow on the flanks: gullies that run down from the crest, lit from the sun's side."""
        scale = np.float32(0.9 / self._scene.form**0.6)
        lean = np.float32(0.35 * self._scene.side)
        across = (self._xs[None, :] + deep * lean) * scale + np.float32(layer.offset)
        down = deep * scale * np.float32(0.55) + np.float32(layer.offset * 7)
        toward = np.float32(0.016 * self._scene.side)
        face = sample(self._rock, across - toward, down) - sample(self._rock, across, down)
        strength = (0.10 + 0.34 * layer.near * (1 - 0.4 * layer.near)) * (0.5 + 0.6 * self._scene.fine)
        return np.asarray(face * np.float32(strength * self._scene.contrast), np.float32)
