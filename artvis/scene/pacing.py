"""Adaptive quality: the render scale and the level of effects, from how late frames are.

It reads no clock and draws nothing; it never gives up the artwork itself, only its sharpness and what is added to it.
"""

STEPS = ((1.0, 1.0), (0.75, 1.0), (0.5, 1.0), (0.34, 1.0), (0.34, 0.5))
"""Scale and effects, finest first. Sharpness goes first: on a screen in motion it is missed least."""
LESS_EFFECTS = 0.5
EFFECTS_SHARE = 0.25
"""The part of a frame's cost that is saved with the effects."""
COST_LIMITS = (3.0, 2.0, 1.8, 1.6, 1.6)
"""At each step, how much dearer than the plainest a scene may be: a plainer scene is better than a blurred one."""
MAX_FPS = 120.0
"""What is aimed at where frames are not capped."""
LATE = 1.25
"""A frame whose interval is this many times too long is late."""
LATE_SHARE = 0.3
SLOW = 1.1
"""A mean interval this many times too long is too slow, though no single frame be late."""
WINDOW_S = 0.6
"""Frames are judged in windows of this length: from full scale to the smallest within 3 s."""
SETTLE_S = 0.25
"""After a change of scale new targets are made; those frames say nothing."""
START_S = 1.2
"""Shaders are still being compiled."""
ROOM_S = 10.0
ROOM = 0.8
"""The part of a frame's time that the next scale up may be expected to need."""
PAUSE_S = 0.5
"""A longer gap is a hidden window or a suspended machine, not a late frame."""
FORGIVEN_S = 60.0
LONGEST_WAIT_S = 320.0
FIXED_COST = 0.3
"""The part of a frame's cost at full scale that does not shrink with it: bars, the blit, the mesh."""


class Pacing:
    """Down a step for each window of late frames; up after 10 s of room, and more hesitantly after each failure."""

    def __init__(self, target_fps: float | None, *, pinned: float | None = None) -> None:
        """`target_fps`: no more than the display shows; None: as fast as possible, and then never up again.

        `pinned` keeps that scale: then only the effects give way.
        """
        self._frame_s = 1.0 / (target_fps or MAX_FPS)
        self._may_rise = target_fps is not None
        self._steps = STEPS if pinned is None else ((pinned, 1.0), (pinned, LESS_EFFECTS))
        self._step = 0
        self._judge_from_s: float | None = None
        self._window_began_s = 0.0
        self._frames = self._late = 0
        self._busy_s = self._shown_s = 0.0
        self._room_since_s: float | None = None
        self._rose_at_s: float | None = None
        self._wait_s = ROOM_S

    @property
    def scale(self) -> float:
        return self._steps[self._step][0]

    @property
    def effects(self) -> float:
        """1: all of them; below it the glow is left out and buffers are smaller by so much."""
        return self._steps[self._step][1]

    @property
    def cost_limit(self) -> float:
        """How dear a scene may be, as a multiple of the plainest one."""
        return COST_LIMITS[-1] if self._step == len(self._steps) - 1 else COST_LIMITS[self._step]

    def step(self, now_s: float, *, interval_s: float, busy_s: float) -> float:
        """The scale of the next video frame.

        `interval_s` is the time since the frame before was shown, `busy_s` the part of it that went into this one.
        """
        if self._judge_from_s is None:
            self._judge_from_s = now_s + START_S
        if interval_s > PAUSE_S:
            self._settle(now_s)
        if now_s < self._judge_from_s:
            self._begin_window(now_s)
            return self.scale
        self._frames += 1
        self._late += interval_s > LATE * self._frame_s
        self._busy_s += busy_s
        self._shown_s += interval_s
        if now_s - self._window_began_s >= WINDOW_S:
            self._judge(now_s)
        return self.scale

    def _judge(self, now_s: float) -> None:
        slow = self._shown_s > SLOW * self._frame_s * self._frames
        late = slow or self._late > LATE_SHARE * self._frames
        has_room = self._late <= 1 and self._busy_s / self._frames * self._dearer() < ROOM * self._frame_s
        self._begin_window(now_s)
        if late:
            self._room_since_s = None
            if self._step < len(self._steps) - 1:
                self._sink(now_s)
        elif not has_room:
            self._room_since_s = None
        elif self._room_since_s is None:
            self._room_since_s = now_s - WINDOW_S
        elif self._may_rise and self._step > 0 and now_s - self._room_since_s >= self._wait_s:
            self._step -= 1
            self._rose_at_s = now_s
            self._settle(now_s)

    def _dearer(self) -> float:
        """How many times dearer a frame is expected to be one scale up."""
        return _cost(*self._steps[max(0, self._step - 1)]) / _cost(*self._steps[self._step])

    def _sink(self, now_s: float) -> None:
        self._step += 1
        if self._rose_at_s is not None:
            failed = now_s - self._rose_at_s < FORGIVEN_S
            self._wait_s = min(LONGEST_WAIT_S, self._wait_s * 2) if failed else ROOM_S
        self._settle(now_s)

    def _settle(self, now_s: float) -> None:
        self._judge_from_s = max(self._judge_from_s or 0.0, now_s + SETTLE_S)
        self._room_since_s = None
        self._begin_window(now_s)

    def _begin_window(self, now_s: float) -> None:
        self._window_began_s = now_s
        self._frames = self._late = 0
        self._busy_s = self._shown_s = 0.0


def _cost(scale: float, effects: float) -> float:
    """Of a frame, as a share of one at full scale with all effects."""
    drawn = 1.0 if effects >= 1.0 else 1.0 - EFFECTS_SHARE
    return FIXED_COST + (1 - FIXED_COST) * scale**2 * drawn
