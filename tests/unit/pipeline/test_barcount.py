"""The bar that is drawn, beside a hearing that is sure of the beat and not of the bar."""

from collections.abc import Callable

from artvis.model.music import MusicState
from artvis.pipeline.alignment import SteadyBeat

FRAMES_A_BEAT = 30


def heard(beat: int, frame: int, place: int, *, tempo_held: bool = False) -> MusicState:
    phase = frame / FRAMES_A_BEAT
    return MusicState(
        silent=False,
        bpm=120.0,
        confidence=0.9,
        beat_count=beat,
        beat_phase=phase,
        bar_count=100,  # it never says that a bar begins
        bar_phase=(place + phase) / 4,
        tempo_held=tempo_held,
    )


def lines(
    place: Callable[[int], int], beats: int, steady: SteadyBeat, *, tempo_held: bool = False
) -> list[int]:
    """The beats on whose first frame a bar begins."""
    found, before = [], None
    for beat in range(beats):
        for frame in range(FRAMES_A_BEAT):
            shown = steady.step(heard(beat, frame, place(beat), tempo_held=tempo_held))
            if before is not None and shown.bar_count != before.bar_count:
                assert (frame, shown.bar_phase) == (0, 0.0)
                found.append(beat)
            before = shown
    return found


def test_bars_go_on_while_the_hearing_changes_its_mind_with_every_second_beat() -> None:
    assert lines(lambda beat: 2 + beat % 2, 20, SteadyBeat()) == [2, 6, 10, 14, 18]


def test_another_first_beat_is_believed_once_it_was_said_of_three_beats_in_a_row() -> None:
    moved_on = lines(lambda beat: beat % 4 if beat < 10 else (beat + 1) % 4, 24, SteadyBeat())
    assert moved_on == [4, 8, 12, 15, 19, 23]  # said from beat 10 on, taken over with 13


def test_the_first_beat_of_a_person_is_taken_over_with_the_next_beat() -> None:
    told = lines(lambda beat: beat % 4 if beat < 10 else (beat + 1) % 4, 24, SteadyBeat(), tempo_held=True)
    assert told == [4, 8, 11, 15, 19, 23]


def test_a_beat_that_is_struck_begins_a_bar_at_once_and_keeps_it() -> None:
    steady = SteadyBeat()
    for beat in range(6):
        for frame in range(FRAMES_A_BEAT):
            before = steady.step(heard(beat, frame, beat % 4))
    steady.strike()  # just before beat 6, as it seemed
    shown = steady.step(heard(6, 0, 2))
    assert (shown.beat_count, shown.bar_count, shown.bar_phase) == (6, before.bar_count + 1, 0.0)
    assert steady.step(heard(6, 3, 2)).bar_phase < 0.03
