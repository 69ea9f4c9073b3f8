"""Who draws the next run of a kiosk's show."""

import signal

import pytest

from artvis.kiosk.drawing import Drawing, Ended

CRASH = Ended(-signal.SIGSEGV, 2.0)
NO_GRAPHICS = Ended(3, 2.0)
MESA = {"DISPLAY": ":0", "GALLIUM_DRIVER": "zink"}


def after(*runs: Ended) -> dict[str, str]:
    drawing = Drawing()
    for ended in runs:
        drawing.learn(ended)
    return drawing.environment(MESA)


IN_SOFTWARE = {"DISPLAY": ":0", "LIBGL_ALWAYS_SOFTWARE": "1"}


@pytest.mark.parametrize(
    "runs",
    [
        (NO_GRAPHICS,),
        (CRASH, CRASH, CRASH),
        (NO_GRAPHICS, Ended(1, 2.0)),
    ],
)
def test_graphics_that_are_refused_or_crash_three_times_are_drawn_in_software(
    runs: tuple[Ended, ...],
) -> None:
    assert after(*runs) == IN_SOFTWARE


@pytest.mark.parametrize(
    "runs",
    [
        (Ended(2, 2.0),),  # no sound server, a file that is not there
        (Ended(None, 2.0), Ended(-signal.SIGKILL, 2.0), Ended(-signal.SIGTERM, 2.0)),
        (CRASH, CRASH, Ended(1, 2.0), CRASH),
        (Ended(-signal.SIGSEGV, 3600.0), CRASH, CRASH),
        (Ended(3, 3600.0),),  # lost in mid-show: a new process gets them back
    ],
)
def test_another_fault_leaves_the_driver_in_place(runs: tuple[Ended, ...]) -> None:
    assert after(*runs) == MESA


def test_after_a_healthy_run_in_software_the_driver_is_tried_again() -> None:
    assert after(NO_GRAPHICS, Ended(-signal.SIGKILL, 61.0)) == MESA
