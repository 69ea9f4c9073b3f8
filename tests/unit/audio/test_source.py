"""The counts that a source keeps."""

import numpy as np
import pytest

from artvis.audio.source import LossClock

BLOCK_S = 512 / 44_100


def _found(arrivals_s: np.ndarray) -> int:
    clock = LossClock(BLOCK_S)
    return sum(clock.step(float(now_s)) for now_s in arrivals_s)


def _on_time(seconds: float) -> np.ndarray:
    return 100.0 + BLOCK_S * np.arange(1, round(seconds / BLOCK_S))


@pytest.mark.parametrize("drift", [-0.0002, 0.0, 0.0002])
def test_blocks_that_come_late_in_a_burst_are_not_lost_however_the_clocks_drift(drift: float) -> None:
    arrivals_s = _on_time(600.0) * (1.0 + drift)
    chance = np.random.default_rng(1)
    for stall_s in 100.0 + 600.0 * chance.random(100):
        held = (arrivals_s > stall_s) & (arrivals_s < stall_s + 0.4)
        arrivals_s[held] = stall_s + 0.4
    assert _found(arrivals_s + chance.random(arrivals_s.size) * 0.03) == 0


@pytest.mark.parametrize("lost", [3, 20, 200])
def test_blocks_that_never_come_are_counted(lost: int) -> None:
    arrivals_s = np.delete(_on_time(60.0), np.arange(1500, 1500 + lost))
    assert _found(arrivals_s) == pytest.approx(lost, abs=1)
