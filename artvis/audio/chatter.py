"""What PortAudio and ALSA print on stderr by themselves, kept off the terminal and handed over as lines for the log.

It leaves file descriptor 2 alone, and with it the sentences and tracebacks of Python and whatever child processes say.
"""

import contextlib
import ctypes
import os
import sys

_LINE_BUFFERED = 1  # _IOLBF of stdio.h
_kept: list[int] = []
"""The file in memory that C's `stderr` leads to, once it was diverted: C has one for the whole process."""


def divert() -> None:
    """From now on C's `stderr` is a file. Called again, or without such a variable, it does nothing."""
    if _kept or sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    with contextlib.suppress(ValueError, AttributeError):
        stderr = ctypes.c_void_p.in_dll(libc, "stderr")
        kept = os.memfd_create("artvis-chatter")
        libc.fdopen.restype = ctypes.c_void_p
        stream = libc.fdopen(os.dup(kept), b"a")
        libc.setvbuf(ctypes.c_void_p(stream), None, _LINE_BUFFERED, 0)
        stderr.value = stream
        _kept.append(kept)


def lines() -> list[str]:
    """What has been printed since the last call."""
    if not _kept:
        return []
    size = os.fstat(_kept[0]).st_size
    text = os.pread(_kept[0], size, 0).decode(errors="replace")
    if size:
        os.truncate(_kept[0], 0)  # a line that comes in between is lost; it would have said the same
    return text.splitlines()
