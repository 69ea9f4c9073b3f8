"""The director, on a film's clock of 60 frames a second and music of plain values."""

from dataclasses import dataclass
from itertools import pairwise

import pytest

from artvis.model.music import MusicState
from artvis.scene.director import Direction, Director, fade_length_s, liveliness

FPS = 60


def music_at(t_s: float, *, bpm: float = 120.0, confidence: float = 0.9, silent: bool = False) -> MusicState:
    bars = t_s * bpm / 240.0
    return MusicState(
        t_s=t_s,
        silent=silent,
        level=0.8,
        bpm=bpm,
        confidence=confidence,
        bar_phase=bars % 1.0,
        bar_count=int(bars),
    )


@dataclass
class Told:
    t_s: float
    direction: Direction


def play(
    director: Director,
    seconds: float,
    *,
    bpm: float = 120.0,
    confidence: float = 0.9,
    have_next: bool = True,
    urgent_from_s: float | None = None,
    calm: bool = False,
    hold: bool = False,
    waiting: bool = False,
    from_s: float = 0.0,
) -> list[Told]:
    told = []
    for frame in range(round(seconds * FPS)):
        t_s = from_s + frame / FPS
        urgent = urgent_from_s is not None and t_s >= urgent_from_s
        direction = director.step(
            t_s,
            music_at(t_s, bpm=bpm, confidence=confidence),
            have_next=have_next,
            urgent=urgent,
            calm=calm,
            hold=hold,
            waiting=waiting,
        )
        if direction.begin_transition:
            urgent_from_s = None if urgent else urgent_from_s
            waiting = False
        told.append(Told(t_s, direction))
    return told


def begins(told: list[Told]) -> list[float]:
    return [each.t_s for each in told if each.direction.begin_transition]


def seasoned(at_s: float = 0.0) -> Director:
    """One whose short first stays are over: a transition began at `at_s`, and its fade is done."""
    director = Director(begins_with_built_in=False)
    told = play(director, 1.0, urgent_from_s=at_s, from_s=at_s)
    assert begins(told) == [at_s]
    assert told[-1].direction.fade == 0.0
    return director


def test_a_picture_stays_eight_bars_and_leaves_on_a_bar_line() -> None:
    told = play(seasoned(), 60.0, from_s=1.0)
    assert begins(told) == pytest.approx([16.0, 32.0, 48.0], abs=1.5 / FPS)  # 8 bars of 2 s


def test_the_first_two_pictures_stay_four_bars() -> None:
    told = play(Director(), 26.0, bpm=160.0)
    assert begins(told) == pytest.approx([6.0, 12.0, 24.0], abs=1.5 / FPS)  # bars of 1.5 s


def test_the_first_picture_stays_at_most_eight_seconds_without_a_beat() -> None:
    assert begins(play(Director(), 9.0, confidence=0.1)) == pytest.approx([8.0], abs=1.5 / FPS)


def test_four_slow_bars_do_not_keep_the_first_picture_longer_than_eight_seconds() -> None:
    assert begins(play(Director(), 9.0, bpm=60.0)) == pytest.approx([8.0], abs=1.5 / FPS)


def test_without_a_beat_a_picture_stays_twenty_seconds() -> None:
    told = play(seasoned(), 50.0, confidence=0.34, from_s=1.0)
    assert begins(told) == pytest.approx([20.0, 40.0], abs=1.5 / FPS)


def test_eight_bars_of_very_slow_music_end_on_the_last_bar_line_of_forty_seconds() -> None:
    told = play(seasoned(), 45.0, bpm=40.0, from_s=1.0)
    assert begins(told) == pytest.approx([36.0], abs=1.5 / FPS)  # bars of 6 s


def test_a_beat_found_late_still_brings_the_change_on_a_bar_line() -> None:
    director = seasoned()
    assert begins(play(director, 17.0, confidence=0.0, from_s=1.0)) == []
    assert begins(play(director, 10.0, from_s=18.0)) == pytest.approx([20.0], abs=1.5 / FPS)


def test_nothing_changes_while_there_is_no_next_picture() -> None:
    told = play(seasoned(), 100.0, have_next=False, urgent_from_s=50.0, from_s=1.0)
    assert begins(told) == []
    assert {each.direction.fade for each in told} == {0.0}


def test_a_picture_that_comes_late_waits_for_the_next_bar_line_only() -> None:
    director = seasoned()
    assert begins(play(director, 20.3, have_next=False, from_s=1.0)) == []
    assert begins(play(director, 3.0, from_s=21.3)) == pytest.approx([22.0], abs=1.5 / FPS)


def test_an_urgent_picture_comes_at_once_with_weight_in_its_first_frame() -> None:
    told = play(seasoned(), 4.0, urgent_from_s=3.3, from_s=1.0)
    first = next(each for each in told if each.direction.begin_transition)
    assert first.t_s == pytest.approx(3.3, abs=1.5 / FPS)
    assert first.direction.fade > 0.03
    done = next(each for each in told if each.direction.fade_done)
    assert done.t_s - first.t_s == pytest.approx(0.6, abs=2 / FPS)


def test_the_picture_that_only_waits_gives_way_at_once_but_without_haste() -> None:
    director = Director()
    told = play(director, 4.0, waiting=True)
    assert begins(told) == [0.0]
    weights = [each.direction.fade for each in told if each.direction.fade]
    assert len(weights) / FPS == pytest.approx(1.8, abs=2 / FPS)
    assert max(b - a for a, b in pairwise(weights)) < 0.02


def test_every_fade_has_weight_from_its_first_frame_and_only_grows() -> None:
    told = play(Director(), 13.0)
    start = next(at for at, each in enumerate(told) if each.direction.begin_transition)
    end = next(at for at, each in enumerate(told) if each.direction.fade_done)
    weights = [each.direction.fade for each in told[start:end]]
    assert weights[0] > 0.0
    assert all(later > earlier for earlier, later in pairwise(weights))
    assert weights[-1] < 1.0
    assert told[end].direction.fade == 0.0


def test_hold_keeps_the_picture_but_not_against_an_urgent_wish() -> None:
    director = seasoned()
    assert begins(play(director, 60.0, hold=True, from_s=1.0)) == []
    assert begins(play(director, 1.0, hold=True, urgent_from_s=61.5, from_s=61.0)) == [61.5]


def test_an_urgent_wish_during_a_fade_hurries_it_and_comes_next() -> None:
    director = seasoned()
    told = play(director, 16.0, urgent_from_s=16.5, from_s=1.0)
    first, second = begins(told)
    assert first == pytest.approx(16.0, abs=1.5 / FPS)
    assert second == pytest.approx(16.7, abs=4 / FPS)


def test_a_hurried_fade_does_not_jump() -> None:
    told = play(seasoned(), 18.0, urgent_from_s=16.5, from_s=1.0)
    weights = [each.direction.fade for each in told if 16.0 < each.t_s < 16.65]
    assert max(b - a for a, b in pairwise(weights)) < 0.25


@pytest.mark.parametrize(
    ("bpm", "arousal", "calm", "beats"),
    [
        (120, 0.0, False, 8),
        (120, 1.0, False, 4),
        (60, 0.5, False, 4),
        (174, 0.3, True, 8),
        (100, 0.5, False, 5),
    ],
)
def test_a_fade_lasts_four_to_eight_beats(bpm: float, arousal: float, *, calm: bool, beats: int) -> None:
    music = MusicState(silent=False, bpm=bpm, confidence=0.9, arousal=arousal)
    assert fade_length_s(music, calm=calm) == pytest.approx(beats * 60 / bpm)


@pytest.mark.parametrize(
    ("arousal", "calm", "seconds"), [(0.0, False, 4.0), (1.0, False, 2.0), (1.0, True, 4.0)]
)
def test_without_a_beat_a_fade_lasts_two_to_four_seconds(
    arousal: float, *, calm: bool, seconds: float
) -> None:
    assert fade_length_s(MusicState(arousal=arousal), calm=calm) == pytest.approx(seconds)


def test_silence_only_drifts() -> None:
    loud = MusicState(silent=False, level=0.9, bass=1.0, arousal=1.0)
    assert liveliness(MusicState()) < 0.3
    assert 0.9 < liveliness(loud) <= 1.0


def test_saying_again_and_again_where_the_first_beat_is_makes_no_more_bars() -> None:
    director = seasoned()
    told = []
    for frame in range(round(10 * FPS)):
        t_s = 1.0 + frame / FPS
        music = MusicState(
            silent=False, bpm=120, confidence=0.9, bar_count=frame // 12
        )  # five times a second
        told.append(
            Told(t_s, director.step(t_s, music, have_next=True, urgent=False, calm=False, hold=False))
        )
    assert begins(told) == []
    lines = [each.t_s for each in told if each.direction.bar_line]
    assert min(b - a for a, b in pairwise(lines)) >= 1.4 - 1 / FPS


def test_a_beat_that_is_unsure_for_a_moment_is_waited_for() -> None:
    director = seasoned()
    assert begins(play(director, 22.3, have_next=False, from_s=1.0)) == []
    assert begins(play(director, 0.5, confidence=0.1, from_s=23.3)) == []
    assert begins(play(director, 3.0, from_s=23.8)) == pytest.approx([24.0], abs=1.5 / FPS)


def test_a_scene_may_change_with_the_picture_and_half_way_between_two() -> None:
    told = play(seasoned(), 34.0, from_s=1.0)
    turns = [each.t_s for each in told if each.direction.turn]
    assert turns == pytest.approx([8.0, 16.0, 24.0, 32.0], abs=1.5 / FPS)
    without = play(seasoned(), 25.0, confidence=0.1, from_s=1.0)
    assert [each.t_s for each in without if each.direction.turn] == pytest.approx([10.0, 20.0], abs=1.5 / FPS)


def test_in_calm_also_a_person_who_waits_sees_no_haste() -> None:
    told = play(seasoned(), 4.0, urgent_from_s=3.0, calm=True, from_s=1.0)
    weights = [each.direction.fade for each in told if each.direction.fade]
    assert len(weights) / FPS == pytest.approx(1.2, abs=2 / FPS)


def test_a_phase_that_falls_back_does_not_change_the_picture_early() -> None:
    director = seasoned()
    told = []
    for frame in range(round(10 * FPS)):
        t_s = 1.0 + frame / FPS
        phase = (t_s / 2 + (0.4 if t_s > 5 else 0.0)) % 1.0
        music = MusicState(silent=False, bpm=120, confidence=0.9, bar_phase=phase, bar_count=0)
        told.append(
            Told(t_s, director.step(t_s, music, have_next=True, urgent=False, calm=False, hold=False))
        )
    assert begins(told) == []


def test_on_the_beat_a_fade_strikes_within_40_ms_and_in_calm_it_does_not() -> None:
    struck, calm = (play(seasoned(), 17.0, from_s=1.0, calm=calm) for calm in (False, True))
    for told, least, most in ((struck, 0.1, 0.2), (calm, 0.0, 0.06)):
        (began_s,) = begins(told)
        weight = max(each.direction.fade for each in told if each.t_s <= began_s + 0.04)
        assert least <= weight <= most
