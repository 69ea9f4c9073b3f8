"""The watchdog with small programs in place of the show: it looks at the pulse and at the exit code."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from artvis.kiosk.watchdog import Watchdog


def program(body: str, tmp: object) -> list[str]:
    """A show that runs `body` with `fd` as its pulse and `runs` as how often it was started."""
    script = (
        "import os, sys, time, pathlib\n"
        "fd = int(sys.argv[sys.argv.index('--pulse') + 1])\n"
        f"counter = pathlib.Path({str(tmp)!r}) / 'runs'\n"
        "runs = int(counter.read_text()) + 1 if counter.exists() else 1\n"
        "counter.write_text(str(runs))\n" + body
    )
    return [sys.executable, "-c", script]


@pytest.fixture
def said() -> list[str]:
    return []


def run(body: str, tmp: object, said: list[str]) -> int:
    return Watchdog(program(body, tmp), os.environ, say=said.append).run()


def test_a_show_that_is_left_ends_the_watchdog(tmp_path: object, said: list[str]) -> None:
    assert run("os.write(fd, b'.')", tmp_path, said) == 0
    assert said == []


def test_a_show_that_is_killed_is_started_again_after_a_second(tmp_path: object, said: list[str]) -> None:
    begun_s = time.monotonic()
    assert run("os.kill(os.getpid(), 9) if runs == 1 else None", tmp_path, said) == 0
    assert time.monotonic() - begun_s >= 1.0
    assert said == ["The show was ended by signal 9; it starts again in 1 s."]


def test_a_show_whose_frames_stop_is_ended_and_started_again(tmp_path: object, said: list[str]) -> None:
    body = "os.write(fd, b'.')\nif runs == 1: time.sleep(60)"
    show = Watchdog(program(body, tmp_path), os.environ, say=said.append, frames_stopped_s=0.5)
    assert show.run() == 0
    assert "frames stopped" in said[0]


def test_graphics_that_are_refused_are_drawn_in_software_the_next_time(
    tmp_path: object, said: list[str]
) -> None:
    body = "sys.exit(3 if 'LIBGL_ALWAYS_SOFTWARE' not in os.environ else 0)"
    assert run(body, tmp_path, said) == 0
    assert said == ["The show ended with code 3; it starts again in 1 s."]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_end_is_passed_on_to_the_show(
    tmp_path: Path, said: list[str], number: signal.Signals
) -> None:
    ends = f"signal.signal({int(number)}, lambda *_: sys.exit(7)); os.kill(os.getppid(), {int(number)})"
    before = signal.signal(number, signal.SIG_DFL)  # nohup has it ignored, and that is obeyed
    try:
        assert run(f"import signal\n{ends}\ntime.sleep(60)", tmp_path, said) == 0
    finally:
        signal.signal(number, before)
    assert said == []


def test_a_show_that_cannot_be_started_now_is_tried_again(tmp_path: Path) -> None:
    waits: list[str] = []

    def give_up_after_two(sentence: str) -> None:
        waits.append(sentence)
        if len(waits) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    watchdog = Watchdog([str(tmp_path / "no-such-program")], os.environ, say=give_up_after_two)
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert watchdog.run() == 0
    assert waits[0].startswith("The show could not be started (No such file")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
