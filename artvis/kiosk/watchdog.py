"""The parent process of a kiosk: starts the show, and starts it again when it dies or its frames stop.

It looks at frames, not at the process: a show that lives but draws nothing is ended and started again. It draws
nothing and loads neither Qt nor OpenGL, so that it stays small for weeks.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from artvis.backoff import steps_s
from artvis.kiosk.drawing import Drawing, Ended
from artvis.processes import ending_signals

FRAMES_STOPPED_S = 10.0
START_TAKES_S = 30.0  # a cold disk and a slow machine; a picture is expected within 5 s
WAITS_S = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)


class Watchdog:
    """Runs `command` with two more argument pairs, `--pulse FD --watchdog PID`.

    FD is the descriptor to which it writes a byte a second, PID this process, with which it ends.

    `say` is told in one sentence why the show is started again.
    """

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        say: Callable[[str], None],
        frames_stopped_s: float = FRAMES_STOPPED_S,
    ) -> None:
        self._command = list(command)
        self._environ = dict(environ)
        self._drawing = Drawing()
        self._say = say
        self._frames_stopped_s = frames_stopped_s
        self._leaving = False
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Until the show is left as it should be (then 0), or this process is told to end."""
        before = {number: signal.signal(number, self._on_signal) for number in ending_signals()}
        try:
            return self._run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _run(self) -> int:
        failures = 0
        while not self._leaving:
            ended = self._once()
            if self._leaving or ended.code == 0:
                return 0
            failures = 1 if ended.was_healthy else failures + 1
            wait_s = steps_s(failures, WAITS_S)
            self._say(f"{_why(ended)}; it starts again in {wait_s:g} s.")
            self._drawing.learn(ended)
            self._pause(wait_s)
        return 0

    def _once(self) -> Ended:
        begun_s = time.monotonic()
        try:
            code = self._run_show()
        except OSError as error:  # no memory, no process, no descriptor to be had now: later there may be
            return Ended(None, time.monotonic() - begun_s, problem=error.strerror or "the system refuses")
        return Ended(code, time.monotonic() - begun_s)

    def _run_show(self) -> int | None:
        pulse_in, pulse_out = os.pipe()
        try:
            try:
                self._child = subprocess.Popen(  # noqa: S603 - our own command, from our own flags
                    [*self._command, "--pulse", str(pulse_out), "--watchdog", str(os.getpid())],
                    env=self._drawing.environment(self._environ),
                    pass_fds=(pulse_out,),
                )
            finally:
                os.close(pulse_out)
            if self._leaving:  # the signal came while there was no child to pass it on to
                self._child.terminate()
            return self._watch(self._child, pulse_in)
        finally:
            os.close(pulse_in)

    def _watch(self, child: subprocess.Popen[bytes], pulse_in: int) -> int | None:
        """Waits for the end of `child`, or ends it when its pulse stops."""
        deadline_s = time.monotonic() + START_TAKES_S
        while True:
            readable, _, _ = select.select([pulse_in], [], [], max(0.0, deadline_s - time.monotonic()))
            if readable and os.read(pulse_in, 4096):
                deadline_s = time.monotonic() + self._frames_stopped_s
            elif readable:  # every writer has closed: it has ended, or is about to
                return _wait(child)
            elif child.poll() is not None:
                return child.returncode
            else:
                child.kill()
                child.wait()
                return None

    def _pause(self, wait_s: float) -> None:
        deadline_s = time.monotonic() + wait_s
        while not self._leaving and time.monotonic() < deadline_s:
            time.sleep(min(0.1, max(0.0, deadline_s - time.monotonic())))

    def _on_signal(self, number: int, _: object) -> None:
        self._leaving = True
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(number)


def _wait(child: subprocess.Popen[bytes]) -> int | None:
    try:
        return child.wait(FRAMES_STOPPED_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return None


def _why(ended: Ended) -> str:
    if ended.problem:
        return f"The show could not be started ({ended.problem})"
    if ended.code is None:
        return "Its frames stopped and the show was ended"
    if ended.code < 0:
        return f"The show was ended by signal {-ended.code}"
    return f"The show ended with code {ended.code}"


def own_command() -> list[str]:
    """How this program is started again: the frozen program itself, or Python with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "artvis"]
