import numpy as np
import pytest

from artvis.model.music import SPECTRUM_BARS
from artvis.scene.spectrum import Bars, folded, follow_spectrum

DT_S = 1 / 60


def after(seconds: float, heard: np.ndarray, bars: Bars | None = None) -> Bars:
    bars = bars or Bars()
    for _ in range(round(seconds / DT_S)):
        bars = follow_spectrum(bars, heard.astype(np.float32), dt_s=DT_S)
    return bars


def level(value: float) -> np.ndarray:
    return np.full(SPECTRUM_BARS, value, np.float32)


def test_a_wall_of_sound_does_not_keep_the_bars_at_the_top() -> None:
    assert after(0.1, level(0.8)).shown.min() > 0.6
    assert after(6.0, level(0.8)).shown.max() < 0.35


def test_what_stands_out_against_the_usual_stands_tall() -> None:
    usual = after(6.0, level(0.6))
    kick = level(0.6)
    kick[4:9] = 0.95
    bars = after(0.1, kick, usual).shown
    assert bars[6] > 0.7
    assert bars[6] > 3 * bars[40]


def test_hiss_does_not_dance() -> None:
    rng = np.random.default_rng(1)
    bars, heights = after(6.0, level(0.05)), []
    for _ in range(120):
        hiss = (level(0.05) + rng.normal(0, 0.01, SPECTRUM_BARS)).clip(0, 1)
        bars = follow_spectrum(bars, hiss.astype(np.float32), dt_s=DT_S)
        heights.append(bars.shown.max())
    assert max(heights) < 0.12


def test_a_bar_rises_at_once_and_falls_within_300_ms() -> None:
    tall = after(0.05, level(0.9))
    assert tall.shown.min() > 0.7
    assert after(0.3, level(0.0), tall).shown.max() < 0.12


def test_a_bar_is_softened_by_its_neighbours_and_read_only() -> None:
    one = level(0.0)
    one[20] = 1.0
    bars = after(0.2, one).shown
    assert bars[20] > bars[19] > 0.1
    assert bars[19] == pytest.approx(bars[21])
    assert bars[17] == 0.0
    assert not bars.flags.writeable


def test_no_band_is_lost_and_the_lowest_stand_in_the_middle() -> None:
    rising = np.arange(SPECTRUM_BARS, dtype=np.float32)
    row = folded(rising)
    assert sorted(row) == list(rising)
    assert set(row[31:33]) == {0.0, 1.0}
    assert {row[0], row[-1]} == {62.0, 63.0}
    assert (np.diff(row[:32]) < 0).all()
    assert (np.diff(row[32:]) > 0).all()
