"""What is where in a landscape, from mood and seed: light, water line, ridges, weather.

Numbers only; it paints nothing. Positions are in picture heights from the upper left corner.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from artvis.model.mood import PaintMood
from artvis.painters.noise import Plane
from artvis.palette.colour import lch_of_lab
from artvis.palette.drama import drama
from artvis.palette.palette import Palette


@dataclass(frozen=True, slots=True)
class Scene:
    aspect: float
    seed: int
    kind: str
    """lake, sea or valley."""
    water_y: float
    """Where the water begins; over 1 there is none."""
    sun: tuple[float, float]
    sun_radius: float
    moon: bool
    side: float
    """-1: the light comes from the left, 1: from the right."""
    daylight: float
    zenith: float
    """Tone of the sky at the top."""
    haze: float
    """Tone of the sky above the land, and of the mist."""
    sun_accent: float
    """How much of the accent is in the disc."""
    sail: bool
    birds: bool
    section: float
    """0 seen from close by, 1 a wide view."""
    clouds: float
    rays: float
    """Strength of shafts of light, 0 for none."""
    layers: int
    form: float
    """Width of the landforms, in heights."""
    rough: float
    contrast: float
    mist: float
    wind: float
    """How much the water moves, 0..1."""
    force: float
    """0 calm, 1 violent: how steeply clouds and ridges lean."""
    fine: float
    """0 velvet, 1 glass: how crisp small detail is."""

    def rng(self, tag: int) -> np.random.Generator:
        return np.random.default_rng([self.seed & 0xFFFFFFFF, 0x40121, tag])

    def gradient(self, ys: Plane) -> Plane:
        """Tone of the clear sky at these heights, before any sun."""
        land_y = np.float32(0.66 if self.kind == "valley" else self.water_y)
        height = np.clip((land_y - ys) / land_y, 0.0, 1.0)
        return np.asarray(self.haze + (self.zenith - self.haze) * height**0.82, np.float32)

    def glow(self, xs: Plane, ys: Plane) -> Plane:
        """Light of the sun in the air, 1 at the disc; `xs` a row, `ys` a row of heights."""
        across = ((xs - np.float32(self.sun[0])) * np.float32(0.80)) ** 2
        down = ((ys - np.float32(self.sun[1])) * np.float32(1.18)) ** 2
        far = np.sqrt(down[:, None] + across[None, :])
        near = np.float32(0.52) * np.exp(far * np.float32(-1 / 0.13))
        return np.asarray(near + np.float32(0.48) * np.exp(far * np.float32(-1 / 0.48)), np.float32)


@dataclass(slots=True)
class Planes:
    """One strip of the picture. Until the water is painted, `accent` holds how much of the disc is seen."""

    tone: Plane
    warmth: Plane
    accent: Plane

    def lay(self, tone: Plane | float, alpha: Plane, *, warmth: float = 0.0, accent: float = 0.0) -> None:
        """Paint `tone` over what is there, as opaque as `alpha`."""
        self.tone += alpha * (tone - self.tone)
        self.warmth += alpha * (np.float32(warmth) - self.warmth)
        self.accent += alpha * (np.float32(accent) - self.accent)


def _pick(rng: np.random.Generator, names: tuple[str, ...], weights: tuple[float, ...]) -> str:
    share: npt.NDArray[np.float64] = np.array(weights)
    return names[int(rng.choice(len(names), p=share / share.sum()))]


def _sun_height(rng: np.random.Generator, valence: float, land_y: float, *, moon: bool) -> float:
    """The y of the disc: a moon stands high, a sun the higher the brighter the music."""
    lift = 0.30 - 0.14 * valence + float(rng.uniform(-0.03, 0.05)) if moon else 0.15 + 0.13 * valence
    return land_y - lift - float(rng.uniform(0.0, 0.05))


def compose(mood: PaintMood, palette: Palette, seed: int, aspect: float) -> Scene:
    """Where things stand; the same for the same arguments at every size."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 0x40121, 0])
    valence, force = mood.valence, drama(mood.arousal)
    chosen = _pick(rng, ("lake", "sea", "valley"), (0.46, 0.28, 0.26))
    kind = mood.scene if mood.scene in ("lake", "sea", "valley") else chosen
    side = 1.0 if rng.random() < 0.5 else -1.0
    water_y = {"lake": 0.655, "sea": 0.615, "valley": 1.5}[kind] + float(rng.uniform(-0.025, 0.025))
    third = 1 / 3 + float(rng.uniform(-0.03, 0.03))
    moon = valence < 0.36
    sun_x = aspect * (1 - third if side > 0 else third)
    sun_y = _sun_height(rng, valence, 0.56 if kind == "valley" else water_y, moon=moon)
    hue = float(lch_of_lab(palette.accent_lab())[2])
    warm_accent = hue < 80.0 or hue > 335.0
    bpm = mood.bpm if mood.bpm > 0 else 95.0
    return Scene(
        aspect=aspect,
        seed=seed,
        kind=kind,
        water_y=water_y,
        sun=(sun_x, sun_y),
        sun_radius=(0.034 if moon else 0.044 + 0.012 * valence) * (1.25 - 0.4 * mood.section_scale),
        moon=moon,
        side=side,
        daylight=valence,
        zenith=0.55 + 2.60 * valence**1.1 - 1.15 * force * valence**0.5,
        haze=2.85 + 1.45 * valence + 0.55 * force,
        sun_accent=0.92 if warm_accent and not moon else 0.0,
        sail=kind != "valley" and bool(rng.random() < (0.3 if warm_accent else 0.6)),
        birds=not moon and bool(rng.random() < 0.45),
        section=mood.section_scale,
        clouds=float(np.clip(0.28 + 0.66 * force + rng.uniform(-0.1, 0.15), 0.15, 1.0)),
        rays=float(np.clip(1.25 * force - 0.25, 0, 1)),
        layers=5 + round(2.4 * force + float(rng.uniform(-0.4, 0.8))),
        form=float(np.interp(bpm, [60, 95, 150], [0.95, 0.62, 0.36]))
        * (0.8 + 0.5 * (1 - mood.section_scale)),
        rough=float(np.clip(0.06 + 0.80 * force + 0.025 * mood.onset_rate_hz, 0, 1)),
        contrast=0.74 + 0.96 * force,
        mist=1.18 - 0.72 * force,
        wind=float(np.clip(0.10 + 0.85 * force, 0, 1)),
        force=force,
        fine=float(np.interp(mood.centroid_hz or 1800.0, [700, 4500], [0.15, 1.0])),
    )
