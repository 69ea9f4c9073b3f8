"""The demo track: its truth, its loop, its loudness."""

import threading

import numpy as np
import pytest

from artvis.audio.demo import voices
from artvis.audio.demosource import demo_source, demo_track, demo_truth
from artvis.audio.levels import verdict_of
from artvis.audio.ring import Ring
from artvis.model.music import SAMPLE_RATE_HZ, Samples


@pytest.fixture(scope="module")
def track() -> Samples:
    return demo_track()


def test_the_truth_is_a_minute_of_28_bars_at_112() -> None:
    truth = demo_truth()
    assert truth.duration_s == 60.0
    assert len(truth.beats_s) == 112
    assert len(truth.downbeats_s) == 28
    assert np.allclose(np.diff(truth.beats_s), 60 / 112)
    assert set(truth.downbeats_s) <= set(truth.beats_s)
    assert [name for _, name in truth.sections] == ["intro", "build", "groove", "break", "groove", "outro"]
    assert {start for start, _ in truth.sections} <= set(truth.downbeats_s)


def test_the_track_is_loud_enough_and_never_too_loud(track: Samples) -> None:
    assert track.shape == (60 * SAMPLE_RATE_HZ, 2)
    assert track.dtype == np.float32
    assert np.abs(track).max() < 10 ** (-1 / 20)
    verdict = verdict_of(track)
    assert verdict.words == "music"
    assert verdict.lufs == pytest.approx(-16.0, abs=0.7)


def test_the_end_runs_into_the_beginning_without_a_click(track: Samples) -> None:
    """The step over each join is no larger than steps nearby are."""
    steps = np.abs(np.diff(np.concatenate((track, track[:1])), axis=0)).max(axis=1)
    for join in range(378_000, len(track) + 1, 378_000):
        around = steps[join - 800 : join - 2]
        assert steps[join - 1] <= 1.5 * around.max() + 1e-3


def test_the_kicks_of_the_groove_are_where_the_truth_says(track: Samples) -> None:
    truth = demo_truth()
    bar_s = truth.downbeats_s[1]
    # A matched filter for the kick: it peaks where one begins.
    drum = np.fft.rfft(voices.kick(), len(track))
    match = np.fft.irfft(np.fft.rfft(track.mean(axis=1)) * drum.conj(), len(track))
    reach = SAMPLE_RATE_HZ // 20
    for beat in (beat for beat in truth.beats_s if 8 * bar_s <= beat < 16 * bar_s):
        at = round(beat * SAMPLE_RATE_HZ)
        assert abs(int(np.argmax(match[at - reach : at + reach])) - reach) < 0.003 * SAMPLE_RATE_HZ


def test_both_channels_differ_and_share_their_middle(track: Samples) -> None:
    left, right = track[::10].T
    assert 0.3 < float(np.corrcoef(left, right)[0, 1]) < 0.98


def test_the_track_is_the_same_every_time(track: Samples) -> None:
    assert np.array_equal(demo_track(), track)


def test_the_source_plays_the_track_once_its_opening_has_no_past(track: Samples) -> None:
    """Apart from what rings on over the loop, the first four bars are those of the track."""
    source, ring = demo_source(), Ring()
    source.start(ring, lambda _: None)
    waiting = threading.Event()
    while (heard := ring.read(22_050)) is None:
        waiting.wait(0.005)
    source.stop()
    assert source.id == source.kind == "demo"
    assert source.stats().dropped == 0
    rings_on = np.abs(heard - track[:22_050])
    assert np.abs(heard).max() > 0.02
    assert rings_on.max() < 0.5


def test_the_second_time_through_is_exactly_the_track(track: Samples) -> None:
    passes = demo_source()._passes
    first = np.concatenate(list(passes()))
    second = np.concatenate(list(passes()))
    assert np.array_equal(first[378_000:], track[378_000:])
    assert np.array_equal(second, track)
