"""A whole show in a process of its own, and looks at its real screen."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ImageGrab

from artvis.model.artwork import Pixels

SIZE = ("--size", "640x360")


class ShowRun:
    """`artvis show` with a report; `finish` waits for its end and reads it."""

    def __init__(
        self, folder: Path, env: Mapping[str, str], *words: str, seconds: float | None = None
    ) -> None:
        self._report = folder / "report.json"
        self._display = env["DISPLAY"]
        self.said = ""
        """All of stderr, once it has ended."""
        limit = () if seconds is None else ("--seconds", str(seconds))
        command = [sys.executable, "-m", "artvis", "show", "--report", str(self._report), *limit, *words]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def look(self) -> Pixels:
        """The real screen, as the X server has it."""
        return np.asarray(ImageGrab.grab(xdisplay=self._display).convert("RGB"))

    def until(self, condition: Callable[[], bool], within_s: float, what: str) -> float:
        """Waits for something in the world outside; the seconds that it took."""
        begun_s = time.monotonic()
        while not condition():
            took_s = time.monotonic() - begun_s
            if took_s > within_s:
                self.end()
                raise AssertionError(f"not within {within_s} s: {what}")
            time.sleep(0.02)  # the world outside gives no sign
        return time.monotonic() - begun_s

    def is_drawn(self) -> bool:
        """Whether there is a picture on the screen, not black and not of one colour."""
        return bool(self.look().std() > 12)

    def finish(self, timeout_s: float = 60.0) -> dict[str, Any]:
        """Waits until the show has left by itself; its report."""
        out, self.said = self.process.communicate(timeout=timeout_s)
        assert self.process.returncode == 0, f"{out}\n{self.said}"
        report: dict[str, Any] = json.loads(self._report.read_text())
        return report

    def end(self) -> None:
        """Kills it, if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        _, self.said = self.process.communicate()


class Shows:
    """Starts shows in one home and ends what is left of them."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder = folder
        self.env = dict(env)
        self._made: list[ShowRun] = []

    def start(
        self, *words: str, seconds: float | None = None, env: Mapping[str, str] | None = None
    ) -> ShowRun:
        folder = self.folder / f"show-{len(self._made)}"
        folder.mkdir()
        run = ShowRun(folder, {**self.env, **(env or {})}, *SIZE, *words, seconds=seconds)
        self._made.append(run)
        return run

    def end_all(self) -> None:
        for run in self._made:
            run.end()


def children(pid: int) -> list[int]:
    """The processes that `pid` has started, with theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *children(int(child))]
    return found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
