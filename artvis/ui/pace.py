"""When the next video frame is due; pure arithmetic on times that are handed in.

It starts no timer. With a screen that holds the swap back (vsync) the swap is the clock and nothing waits twice;
without one the due times are absolute, so that a late frame does not push the following ones back.
"""

FAST_SWAPS = 8  # this many in a row well under the screen's own period: nothing holds the swap back
WELL_UNDER = 0.7
LATE_PERIODS = 2.0  # more than this behind: the lost frames are not made up


class Pace:
    """`fps` None: as fast as it goes. `refresh_hz` is the screen's; `vsync` what is believed of it at the start."""

    def __init__(self, fps: float | None, *, refresh_hz: float, vsync: bool) -> None:
        self.refresh_s = 1.0 / max(refresh_hz, 1.0)
        self._period_s = 0.0 if fps is None else 1.0 / fps
        self.vsync = vsync and fps is not None and fps >= 0.95 * refresh_hz
        self._due_s = 0.0
        self._last_s = 0.0
        self._fast = 0

    def wait_s(self, now_s: float) -> float:
        """Seconds from this swap at `now_s` until the next frame should begin; 0: at once."""
        interval_s, self._last_s = now_s - self._last_s, now_s
        if self._period_s == 0.0:
            return 0.0
        if self.vsync:
            self._doubt(interval_s)
            return 0.0
        self._due_s += self._period_s
        if now_s - self._due_s > LATE_PERIODS * self._period_s or self._due_s - now_s > 2 * self._period_s:
            self._due_s = now_s
        return max(self._due_s - now_s, 0.0)

    def _doubt(self, interval_s: float) -> None:
        self._fast = self._fast + 1 if interval_s < WELL_UNDER * self.refresh_s else 0
        if self._fast >= FAST_SWAPS:
            self.vsync = False
