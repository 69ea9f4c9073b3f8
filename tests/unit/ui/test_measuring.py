import time

import pytest

from artvis.processes import age_s
from artvis.ui.measuring import SETTLING_S, FrameMeter


def _run(meter: FrameMeter, *, seconds: float, fps: float, slow_from_s: float = 1e9) -> None:
    start_s, at_s = time.monotonic(), 0.0
    while at_s <= seconds:
        meter.swapped(start_s + at_s, scale=0.5 if at_s > 3 else 1.0, gui_s=0.002, artwork=at_s > 0.5)
        at_s += 1 / fps if at_s < slow_from_s else 2 / fps


def test_rates_are_over_everything_after_the_first_two_seconds() -> None:
    meter = FrameMeter()
    _run(meter, seconds=6.0, fps=100.0, slow_from_s=SETTLING_S)
    report = meter.report(size=(1280, 720), renderer="none")
    assert report.fps == pytest.approx(50.0, rel=0.01)
    assert report.frame_ms_p50 == pytest.approx(20.0, rel=0.01)
    assert report.gui_ms_per_frame == pytest.approx(2.0, rel=0.01)
    assert report.frames > 390


def test_the_figures_of_the_moment_are_those_of_the_last_second_and_none_of_a_hidden_window() -> None:
    meter = FrameMeter()
    _run(meter, seconds=4.0, fps=25.0)
    last_s = meter._last_s
    assert meter.now(last_s)["fps"] == pytest.approx(25.0, abs=0.1)
    assert meter.now(last_s + 1.5)["fps"] == 0.0


def test_the_render_scale_is_the_median() -> None:
    meter = FrameMeter()
    _run(meter, seconds=7.0, fps=50.0)
    assert meter.report(size=(1, 1), renderer="").render_scale == 0.5


def test_first_moments_count_from_the_start_of_the_process() -> None:
    meter = FrameMeter()
    before_s = age_s()
    _run(meter, seconds=1.0, fps=50.0)
    report = meter.report(size=(1, 1), renderer="")
    assert report.first_frame_s == pytest.approx(before_s, abs=0.1)
    assert report.first_artwork_s == pytest.approx(before_s + 0.52, abs=0.1)


def test_a_run_that_was_too_short_has_no_rates_and_does_not_fail() -> None:
    report = FrameMeter().report(size=(640, 360), renderer="x")
    assert (report.frames, report.fps, report.first_frame_s) == (0, 0.0, None)
    assert report.as_json()["size"] == "640x360"


def test_a_pause_is_not_a_frame_time() -> None:
    meter = FrameMeter()
    _run(meter, seconds=3.0, fps=50.0)
    now_s = time.monotonic() + 3.0
    meter.paused(now_s + 60.0)
    meter.swapped(now_s + 60.02, scale=1.0, gui_s=0.0, artwork=True)
    assert meter.report(size=(1, 1), renderer="").frame_ms_max < 100.0
