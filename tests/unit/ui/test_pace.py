import itertools

import pytest

from artvis.ui.pace import FAST_SWAPS, Pace


def _run(pace: Pace, *, work_s: float, swaps: int, late_at: int = -1) -> list[float]:
    """The moments of the swaps, when each frame takes `work_s` and the waits are kept exactly."""
    now_s, moments = 100.0, []
    for number in range(swaps):
        now_s += work_s + (0.2 if number == late_at else 0.0)
        moments.append(now_s)
        now_s += pace.wait_s(now_s)
    return moments


def test_quick_frames_are_held_to_the_frame_rate_without_drift() -> None:
    moments = _run(Pace(60, refresh_hz=60, vsync=False), work_s=0.004, swaps=601)
    assert moments[-1] - moments[0] == pytest.approx(10.0, abs=0.02)


def test_a_frame_that_is_a_little_late_does_not_push_the_next_ones_back() -> None:
    pace = Pace(50, refresh_hz=60, vsync=False)
    assert pace.wait_s(10.000) == 0.0
    assert pace.wait_s(10.004) == pytest.approx(0.016)
    assert pace.wait_s(10.050) == 0.0  # 26 ms too much work: the frame of 10.040 begins late
    assert pace.wait_s(10.054) == pytest.approx(0.006)  # and the one of 10.060 in time again


def test_after_a_long_stall_the_lost_frames_are_not_made_up() -> None:
    moments = _run(Pace(60, refresh_hz=60, vsync=False), work_s=0.004, swaps=60, late_at=30)
    assert min(b - a for a, b in itertools.pairwise(moments[31:])) > 0.010


def test_slow_frames_never_wait() -> None:
    pace = Pace(60, refresh_hz=60, vsync=False)
    assert sum(pace.wait_s(1.0 + 0.03 * number) for number in range(2, 100)) == 0.0


def test_uncapped_never_waits() -> None:
    pace = Pace(None, refresh_hz=60, vsync=True)
    assert [pace.wait_s(now_s) for now_s in (1.0, 1.001, 1.002)] == [0.0, 0.0, 0.0]


def test_a_screen_that_holds_the_swap_back_is_the_clock() -> None:
    pace = Pace(60, refresh_hz=60, vsync=True)
    assert sum(pace.wait_s(1.0 + number / 60) for number in range(200)) == 0.0
    assert pace.vsync


def test_swaps_faster_than_the_screen_show_that_nothing_holds_them_back() -> None:
    pace = Pace(60, refresh_hz=60, vsync=True)
    waits = [pace.wait_s(1.0 + 0.002 * number) for number in range(FAST_SWAPS + 4)]
    assert not pace.vsync
    assert waits[-1] > 0.0


def test_a_frame_rate_under_the_screens_is_kept_by_the_timer() -> None:
    assert not Pace(30, refresh_hz=60, vsync=True).vsync
