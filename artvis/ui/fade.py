"""Opacities that move with our own video frames; pure arithmetic on times that are handed in."""

import math

STEPS = 48  # finer ones cannot be seen, and each is a binding that is worked out again
BREATH_S = 1.9
BREATH_LEAST = 0.3


class Fade:
    """One opacity on its way to 0 or 1. Seconds from 0 to 1 and back; 0 means at once."""

    def __init__(self, in_s: float, out_s: float) -> None:
        self._in_s = in_s
        self._out_s = out_s
        self._at = 0.0

    def step(self, dt_s: float, *, shown: bool) -> float:
        """The opacity `dt_s` later: eased, and in steps."""
        takes_s = self._in_s if shown else self._out_s
        change = dt_s / takes_s if takes_s > 0.0 else 1.0
        self._at = min(max(self._at + (change if shown else -change), 0.0), 1.0)
        eased = self._at * self._at * (3.0 - 2.0 * self._at)
        return round(eased * STEPS) / STEPS


def breath(now_s: float, *, still: bool) -> float:
    """The opacity of a mark that breathes; 1 where nothing should move."""
    if still:
        return 1.0
    wave = 0.5 + 0.5 * math.cos(math.tau * (now_s % BREATH_S) / BREATH_S)
    return round((BREATH_LEAST + (1.0 - BREATH_LEAST) * wave) * STEPS) / STEPS
