"""Water that mirrors what stands above it, with ripples in perspective and a path of light under the sun.

It reads the finished upper part of the picture and fills the rows below; it has no shore of its own.
"""

import numpy as np

from artvis.painters.horizon_scene import Scene
from artvis.painters.noise import Plane, sample, smoothstep, tile


class Water:
    """The water of a scene over fixed columns."""

    def __init__(self, scene: Scene, xs: Plane, height: int) -> None:
        self._scene = scene
        self._xs = xs
        self._height = height
        self.first_row = min(height, round(scene.water_y * height))
        self._waves = tile(scene.rng(40), 8, octaves=5, gain=0.6)

    def fill(self, tone: Plane, warmth: Plane, accent: Plane, *, ys: Plane, rows: slice) -> None:
        scene, xs = self._scene, self._xs
        far = ((ys[rows] - np.float32(scene.water_y)) / np.float32(1 - scene.water_y)).clip(0.0, 1.0)[:, None]
        depth = np.float32(1) / (far + np.float32(0.09))
        across = (xs - np.float32(scene.sun[0]))[None, :] * depth * np.float32(0.10 / scene.form**0.5)
        along = np.broadcast_to(depth * np.float32(1.05), across.shape)
        swell = sample(self._waves, across, along)
        chop = sample(self._waves, across * np.float32(3.1), along * np.float32(2.7))
        ripple = swell + np.float32(0.35 + 0.4 * scene.wind) * chop
        lift = ripple * (np.float32(0.014 + 0.045 * scene.wind) * (far + np.float32(0.08)))
        mirrored = np.float32(scene.water_y) - (ys[rows][:, None] - np.float32(scene.water_y)) * np.float32(
            0.94
        )
        source = np.clip((mirrored + lift) * self._height - 0.5, 0, self.first_row - 1.001)
        upper = source.astype(np.int32)
        part = source - upper
        flat = upper * tone.shape[1] + np.arange(tone.shape[1], dtype=np.int32)
        for plane in (tone, warmth, accent):
            above = plane.reshape(-1)
            value = above[flat]
            value += part * (above[flat + tone.shape[1]] - value)
            plane[rows] = value
        self._light(tone[rows], warmth[rows], accent[rows], far=far, ripple=ripple, chop=chop)

    def _light(
        self, tone: Plane, warmth: Plane, accent: Plane, *, far: Plane, ripple: Plane, chop: Plane
    ) -> None:
        """Darker toward the viewer, a sheen on the waves, the path of light, and mist where the water begins."""
        scene = self._scene
        deep = np.float32(scene.zenith * 0.75)
        sink = np.float32(0.10) + np.float32(0.42) * far
        tone += sink * (deep - tone)
        tone += np.float32(0.10 + 0.16 * scene.wind) * ripple * (0.25 + far)
        disc = accent * np.clip(np.float32(0.85) - far, 0, 1)
        tone += disc * (np.float32(4.7) - tone)
        accent[:] = disc * np.float32(scene.sun_accent * 0.8)
        spread = np.float32(0.022) + np.float32(0.16) * far
        column = np.exp(-(((self._xs - np.float32(scene.sun[0]))[None, :] / spread) ** 2))
        spark = smoothstep(0.35 - 0.5 * scene.wind, 1.5, ripple * np.float32(0.6) + chop * np.float32(0.7))
        path = column * spark * (1 - np.float32(0.55) * far)
        tone += path * (np.float32(5.0) - tone)
        warmth += path
        accent += path * np.float32(scene.sun_accent * 0.85)
        veil = np.exp(far * np.float32(-1 / 0.05)) * np.float32(0.5 * scene.mist)
        sunward = np.exp(-np.abs(self._xs - np.float32(scene.sun[0])) / np.float32(0.42))
        tone += veil * (np.float32(scene.haze - 0.2) + np.float32(0.6) * sunward - tone)
