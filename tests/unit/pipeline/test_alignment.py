"""From a click in the air to the frame that shows it, in plain values: no sound card, no screen, no clock."""

from dataclasses import replace

import numpy as np
import pytest

from artvis.model.music import HOP_S, MusicState
from artvis.pipeline.alignment import REACH_S, Alignment, ArrivalClock, SteadyBeat, moved, remembered, retold
from artvis.pipeline.listening import Heard

FRAME_S = 1 / 60
BEGAN_S = 1000.0
"""Monotonic moment at which the first sample was captured."""


def music_at(t_s: float, *, bpm: float = 120.0) -> MusicState:
    """What a tracker that is never wrong knows at `t_s`; the bass is as loud as the beat is new."""
    beats = t_s * bpm / 60
    return MusicState(
        t_s=t_s,
        silent=False,
        level=0.8,
        bpm=bpm,
        confidence=0.9,
        beat_count=int(beats),
        beat_phase=beats % 1.0,
        bar_count=int(beats / 4),
        bar_phase=beats / 4 % 1.0,
        bass=1.0 - beats % 1.0,
    )


class Chain:
    """Hops that are published with the jitter of threads, and frames that read them."""

    def __init__(self, alignment: Alignment, *, seed: int = 1) -> None:
        self.alignment = alignment
        self._chance = np.random.default_rng(seed)
        self._arrivals = ArrivalClock()
        self._steady = SteadyBeat()
        self._heard = Heard()
        self._before: tuple[MusicState, ...] = ()
        self._hops = 0
        self._due_s = BEGAN_S

    def publish_until(self, now_s: float) -> None:
        while self._due_s <= now_s:
            if self._hops:
                state = music_at(self._hops * HOP_S)
                self._heard = Heard(state, self._arrivals.step(state.t_s, self._due_s), self._before)
                self._before = (*self._before[-42:], state)
            self._hops += 1
            late_s = self._chance.exponential(0.004)
            self._due_s = BEGAN_S + self._hops * HOP_S + self.alignment.capture_s + late_s

    def drawn(self, now_s: float) -> MusicState:
        self.publish_until(now_s)
        return self._steady.step(self._heard.at(now_s + self.alignment.picture_s))


def lit_after_clicks_s(chain: Chain, seconds: float = 20.0) -> list[float]:
    """How long after each click was in the air the first frame with its beat was lit."""
    alignment, before, after = chain.alignment, 0, []
    for frame in range(int(seconds / FRAME_S)):
        now_s = BEGAN_S + 2.0 + frame * FRAME_S * 1.003  # a screen that is not quite in step with the beat
        music = chain.drawn(now_s)
        if before and music.beat_count != before:
            assert music.beat_count == before + 1
            click_s = BEGAN_S + music.beat_count * 0.5 + alignment.output_s
            after.append(now_s + alignment.display_s - click_s)
        before = music.beat_count
    return after


@pytest.mark.parametrize("output_s", [0.02, 0.2], ids=["wired", "bluetooth"])
@pytest.mark.parametrize("display_s", [0.004, 0.03])
def test_the_frame_that_shows_a_beat_is_lit_within_half_a_frame_of_its_click(
    output_s: float, display_s: float
) -> None:
    alignment = Alignment(capture_s=0.005, output_s=output_s, display_s=display_s)
    after = np.array(lit_after_clicks_s(Chain(alignment)))
    assert len(after) > 35
    assert np.abs(after - FRAME_S / 2).max() <= FRAME_S / 2 + 0.001


@pytest.mark.parametrize("offset_s", [-0.1, 0.1])
def test_an_offset_moves_the_picture_by_just_that(offset_s: float) -> None:
    chain = Chain(Alignment(capture_s=0.005, output_s=0.05, display_s=0.01, offset_s=offset_s))
    assert np.median(lit_after_clicks_s(chain)) == pytest.approx(FRAME_S / 2 - offset_s, abs=0.003)


def test_with_slow_headphones_the_bands_wait_as_well_as_the_beat() -> None:
    chain = Chain(Alignment(output_s=0.2))
    music = chain.drawn(BEGAN_S + 2.1 + 0.2)
    assert music.bass == pytest.approx(0.8, abs=0.03)
    assert music.t_s == pytest.approx(2.1, abs=HOP_S)


def test_a_tap_is_about_the_sound_that_is_in_the_air_and_not_about_the_screen() -> None:
    slow_screen = Alignment(output_s=0.2, display_s=0.05, offset_s=0.08)
    assert slow_screen.ear_s == pytest.approx(-0.2)
    slower_than_it_says = Alignment(output_s=0.1, offset_s=-0.1)
    assert slower_than_it_says.ear_s == pytest.approx(-0.2)


def test_jitter_and_a_short_stall_do_not_move_the_moments_of_arrival() -> None:
    clock, chance = ArrivalClock(), np.random.default_rng(2)
    off = []
    for hop in range(2000):
        late_s = chance.exponential(0.005) + (0.2 if 1000 <= hop < 1010 else 0.0)
        arrived_s = clock.step(hop * HOP_S, 50.0 + hop * HOP_S + late_s)
        off.append(arrived_s - 50.0 - hop * HOP_S)
    assert np.abs(off[200:]).max() < 0.001


def test_after_lost_sound_the_moments_of_arrival_are_right_again_within_half_a_second() -> None:
    clock = ArrivalClock()
    for hop in range(200):
        clock.step(hop * HOP_S, hop * HOP_S)
    for hop in range(200, 240):
        arrived_s = clock.step(hop * HOP_S, hop * HOP_S + 0.3)
    assert arrived_s == pytest.approx(239 * HOP_S + 0.3, abs=0.001)


def test_a_drift_of_the_sound_card_is_followed() -> None:
    clock = ArrivalClock()
    for hop in range(20_000):  # four minutes
        arrived_s = clock.step(hop * HOP_S, hop * HOP_S * 1.00005)
    assert arrived_s == pytest.approx(19_999 * HOP_S * 1.00005, abs=0.001)


def test_a_predicted_beat_that_comes_a_little_later_is_drawn_once() -> None:
    steady = SteadyBeat()
    counts, positions = [], []
    for position in (7.90, 7.97, 8.03, 7.98, 7.995, 8.05, 8.1):
        music = steady.step(MusicState(beat_count=int(position), beat_phase=position % 1.0))
        counts.append(music.beat_count)
        positions.append(music.beat_count + music.beat_phase)
    assert counts == [7, 7, 8, 8, 8, 8, 8]
    assert positions == sorted(positions)


def test_a_hearing_that_begins_anew_is_taken_as_it_is() -> None:
    steady = SteadyBeat()
    steady.step(MusicState(beat_count=80, beat_phase=0.5, bar_count=20, bar_phase=0.1))
    fresh = MusicState(beat_count=0, beat_phase=0.25)
    assert steady.step(fresh) == fresh


def test_beat_one_by_hand_is_drawn_with_the_next_frame_and_not_twice() -> None:
    steady = SteadyBeat()
    old = MusicState(beat_count=8, beat_phase=0.6, bar_count=2, bar_phase=0.4)
    steady.step(old)
    steady.strike()
    shown = steady.step(old)
    assert (shown.beat_count, shown.beat_phase, shown.bar_count, shown.bar_phase) == (9, 0.0, 3, 0.0)
    told = steady.step(MusicState(beat_count=9, beat_phase=0.02, bar_count=3, bar_phase=0.005))
    assert (told.beat_count, told.bar_count) == (9, 3)


def test_beat_one_by_hand_just_after_a_drawn_beat_is_that_beat() -> None:
    steady = SteadyBeat()
    just_drawn = MusicState(beat_count=9, beat_phase=0.05, bar_count=3, bar_phase=0.0125)
    steady.step(just_drawn)
    steady.strike()
    assert steady.step(just_drawn).beat_count == 9


def test_what_a_person_says_of_the_beat_holds_at_once_even_where_the_picture_waits() -> None:
    before = tuple(music_at(2.0 + hop * HOP_S) for hop in range(43))
    newest = replace(music_at(2.0 + 43 * HOP_S), beat_count=50, beat_phase=0.4, bar_count=9, bar_phase=0.1)
    heard = Heard(newest, 10.0, retold(before, newest))
    drawn = heard.at(10.0 - 0.2)  # beat one was pressed 0.2 s ago, and is in the air now
    assert (drawn.beat_count, drawn.bar_count) == (50, 9)
    assert drawn.beat_phase == pytest.approx(0.0, abs=1e-9)
    assert drawn.bass == pytest.approx(music_at(2.0 + 43 * HOP_S - 0.2).bass, abs=0.05)


def test_a_beat_is_moved_over_bar_lines_both_ways_and_only_where_there_is_a_tempo() -> None:
    last = MusicState(
        silent=False, bpm=120, beat_count=7, beat_phase=0.9, bar_count=1, bar_phase=0.9667, beats_in_bar=3
    )
    over = moved(last, 0.1)
    assert (over.beat_count, over.bar_count) == (8, 2)
    assert over.beat_phase == pytest.approx(0.1)
    back = moved(over, -0.1)
    assert (back.beat_count, back.bar_count) == (7, 1)
    assert moved(replace(last, bpm=0.0), 0.1).beat_count == 7
    assert moved(last, 60.0).beat_count == 8  # a listener that stands still does not make beats


def test_further_back_than_is_remembered_the_beat_still_goes_back() -> None:
    newest = music_at(5.0)
    assert remembered((), newest, 0.25).beat_phase == pytest.approx(0.5)
    assert Alignment(output_s=3.0).picture_s == -REACH_S
