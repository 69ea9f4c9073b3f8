import itertools

import numpy as np
import numpy.typing as npt
import pytest
from sounds import drums, heard, hops, noise, placed, stereo, tones

from artvis.audio.hearing import Hearing
from artvis.model.music import Beat, MusicEvent, MusicState, Tempo


def beats_of(events: list[MusicEvent]) -> list[Beat]:
    return [event for event in events if isinstance(event, Beat)]


def hit_share(truth_s: npt.NDArray[np.float64], beats: list[Beat], from_s: float) -> float:
    """F-measure with a tolerance of 70 ms, of what a viewer could have seen."""
    seen = np.array([max(beat.time_s, beat.t_s) for beat in beats])
    seen, truth_s = seen[seen > from_s], truth_s[truth_s > from_s]
    if not len(seen):
        return 0.0
    hits = int((np.abs(truth_s[:, None] - seen[None]).min(axis=1) < 0.07).sum())
    return 2 * hits / (len(seen) + len(truth_s))


@pytest.mark.parametrize("bpm", [84, 100, 124, 160])
def test_drums_are_followed_from_the_sixth_second(bpm: float) -> None:
    sound, truth = drums(bpm, 14.0)
    _, events = heard(stereo(sound))
    assert hit_share(truth, beats_of(events), 5.0) > 0.93
    tempos = [event.bpm for event in events if isinstance(event, Tempo)]
    assert tempos[-1] == pytest.approx(bpm, rel=0.02)


def test_a_beat_is_announced_before_it_is_heard() -> None:
    sound, truth = drums(120, 12.0)
    _, events = heard(stereo(sound))
    ahead = [
        beat.t_s - truth[np.abs(truth - beat.time_s).argmin()] for beat in beats_of(events) if beat.t_s > 6
    ]
    assert -0.05 < float(np.median(ahead)) < 0


def test_the_past_does_not_depend_on_the_future() -> None:
    sound, _ = drums(120, 9.0)
    _, whole = heard(stereo(sound))
    _, cut = heard(stereo(np.concatenate([sound[: 6 * 44100], noise(3.0, 0.3)])))
    assert [event for event in whole if event.t_s < 5.9] == [event for event in cut if event.t_s < 5.9]


def assert_grid_is_continuous(states: list[MusicState]) -> None:
    for before, now in itertools.pairwise(states):
        grown = now.beat_count - before.beat_count
        assert grown in (0, 1)
        if grown == 0:
            assert now.beat_phase >= before.beat_phase
            assert now.beat_phase - before.beat_phase < 0.25
        else:
            assert now.beat_phase < 0.2
        assert 0 <= now.beat_phase < 1
        assert 0 <= now.bar_phase < 1


def test_the_phase_never_runs_back_within_a_beat_and_the_count_grows_by_one() -> None:
    sound, _ = drums(120, 8.0)
    faster, _ = drums(141, 8.0)
    states, _ = heard(stereo(np.concatenate([sound, faster])))
    assert states[-1].beat_count > 20
    assert_grid_is_continuous(states)


def test_the_phase_has_run_through_the_whole_beat_when_the_next_one_is_reached() -> None:
    sound, _ = drums(120, 10.0)
    states, _ = heard(stereo(sound))
    last = [a.beat_phase for a, b in itertools.pairwise(states) if b.beat_count > a.beat_count and b.t_s > 5]
    assert min(last) > 0.9


def test_a_beat_is_counted_when_it_is_reached_and_not_when_it_is_announced() -> None:
    sound, _ = drums(120, 10.0)
    states, events = heard(stereo(sound))
    announced = np.array([beat.time_s for beat in beats_of(events)])
    for state in states:
        assert state.beat_count == int((announced <= state.t_s).sum())


def test_the_bar_begins_with_the_bass_drum() -> None:
    sound, truth = drums(116, 16.0)
    _, events = heard(stereo(sound))
    ones = [beat.time_s for beat in beats_of(events) if beat.downbeat and 8 < beat.t_s < 15]
    on_a_bass_drum = [np.abs(truth - one).argmin() % 2 == 0 for one in ones]
    assert len(ones) >= 3
    assert np.mean(on_a_bass_drum) > 0.8


@pytest.mark.parametrize("rms", [0.1, 1e-3])
def test_noise_has_no_beat_and_no_confidence(rms: float) -> None:
    states, events = heard(stereo(noise(15.0, rms)))
    assert not beats_of(events)
    assert max(state.confidence for state in states) < 0.35
    assert all(state.bpm == 0 for state in states)


def test_notes_at_random_moments_have_hardly_a_beat() -> None:
    rng = np.random.default_rng(8)
    moments = np.cumsum(rng.exponential(0.35, 45) + 0.08)
    sound = placed(18.0, moments[moments < 17], lambda: tones((int(rng.integers(50, 80)),), 0.7))
    _, events = heard(stereo(sound))
    assert len(beats_of(events)) <= 6


def test_beats_end_with_the_music() -> None:
    sound, _ = drums(120, 8.0)
    states, events = heard(stereo(np.concatenate([sound, np.zeros(4 * 44100)])))
    assert max(beat.time_s for beat in beats_of(events)) < 8.6
    assert states[-1].bpm == 0
    assert states[-1].confidence == 0


def with_taps(hearing: Hearing, period_s: float, count: int, jitter_s: float) -> list[MusicEvent]:
    """Noise is heard while a person taps; everything up to 6 s after the first tap."""
    rng = np.random.default_rng(5)
    taps = 1.0 + period_s * np.arange(count) + rng.uniform(-jitter_s, jitter_s, count)
    pending, events = list(taps), []
    for hop in hops(stereo(noise(7.0, 0.05))):
        state, new = hearing.feed(hop)
        events += new
        while pending and pending[0] <= state.t_s:
            hearing.tap(pending.pop(0))
    return events


def test_eight_taps_over_noise_say_what_a_hand_can_say() -> None:
    """A line through eight taps, each 20 ms off at most, is 0.5 BPM off in the mean, and three times that at worst."""
    events = with_taps(Hearing(deep=False), 60 / 128, 8, 0.020)
    tempos = [event.bpm for event in events if isinstance(event, Tempo)]
    assert tempos[-1] == pytest.approx(128, abs=1.5)


@pytest.mark.parametrize("seed", range(3))
def test_eight_taps_at_128_with_20_ms_of_jitter_over_music_at_128_give_128_bpm(seed: int) -> None:
    sound, truth = drums(128, 16.0)
    jitter_s = np.random.default_rng(seed).uniform(-0.020, 0.020, 8)
    pending = list(truth[10:18] + jitter_s)
    hearing = Hearing(deep=False)
    for hop in hops(stereo(sound)):
        state, _ = hearing.feed(hop)
        while pending and pending[0] <= state.t_s:
            hearing.tap(pending.pop(0))
    assert state.tempo_held
    assert state.bpm == pytest.approx(128, abs=0.5)


def test_three_taps_are_no_tempo() -> None:
    assert not beats_of(with_taps(Hearing(deep=False), 0.5, 3, 0.0))


def test_resync_makes_the_next_beats_count_from_the_given_moment() -> None:
    sound, _ = drums(120, 14.0)
    hearing = Hearing(deep=False)
    events: list[MusicEvent] = []
    resynced = False
    for hop in hops(stereo(sound)):
        state, new = hearing.feed(hop)
        events += new if resynced else ()
        if not resynced and state.t_s > 8.3:
            hearing.resync(state.t_s)
            resynced = True
    first = beats_of(events)[0]
    assert first.time_s == pytest.approx(8.8, abs=0.05)
    assert [beat.downbeat for beat in beats_of(events)[:8]] == [False, False, False, True] * 2


def test_a_resync_far_from_the_beat_of_the_music_stays_where_it_was_put() -> None:
    sound, truth = drums(120, 16.0)
    hearing = Hearing(deep=False)
    by_hand_s = 0.0
    events: list[MusicEvent] = []
    for hop in hops(stereo(sound)):
        state, new = hearing.feed(hop)
        events += new
        if not by_hand_s and state.t_s > truth[14] + 0.2:
            by_hand_s = state.t_s
            hearing.resync(by_hand_s)
    late = np.array([beat.time_s for beat in beats_of(events) if beat.t_s > by_hand_s + 3])
    off = (late - by_hand_s) / 0.5
    assert len(late) > 6
    assert np.abs(off - np.rint(off)).max() < 0.12


def test_what_was_said_by_hand_is_let_go_on_request() -> None:
    sound, truth = drums(120, 20.0)
    hearing = Hearing(deep=False)
    events: list[MusicEvent] = []
    for number, hop in enumerate(hops(stereo(sound))):
        state, new = hearing.feed(hop)
        events += new
        if number == 600:
            hearing.resync(float(truth[14] + 0.2))
        if number == 700:
            hearing.release()
    assert not state.tempo_held
    assert hit_share(truth, beats_of(events), 14.0) > 0.9


@pytest.mark.parametrize("matched", [True, False])
def test_in_a_mix_the_new_tempo_is_right_4_s_after_the_old_track_is_gone(*, matched: bool) -> None:
    first, _ = drums(124, 26.0)
    second, _ = drums(124 if matched else 110, 44.0)
    fade = np.clip((np.arange(len(second)) - 10 * 44100) / (16 * 44100), 0, 1)
    mix = second * np.sqrt(fade)
    mix[: len(first)] += first * np.sqrt(1 - fade[: len(first)])
    states, _ = heard(stereo(mix))
    after = [state.bpm for state in states if state.t_s > 30.0]
    assert after == [pytest.approx(124 if matched else 110, rel=0.04)] * len(after)


@pytest.mark.parametrize(("factor", "bpm"), [(2.0, 200), (0.5, 50 * 1.2)])
def test_the_tempo_can_be_doubled_and_halved_by_hand(factor: float, bpm: float) -> None:
    sound, _ = drums(100 if factor > 1 else 120, 14.0)
    hearing = Hearing(deep=False)
    states = []
    scaled = False
    for hop in hops(stereo(sound)):
        state, _ = hearing.feed(hop)
        states.append(state)
        if not scaled and state.t_s > 7:
            hearing.scale(factor)
            scaled = True
    assert states[-1].bpm == pytest.approx(bpm, rel=0.03)
