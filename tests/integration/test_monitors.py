"""A show on its own monitor, over monitors that are switched on late, pulled out, and put back in another shape."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import xvfb
from commandline import RunArtvis
from sessionbus import SessionBus, wait_until
from showrun import ShowRun, Shows

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(shutil.which("xrandr") is None, reason="xrandr is missing (x11-xserver-utils)"),
]

LEFT, RIGHT = "1280/100x720/60+0+0", "1280/100x720/60+1280+0"
BACK_S = 4.0
"""A second is the aim (benchmarks/hot_plug.py); here other tests may run beside."""


class Desk:
    """Two places for monitors beside each other: LEFT is always on."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self._xrandr("--setmonitor", "LEFT", LEFT, "none")

    def plug(self, place: str) -> None:
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

    def where(self) -> tuple[int, int, int, int] | None:
        """The box that is not black: left, top, right, bottom."""
        light = self._run.look().max(axis=2)
        self.brightest_left = max(self.brightest_left, int(light[:, :1280].max()))
        if light.max() == 0:
            return None
        columns, rows = np.flatnonzero(light.max(axis=0)), np.flatnonzero(light.max(axis=1))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1

    def until(self, where: tuple[int, int, int, int] | None, within_s: float = BACK_S) -> None:
        self._run.until(lambda: self.where() == where, within_s, f"the picture at {where}")

    def until_moving(self) -> None:
        first = self._run.look()
        self._run.until(lambda: bool((self._run.look() != first).any()), BACK_S, "another frame")


@pytest.fixture
def desk() -> Iterator[Desk]:
    with xvfb.running("2560x720") as env:
        yield Desk(env)


def test_a_show_is_on_its_own_monitor_or_nowhere_and_the_one_chosen_by_key_is_remembered(
    desk: Desk, session_bus: SessionBus, run_artvis: RunArtvis, artvis_home: Path, tmp_path: Path
) -> None:
    desktop = session_bus.desktop("org.freedesktop.ScreenSaver")
    assert run_artvis("config", "set", "stage.screen", "right").rc == 0
    shows = Shows(tmp_path, {**desk.env, **session_bus.env, "ARTVIS_HOME": str(artvis_home)})
    try:
        run = shows.start("--source", "demo", "--fullscreen")
        eye = Eye(run)
        run.until((artvis_home / "logs").exists, 20.0, "its start")
        for _ in range(6):
            assert eye.where() is None, "the monitor is away: nothing is drawn"
        desk.plug(RIGHT)
        eye.until((1280, 0, 2560, 720), within_s=20.0)
        wait_until(lambda: desktop.lines[1:] == ["held 1"])
        desk.pull()
        eye.until(None)
        wait_until(lambda: desktop.lines[2:] == ["released 0"])
        for _ in range(6):
            assert eye.where() is None, "the monitor has been pulled out: nothing is drawn"
        desk.plug("600/60x700/70+1400+10")
        eye.until((1400, 10, 2000, 710))
        eye.until_moving()
        assert eye.brightest_left == 0
        desk.press("m")
        eye.until((0, 0, 1280, 720))
        remembered = artvis_home / "config" / "settings.toml"
        run.until(lambda: 'screen = "LEFT"' in remembered.read_text(), 5.0, "the choice in the settings")
        wait_until(lambda: desktop.lines[3:] == ["held 1"])
        run.process.terminate()
        run.process.wait(20)
        assert desktop.lines[4:] == ["released 0"]
    finally:
        shows.end_all()
    assert run.said.count("artvis: Monitor right is away") == 1
    assert "Monitors that are here: 0 LEFT" in run.said
