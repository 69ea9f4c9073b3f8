"""A kiosk: the watchdog around a show, and what the show does for it."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from artvis.errors import GraphicsUnavailable
from artvis.kiosk.drawing import NO_GRAPHICS
from artvis.kiosk.watchdog import Watchdog, own_command
from artvis.processes import end_with_parent

PULSE_EVERY_S = 1.0


def run_kiosk(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Runs `artvis show` with `arguments` under a watchdog until it is left; the exit code."""
    return Watchdog([*own_command(), "show", *arguments], environ, say=say).run()


def pulse(descriptor: int, watchdog_pid: int) -> Callable[[], None]:
    """What the show calls after each frame: a byte a second to the watchdog, and an end when that dies.

    A watchdog that is dead already ends it here.
    """
    end_with_parent(watchdog_pid)
    os.set_blocking(descriptor, False)
    last_s = 0.0

    def beat() -> None:
        nonlocal last_s
        now_s = time.monotonic()
        if now_s - last_s >= PULSE_EVERY_S:
            last_s = now_s
            try:
                os.write(descriptor, b".")
            except BrokenPipeError:  # where the kernel does not end us with the watchdog
                signal.raise_signal(signal.SIGTERM)
            except OSError:  # a pipe that is full for the moment
                pass

    return beat


def without_graphics(problem: GraphicsUnavailable) -> int:
    """Says what is wrong; the exit code by which the watchdog knows that it was the graphics."""
    say(str(problem))
    return NO_GRAPHICS


def say(sentence: str) -> None:
    """One sentence for whoever started the program."""
    sys.stderr.write(f"artvis: {sentence}\n")
    sys.stderr.flush()
