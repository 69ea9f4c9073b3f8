"""What a listener is easily fooled by: the words have to be right, and nothing may be claimed that is not there."""

import itertools
from pathlib import Path

import hostile
import numpy as np
import pytest
from sounds import Mono, cadence, drums, heard, noise, stereo

from artvis.audio.demosource import demo_track, demo_truth
from artvis.model.music import HOP_S, Beat, Key, MusicEvent, MusicState, Onset, Silence

LONG_S = 12.0


def silences(sound: Mono) -> list[bool]:
    return [event.on for event in heard(stereo(sound))[1] if isinstance(event, Silence)]


def at_end(sound: Mono) -> MusicState:
    states, _ = heard(stereo(sound))
    for state in states:
        assert np.isfinite([state.lufs, state.width, state.rolloff_hz, state.key_confidence]).all()
    return states[-1]


def test_noise_at_minus_60_dbfs_is_silence_and_moves_nothing() -> None:
    states, events = heard(stereo(noise(LONG_S, 1e-3)))
    assert [event.on for event in events if isinstance(event, Silence)] == [True]
    assert not [event for event in events if isinstance(event, Onset | Key)]
    assert all(state.bass == state.mid == state.treble == 0.0 for state in states)
    assert not any(state.spectrum.any() for state in states)
    settled = [state.level for state in states[100:]]
    assert max(settled) - min(settled) < 0.02
    assert (states[-1].beat_count, states[-1].bpm, states[-1].arousal) == (0, 0.0, states[0].arousal)


def test_that_hiss_after_music_is_silence_within_2_s_and_does_not_lift_the_bars() -> None:
    states, events = heard(stereo(np.concatenate([hostile.song(4.0), noise(6.0, 1e-3)])))
    assert [(event.on, event.t_s < 6.0) for event in events if isinstance(event, Silence)][-1] == (True, True)
    assert states[-1].bass < 0.01
    assert float(states[-1].spectrum.max()) < 0.01


@pytest.mark.parametrize("voice", ["en", "de", "fr+f3"])
def test_speech_is_sound_without_a_key(tmp_path: Path, voice: str) -> None:
    states, events = heard(stereo(hostile.speech(tmp_path, voice)))
    assert [event.on for event in events if isinstance(event, Silence)][:2] == [True, False]
    assert not [event for event in events if isinstance(event, Key)]
    assert states[-1].key == ""


@pytest.mark.parametrize("rms", [0.003, 0.1, 3.0], ids=["soft", "usual", "clipped"])
def test_noise_and_drums_alone_have_no_sure_key(rms: float) -> None:
    assert at_end(np.clip(noise(LONG_S, rms), -1, 1)).key == ""
    assert at_end(drums(120, LONG_S)[0] * rms * 5).key_confidence < 0.3


def test_a_metronome_is_neither_sure_of_a_key_nor_exciting() -> None:
    state = at_end(hostile.metronome(120, LONG_S))
    assert state.key_confidence < 0.4
    assert state.arousal < 0.4
    assert not state.silent


def test_rubato_piano_is_calm_and_in_its_key_or_the_relative_one() -> None:
    state = heard(stereo(hostile.rubato_piano(20.0)))[0][round(18.0 / HOP_S)]
    assert state.key in ("A minor", "C major")
    assert state.arousal < 0.4
    assert not state.silent


@pytest.mark.parametrize("beats_in_bar", [3, 5])
def test_odd_meters_keep_their_key(beats_in_bar: int) -> None:
    assert at_end(hostile.in_meter(beats_in_bar, 150, LONG_S)).key == "C major"


def test_ramps_and_half_time_are_sound_all_along() -> None:
    assert silences(hostile.tempo_ramp(LONG_S)) == [True, False]
    assert silences(hostile.half_time_drop(LONG_S)) == [True, False]


@pytest.mark.parametrize(
    "harm",
    [
        lambda sound: np.clip(sound * 8, -1, 1),
        lambda sound: 0.5 * sound + 0.4,
        lambda sound: np.where(np.arange(len(sound)) % 5000 == 0, np.nan, sound),
        lambda sound: 0.003 * sound,
    ],
    ids=["clipped", "dc", "nan", "soft"],
)
def test_harmed_music_keeps_its_key(harm: object) -> None:
    assert callable(harm)
    state = at_end(harm(hostile.song(LONG_S)))
    assert state.key == "C major"
    assert state.key_confidence > 0.5
    assert not state.silent


def test_mono_in_one_channel_is_music_in_its_key_and_narrow() -> None:
    samples = stereo(hostile.song(8.0))
    samples[:, 1] = 0
    state = heard(samples)[0][-1]
    assert (state.key, state.width) == ("C major", 0.0)
    assert state.bass > 0.05


def test_sad_soft_slow_and_loud_fast_happy_music_differ_in_both_ways_within_3_s() -> None:
    sad = heard(stereo(0.3 * cadence(hostile.A_MINOR, 8.0, 2.0)))[0]
    glad = heard(stereo(0.6 * drums(150, 8.0)[0] + cadence(hostile.C_MAJOR, 8.0, 0.8)))[0]
    after_3_s = round(3.0 / HOP_S)
    assert sad[after_3_s].arousal + 0.25 < glad[after_3_s].arousal
    assert sad[-1].valence + 0.25 < glad[-1].valence
    assert sad[-1].arousal < 0.3
    assert glad[-1].arousal > 0.5
    assert (
        max(abs(b.arousal - a.arousal) for sound in (sad, glad) for a, b in itertools.pairwise(sound)) < 0.1
    )


def test_the_same_track_at_any_level_moves_the_bands_and_beats_alike_after_10_s() -> None:
    first_s = 16.0  # from there on it has drums and bass
    track = demo_track()[int(first_s * 44_100) : int((first_s + 14) * 44_100)]
    track = track / np.abs(track).max()
    bands, hits = [], []
    for level_db in (-6.0, -30.0, -45.0):
        states, events = heard(track * np.float32(10 ** (level_db / 20)))
        bands.append([(state.bass, state.mid, state.treble) for state in states[round(10 / HOP_S) :]])
        hits.append(beats_right(events, first_s))
        assert not any(state.silent for state in states[round(1 / HOP_S) :])
    loud, *softer = np.array(bands)
    assert loud.max(axis=0).min() > 0.3
    for soft in softer:
        assert np.abs(soft.mean(axis=0) / loud.mean(axis=0) - 1).max() < 0.1
        assert np.abs(soft - loud).max() < 0.1
    assert hits[0] > 0.9
    assert max(hits) - min(hits) < 0.02


def beats_right(events: list[MusicEvent], first_s: float) -> float:
    """F-measure of the demo's beats from 5 s on, within 70 ms."""
    told = np.array([event.time_s for event in events if isinstance(event, Beat) and event.time_s > 5.0])
    truth = np.array(demo_truth().beats_s) - first_s
    truth = truth[(truth > 5.0) & (truth < 14.0)]
    right = int((np.abs(truth[:, None] - told[None]).min(axis=1) < 0.07).sum()) if len(told) else 0
    return 2 * right / (len(truth) + len(told))
