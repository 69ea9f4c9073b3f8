"""Counts how often the cells of a screen have swung to and fro in luminance and in redness within a sliding second.

It decides nothing; what WCAG 2.3.1 calls a flash is two opposing swings here.
"""

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
KEPT = 8
"""Swings remembered for each cell: four flashes."""
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


class Swings:
    """`cells` are linear light, shape (cells, 3)."""

    def __init__(self, cells: Grid) -> None:
        self._extreme, self._red = _measured(cells)
        """The state from which the next swing is measured: the last turning point, or beyond."""
        self._way = np.zeros_like(self._extreme)
        """The direction of the last swing; 0 before the first."""
        self._times_s = np.full((KEPT, *self._extreme.shape), -np.inf)
        """When the last swings were, the latest first."""
        self._great: tuple[tuple[float, int], ...] = ()
        """When more than AREA swung one way at once, and which: it need not be the same place each time."""

    def copy(self) -> Self:
        twin = object.__new__(type(self))
        twin._extreme, twin._red, twin._way, twin._great = self._extreme, self._red, self._way, self._great
        twin._times_s = self._times_s.copy()  # the one that is changed in place
        return twin

    def look(self, cells: Grid) -> Sight:
        """What would happen if `cells` came next."""
        values, red = _measured(cells)
        change = values - self._extreme
        way = np.sign(change)
        swing = (np.abs(change) >= DELTA) & (way != self._way)
        swing[0] &= np.minimum(values[0], self._extreme[0]) < DARK
        swing[1] &= red | self._red
        return Sight(values, red, way, swing, bool(swing.any()))

    def note(self, sight: Sight, now_s: float) -> None:
        """It came next."""
        onward = sight.swing | (sight.way == self._way)
        self._extreme = np.where(onward, sight.values, self._extreme)
        self._red = np.where(onward[1], sight.red, self._red)
        if sight.any:
            self._great = self._with_great(sight, now_s)
            self._way = np.where(sight.swing, sight.way, self._way)
            self._times_s[1:, sight.swing] = self._times_s[:-1, sight.swing]
            self._times_s[0, sight.swing] = now_s

    def hot(self, sight: Sight, free: int, now_s: float) -> Mask | None:
        """The cells that would swing once more than `free`; None where they are too few to matter."""
        if not sight.any:
            return None
        hot = sight.swing & self._had(free, now_s)
        if hot.any() and _wide(hot | self._had(free + 1, now_s)):
            return hot
        great = self._with_great(sight, now_s)
        return sight.swing if len(great) > max(free, len(self._great)) else None

    def room(self, before: Grid, cells: Grid, hot: Mask) -> float:
        """The share of `cells` over `before`, 0..1, that keeps every hot cell from swinging."""
        old, new = WEIGHTS @ before.T, WEIGHTS @ cells.T
        bound = self._extreme - EDGE * DELTA * self._way
        step = (new - old)[hot]
        room = (bound - old)[hot] / np.where(step == 0.0, np.float32(1), step)
        return float(np.clip(room, 0.0, 1.0).min(initial=1.0))

    def busy(self, swings: int, now_s: float) -> bool:
        """More than AREA had so many swings in the last second, or the screen as a whole had."""
        great = sum(t_s > now_s - WINDOW_S for t_s, _ in self._great)
        return great >= swings or _wide(self._had(swings, now_s))

    def flashes(self, now_s: float) -> int:
        """Pairs of swings in the last second over more than AREA, at most KEPT / 2."""
        count = 0
        while count < KEPT // 2 and _wide(self._times_s[2 * count + 1] > now_s - 1.0):
            count += 1
        return count

    def _had(self, swings: int, now_s: float) -> Mask:
        return np.asarray(self._times_s[swings - 1] > now_s - WINDOW_S)

    def _with_great(self, sight: Sight, now_s: float) -> tuple[tuple[float, int], ...]:
        """The great swings of the last second, and those that `sight` adds."""
        great = tuple(each for each in self._great if each[0] > now_s - WINDOW_S)
        for way in (1, -1):
            begun_s = max((t_s for t_s, other in great if other == way), default=-np.inf)
            is_new = not great or great[-1][1] != way or now_s - begun_s > TOGETHER_S
            if is_new and _wide(sight.swing & (sight.way == way)):
                great += ((now_s, way),)
        return great


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
