"""Turns the bar pointer into beats: announced ahead, counted when reached, with a phase that never goes back.

It does not track: it reads out what beat.py believes, with hysteresis.
"""

from dataclasses import dataclass
from typing import Final

from artvis.audio.beat import Pointer
from artvis.audio.beatnet import DELAY_S
from artvis.model.music import HOP_S

AHEAD_S: Final = 0.030
"""How far ahead a beat is announced: two hops and a little, so that a screen has time to draw it."""
FURTHEST_A_HOP: Final = 0.15
"""Of a beat: when another beat is followed the phase hurries there, and does not leap."""
SHORTEST_GAP: Final = 0.6
"""Of a period: two beats are never nearer than that."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the clock says after one hop."""

    announced_s: float | None
    """When in the audio the beat is that is announced by this hop, or None."""
    reached: bool
    """Whether a beat was reached in this hop."""
    phase: float
    """0..1 since the last beat reached."""


class BeatClock:
    """Beats in the time of the sound, made of a pointer in the time of the novelty."""

    def __init__(self) -> None:
        self._announced: float | None = None
        self.last_s = -10.0
        """When the last beat was that has been reached."""
        self._pending = False
        self._phase = 0.0

    def step(self, t_s: float, pointer: Pointer, *, trusted: bool) -> ClockReading:
        """One hop on. While the pointer is not `trusted` nothing is announced and the phase runs on."""
        period_s = pointer.period_hops * HOP_S
        due_s = t_s + (1 - pointer.phase) * period_s - DELAY_S
        announced = None
        if (
            trusted
            and due_s - t_s <= AHEAD_S
            and due_s - self.last_s > SHORTEST_GAP * period_s
            and not self._pending
        ):
            announced = self._announced = due_s
            self._pending = True
        reached = self._pending and self._announced is not None and self._announced <= t_s
        if reached and self._announced is not None:
            self.last_s = self._announced
            self._pending = False
            self._phase = 0.0
        self._phase = self._advance(t_s, due_s, period_s)
        return ClockReading(announced, reached, self._phase)

    def _advance(self, t_s: float, due_s: float, period_s: float) -> float:
        if self._pending and self._announced is not None:
            next_s = self._announced
        elif due_s - self.last_s > SHORTEST_GAP * period_s:
            next_s = due_s
        else:
            next_s = self.last_s + period_s  # due_s is still the beat that has just been reached
        if next_s - self.last_s > 1.6 * period_s:  # no beat for a while: run on at the pace of the period
            return min(0.999, self._phase + HOP_S / period_s)
        phase = (t_s - self.last_s) / max(next_s - self.last_s, HOP_S)
        return min(0.999, self._phase + FURTHEST_A_HOP, max(self._phase, phase))

    def beat_by_hand(self, t_s: float, *, now_s: float, period_s: float) -> float:
        """A beat is at `t_s`: a person has said so. Gives the phase that follows from it `now_s`."""
        self.last_s = t_s
        self._pending = False
        self._phase = min(0.999, max(0.0, (now_s - t_s) / period_s))
        return self._phase

    def forget(self) -> None:
        self._announced, self._pending = None, False
