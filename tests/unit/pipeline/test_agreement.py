"""What many measurements agree on."""

import numpy as np

from artvis.pipeline.agreement import agreement


def test_the_median_of_taps_is_found_whatever_single_ones_are_off_by() -> None:
    taps = [0.04 + 0.015 * float(x) for x in np.random.default_rng(1).standard_normal(12)]
    found = agreement([*taps, 0.29, -0.25], "taps")
    assert not found.problem
    assert abs(found.median_s - 0.04) < 0.012
    assert 10 <= found.count <= 12
    assert found.spread_s < 0.02


def test_too_few_taps_are_no_measurement() -> None:
    assert agreement([0.01] * 7, "taps").problem == "There were 7 taps; 8 are needed."


def test_taps_all_over_the_beat_are_no_measurement() -> None:
    anywhere = [float(x) for x in np.random.default_rng(2).uniform(-0.3, 0.3, 12)]
    assert "too wide" in agreement(anywhere, "taps").problem


def test_when_most_are_far_from_each_other_too_few_agree() -> None:
    found = agreement([0.0] * 6 + [0.2, 0.25, -0.2, -0.25], "taps")
    assert found.problem == "Only 6 of 10 taps agree; 8 are needed."
