import numpy as np
import pytest

from artvis.audio.resample import StreamResampler
from artvis.model.music import SAMPLE_RATE_HZ, Samples


def _pushed(resampler: StreamResampler, sound: Samples, block: int) -> Samples:
    pieces = [resampler.push(sound[start : start + block]) for start in range(0, len(sound), block)]
    return np.concatenate(pieces)


def _sine(rate_hz: int, seconds: float) -> Samples:
    t = np.arange(round(rate_hz * seconds)) / rate_hz
    return np.repeat(np.sin(2 * np.pi * 1000.0 * t)[:, None], 2, axis=1).astype(np.float32)


def test_equal_rates_pass_through_untouched() -> None:
    resampler = StreamResampler(SAMPLE_RATE_HZ)
    block = _sine(SAMPLE_RATE_HZ, 0.01)
    assert resampler.push(block) is block
    assert resampler.delay_s == 0.0


@pytest.mark.parametrize("rate_hz", [22_050, 48_000, 96_000])
def test_a_sine_keeps_its_place_and_level_whatever_the_rate(rate_hz: int) -> None:
    resampled = _pushed(StreamResampler(rate_hz), _sine(rate_hz, 1.0), 512)
    expected = _sine(SAMPLE_RATE_HZ, 1.0)[: len(resampled)]
    middle = slice(2000, len(resampled) - 2000)
    assert np.abs(resampled[middle] - expected[middle]).max() < 0.01


@pytest.mark.parametrize("rate_hz", [22_050, 48_000, 96_000])
def test_no_more_is_held_back_than_the_delay_says(rate_hz: int) -> None:
    resampler = StreamResampler(rate_hz)
    produced = 0
    for pushed in range(512, 4 * rate_hz, 512):
        produced += len(resampler.push(np.zeros((512, 2), np.float32)))
        assert pushed / rate_hz - produced / SAMPLE_RATE_HZ <= resampler.delay_s + 1e-3
    assert 0.0 < resampler.delay_s < 0.06


def test_the_size_of_the_blocks_does_not_change_the_sound() -> None:
    sound = _sine(48_000, 0.5)
    small, large = (_pushed(StreamResampler(48_000), sound, block) for block in (100, 4096))
    count = min(len(small), len(large))
    assert np.array_equal(small[:count], large[:count])
