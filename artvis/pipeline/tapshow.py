"""A show of nothing but clicks and flashes, to which a person taps: how far ear and eye are apart for them.

First the clicks alone, then the flashes alone, so that whatever a person is early or late by cancels out; then both,
for a last word with the arrows. It plays nothing and draws nothing itself.
"""

import time
from bisect import bisect_left
from collections.abc import Callable
from enum import Enum
from math import inf
from typing import Final

from artvis.model.command import Command
from artvis.model.notice import Notice
from artvis.pipeline.agreement import Agreement, agreement
from artvis.pipeline.overlay import OverlayState
from artvis.pipeline.showing import StageFrame
from artvis.scene.uniforms import Uniforms

PERIOD_S: Final = 0.6
TAPS: Final = 12
STEP_S: Final = 0.005
FARTHEST_S: Final = 0.5
FLASH_S: Final = 0.08
EASING: Final = 0.1


class Part(Enum):
    LISTEN = "Tap T with every click, {left} more. There is nothing to see yet."
    LOOK = "Now tap T with every flash, {left} more. There is nothing to hear."
    TOGETHER = "The offset is {offset:+.0f} ms. Do click and flash come together now?"


class TapShow:
    """What the window needs of a show. Moments are monotonic."""

    def __init__(
        self,
        clicks_in_the_air: Callable[[float], list[float]],
        *,
        make_loud: Callable[[bool], None],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clicks_in_the_air` is asked with every frame, and gives the moments of the clicks since the last one."""
        self._clicks_in_the_air = clicks_in_the_air
        self._make_loud = make_loud
        self._now_s = now_s
        self._part = Part.LISTEN
        self._clicks: list[float] = []
        self._flashes: list[float] = []
        self._taps: list[float] = []
        self._ticked_s = self._due_s = self._lit_s = self._display_s = 0.0
        self._flash_new = False
        self._heard = Agreement(0.0, 0.0, 0)
        self.problem = "The calibration was left before both parts of it were done."
        """Why there is no offset; '' once there is one."""
        self.spread_s = 0.0
        self.offset_s = 0.0

    def tick(
        self,
        now_s: float,
        dt_s: float,
        *,
        held: frozenset[str],  # noqa: ARG002 - no pictures
        playable: frozenset[str] = frozenset(),  # noqa: ARG002 - no scenes
        cost_limit: float = inf,  # noqa: ARG002
    ) -> StageFrame:
        self._ticked_s = now_s
        self._clicks += self._clicks_in_the_air(now_s)
        lit_s = now_s + self._display_s
        if self._part is not Part.LISTEN and lit_s >= self._due_s:
            self._flash_new, self._lit_s = True, lit_s
            self._due_s = self._next_flash_s(lit_s)
        shines = self._part is not Part.LISTEN and lit_s - self._lit_s < FLASH_S
        uniforms = Uniforms(now_s=now_s, dt_s=dt_s, beat_pulse=1.0 if shines else 0.0)
        return StageFrame(uniforms, (), self._overlay())

    def frame_took(self, seconds: float) -> None:
        """The frame that was ticked last is lit `seconds` after its tick."""
        self._display_s += EASING * (seconds - self._display_s)
        if self._flash_new:
            self._flash_new = False
            self._flashes.append(self._ticked_s + seconds)

    def command(self, command: Command, *, at_s: float | None = None) -> str:
        match command:
            case Command.TAP | Command.HOLD if self._part is not Part.TOGETHER:
                return self._tap(self._now_s() if at_s is None else at_s)
            case Command.NEXT if self._part is Part.TOGETHER:
                return self._shift(STEP_S)
            case Command.PREVIOUS if self._part is Part.TOGETHER:
                return self._shift(-STEP_S)
        return ""

    def _tap(self, tap_s: float) -> str:
        self._taps.append(tap_s)
        if len(self._taps) < TAPS:
            return "Tap"
        events = self._clicks if self._part is Part.LISTEN else self._flashes
        found = agreement(off(self._taps, events, PERIOD_S), "taps")
        self._taps = []
        if found.problem:
            self.problem = found.problem
            return f"{found.problem} Once more."
        self.spread_s = max(self.spread_s, found.spread_s)
        if self._part is Part.LISTEN:
            self._part, self._heard = Part.LOOK, found
            self._make_loud(False)
            self._due_s = tap_s + 2 * PERIOD_S
        else:
            self._part, self.problem = Part.TOGETHER, ""
            self.offset_s = min(FARTHEST_S, max(-FARTHEST_S, found.median_s - self._heard.median_s))
            self._make_loud(True)
            self._due_s = tap_s + 2 * PERIOD_S
        return "Good"

    def _shift(self, by_s: float) -> str:
        self.offset_s = min(FARTHEST_S, max(-FARTHEST_S, self.offset_s + by_s))
        return f"{1e3 * self.offset_s:+.0f} ms"

    def _next_flash_s(self, after_s: float) -> float:
        """On its own beat while one looks; on the click, as far as it is shifted, when both are there."""
        if self._part is Part.LOOK or not self._clicks:
            return self._due_s + PERIOD_S
        first_s = self._clicks[-1] - self.offset_s
        ahead = int((after_s + PERIOD_S / 2 - first_s) // PERIOD_S) + 1
        return first_s + ahead * PERIOD_S

    def _overlay(self) -> OverlayState:
        text = self._part.value.format(left=TAPS - len(self._taps), offset=1e3 * self.offset_s)
        action = "← and → move the flash; Ctrl Q stores it." if self._part is Part.TOGETHER else ""
        return OverlayState(silent=False, notices=(Notice("info", "calibrate", text, action),))


def off(taps: list[float], events: list[float], period_s: float) -> list[float]:
    """How much later than the nearest event each tap is; `events` go on at their pace on both sides."""
    if not events:
        return []
    around = [events[0] - period_s, *events, events[-1] + period_s]
    late = []
    for tap in taps:
        at = bisect_left(around, tap)
        near = min(around[max(0, at - 1) : at + 1], key=lambda event: abs(tap - event))
        if abs(tap - near) <= period_s / 2:
            late.append(tap - near)
    return late
