"""What a worker process does so that it never outlives the program that started it."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


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
