from itertools import pairwise

import pytest

from artvis.scene.pacing import COST_LIMITS, LESS_EFFECTS, STEPS, Pacing

COST = {1.0: 1.0, 0.75: 0.69, 0.5: 0.475, 0.34: 0.38}
"""A frame's cost against full scale, as the controller supposes it."""


def run(
    pacing: Pacing, from_s: float, seconds: float, *, full_cost_s: float, fps: float = 60.0
) -> list[float]:
    """A machine that needs `full_cost_s` a frame at scale 1, behind a display of `fps`."""
    now_s, scales = from_s, []
    while now_s < from_s + seconds:
        busy_s = full_cost_s * COST[pacing.scale]
        interval_s = max(busy_s, 1 / fps)
        now_s += interval_s
        scales.append(pacing.step(now_s, interval_s=interval_s, busy_s=busy_s))
    return scales


def test_a_fast_machine_stays_at_full_scale() -> None:
    assert set(run(Pacing(60), 0, 60, full_cost_s=0.005)) == {1.0}


def test_a_slow_machine_is_at_the_smallest_scale_within_three_seconds() -> None:
    pacing = Pacing(60)
    run(pacing, 0, 1.3, full_cost_s=0.010)  # the start is over
    run(pacing, 1.3, 3.0, full_cost_s=0.100)
    assert pacing.scale == STEPS[-1][0]


def test_effects_go_only_after_sharpness_and_come_back_first() -> None:
    pacing = Pacing(60)
    run(pacing, 0, 10, full_cost_s=0.100)
    assert (pacing.scale, pacing.effects, pacing.cost_limit) == (0.34, LESS_EFFECTS, COST_LIMITS[-1])
    run(pacing, 10, 11, full_cost_s=0.020)
    assert (pacing.scale, pacing.effects) == (0.34, 1.0)


def test_the_finest_step_has_room_for_dear_scenes() -> None:
    assert Pacing(60).cost_limit == COST_LIMITS[0]


def test_it_stops_at_the_first_scale_that_holds_the_rate() -> None:
    pacing = Pacing(60)
    scales = run(pacing, 0, 30, full_cost_s=0.030)
    assert pacing.scale == 0.5  # 30 ms, then 20.7, then 14.3: within a sixtieth of a second
    assert 0.34 not in scales


def test_it_comes_up_again_after_ten_seconds_of_room() -> None:
    pacing = Pacing(60)
    run(pacing, 0, 5, full_cost_s=0.024)
    assert pacing.scale == 0.75
    assert set(run(pacing, 5, 9, full_cost_s=0.006)) == {0.75}
    run(pacing, 14, 4, full_cost_s=0.006)
    assert pacing.scale == 1.0


def test_it_never_pumps_on_a_machine_that_seems_to_have_room_and_has_not() -> None:
    # The display waits for its refresh within the frame, so that what was spent tells nothing.
    pacing, now_s, changes, before = Pacing(60), 0.0, [], 1.0
    while now_s < 600:
        interval_s = 1 / 60 if pacing.scale < 1.0 else 1 / 40
        now_s += interval_s
        scale = pacing.step(now_s, interval_s=interval_s, busy_s=0.004)
        if scale != before:
            changes.append(now_s)
            before = scale
    rises = changes[1::2]
    assert len(rises) <= 6
    assert all(later - earlier >= 18 for earlier, later in pairwise(rises))


def test_as_fast_as_possible_aims_at_120_and_never_goes_up() -> None:
    pacing = Pacing(None)
    run(pacing, 0, 8, full_cost_s=0.015, fps=1000)
    low = pacing.scale
    assert low < 1.0
    assert set(run(pacing, 8, 60, full_cost_s=0.001, fps=1000)) == {low}


def test_a_pinned_scale_stays_and_only_effects_give_way() -> None:
    pacing = Pacing(60, pinned=0.5)
    assert set(run(pacing, 0, 10, full_cost_s=0.200)) == {0.5}
    assert (pacing.effects, pacing.cost_limit) == (LESS_EFFECTS, COST_LIMITS[-1])


def test_a_hidden_window_is_no_late_frame() -> None:
    pacing = Pacing(60)
    for number in range(60):
        assert pacing.step(number * 2.0, interval_s=2.0, busy_s=0.001) == 1.0


def test_shaders_that_compile_at_the_start_do_not_lower_the_scale() -> None:
    pacing = Pacing(60)
    assert set(run(pacing, 0, 1.0, full_cost_s=0.050)) == {1.0}
    assert set(run(pacing, 1.0, 10, full_cost_s=0.008)) == {1.0}


@pytest.mark.parametrize("late_each", [20, 40])
def test_a_few_late_frames_are_borne(late_each: int) -> None:
    pacing, now_s = Pacing(60), 0.0
    for number in range(2000):
        interval_s = 1 / 60 if number % late_each else 1 / 25
        now_s += interval_s
        assert pacing.step(now_s, interval_s=interval_s, busy_s=0.010) == 1.0
