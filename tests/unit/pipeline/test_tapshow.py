"""Tapping to clicks and to flashes, by a person of plain values who is always a little late."""

import numpy as np
import pytest

from artvis.model.command import Command
from artvis.pipeline.tapshow import PERIOD_S, TAPS, TapShow, off

FRAME_S = 1 / 60


class Person:
    """Sees each flash `screen_s` later than the window thinks, hears each click `speaker_s` later; taps late."""

    def __init__(self, *, screen_s: float = 0.0, speaker_s: float = 0.0, jitter_s: float = 0.02) -> None:
        self._screen_s, self._speaker_s, self._jitter_s = screen_s, speaker_s, jitter_s
        self._chance = np.random.default_rng(4)
        self.now_s = 50.0
        self.loud = [True]
        self.show = TapShow(self._clicks, make_loud=self.loud.append, now_s=lambda: self.now_s)
        self.answers: list[str] = []
        self.flashes_s: list[float] = []
        self._next_click_s = 50.2
        self._taps: list[float] = []
        self._bright = False

    def _clicks(self, now_s: float) -> list[float]:
        """They are captured 0.1 s before they are in the air."""
        clicks = []
        while self._next_click_s - 0.1 <= now_s:
            clicks.append(self._next_click_s)
            if self.loud[-1]:
                self._will_tap(self._next_click_s + self._speaker_s)
            self._next_click_s += PERIOD_S
        return clicks if self.loud[-1] else []

    def _will_tap(self, moment_s: float) -> None:
        self._taps.append(moment_s + 0.05 + self._jitter_s * float(self._chance.standard_normal()))

    def watch(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME_S)):
            self.now_s += FRAME_S
            frame = self.show.tick(self.now_s, FRAME_S, held=frozenset())
            self.show.frame_took(0.012)
            bright = frame.uniforms.beat_pulse > 0.5
            if bright and not self._bright:
                self.flashes_s.append(self.now_s + 0.012)
                if not self.loud[-1]:
                    self._will_tap(self.now_s + 0.012 + self._screen_s)
            self._bright = bright
            for tap in [each for each in self._taps if each <= self.now_s]:
                self._taps.remove(tap)
                self.answers.append(self.show.command(Command.TAP))


@pytest.mark.parametrize(
    ("screen_s", "speaker_s", "offset_s"), [(0.06, 0.0, 0.06), (0.0, 0.15, -0.15), (0.03, 0.03, 0.0)]
)
def test_taps_tell_how_far_ear_and_eye_are_apart_and_lateness_of_the_hand_cancels_out(
    screen_s: float, speaker_s: float, offset_s: float
) -> None:
    person = Person(screen_s=screen_s, speaker_s=speaker_s)
    person.watch((2 * TAPS + 6) * PERIOD_S)
    assert person.show.problem == ""
    assert person.show.offset_s == pytest.approx(offset_s, abs=0.02)
    assert person.loud == [True, False, True]


def test_the_last_part_flashes_with_the_clicks_and_the_arrows_move_the_flash() -> None:
    person = Person(jitter_s=0.0)
    person.watch((2 * TAPS + 6) * PERIOD_S)
    tapped_s = person.show.offset_s
    person.show.command(Command.PREVIOUS)
    for _ in range(3):
        answer = person.show.command(Command.NEXT)
    assert person.show.offset_s == pytest.approx(tapped_s + 0.01)
    assert answer == f"{1e3 * person.show.offset_s:+.0f} ms"
    person.flashes_s.clear()
    person.watch(5 * PERIOD_S)
    beats = (np.array(person.flashes_s[1:]) - 50.2 + person.show.offset_s) / PERIOD_S
    assert len(beats) >= 3
    assert np.abs(beats - np.round(beats)).max() * PERIOD_S <= FRAME_S


def test_taps_all_over_the_beat_are_refused_and_may_be_done_again() -> None:
    person = Person(jitter_s=0.25)
    person.watch((TAPS + 4) * PERIOD_S)
    refused = [answer for answer in person.answers if answer.endswith("Once more.")]
    assert refused
    assert person.show.problem in refused[0]
    assert person.loud == [True]


def test_a_tap_before_its_event_is_early_and_not_late_for_the_one_before() -> None:
    assert off([10.95], [9.8, 10.4], 0.6) == pytest.approx([-0.05])
    assert off([1.0], [], 0.6) == []
