"""What PortAudio and ALSA print on stderr by themselves, kept off the terminal and handed over as lines for the log.

It leaves file descriptor 2 alone, and with it the sentences and tracebacks of Python and whatever child processes say.
"""

import contextlib
import ctypes
import os
import sys
import tempfile
from typing import IO

_LINE_BUFFERED = 1  # _IOLBF of stdio.h
_kept: list[IO[bytes]] = []
"""The nameless file that C's `stderr` leads to, once it was diverted: C has one for the whole process."""


def divert() -> None:
    """From now on C's `stderr` is a file. Called again, or without such a variable, it does nothing."""
    if _kept or sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    with contextlib.suppress(ValueError, AttributeError):
        stderr = ctypes.c_void_p.in_dll(libc, "stderr")
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - as long as the process
        libc.fdopen.restype = ctypes.c_void_p
        stream = libc.fdopen(os.dup(file.fileno()), b"a")
        libc.setvbuf(ctypes.c_void_p(stream), None, _LINE_BUFFERED, 0)
        _kept.append(file)
        stderr.value = stream


def lines() -> list[str]:
    """What has been printed since the last call."""
    if not _kept:
        return []
    file = _kept[0]
    size = os.fstat(file.fileno()).st_size
    text = os.pread(file.fileno(), size, 0).decode(errors="replace")
    if size:
        file.truncate(0)  # a line that comes in between is lost; it would have said the same
    return text.splitlines()
