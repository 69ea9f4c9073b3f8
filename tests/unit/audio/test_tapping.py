import numpy as np
import pytest

from artvis.audio.tapping import Tapped, Taps


def tapped(times_s: list[float], believed_period_s: float = 0.0) -> Tapped | None:
    taps = Taps()
    said = None
    for time_s in times_s:
        said = taps.add(time_s, believed_period_s=believed_period_s)
    return said


def test_three_taps_say_nothing_and_the_fourth_a_tempo() -> None:
    assert tapped([1.0, 1.5, 2.0]) is None
    assert tapped([1.0, 1.5, 2.0, 2.5]) == Tapped(pytest.approx(0.5), pytest.approx(1.0))


@pytest.mark.parametrize("seed", range(20))
def test_eight_taps_with_20_ms_of_jitter_over_music_at_128_say_128(seed: int) -> None:
    taps = 3.0 + np.arange(8) * 60 / 128 + np.random.default_rng(seed).uniform(-0.02, 0.02, 8)
    said = tapped(taps.tolist(), believed_period_s=60 / 127.9)
    assert said is not None
    assert 60 / said.period_s == pytest.approx(128, abs=0.5)


def test_taps_at_half_the_believed_tempo_are_its_half() -> None:
    said = tapped([0.0, 0.952, 1.903, 2.845], believed_period_s=0.475)
    assert said is not None
    assert said.period_s == pytest.approx(0.95, rel=0.005)


def test_taps_that_plainly_differ_from_the_believed_tempo_win() -> None:
    said = tapped((np.arange(8) * 60 / 90).tolist(), believed_period_s=0.5)
    assert said is not None
    assert 60 / said.period_s == pytest.approx(90, abs=0.1)


def test_a_tap_that_is_left_out_leaves_the_tempo() -> None:
    said = tapped([0.0, 0.5, 1.0, 1.5, 2.5, 3.0])
    assert said is not None
    assert said.period_s == pytest.approx(0.5)


def test_a_long_pause_begins_a_new_row() -> None:
    assert tapped([0.0, 0.5, 1.0, 1.5, 6.0, 6.4, 6.8]) is None
