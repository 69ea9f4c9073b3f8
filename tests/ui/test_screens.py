"""Windows that cannot be seen, lose their OpenGL, or stand on screens of unusual shapes."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import windowplay
import xvfb
from PIL import Image
from windowplay import Play

pytestmark = pytest.mark.window


@pytest.mark.parametrize("how", ["hidden", "minimised"])
def test_a_window_that_nobody_sees_draws_nothing_while_its_show_goes_on(play: Play, how: str) -> None:
    told = play("unseen").told
    assert told["still_exposed"], "as window managers leave it that show minimised windows in a list"
    assert told[how]["ticks"] >= 1
    assert told[how]["frames"] <= 1
    assert told["order"][:5] == ["first frame", "hidden", "seen", "hidden", "seen"]


def test_a_window_that_lost_its_opengl_goes_on_with_its_picture_and_overlay(play: Play) -> None:
    played = play("unseen")
    assert played.rc == 0, played.stderr
    assert played.stderr == ""
    assert played.told["another_engine"]
    assert played.told["items"] == 1
    photo = np.asarray(Image.open(played.folder / "after.png").convert("RGB"), np.float32)
    rows = photo[:360, :640].mean(axis=(1, 2))
    assert (np.abs(np.diff(rows)) > 15).sum() >= 5, "the stripes of the artwork, not the built-in picture"


@pytest.mark.parametrize("scale", [1, 2])
def test_on_an_upright_screen_nothing_is_stretched_and_no_text_is_cut_off(tmp_path: Path, scale: int) -> None:
    with xvfb.running("1080x1920") as env:
        played = windowplay.play("shapes", tmp_path, {**env, "QT_SCALE_FACTOR": str(scale)})
    assert played.rc == 0, played.stderr
    told = played.told
    assert told["scale"] == scale
    assert told["sizes"] == {"full": [1080 // scale, 1920 // scale], "tiny": [320, 180], "wide": [1000, 200]}
    assert all(told["texts"][f"{shape} H"] > 40 for shape in ("full", "tiny", "wide"))
    assert not any(told["outside"].values()), told["outside"]
    photo = np.asarray(Image.open(tmp_path / "full.png").convert("L"), np.float32)
    assert photo.shape == (1920, 1080)
    across, down = _disc(photo)
    assert 500 < across < 900
    assert abs(across - down) < 0.03 * across


def _disc(photo: npt.NDArray[np.float32]) -> tuple[int, int]:
    """How many pixels wide and high the white disc in the middle is."""
    bright = photo > 130
    rows, columns = np.nonzero(bright[480:1440])
    row, column = int(rows.mean()) + 480, int(columns.mean())
    return int(bright[row].sum()), int(bright[480:1440, column].sum())


@pytest.mark.parametrize("scenario", ["dark_and_clean", "dark"])
def test_nothing_but_the_picture_reaches_a_clean_screen(tmp_path: Path, scenario: str) -> None:
    with xvfb.running("1280x720", "-fbdir", str(tmp_path)) as env:
        window = subprocess.Popen(windowplay.command(scenario, tmp_path), env={**os.environ, **env})
        try:
            _wait_for(lambda: (tmp_path / "dark").exists() or window.poll() is not None)
            brightest = max(_brightest_after(words, tmp_path, env) for words in PROVOCATIONS)
            (tmp_path / "enough").touch()
            assert window.wait(30) == 0
        finally:
            window.kill()
            window.wait()
    assert windowplay.told(tmp_path)["commands"] == ["next", "love"], "the keys have arrived"
    if scenario == "dark":
        assert brightest > 100, "where it is not clean, the same is seen"
    else:
        assert brightest == 0


PROVOCATIONS = ("mousemove 300 200", "mousemove 900 500", "key Right", "key Up", "key h", "click 1")


def _brightest_after(words: str, folder: Path, env: dict[str, str]) -> int:
    """The brightest value on the screen in the quarter of a second after it, cursor included."""
    subprocess.run(["xdotool", *words.split()], env={**os.environ, **env}, check=True, timeout=20)
    until_s, brightest = time.monotonic() + 0.25, 0
    while time.monotonic() < until_s:
        memory = (folder / "Xvfb_screen0").read_bytes()  # of the X server itself; an XWD file
        header, colours = (int.from_bytes(memory[at : at + 4], "big") for at in (0, 76))
        pixels = np.frombuffer(memory, np.uint8, offset=header + 12 * colours)
        brightest = max(brightest, int(pixels.reshape(-1, 4)[:, :3].max()))
    return brightest


def _wait_for(condition: Callable[[], bool], within_s: float = 40.0) -> None:
    until = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)
