"""Keeps the stage from flashing: how much of each new frame may be shown, so that no second has too many flashes.

It measures and draws nothing (`render.guarding`), and reads no clock; what it lowers is the swing, never the picture.
"""

from dataclasses import dataclass
from math import exp

import numpy as np

from artvis.scene.swings import Grid, Mask, Sight, Swings

LIMIT = 5
"""Swings a second that a cell is free to make; two are a flash, and three flashes are allowed (WCAG 2.3.1)."""
LIMIT_CALM = 2
SHORTEST_S, LONGEST_S = 0.5, 2.0
"""The exposure at the first flash too many, and at most: even a square wave of 1.5 Hz swings under 0.085 then."""
GROWS, FADES = 2.0, 2.0
"""Seconds of exposure a second: while it is still too short, and when it is no longer needed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with one frame."""

    share: float = 1.0
    """Of this frame in what is shown, in linear light; the rest is what was shown before. 1: nothing is done."""
    limits: bool = False
    """The frame goes through the exposure, be it with a share of 1: it may be needed with the next one."""
    flashes: int = 0
    """That the last second has, as it goes out, over the area that counts."""

    @property
    def limited(self) -> bool:
        return self.share < 1.0


@dataclass(slots=True)
class FlashRecord:
    """Whether a show is guarded, and what its guard has done so far; one for a show, however many engines it has."""

    guarded: bool = True
    limited_frames: int = 0
    max_per_s: int = 0
    """The most flashes in a second, as they went out; 0 where it is not guarded, since nobody looks then."""

    def note(self, verdict: Verdict) -> None:
        self.limited_frames += verdict.limited
        self.max_per_s = max(self.max_per_s, verdict.flashes)


class FlashGuard:
    """One call to `step` for each frame that is shown, in order.

    A cell that has spent its swings is kept within the next one; beyond that the exposure grows until nothing has to
    be kept back: what strobes becomes a long exposure of itself.
    """

    def __init__(self) -> None:
        self._now_s = 0.0
        self._exposure_s = 0.0
        self._kept = False
        """Whether what was shown last has gone through the exposure."""
        self._shown_rgb: Grid
        self._shown: Swings | None = None
        self._asked: Swings | None = None
        """Of what the scene wants, while something else is shown; None while they are the same."""

    def step(self, rgb: Grid, *, dt_s: float, calm: bool = False) -> Verdict:
        """`rgb`: the frame that the scene wants, linear light 0..1, shape (rows, columns, 3), always the same.

        `dt_s`: since the frame before was shown. `calm` halves what is allowed.
        """
        cells = rgb.reshape(-1, 3)
        self._now_s += dt_s
        if self._shown is None:
            self._shown_rgb, self._shown = cells, Swings(cells)
            return Verdict()
        self._shown.forget(self._now_s)
        free = LIMIT_CALM if calm else LIMIT
        self._follow(cells, dt_s, free)
        share = _share(self._exposure_s, dt_s)
        shown, sight = self._tried(self._shown, cells, share)
        hot = self._shown.hot(sight, free, self._now_s)
        if hot is not None and self._kept:  # without what was shown before there is nothing to mix with
            share = self._lowered(self._shown, cells, dt_s, hot)
            shown, sight = self._tried(self._shown, cells, share)
        self._shown_rgb = shown
        self._shown.note(sight, self._now_s)
        self._kept = share < 1.0 or self._shown.busy(max(1, free - 2))
        return Verdict(share=share, limits=self._kept, flashes=self._shown.flashes)

    def _follow(self, cells: Grid, dt_s: float, free: int) -> None:
        """Look at what the scene wants, and shorten the exposure once that has become harmless."""
        if self._asked is None:
            return
        self._asked.forget(self._now_s)
        self._asked.note(self._asked.look(cells), self._now_s)
        if not self._asked.busy(free + 1):
            self._exposure_s = max(0.0, self._exposure_s - FADES * dt_s)
            if self._exposure_s == 0.0:
                self._asked = None

    def _tried(self, swings: Swings, cells: Grid, share: float) -> tuple[Grid, Sight]:
        shown = mixed(self._shown_rgb, cells, share)
        return shown, swings.look(shown)

    def _lowered(self, swings: Swings, cells: Grid, dt_s: float, hot: Mask) -> float:
        """The share with which none of the `hot` cells, which have spent their swings, makes another one."""
        if self._asked is None:
            self._asked = swings.copy()
            self._asked.note(self._asked.look(cells), self._now_s)
        self._exposure_s = min(LONGEST_S, max(SHORTEST_S, self._exposure_s + GROWS * dt_s))
        return min(_share(self._exposure_s, dt_s), swings.room(self._shown_rgb, cells, hot))


def mixed(before: Grid, frame: Grid, share: float) -> Grid:
    """What is shown: `share` of `frame` over `before`, linear light; the twin of the shader."""
    return frame if share >= 1.0 else before + np.float32(share) * (frame - before)


def _share(exposure_s: float, dt_s: float) -> float:
    return 1.0 if exposure_s <= 0.0 else 1.0 - exp(-dt_s / exposure_s)
