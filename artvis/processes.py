"""When processes began, and how they end: by which signals, a worker never by Ctrl+C, never later than their parent.

It starts none but for the workers of others.
"""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # glibc's malloc.h
_LARGE_BYTES = 256 * 1024

_IMPORTED_S = time.monotonic()


def age_s() -> float:
    """Seconds since this process started, Python's own start included.

    Linux knows it to 10 ms (field 22 of /proc/self/stat); elsewhere it is counted from this module's import.
    """
    if sys.platform != "linux":
        return time.monotonic() - _IMPORTED_S
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK")


def give_large_memory_back() -> None:
    """Pictures that are done with go back to the system at once, for as long as this process lives.

    glibc learns from the first large block that is freed to keep the next ones, in an arena of each thread: over
    hours of pictures from five threads that is memory nobody uses. Elsewhere nothing is changed.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_M_ARENA_MAX, 2)


def start_deaf_to_ctrl_c(worker: "SpawnProcess") -> None:
    """Starts a worker to which the Ctrl+C of a terminal, which goes to all processes, is nothing from its first moment.

    The parent answers it and ends its workers; one that is still importing would print a traceback instead.
    """
    if sys.platform == "win32":
        worker.start()
        return
    from multiprocessing import (
        resource_tracker,
    )  # 10 ms that the parent of a kiosk, also a user of this, can spare

    resource_tracker.ensure_running()  # it lets signals through again when it starts, so it has to be there before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a new process keeps what is blocked
    try:
        worker.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ending_signals() -> list[signal.Signals]:
    """By which this process is told to end. A terminal that is closed is none for one that nohup has started."""
    names = ["SIGINT", "SIGTERM"]
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) != signal.SIG_IGN:
        names.append("SIGHUP")
    return [signal.Signals[name] for name in names]


def end_with_parent(parent_pid: int) -> None:
    """Asks the kernel (Linux) to end this process when the thread that started it does.

    Only for a process that a lasting thread has started: the signal comes when that very thread ends. A parent that
    has died already ends this process at once. Elsewhere the end of a pipe has to do.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(1)
