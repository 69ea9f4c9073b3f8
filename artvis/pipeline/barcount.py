"""Counts bars on, beat by beat, where the hearing does not know which beat is the first.

It follows no beat: what is heard is believed once it has said the same for a few beats, and at once by hand.
"""

from dataclasses import replace
from typing import Final

from artvis.model.music import MusicState

BELIEVED_AFTER: Final = 3
"""Beats in a row that must agree on another first beat: a kick on every beat makes the hearing change its mind."""
INSIDE: Final = (0.2, 0.8)
"""The part of a beat in which its place in the bar is asked for: near its ends a predicted beat is not heard yet."""


class BarCount:
    """Used by the thread that draws."""

    def __init__(self) -> None:
        self._first: int | None = None
        """The number of a beat that is the first of a bar."""
        self._other = 0
        """What the hearing says instead; taken over with the next beat."""
        self._agreed = 0
        self._asked_beat = self._beat = -1
        self._bar, self._metre = 0, 4

    def step(self, shown: MusicState, heard: MusicState) -> MusicState:
        """`shown` with its bar; its beat is that of `heard`, or a little ahead."""
        if shown.bpm <= 0.0:
            self._first = None
            return shown
        if INSIDE[0] < heard.beat_phase < INSIDE[1]:
            self._ask(heard)
        if self._first is None:
            return shown
        metre = self._metre = shown.beats_in_bar
        if shown.beat_count != self._beat:
            if self._agreed >= BELIEVED_AFTER:
                self._first, self._agreed = self._other, 0
            self._bar += (shown.beat_count - self._first) % metre == 0
            self._beat = shown.beat_count
        place = (shown.beat_count - self._first) % metre
        return replace(shown, bar_count=self._bar, bar_phase=(place + shown.beat_phase) / metre)

    def strike(self, beat: int) -> None:
        """The beat of this number is a first one: a person says so."""
        if self._first is not None and beat == self._beat and (beat - self._first) % self._metre != 0:
            self._bar += 1
        self._first, self._agreed = beat, 0

    def _ask(self, heard: MusicState) -> None:
        metre = heard.beats_in_bar
        first = heard.beat_count - int(heard.bar_phase * metre + 1e-6)
        if self._first is None:
            self._first, self._bar, self._beat = first, heard.bar_count, heard.beat_count
        if (first - self._first) % metre == 0:
            self._agreed = 0
        elif heard.tempo_held:
            self._other, self._agreed = first, BELIEVED_AFTER
        elif heard.beat_count != self._asked_beat:
            same = (first - self._other) % metre == 0
            self._other, self._agreed = first, self._agreed + 1 if same else 1
        self._asked_beat = heard.beat_count
