"""Smooth noise of any size from small lattices: fields, curves and a texture that tiles.

It draws nothing; positions are relative (picture height = 1), so a picture keeps its forms at every size.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.floating[Any]]
"""Float32 throughout; the wider type is what numpy's own annotations give back."""

_WIDEST = 2.6
"""Lattices are drawn for pictures this wide (in heights), so a wider crop shows the same forms."""


def spline(values: Plane, positions: Plane) -> Plane:
    """Cubic B-spline through rows of `values` at fractional row `positions`; at least four rows.

    Four weighted rows each, and no matrix product: those start threads that burn more time than they save, and
    their sums may differ from machine to machine.
    """
    cell = np.clip(np.floor(positions).astype(np.intp), 1, len(values) - 3)
    t = np.asarray(positions - cell, np.float32).reshape(-1, *(1,) * (values.ndim - 1))
    total = values[cell - 1] * ((1 - t) ** 3 / 6)
    total += values[cell] * ((3 * t**3 - 6 * t**2 + 4) / 6)
    total += values[cell + 1] * ((-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6)
    total += values[cell + 2] * (t**3 / 6)
    return np.asarray(total, np.float32)


_FLATTENED = 2.15
"""What B-spline smoothing takes from the spread of a lattice of unit variance."""


@dataclass(frozen=True, slots=True)
class FieldOver:
    """A noise field with its columns fixed; rows are asked for strip by strip."""

    projected: tuple[tuple[float, Plane], ...]

    def rows(self, ys: Plane) -> Plane:
        """Values about -2..2 with unit spread, shape (len(ys), columns)."""
        total: Plane | None = None
        for frequency, lattice in self.projected:
            part = spline(lattice, ys * np.float32(frequency) + np.float32(1.5))
            total = part if total is None else total + part
        if total is None:
            raise ValueError("a field needs an octave")
        return total


class Field:
    """Fractal noise over the picture; `stretch` makes forms wider than tall."""

    def __init__(
        self,
        rng: np.random.Generator,
        frequency: float,
        *,
        octaves: int = 4,
        gain: float = 0.5,
        stretch: float = 1.0,
        tallest: float = 1.0,
    ) -> None:
        amplitudes = np.array([gain**octave for octave in range(octaves)])
        amplitudes *= _FLATTENED / np.sqrt((amplitudes**2).sum())
        self._octaves: list[tuple[float, float, Plane]] = []
        for amplitude in amplitudes:
            shape = (int(np.ceil(frequency * tallest)) + 5, int(np.ceil(frequency / stretch * _WIDEST)) + 5)
            lattice = rng.standard_normal(shape, np.float32) * np.float32(amplitude)
            self._octaves.append((frequency, frequency / stretch, lattice))
            frequency *= 2.03

    def over(self, xs: Plane) -> FieldOver:
        """The field for these columns (xs in picture heights)."""
        return FieldOver(
            tuple(
                (fy, np.ascontiguousarray(spline(lattice.T, xs * np.float32(fx) + np.float32(1.5)).T))
                for fy, fx, lattice in self._octaves
            )
        )


def curve(
    rng: np.random.Generator,
    xs: Plane,
    frequency: float,
    *,
    octaves: int = 5,
    gain: float = 0.5,
    ridged: float = 0.0,
) -> Plane:
    """Noise along a line, about -1..1; `ridged` 0 rolls like hills, 1 has the crests of mountains."""
    total = np.zeros(len(xs), np.float32)
    weight, norm = 1.0, 0.0
    for _ in range(octaves):
        nodes = int(np.ceil(frequency * _WIDEST)) + 6
        lattice = rng.standard_normal(nodes, np.float32) * np.float32(1.45)
        wave = spline(lattice, xs * np.float32(frequency) + np.float32(1.5))
        crest = 1.0 - 2.0 * np.abs(np.tanh(wave))
        total += np.float32(weight) * ((1 - ridged) * wave * 0.8 + ridged * crest).astype(np.float32)
        norm += weight
        weight *= gain
        frequency *= 2.07
    return (total / np.float32(norm)).astype(np.float32)


def tile(
    rng: np.random.Generator, cells: int, *, side: int = 512, octaves: int = 6, gain: float = 0.5
) -> Plane:
    """A square of fractal noise that tiles, mean 0 and unit spread, shape (side, side); side is a power of two."""
    total = np.zeros((side, side), np.float32)
    for octave in range(octaves):
        nodes = min(cells * 2**octave, side)
        lattice = rng.standard_normal((nodes, nodes), np.float32) * np.float32(gain**octave)
        wrapped = np.pad(lattice, ((1, 3), (1, 3)), mode="wrap")
        places = np.arange(side, dtype=np.float32) * np.float32(nodes / side) + 1
        total += spline(np.ascontiguousarray(spline(wrapped, places).T), places).T
    return np.asarray((total - total.mean()) / total.std(), np.float32)


def sample(texture: Plane, xs: Plane, ys: Plane) -> Plane:
    """The texture at positions in tiles (1.0 is once across), bilinear, wrapped."""
    side = len(texture)
    mask = side - 1
    x = xs * np.float32(side)
    y = ys * np.float32(side)
    left = np.floor(x)
    top = np.floor(y)
    x -= left
    y -= top
    column = left.astype(np.int32) & mask
    row = (top.astype(np.int32) & mask) * side
    right = (column + 1) & mask
    below = (row + side) & (side * side - 1)
    flat = texture.ravel()
    upper = flat[row + column]
    upper += x * (flat[row + right] - upper)
    lower = flat[below + column]
    lower += x * (flat[below + right] - lower)
    lower -= upper
    lower *= y
    lower += upper
    return np.asarray(lower, np.float32)


def smoothstep(low: float, high: float, values: Plane) -> Plane:
    """0 at `low`, 1 at `high`, with a soft shoulder at both."""
    t = np.clip((values - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
