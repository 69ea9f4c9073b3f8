"""A screen for tests: an X server of their own, on a number that it finds itself, ended by its own pid."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest


@contextlib.contextmanager
def running(size: str = "1280x720", *more: str) -> Iterator[dict[str, str]]:
    """The environment in which a program draws on a fresh screen with OpenGL in software; `more` options of Xvfb."""
    if shutil.which("Xvfb") is None:
        pytest.fail("Xvfb is missing; scripts/setup installs it")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "+extension", "GLX"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp", "-noreset", *more], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            pytest.fail(f"Xvfb ended at its start with {server.wait()}")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QSG_RENDER_LOOP": "basic"}
    finally:
        server.terminate()
        server.wait(10)
