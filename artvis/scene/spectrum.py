"""The row of bars: from the levels that are heard to heights that move and that stand well in a picture.

It hears nothing and draws nothing. Levels come with auto gain, which holds a full mix near the top all the time: so a
bar shows less of how loud its band is than of how it stands out against what is usual for it.
"""

from dataclasses import dataclass, field
from math import exp
from typing import Any

import numpy as np
import numpy.typing as npt

from artvis.model.music import NO_SPECTRUM, SPECTRUM_BARS

Levels = npt.NDArray[np.float32]

LASTING_SHARE = np.float32(0.5)
"""Of a band that never changes, this much is shown."""
MOVING_SHARE = np.float32(0.5)
CONTRAST = np.float32(1.25)
USUAL_S = 3.0
"""Within it, a new level has become what is usual."""
LEAST_SPREAD = np.float32(0.08)
"""Smaller changes of a level are not blown up: hiss must not dance."""
RISE_S = 0.03
FALL_S = 0.3
FOLDED = np.array([*range(SPECTRUM_BARS - 2, -1, -2), *range(1, SPECTRUM_BARS, 2)])
"""Even bands to the left of the middle, odd ones to the right: nearly a mirror, and no band is lost."""


@dataclass(frozen=True, slots=True)
class Bars:
    shown: Levels = field(default_factory=lambda: NO_SPECTRUM)
    """Heights, 0..1, from low to high."""
    usual: Levels = field(default_factory=lambda: NO_SPECTRUM)
    spread: Levels = field(default_factory=lambda: NO_SPECTRUM)
    """How far a band usually is from what is usual for it."""


def follow_spectrum(before: Bars, heard: Levels, *, dt_s: float) -> Bars:
    """The bars `dt_s` later: up within 30 ms, down within 300 ms, each softened by its neighbours."""
    learnt = np.float32(1.0 - exp(-2.303 * dt_s / USUAL_S))
    usual = before.usual + learnt * (heard - before.usual)
    spread = before.spread + learnt * (np.abs(heard - usual) - before.spread)
    above = np.clip((heard - usual) / (np.float32(1.6) * spread + LEAST_SPREAD), 0.0, 1.0)
    height = (LASTING_SHARE * heard + MOVING_SHARE * above * np.sqrt(heard)) ** CONTRAST
    wide = np.pad(height, 2, mode="edge")
    near, far = wide[1:-3] + wide[3:-1], wide[:-4] + wide[4:]
    target = np.float32(0.4) * height + np.float32(0.2) * near + np.float32(0.1) * far
    rise, fall = np.float32(exp(-2.303 * dt_s / RISE_S)), np.float32(exp(-2.303 * dt_s / FALL_S))
    keep = np.where(target > before.shown, rise, fall)
    return Bars(_still(target + (before.shown - target) * keep), _still(usual), _still(spread))


def folded(shown: Levels) -> Levels:
    """The same bars as they stand in the picture: the lowest in the middle, the highest at both ends."""
    return _still(shown[FOLDED])


def _still(levels: npt.NDArray[np.floating[Any]]) -> Levels:
    levels = levels.astype(np.float32, copy=False)
    levels.flags.writeable = False
    return levels
