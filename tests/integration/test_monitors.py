"""A show on its own monitor, over monitors that are switched on late, pulled out, and put back in another shape."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import xvfb
from commandline import RunArtvis
from sessionbus import SessionBus, wait_until
from showrun import Shows
from twomonitors import SIZE, Desk, Eye

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(shutil.which("xrandr") is None, reason="xrandr is missing (x11-xserver-utils)"),
]

BACK_S = 10.0
"""A second is the aim (benchmarks/hot_plug.py); here other tests may run beside."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    with xvfb.running(SIZE) as env:
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
        desk.plug()
        eye.until((1280, 0, 2560, 720), 20.0)
        wait_until(lambda: desktop.lines[1:] == ["held 1"])
        desk.pull()
        eye.until(None, BACK_S)
        wait_until(lambda: desktop.lines[2:] == ["released 0"])
        for _ in range(6):
            assert eye.where() is None, "the monitor has been pulled out: nothing is drawn"
        desk.plug("600/60x700/70+1400+10")
        eye.until((1400, 10, 2000, 710), BACK_S)
        eye.until_moving(BACK_S)
        assert eye.brightest_left == 0
        desk.press("m")
        eye.until((0, 0, 1280, 720), BACK_S)
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
