"""The sky of a landscape: gradient, glow, clouds in perspective lit from the sun, disc, stars.

Nothing solid stands in it; that is the land's.
"""

import numpy as np

from artvis.painters.horizon_scene import Planes, Scene
from artvis.painters.noise import Field, Plane, sample, smoothstep, tile


class Sky:
    """The sky over fixed columns; rows are asked for from top to bottom."""

    def __init__(self, scene: Scene, xs: Plane) -> None:
        self._scene = scene
        self._xs = xs
        self._cloud = tile(scene.rng(1), 4, octaves=7, gain=0.52 + 0.06 * scene.rough)
        self._wash = Field(scene.rng(2), 2.2, octaves=3, stretch=2.0).over(xs)
        self._brush = Field(scene.rng(3), 46.0, octaves=2, stretch=7.0).over(xs)
        self._land_y = 0.66 if scene.kind == "valley" else scene.water_y
        rng = scene.rng(4)
        count = int(260 * max(0.0, 0.42 - scene.daylight) / 0.42)
        self._stars = np.stack(
            [rng.random(count) * scene.aspect, rng.random(count) ** 1.5 * 0.6, rng.random(count) ** 3 + 0.16],
            -1,
        ).astype(np.float32)
        self._pixel = float(xs[1] - xs[0])

    def rows(self, ys: Plane) -> Planes:
        scene = self._scene
        glow = scene.glow(self._xs, ys)
        height = np.clip((np.float32(self._land_y) - ys) / np.float32(self._land_y), 0.0, 1.0)
        tone = scene.gradient(ys)[:, None] + np.float32(0.20) * self._wash.rows(ys) * (0.3 + height[:, None])
        tone += np.float32(1.0 + 0.9 * (1 - scene.daylight)) * glow
        tone += np.float32(0.035 + 0.02 * scene.fine) * self._brush.rows(ys)
        low = np.float32(0.75) * np.exp(height * np.float32(-1 / 0.16))[:, None]
        warmth = np.float32(1.5) * glow + low - np.float32(0.85)
        planes = Planes(tone, warmth, np.zeros_like(tone))
        self._draw_stars(planes, ys, glow)
        self._draw_disc(planes, ys)
        self._draw_clouds(planes, height, glow)
        if scene.rays:
            self._draw_rays(planes, ys, glow)
        return planes

    def _draw_clouds(self, planes: Planes, height: Plane, glow: Plane) -> None:
        """Layers of cloud as if on a ceiling: the nearer to the land, the flatter."""
        scene = self._scene
        depth = (np.float32(1) / (height + np.float32(0.16)))[:, None]
        across = (self._xs - np.float32(scene.sun[0]))[None, :] * depth * np.float32(0.085 / scene.form**0.5)
        along = np.broadcast_to(depth * np.float32(0.17), across.shape) + across * np.float32(
            (0.20 + 0.75 * scene.force) * scene.side
        )
        body = sample(self._cloud, across, along)
        toward = np.float32(0.012)
        turn = np.sign(np.float32(scene.sun[0]) - self._xs)[None, :] * np.minimum(
            np.abs(self._xs - np.float32(scene.sun[0]))[None, :] * 4, 1
        ).astype(np.float32)
        lit = body - sample(self._cloud, across + toward * turn, along + toward)
        cover = smoothstep(0.85 - 1.3 * scene.clouds, 2.3 - 1.2 * scene.clouds, body)
        fade = smoothstep(0.0, 0.16, height)[:, None]
        cover = cover * fade * np.float32(0.38 + 0.52 * scene.clouds)
        cover *= 1 - np.float32(0.4) * smoothstep(0.5, 0.95, glow)  # the light burns a hole into them
        shade = (
            planes.tone
            - np.float32(0.62 * scene.contrast)
            + np.float32(2.3 * scene.contrast) * lit * (0.35 + glow)
        )
        shade += glow * np.float32(0.5)
        planes.tone += cover * (shade - planes.tone)
        planes.warmth += cover * (lit * np.float32(1.2))
        planes.accent *= smoothstep(0.72, 0.3, cover)  # a thick cloud hides the disc: no ghost of it on top

    def _draw_rays(self, planes: Planes, ys: Plane, glow: Plane) -> None:
        """Shafts of light that fan out from the disc, as through a broken ceiling of cloud."""
        scene = self._scene
        across = self._xs - np.float32(scene.sun[0])
        down = ys - np.float32(scene.sun[1])
        angle = np.arctan2(down[:, None], across[None, :]) * np.float32(1 / (2 * np.pi))
        shaft = sample(self._cloud, angle * np.float32(2), np.full_like(angle, 0.37))
        far = np.hypot(down[:, None], across[None, :]) * np.float32(1 / scene.sun_radius)
        shaft = smoothstep(-0.5, 1.6, shaft) * np.sqrt(glow) * smoothstep(1.0, 4.5, far)
        planes.tone += shaft * np.float32(scene.rays)

    def _draw_disc(self, planes: Planes, ys: Plane) -> None:
        scene = self._scene
        x, y = scene.sun
        reach = scene.sun_radius + 2 * self._pixel
        if ys[0] > y + reach or ys[-1] < y - reach:
            return
        across = self._xs - np.float32(x)
        far = np.sqrt((ys - np.float32(y))[:, None] ** 2 + (across * across)[None, :])
        alpha = np.clip((np.float32(scene.sun_radius) - far) / np.float32(self._pixel) + 0.5, 0, 1)
        planes.accent += alpha

    def _draw_stars(self, planes: Planes, ys: Plane, glow: Plane) -> None:
        radius = max(self._pixel * 0.75, 0.0009)
        for x, y, light in self._stars[
            (self._stars[:, 1] > ys[0] - 0.01) & (self._stars[:, 1] < ys[-1] + 0.01)
        ]:
            left, right = np.searchsorted(self._xs, [x - 4 * radius, x + 4 * radius])
            top, bottom = np.searchsorted(ys, [y - 4 * radius, y + 4 * radius])
            if left == right or top == bottom:
                continue
            patch = np.exp(
                -(((ys[top:bottom, None] - y) ** 2 + (self._xs[None, left:right] - x) ** 2) / radius**2)
            )
            dark = np.clip(1 - 1.6 * glow[top:bottom, left:right], 0, 1)
            planes.tone[top:bottom, left:right] += (patch * light * 4.5 * dark).astype(np.float32)


def light_disc(scene: Scene, planes: Planes, *, xs: Plane, ys: Plane) -> None:
    """Turn what is seen of the disc into light: last, so that water mirrors the sky without a second sun in it."""
    seen = planes.accent
    lit = _moon(scene, xs, ys) if scene.moon else np.float32(4.9)
    planes.tone += seen * (lit - planes.tone)
    planes.warmth += seen * (np.float32(0.3 if scene.moon else 1.0) - planes.warmth)
    down = np.clip((ys - np.float32(scene.sun[1])) / np.float32(scene.sun_radius), -1, 1)
    seen *= np.float32(scene.sun_accent) * (np.float32(0.84) + np.float32(0.16) * down)[:, None]
    if scene.sun_accent:
        across = (xs - np.float32(scene.sun[0])) / np.float32(2.6 * scene.sun_radius)
        height = (ys - np.float32(scene.sun[1])) / np.float32(1.9 * scene.sun_radius)
        halo = np.exp(-(across**2))[None, :] * np.exp(-(height**2))[:, None]
        lit = np.clip(planes.tone - np.float32(scene.haze - 1.2), 0, 1)
        np.maximum(seen, np.float32(0.34) * halo * lit, out=seen)


def _moon(scene: Scene, xs: Plane, ys: Plane) -> Plane:
    """The face of the moon: seas, and a side that lies in half shadow."""
    across = (xs - np.float32(scene.sun[0]))[None, :] / np.float32(scene.sun_radius)
    down = (ys - np.float32(scene.sun[1]))[:, None] / np.float32(scene.sun_radius)
    bulge = 1 + np.float32(0.25) * (across**2 + down**2)
    seas = sample(
        tile(scene.rng(5), 8, side=64, octaves=3, gain=0.6),
        across * bulge * np.float32(0.2),
        down * bulge * np.float32(0.2),
    )
    shadow = np.clip(np.float32(-0.75 * scene.side) * across + np.float32(0.35) * down, 0, 1)
    return np.asarray(
        np.float32(4.85) - np.float32(0.24) * np.clip(seas, -0.2, 2) - np.float32(0.8) * shadow, np.float32
    )
