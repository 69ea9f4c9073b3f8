"""Probes that answer, complain, crash and hang; a child process has to be able to import them."""

import ctypes
import os
import time

from artvis.errors import GraphicsUnavailable


def answers() -> str:
    return "all is well"


def complains() -> str:
    raise GraphicsUnavailable("no driver")


def crashes() -> str:
    os.write(2, b"first words\nlast words\n")
    ctypes.string_at(0)
    return "never"


def hangs() -> str:
    time.sleep(60)
    return "never"
