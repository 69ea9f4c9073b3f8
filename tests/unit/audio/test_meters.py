import numpy as np
import pytest
import sounds

from artvis.audio.meters import FALL_PER_S, LevelBar
from artvis.model.music import Samples

NOTHING = np.zeros((0, 2), np.float32)


def _sine(level_db: float) -> Samples:
    return sounds.stereo(sounds.sine(1000, 0.05, 10 ** (level_db / 20)))


@pytest.mark.parametrize(("level_db", "level"), [(0.0, 0.95), (-27.0, 0.5), (-57.0, 0.0), (-90.0, 0.0)])
def test_the_bar_is_linear_in_decibels_from_minus_60(level_db: float, level: float) -> None:
    assert LevelBar().step(_sine(level_db), 0.016) == pytest.approx(level, abs=0.01)


def test_the_bar_takes_the_louder_channel() -> None:
    left_only = _sine(-27.0) * np.array([1.0, 0.0], np.float32)
    assert LevelBar().step(left_only, 0.016) == pytest.approx(0.5, abs=0.01)


def test_the_bar_jumps_up_and_falls_slowly_also_while_nothing_arrives() -> None:
    bar = LevelBar()
    top = bar.step(_sine(-3.0), 0.016)
    assert bar.step(NOTHING, 0.5) == pytest.approx(top - 0.5 * FALL_PER_S)
    assert bar.step(np.zeros((100, 2), np.float32), 10.0) == 0.0


def test_what_is_no_number_moves_nothing() -> None:
    assert LevelBar().step(np.full((64, 2), np.nan, np.float32), 0.016) == 0.0
