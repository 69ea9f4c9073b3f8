"""Counts how often the cells of a screen have swung to and fro in luminance and in redness within a sliding second.

It decides nothing; what WCAG 2.3.1 calls a flash is two opposing swings here.
"""

from collections import deque
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

AREA = 0.22
"""The part of the screen, in any shape, that may flash as it likes; WCAG has a quarter."""
WINDOW_S = 1.05
"""A second, and a frame or two: whoever counts afterwards may begin his second between two of our frames."""
DELTA = np.array([[0.085], [0.052]], np.float32)
"""The swing that counts, of relative luminance and of R - G - B; WCAG has 0.10 and 20/320. The rest is for rounding."""
DARK = 0.82
"""A swing between two states lighter than this is none; WCAG has 0.80."""
SATURATED = 0.78
"""The share of red in a saturated red; WCAG has 0.80."""
BLACK = 1e-4
"""Less light than this has no colour."""
EDGE = np.float32(0.9)
"""How far towards the next swing a cell may go that has none left."""
TOGETHER_S = 0.15
"""Parts of the screen that go the same way within this time swing together."""
WEIGHTS = np.array([[0.2126, 0.7152, 0.0722], [1.0, -1.0, -1.0]], np.float32)
"""Relative luminance and redness of linear sRGB; redness below 0 counts as 0."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The cells of one frame as it is, or as it might be, seen from the frames before it."""

    values: Grid
    """Luminance and redness: rows 0 and 1, here and in every array below."""
    red: Mask
    """Where it is a saturated red, shape (cells,)."""
    way: Grid
    """The direction in which each has changed: 1, -1 or 0."""
    swing: Mask
    """Which have swung by that."""
    any: bool
    great: tuple[int, ...]
    """The directions in which more than AREA swings at once."""


class Swings:
    """`cells` are linear light, shape (cells, 3); times only ever grow."""

    def __init__(self, cells: Grid) -> None:
        self._extreme, self._red = _measured(cells)
        """The state from which the next swing is measured: the last turning point, or beyond."""
        self._way = np.zeros_like(self._extreme)
        """The direction of the last swing; 0 before the first."""
        self._count = np.zeros(self._extreme.shape, np.int16)
        """Of the swings in the window, which `_recent` holds with their times."""
        self._recent = deque[tuple[float, Mask]]()
        self._great: tuple[tuple[float, int], ...] = ()
        """When the screen as a whole swung, and which way: it need not be the same place each time."""

    def copy(self) -> Self:
        twin = object.__new__(type(self))
        twin._extreme, twin._red, twin._way, twin._great = self._extreme, self._red, self._way, self._great
        twin._count, twin._recent = self._count.copy(), self._recent.copy()
        return twin

    def forget(self, now_s: float) -> None:
        """Let go of what has left the window; to be called first for each frame."""
        while self._recent and self._recent[0][0] <= now_s - WINDOW_S:
            self._count -= self._recent.popleft()[1]
        self._great = tuple(each for each in self._great if each[0] > now_s - WINDOW_S)

    def look(self, cells: Grid) -> Sight:
        """What would happen if `cells` came next."""
        values, red = _measured(cells)
        change = values - self._extreme
        way = np.sign(change)
        swing = (np.abs(change) >= DELTA) & (way != self._way)
        swing[0] &= np.minimum(values[0], self._extreme[0]) < DARK
        swing[1] &= red | self._red
        some = bool(swing.any())
        great = tuple(each for each in (1, -1) if _wide(swing & (way == each))) if some else ()
        return Sight(values, red, way, swing, some, great)

    def note(self, sight: Sight, now_s: float) -> None:
        """It came next."""
        onward = sight.swing | (sight.way == self._way)
        self._extreme = np.where(onward, sight.values, self._extreme)
        self._red = np.where(onward[1], sight.red, self._red)
        if sight.any:
            self._way = np.where(sight.swing, sight.way, self._way)
            self._count += sight.swing
            self._recent.append((now_s, sight.swing))
            self._great += tuple((now_s, way) for way in self._new_great(sight, now_s))

    def hot(self, sight: Sight, free: int, now_s: float) -> Mask | None:
        """The cells that would swing once more than `free`; None where they are too few to matter."""
        if not sight.any:
            return None
        hot = sight.swing & (self._count >= free)
        if hot.any() and _wide(hot | (self._count > free)):
            return hot
        new = self._new_great(sight, now_s)
        return sight.swing if new and len(self._great) + len(new) > free else None

    def room(self, before: Grid, cells: Grid, hot: Mask) -> float:
        """The share of `cells` over `before`, 0..1, that keeps every hot cell from swinging."""
        old, new = WEIGHTS @ before.T, WEIGHTS @ cells.T
        bound = self._extreme - EDGE * DELTA * self._way
        step = (new - old)[hot]
        room = (bound - old)[hot] / np.where(step == 0.0, np.float32(1), step)
        return float(np.clip(room, 0.0, 1.0).min(initial=1.0))

    def busy(self, swings: int) -> bool:
        """More than AREA has so many swings in the window, or the screen as a whole has."""
        return len(self._great) >= swings or self._have(swings)

    @property
    def flashes(self) -> int:
        """The pairs of swings in the window that more than AREA has."""
        count = 0
        while self._have(2 * count + 2):
            count += 1
        return count

    def _have(self, swings: int) -> bool:
        return len(self._recent) >= swings and _wide(self._count >= swings)

    def _new_great(self, sight: Sight, now_s: float) -> list[int]:
        """The directions in which the screen as a whole swings with `sight`."""
        new: list[int] = []
        for way in sight.great:
            last = new[-1] if new else self._great[-1][1] if self._great else 0
            since_s = max((t_s for t_s, other in self._great if other == way), default=-np.inf)
            if last != way or now_s - since_s > TOGETHER_S:
                new.append(way)
        return new


def _measured(cells: Grid) -> tuple[Grid, Mask]:
    """Luminance and redness, and where it is a saturated red."""
    values = WEIGHTS @ cells.T
    np.maximum(values, 0.0, out=values)
    light = cells @ np.ones(3, np.float32)
    return values, (cells[:, 0] >= SATURATED * light) & (light > BLACK)


def _wide(mask: Mask) -> bool:
    """More than AREA of the screen, in luminance or in redness."""
    luminance, redness = np.count_nonzero(mask[0]), np.count_nonzero(mask[1])
    return bool(max(luminance, redness) > AREA * mask.shape[1])
