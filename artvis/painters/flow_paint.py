"""Wet paint: a canvas in blocks of 2 x 2 pixels, and bristled, tapered strokes laid on it in order.

It decides neither where strokes go nor in which colours. Which stroke lies on top is found for each block; where
its edge runs and what its bristles do is then worked out for each pixel, so edges are smooth to the pixel.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from artvis.painters.noise import Plane, spline

TONE, WARMTH, ACCENT, HEIGHT = range(4)
_SPACING = 1.3
"""Pixels between the samples that find blocks: under 2 / sqrt(2), so that no block is missed."""
_CHUNK = 1 << 16
_IN_BLOCK = np.array([[0.5, 1.5, 0.5, 1.5], [0.5, 0.5, 1.5, 1.5]], np.float32)
_AROUND = np.array([[0, 1, -1, 0, 0], [0, 0, 0, 1, -1]], np.float32)
_BRISTLES = 64
_ALONG = 240
_KNOTS = 20
_HAIR = 0.0024
"""Width of a bristle's track in picture heights, and never under 2.1 pixels: finer ones would only shimmer."""
KINDS = 48


@dataclass(frozen=True, slots=True)
class Strokes:
    """Strokes in the order they are laid; arrays of one value a stroke, spines (strokes, points)."""

    x: Plane
    y: Plane
    """Spines in picture heights."""
    half_width: float
    """In picture heights, at the fullest."""
    tone: Plane
    warmth: Plane
    accent: Plane
    load: Plane
    """0 a dry brush that breaks up early, 1 a full one."""
    brush: npt.NDArray[np.int32]

    def only(self, which: npt.NDArray[np.intp]) -> "Strokes":
        """Some of them, in the given order."""
        return Strokes(
            self.x[which],
            self.y[which],
            self.half_width,
            self.tone[which],
            self.warmth[which],
            self.accent[which],
            self.load[which],
            self.brush[which],
        )


@dataclass(frozen=True, slots=True)
class _Spine:
    """All points of all strokes of one pass, in pixels."""

    x: Plane
    y: Plane
    along_x: Plane
    along_y: Plane
    half: Plane
    slope: Plane
    """How the half width grows along the stroke, pixels a pixel."""
    progress: Plane
    stroke: npt.NDArray[np.int32]


def bristle_atlas(rng: np.random.Generator) -> Plane:
    """How much paint each bristle leaves along a stroke, 0..1, shape (kinds, along, bristles)."""
    hairs = rng.random((KINDS, 1, _BRISTLES), np.float32)
    clumps = rng.random((KINDS, 1, _BRISTLES // 5 + 2), np.float32)
    spread = np.repeat(clumps, 5, axis=2)[:, :, :_BRISTLES]
    knots = rng.standard_normal((KINDS, _KNOTS, _BRISTLES), np.float32)
    smooth = spline(knots.transpose(1, 0, 2), np.linspace(1, _KNOTS - 2.01, _ALONG, dtype=np.float32))
    wander = smooth.transpose(1, 0, 2)
    return np.asarray(np.clip(0.08 + 0.46 * hairs + 0.40 * spread + 0.13 * wander, 0, 1), np.float32)


class Canvas:
    """Four planes (tone, warmth, accent, height of the paint), stored block by block."""

    def __init__(self, width: int, height: int, atlas: Plane) -> None:
        self.width, self.height = width, height
        self._across, self._down = (width + 1) // 2, (height + 1) // 2
        self._blocks = np.zeros((self._across * self._down, 4, 4), np.float32)
        self._atlas = atlas.ravel()

    def prime(self, rows: slice, tone: Plane) -> None:
        """Ground tone for a run of rows; both ends of `rows` are even or the picture's end."""
        lines, columns = -(-tone.shape[0] // 2) * 2, self._across * 2
        padded = np.pad(tone, ((0, lines - tone.shape[0]), (0, columns - tone.shape[1])), mode="edge")
        blocks = padded.reshape(lines // 2, 2, self._across, 2).transpose(0, 2, 1, 3).reshape(-1, 4)
        start = rows.start // 2 * self._across
        self._blocks[start : start + len(blocks), TONE] = blocks

    def plane(self, which: int) -> Plane:
        """One plane as rows and columns."""
        grid = self._blocks[:, which].reshape(self._down, self._across, 2, 2).transpose(0, 2, 1, 3)
        return np.ascontiguousarray(
            grid.reshape(self._down * 2, self._across * 2)[: self.height, : self.width]
        )

    def lay(self, strokes: Strokes, *, bristle: float, sharp: float) -> None:
        """Paint one pass; later strokes lie over earlier ones."""
        if not len(strokes.x):
            return
        depth = self._depths(strokes)
        for level in range(int(depth.max()) + 1):
            self._lay_group(strokes.only(np.flatnonzero(depth == level)), bristle=bristle, sharp=sharp)

    def _depths(self, strokes: Strokes) -> npt.NDArray[np.int32]:
        """Strokes that may meet get different depths, later ones greater: one depth can be painted at once."""
        step = float(np.hypot(np.diff(strokes.x), np.diff(strokes.y)).max())
        cell = max(1.1 * strokes.half_width + 2.0 / self.height, step)
        low = -0.5
        columns = int((self.width / self.height + 1) / cell) + 2
        half = np.float32(strokes.half_width)
        x = (strokes.x[:, :, None] + half * _AROUND[0] - low) / cell
        y = (strokes.y[:, :, None] + half * _AROUND[1] - low) / cell
        rows = int(2 / cell) + 2
        cells = np.clip(y, 0, rows - 1).astype(np.int32) * columns + np.clip(x, 0, columns - 1).astype(
            np.int32
        )
        cells = cells.reshape(len(cells), -1)
        top = np.full(rows * columns, -1, np.int32)
        depth = np.empty(len(cells), np.int32)
        for index, mine in enumerate(cells):
            depth[index] = top[mine] = top[mine].max() + 1
        return depth

    def _lay_group(self, strokes: Strokes, *, bristle: float, sharp: float) -> None:
        spine = self._spine(strokes)
        owner = np.full(self._across * self._down, -1, np.int32)
        self._claim(owner, spine)
        claimed = np.flatnonzero(owner >= 0).astype(np.int32)
        for start in range(0, len(claimed), _CHUNK):
            blocks = claimed[start : start + _CHUNK]
            self._paint(blocks, owner[blocks], spine, strokes, bristle=bristle, sharp=sharp)

    def _spine(self, strokes: Strokes) -> _Spine:
        """The strokes' spines at a step of _SPACING pixels."""
        x, y = strokes.x * np.float32(self.height), strokes.y * np.float32(self.height)
        length = float(np.hypot(np.diff(x, axis=1), np.diff(y, axis=1)).sum(1).max())
        points = max(4, int(np.ceil(length / _SPACING)) + 1)
        # A smooth curve, not a chain: every kink would show as a notch across the bristles.
        places = np.linspace(1, x.shape[1] - 2.001, points, dtype=np.float32)
        fine_x = np.ascontiguousarray(spline(np.ascontiguousarray(x.T), places).T)
        fine_y = np.ascontiguousarray(spline(np.ascontiguousarray(y.T), places).T)
        along_x, along_y = np.gradient(fine_x, axis=1), np.gradient(fine_y, axis=1)
        norm = np.hypot(along_x, along_y) + np.float32(1e-6)
        progress = np.linspace(0, 1, points, dtype=np.float32)
        taper = np.clip(progress / 0.12, 0, 1) ** 0.55 * np.clip((1 - progress) / 0.55, 0, 1) ** 0.7
        count = len(x)
        half = np.broadcast_to(taper * np.float32(strokes.half_width * self.height), (count, points))
        return _Spine(
            fine_x.ravel(),
            fine_y.ravel(),
            (along_x / norm).ravel().astype(np.float32),
            (along_y / norm).ravel().astype(np.float32),
            half.ravel(),
            (np.gradient(half, axis=1) / norm).ravel(),
            np.broadcast_to(progress, (count, points)).ravel(),
            np.repeat(np.arange(count, dtype=np.int32), points),
        )

    def _claim(self, owner: npt.NDArray[np.int32], spine: _Spine) -> None:
        """For each block, the last spine point whose cross-section meets it."""
        widest = float(spine.half.max()) + 0.7
        reach = int(np.ceil(widest / _SPACING))
        offsets = np.linspace(-1, 1, 2 * reach + 1, dtype=np.float32)
        step = max(1, (4 * _CHUNK) // len(offsets))
        for start in range(0, len(spine.x), step):
            part = slice(start, start + step)
            half = (spine.half[part] + np.float32(0.7))[:, None] * offsets
            x = spine.x[part, None] - spine.along_y[part, None] * half
            y = spine.y[part, None] + spine.along_x[part, None] * half
            column = (x * np.float32(0.5)).astype(np.int32)
            row = (y * np.float32(0.5)).astype(np.int32)
            inside = (x >= 0) & (y >= 0) & (column < self._across) & (row < self._down)
            flat = row * self._across + column
            index = np.broadcast_to(np.arange(start, start + len(x), dtype=np.int32)[:, None], flat.shape)
            owner[flat[inside]] = index[inside]

    def _across_stroke(
        self, blocks: npt.NDArray[np.int32], owner: npt.NDArray[np.int32], spine: _Spine
    ) -> tuple[Plane, Plane]:
        """For each pixel of the blocks: place across the stroke (-1..1 within it), and how much of it is covered."""
        row, column = np.divmod(blocks, self._across)
        dx = (column * 2 - spine.x[owner])[:, None] + _IN_BLOCK[0]
        dy = (row * 2 - spine.y[owner])[:, None] + _IN_BLOCK[1]
        tx, ty = spine.along_x[owner][:, None], spine.along_y[owner][:, None]
        slope = spine.slope[owner][:, None]
        half = spine.half[owner][:, None] + slope * np.clip(dx * tx + dy * ty, -2, 2)
        off = dy * tx - dx * ty
        # Ends are blunt: there the outline runs across the stroke, and its edge is measured square to itself.
        edge = np.clip((half - np.abs(off)) / np.sqrt(1 + slope * slope) + np.float32(0.5), 0, 1)
        edge *= np.clip(half, 0, 1)
        return off / np.maximum(half, np.float32(0.3)), edge

    def _tracks(self, t: Plane, brush: npt.NDArray[np.int32], progress: Plane, half_width: float) -> Plane:
        """Paint that the bristle over each pixel leaves, 0..1."""
        hairs = min(_BRISTLES - 1, max(3.0, 2 * half_width / max(_HAIR, 2.1 / self.height)))
        across = np.clip((t + 1) * np.float32(hairs / 2), 0, np.float32(hairs - 0.001))
        hair = across.astype(np.int32)
        across -= hair
        place = (brush * _ALONG + (progress * (_ALONG - 1)).astype(np.int32)) * _BRISTLES + hair
        track = self._atlas[place]
        track += across * (self._atlas[place + 1] - track)
        return np.asarray(track, np.float32)

    def _paint(
        self,
        blocks: npt.NDArray[np.int32],
        owner: npt.NDArray[np.int32],
        spine: _Spine,
        strokes: Strokes,
        *,
        bristle: float,
        sharp: float,
    ) -> None:
        t, edge = self._across_stroke(blocks, owner, spine)
        stroke = spine.stroke[owner]
        progress = spine.progress[owner][:, None]
        track = self._tracks(t, strokes.brush[stroke][:, None], progress, strokes.half_width)
        load = strokes.load[stroke][:, None]
        dry = np.clip((progress - load) * np.float32(1.4), 0, 1) * np.float32(0.85)
        body = np.clip((track - dry) * np.float32(sharp) + np.float32(0.62), 0, 1)
        alpha = edge * body
        relief = (track - np.float32(0.5)) * np.float32(bristle)
        ridge = track * (1 - np.float32(0.35) * t * t)
        new = np.empty((len(blocks), 4, 4), np.float32)
        new[:, TONE] = strokes.tone[stroke][:, None] + relief
        new[:, WARMTH] = strokes.warmth[stroke][:, None]
        new[:, ACCENT] = strokes.accent[stroke][:, None]
        new[:, HEIGHT] = ridge
        old = self._blocks[blocks]
        old += alpha[:, None, :] * (new - old)
        self._blocks[blocks] = old
