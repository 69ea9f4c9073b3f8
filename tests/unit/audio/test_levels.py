import numpy as np
import pytest

from artvis.audio.levels import LevelMeter, verdict_of
from artvis.model.music import SAMPLE_RATE_HZ, Samples


def _sine(level_db: float, frequency_hz: float = 997.0) -> Samples:
    t = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    left = 10 ** (level_db / 20) * np.sin(2 * np.pi * frequency_hz * t)
    return np.repeat(left[:, None], 2, axis=1).astype(np.float32)


def test_a_sine_of_997_hz_at_minus_20_in_both_channels_is_minus_20_lufs() -> None:
    """EBU Tech 3341, by its first test signal: within 0.1 LU there, within 0.3 here (the first window fills)."""
    assert verdict_of(_sine(-20.0)).lufs == pytest.approx(-20.0, abs=0.3)


@pytest.mark.parametrize(("level_db", "words"), [(-20.0, "music"), (-60.0, "very quiet"), (-90.0, "silence")])
def test_levels_have_words(level_db: float, words: str) -> None:
    assert verdict_of(_sine(level_db)).words == words


def test_zeros_are_silence_and_nothing_is_no_data() -> None:
    assert verdict_of(np.zeros((4096, 2), np.float32)).words == "silence"
    assert LevelMeter().verdict().words == "no data"
    assert LevelMeter().verdict().lufs is None
