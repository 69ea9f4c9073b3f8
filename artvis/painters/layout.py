"""What the newer painters share: where the focus is, where light comes from, and a coarse grid the same at every size.

It paints nothing. Positions are in picture heights from the upper left corner.
"""

from dataclasses import dataclass

import numpy as np

from artvis.model.mood import PaintMood
from artvis.painters.noise import Plane, spline
from artvis.palette.drama import drama


@dataclass(frozen=True, slots=True)
class Layout:
    """All that a mood and a seed decide for every painter alike."""

    seed: int
    salt: int
    aspect: float
    focus: tuple[float, float]
    side: float
    """-1: the light comes from the left, 1: from the right; the focus lies on that side."""
    valence: float
    force: float
    """0 calm, 1 violent."""
    form: float
    """Size of the large forms: 1 at a middling tempo, more when slow or seen from close by."""
    crisp: float
    """0 velvet, 1 glass."""
    busy: float
    """0 no onsets, 1 ten a second."""
    kind: str

    def rng(self, tag: int) -> np.random.Generator:
        return np.random.default_rng([self.seed & 0xFFFFFFFF, self.salt, tag])


def layout_of(
    mood: PaintMood, seed: int, size: tuple[int, int], *, salt: int, kinds: dict[str, tuple[float, float]]
) -> Layout:
    """`kinds`: how likely each is in calm and in violent music; a kind that the subject asks for is taken."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, salt, 0])
    force = drama(mood.arousal)
    weights = np.array([calm + (wild - calm) * force for calm, wild in kinds.values()])
    chosen = list(kinds)[int(rng.choice(len(kinds), p=weights / weights.sum()))]
    side = 1.0 if rng.random() < 0.5 else -1.0
    third = float(rng.uniform(0.31, 0.37))
    aspect = size[0] / size[1]
    y = float(rng.uniform(0.34, 0.42))
    bpm = mood.bpm if mood.bpm > 0 else 95.0
    return Layout(
        seed=seed,
        salt=salt,
        aspect=aspect,
        focus=(aspect * (1 - third if side > 0 else third), y if rng.random() < 0.6 else 1 - y),
        side=side,
        valence=mood.valence,
        force=force,
        form=float(np.interp(bpm, [60, 95, 150], [1.3, 1.0, 0.75])) * (1.2 - 0.4 * mood.section_scale),
        crisp=float(np.interp(mood.centroid_hz or 1800.0, [700, 4500], [0.15, 1.0])),
        busy=min(mood.onset_rate_hz / 10.0, 1.0),
        kind=mood.scene if mood.scene in kinds else chosen,
    )


def axes(size: tuple[int, int]) -> tuple[Plane, Plane]:
    """Centres of the pixel columns and rows."""
    width, height = size
    xs = (np.arange(width, dtype=np.float32) + 0.5) / np.float32(height)
    ys = (np.arange(height, dtype=np.float32) + 0.5) / np.float32(height)
    return xs, ys


class Sheet:
    """A coarse grid with a margin, on which smooth forms are worked out once, whatever the size of the picture."""

    def __init__(self, aspect: float, *, rows: int = 288, margin: float = 0.06) -> None:
        self.step = 1.0 / rows
        self._low = -margin
        tall = rows + round(2 * margin * rows)
        wide = round(aspect * rows) + round(2 * margin * rows) + 1
        ys = np.arange(tall, dtype=np.float32) * np.float32(self.step) - np.float32(margin)
        xs = np.arange(wide, dtype=np.float32) * np.float32(self.step) - np.float32(margin)
        self.x, self.y = np.meshgrid(xs, ys)

    def fine(self, plane: Plane, xs: Plane, ys: Plane) -> Plane:
        """A plane of the grid at these columns and rows, smooth to the second derivative."""
        columns = (xs - np.float32(self._low)) / np.float32(self.step)
        rows = (ys - np.float32(self._low)) / np.float32(self.step)
        across = np.ascontiguousarray(spline(np.ascontiguousarray(plane.T), columns).T)
        return spline(across, rows)

    def slopes(self, plane: Plane) -> tuple[Plane, Plane]:
        """Growth per picture height, to the right and downwards."""
        down, across = np.gradient(plane, np.float32(self.step))
        return np.asarray(across, np.float32), np.asarray(down, np.float32)


def quiet_margins(layout: Layout, x: Plane, y: Plane, width: float = 0.24) -> Plane:
    """1 inside, falling softly to 0 at the edges of the picture."""
    edge = np.minimum(np.minimum(x, layout.aspect - x), np.minimum(y, 1 - y))
    t = np.clip((edge + 0.02) / np.float32(width), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def shoulder(tone: Plane) -> Plane:
    """Tones bent softly into 0.25..4.75, so that neither light nor shadow runs flat."""
    return np.asarray(2.5 + 2.25 * np.tanh((tone - 2.5) / np.float32(2.4)), np.float32)
