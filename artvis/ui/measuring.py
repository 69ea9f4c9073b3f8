"""What the window measures of itself: frame times, processor time, and how soon after the start it showed something.

It draws nothing and decides nothing; the clocks are read here and nowhere else in this room.
"""

import time
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np

from artvis.processes import age_s

SETTLING_S = 2.0  # rates are over everything after this: before it caches are cold and workers start
KEPT_RECENT = 256
KEPT_FRAMES = 1 << 17  # 36 minutes at 60 fps; older ones are overwritten


@dataclass(frozen=True, slots=True)
class FrameReport:
    """The figures of one run of the window. Rates are over everything after the first 2 s."""

    seconds: float
    frames: int
    fps: float
    frame_ms_p50: float
    frame_ms_p99: float
    frame_ms_max: float
    cpu_ms_per_frame: float
    """All threads of this process, software OpenGL included."""
    gui_ms_per_frame: float
    """The window thread's own processor time in tick and draw."""
    render_scale: float
    """The median."""
    first_frame_s: float | None
    first_artwork_s: float | None
    """From the start of the process to the swap."""
    size: tuple[int, int]
    """In pixels of the screen."""
    renderer: str
    interrupted: bool = False
    """It was left because a signal said so, not by a key and not when its time was over."""

    def as_json(self) -> dict[str, Any]:
        """The part of `show --report` that the window knows."""
        return {
            "seconds": self.seconds,
            "frames": self.frames,
            "fps": self.fps,
            "frame_ms": {"p50": self.frame_ms_p50, "p99": self.frame_ms_p99, "max": self.frame_ms_max},
            "cpu_ms_per_frame": self.cpu_ms_per_frame,
            "gui_ms_per_frame": self.gui_ms_per_frame,
            "render_scale": self.render_scale,
            "first_frame_s": self.first_frame_s,
            "first_artwork_s": self.first_artwork_s,
            "size": f"{self.size[0]}x{self.size[1]}",
            "renderer": self.renderer,
        }


_BORN_S = time.monotonic() - age_s()  # read once: reading /proc costs 0.05 ms


def since_start_s(now_s: float) -> float:
    """Seconds from the start of the process to the monotonic moment `now_s`."""
    return now_s - _BORN_S


class FrameMeter:
    """Counts frames and what they cost; one call to each method a frame."""

    def __init__(self) -> None:
        self._intervals_ms = np.zeros(KEPT_FRAMES, np.float32)
        self._scales = np.zeros(KEPT_FRAMES, np.float32)
        self._gui_s = 0.0
        self._counted = 0
        self._frames = 0
        self._first_s: float | None = None
        self._last_s = 0.0
        self._last_scale = 1.0
        self._recent_s: deque[float] = deque(maxlen=KEPT_RECENT)
        self._counted_from: tuple[float, float] | None = None
        self.first_frame_s: float | None = None
        self.first_artwork_s: float | None = None

    @property
    def frames(self) -> int:
        return self._frames

    def swapped(self, now_s: float, *, scale: float, gui_s: float, artwork: bool) -> None:
        """One frame is on the screen. `gui_s`: processor time of the window thread for it."""
        self._recent_s.append(now_s)
        self._last_scale = scale
        if self._first_s is None:
            self._first_s = now_s
            self.first_frame_s = since_start_s(now_s)
        if artwork and self.first_artwork_s is None:
            self.first_artwork_s = since_start_s(now_s)
        if self._counted_from is not None:
            at = self._counted % KEPT_FRAMES
            self._intervals_ms[at] = 1e3 * (now_s - self._last_s)
            self._scales[at] = scale
            self._gui_s += gui_s
            self._counted += 1
        elif now_s - self._first_s >= SETTLING_S:
            self._counted_from = (now_s, time.process_time())
        self._frames += 1
        self._last_s = now_s

    def paused(self, now_s: float) -> None:
        """The window was hidden until now: the gap is not a frame time."""
        self._last_s = now_s

    def now(self, now_s: float) -> dict[str, Any]:
        """The figures of this moment: frames a second over the last second, 0 while the window is hidden."""
        recent = [each for each in self._recent_s if now_s - each <= 1.0]
        span_s = recent[-1] - recent[0] if recent else 0.0
        return {
            "seconds": round(since_start_s(now_s), 2),
            "frames": self._frames,
            "fps": round((len(recent) - 1) / span_s, 1) if span_s > 0.0 else 0.0,
            "scale": round(self._last_scale, 3),
        }

    def report(self, *, size: tuple[int, int], renderer: str) -> FrameReport:
        counted = min(self._counted, KEPT_FRAMES)
        intervals = self._intervals_ms[:counted] if counted else np.zeros(1, np.float32)
        span_s, cpu_s = 0.0, 0.0
        if self._counted_from is not None:
            span_s = self._last_s - self._counted_from[0]
            cpu_s = time.process_time() - self._counted_from[1]
        p50, p99 = np.percentile(intervals, (50, 99))
        return FrameReport(
            seconds=round(self._last_s - (self._first_s or self._last_s), 3),
            frames=self._frames,
            fps=round(self._counted / span_s, 2) if span_s > 0 else 0.0,
            frame_ms_p50=round(float(p50), 2),
            frame_ms_p99=round(float(p99), 2),
            frame_ms_max=round(float(intervals.max()), 2),
            cpu_ms_per_frame=round(1e3 * cpu_s / max(self._counted, 1), 2),
            gui_ms_per_frame=round(1e3 * self._gui_s / max(self._counted, 1), 2),
            render_scale=round(float(np.median(self._scales[:counted])), 3) if counted else 1.0,
            first_frame_s=_rounded(self.first_frame_s),
            first_artwork_s=_rounded(self.first_artwork_s),
            size=size,
            renderer=renderer,
        )


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
