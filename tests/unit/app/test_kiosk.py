"""What ties a kiosk's show to its watchdog."""

import os
import signal
import subprocess
import sys

SHOW = (
    "import sys; from artvis.app.kiosk import pulse; beat = pulse(int(sys.argv[1]), int(sys.argv[2])); beat()"
)


def show(descriptor: int, watchdog_pid: int) -> int:
    words = [sys.executable, "-c", SHOW, str(descriptor), str(watchdog_pid)]
    return subprocess.run(words, pass_fds=(descriptor,), check=False, timeout=20).returncode


def test_each_second_a_byte_tells_the_watchdog_that_the_show_is_alive() -> None:
    reading, writing = os.pipe()
    assert show(writing, os.getpid()) == 0
    os.close(writing)
    assert os.read(reading, 100) == b"."
    os.close(reading)


def test_a_show_whose_watchdog_died_before_it_came_up_ends() -> None:
    reading, writing = os.pipe()
    dead = subprocess.Popen(["true"])
    dead.wait()
    assert show(writing, dead.pid) == 1
    os.close(reading)
    os.close(writing)


def test_a_show_whose_pulse_nobody_reads_is_left() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert show(writing, os.getpid()) == -signal.SIGTERM
    os.close(writing)
