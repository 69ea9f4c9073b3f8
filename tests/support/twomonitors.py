"""Two places for monitors in one X server, and an eye on both: LEFT is always on, RIGHT comes and goes."""

import os
import subprocess
from collections.abc import Mapping

import numpy as np
from showrun import ShowRun

SIZE = "2560x720"
RIGHT = "1280/100x720/60+1280+0"
Box = tuple[int, int, int, int]


class Desk:
    """`env` is that of an X server of `SIZE`."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = dict(env)
        self._xrandr("--setmonitor", "LEFT", "1280/100x720/60+0+0", "none")

    def plug(self, place: str = RIGHT) -> None:
        self._xrandr("--setmonitor", "RIGHT", place, "screen")

    def pull(self) -> None:
        self._xrandr("--delmonitor", "RIGHT")

    def press(self, key: str) -> None:
        subprocess.run(["xdotool", "key", key], env={**os.environ, **self.env}, check=True, timeout=20)

    def _xrandr(self, *words: str) -> None:
        done = subprocess.run(
            ["xrandr", *words], env={**os.environ, **self.env}, capture_output=True, timeout=20, check=False
        )
        assert done.returncode == 0, done.stderr


class Eye:
    """Looks at both monitors, and never forgets what it saw on the left one."""

    def __init__(self, run: ShowRun) -> None:
        self._run = run
        self.brightest_left = 0

    def where(self) -> Box | None:
        """What is not black: left, top, right, bottom; None where all is."""
        light = self._run.look().max(axis=2)
        self.brightest_left = max(self.brightest_left, int(light[:, :1280].max()))
        if light.max() == 0:
            return None
        columns, rows = np.flatnonzero(light.max(axis=0)), np.flatnonzero(light.max(axis=1))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1

    def until(self, where: Box | None, within_s: float) -> float:
        """The seconds that it took."""
        return self._run.until(lambda: self.where() == where, within_s, f"the picture at {where}")

    def until_moving(self, within_s: float) -> None:
        first = self._run.look()
        self._run.until(lambda: bool((self._run.look() != first).any()), within_s, "another frame")
