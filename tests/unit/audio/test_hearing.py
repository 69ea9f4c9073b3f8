from dataclasses import replace

import numpy as np
import pytest
from sounds import cadence, drums, heard, hops, noise, sine, stereo

from artvis.audio.deepresult import DeepResult
from artvis.audio.hearing import Hearing
from artvis.model.music import Key, Level, Mood, MusicState, Section, Silence


def assert_sane(states: list[MusicState]) -> None:
    for state in states:
        shares = (state.level, state.bass, state.mid, state.treble, state.beat_phase, state.bar_phase)
        assert all(0 <= share <= 1 for share in (*shares, state.confidence, state.valence, state.arousal))
        assert np.isfinite(
            [state.lufs, state.centroid_hz, state.flatness, state.onset_strength, state.bpm]
        ).all()
        assert np.isfinite(state.spectrum).all()


def nothing() -> np.ndarray:
    return np.zeros(4 * 44100)


def with_holes() -> np.ndarray:
    sound = noise(4.0, 0.1)
    sound[::1000] = np.nan
    sound[5000:6000] = np.inf
    return sound


@pytest.mark.parametrize(
    "sound",
    [
        nothing(),
        np.full(4 * 44100, np.nan),
        np.full(4 * 44100, 0.3),
        with_holes(),
        noise(4.0, 3.0),
        sine(440, 4.0, 1e-7),
    ],
    ids=["silence", "nan", "offset", "holes", "clipped", "nearly nothing"],
)
def test_broken_sound_is_survived_with_sane_numbers_and_without_a_beat(sound: np.ndarray) -> None:
    states, _ = heard(stereo(sound))
    assert_sane(states)
    assert states[-1].beat_count == 0


def test_silence_is_said_once_and_ends_with_the_first_sound() -> None:
    sound = np.concatenate([np.zeros(44100), sine(440, 2.0), np.zeros(2 * 44100)])
    changes = [
        (event.on, round(event.t_s)) for event in heard(stereo(sound))[1] if isinstance(event, Silence)
    ]
    assert changes == [(True, 0), (False, 1), (True, 4)]


def test_the_level_is_told_at_least_twice_a_second() -> None:
    told = [event.t_s for event in heard(stereo(noise(4.0, 0.1)))[1] if isinstance(event, Level)]
    assert max(np.diff(told)) <= 0.5


def test_two_seconds_of_silence_make_a_new_track_and_one_does_not() -> None:
    def tracks(rest_s: float) -> int:
        rest = np.zeros(int(rest_s * 44100))
        return heard(stereo(np.concatenate([sine(440, 2.0), rest, sine(660, 1.0)])))[0][-1].track_count

    assert tracks(1.5) == 0
    assert tracks(3.5) == 1


def test_mono_in_one_channel_is_heard_as_music() -> None:
    sound, _ = drums(120, 8.0)
    samples = stereo(sound)
    samples[:, 1] = 0
    states, _ = heard(samples)
    assert_sane(states)
    assert states[-1].bpm == pytest.approx(120, rel=0.03)


def test_events_come_in_order_and_carry_the_moment_of_their_hop() -> None:
    sound, _ = drums(120, 8.0)
    _, events = heard(stereo(sound + 0.3 * cadence([(60, 64, 67)], 8.0)))
    moments = [event.t_s for event in events]
    assert moments == sorted(moments)
    assert {type(event).__name__ for event in events} >= {
        "Beat",
        "Tempo",
        "Onset",
        "Key",
        "Mood",
        "Level",
        "Silence",
    }


RESULT = DeepResult(8.0, 0.9, 0.8, "C major", 0.9, "A", None)


def test_a_deep_result_tells_the_mood_and_a_new_section() -> None:
    hearing = Hearing(deep=False)
    states, _ = heard(stereo(cadence([(60, 64, 67), (65, 69, 72)], 9.0)), hearing)
    events = hearing.deep_result(RESULT)
    assert [type(event) for event in events] == [Mood]  # the live finder has called it A already
    later = hearing.deep_result(replace(RESULT, section_label="B", section_time_s=7.0))
    section = next(event for event in later if isinstance(event, Section))
    assert (section.label, section.time_s) == ("B", 7.0)
    state, _ = hearing.feed(np.zeros((512, 2), np.float32))
    assert state.section == "B"
    assert state.section_count == states[-1].section_count + 1


def test_a_sure_second_opinion_does_not_overrule_clear_music() -> None:
    hearing = Hearing(deep=False)
    heard(stereo(cadence([(48, 60, 64, 67), (53, 60, 65, 69), (55, 59, 62, 67)], 9.0)), hearing)
    hearing.deep_result(replace(RESULT, key="F# major"))
    _, events = heard(stereo(cadence([(60, 64, 67)], 1.0)), hearing)
    assert all(event.key == "C major" for event in events if isinstance(event, Key))


def test_windows_are_due_at_8_and_16_s_only_when_deep_listening_is_wanted() -> None:
    for deep, expected in ((True, [8.0, 16.0]), (False, [])):
        hearing, due = Hearing(deep=deep), []
        for hop in hops(stereo(noise(17.0, 0.1))):
            hearing.feed(hop)
            window = hearing.due_window()
            due += [window.end_s] if window is not None else []
        assert due == expected
