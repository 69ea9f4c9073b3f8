"""The window as a person meets it: a real one, on a real X server, in a process of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import windowplay
from PIL import Image
from windowplay import Play

from artvis.control.keymap import BINDINGS
from artvis.model.command import Command

pytestmark = pytest.mark.window

OWN = {"fullscreen", "next-monitor", "help", "why", "leave", "quit"}


def _photo(folder: Path, name: str) -> npt.NDArray[np.float32]:
    return np.asarray(Image.open(folder / f"{name}.png").convert("RGB"), np.float32)


def test_a_window_of_the_size_asked_for_shows_a_moving_picture(play: Play) -> None:
    played = play("plain")
    assert played.rc == 0, played.stderr
    one, two = _photo(played.folder, "one"), _photo(played.folder, "two")
    assert played.told["size"] == [1280, 720]
    assert played.told["report"]["size"] == "1280x720"
    assert played.told["report"]["frames"] > 30
    assert one.shape == (720, 1280, 3)
    assert one.std() > 20
    assert np.abs(one - two).max() > 20
    assert 0.0 < played.told["report"]["first_frame_s"] <= played.told["report"]["first_artwork_s"]
    assert played.told["report"]["renderer"] != ""
    assert played.stderr == ""


def test_no_frame_is_black_while_the_programs_of_the_picture_are_warmed_up(play: Play) -> None:
    lights = play("plain").told["lights"]
    assert len(lights) == 20
    assert min(lights) > 20, lights


def test_the_window_has_the_focus_without_a_window_manager(play: Play) -> None:
    assert play("plain").told["active"]


def test_a_quit_leaves_no_thread_and_stops_the_show_once_after_the_first_frame(play: Play) -> None:
    told = play("plain").told
    assert not told["interrupted"]
    assert told["threads"] == ["MainThread"]
    assert told["order"] == ["first frame", "stop"]


def test_each_key_is_answered_on_screen_within_a_few_video_frames(play: Play) -> None:
    played = play("keys")
    assert played.rc == 0, played.stderr
    answers = played.told["answers"]
    assert set(answers) == {key for each in BINDINGS for key in each.keys if each.command is not Command.QUIT}
    for key, answer in answers.items():
        assert answer["frames"] <= 4, key
        assert answer["panel"] or answer["text"], key
    assert {key for key, answer in answers.items() if answer["panel"]} == {"I", "H", "?"}
    assert played.stderr == ""


def test_what_is_not_about_the_window_is_carried_out_by_the_show(play: Play) -> None:
    commands = play("keys").told["commands"]
    assert commands == [each.command.value for each in BINDINGS if each.command.value not in OWN]


def test_a_clean_window_has_no_overlay_and_no_cursor_but_its_keys_work(play: Play) -> None:
    told = play("clean").told
    assert told["items"] == 0
    assert told["cursor"] == "BlankCursor"
    assert told["commands"] == ["next"]


def test_a_kiosk_fills_the_screen_and_takes_only_the_keys_it_was_given(play: Play) -> None:
    told = play("kiosk").told
    assert told["size"] == [1280, 720]
    assert told["full"]
    assert told["commands"] == ["next"]
    assert told["cursor"] == "BlankCursor"
    assert told["opacities"] == [0.0, 0.0]


def test_a_kiosk_without_opengl_shows_still_pictures_and_says_so(play: Play) -> None:
    played = play("still", MESA_GL_VERSION_OVERRIDE="3.2")
    assert played.rc == 0, played.stderr
    assert played.told["order"] == ["first frame", "stop"]
    assert played.told["report"]["renderer"] == "raster"
    assert played.told["report"]["size"] == "1280x720"
    photo = _photo(played.folder, "one")
    assert photo.std() > 20
    corner = photo[20:120, 900:1256]
    assert corner.max() > 200
    assert np.median(corner) < 100
    assert played.told["threads"] == ["MainThread"]


def test_a_kiosk_whose_graphics_fail_in_mid_show_ends_so_that_it_is_started_again(play: Play) -> None:
    told = play("lost").told
    assert told.get("unavailable") == "This display cannot draw the show: the device is lost."
    assert told["order"] == ["first frame", "stop"]
    assert told["threads"] == ["MainThread"]


def test_a_show_that_breaks_leaves_the_last_picture_and_one_traceback(play: Play) -> None:
    played = play("broken")
    assert played.rc == 0
    assert played.told["report"]["frames"] >= played.told["frames_when_broken"] + 20
    assert _photo(played.folder, "one").std() > 20
    assert played.stderr.count("Traceback") == 1
    signs = played.told["signs_after"] - played.told["signs_before"]
    assert played.told["signs_before"] >= 9
    assert signs <= 1, "a picture that stands still is no sign of life: a kiosk starts again"


def test_full_screen_is_the_whole_screen_and_esc_leaves_it_but_never_quits(play: Play) -> None:
    played = play("toggles")
    assert played.rc == 0, played.stderr
    told = played.told
    assert told["sizes"][0::2] == [[1280, 720]] * 4
    assert told["sizes"][1::2] == [[640, 360], [431, 317], [493, 351], [555, 385]]
    assert told["full"]
    assert not told["full_after_esc"]
    assert told["visible"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_show_in_good_order(
    display: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    window = subprocess.Popen(windowplay.command("waits", tmp_path), env={**os.environ, **display})
    try:
        _wait_for(lambda: (tmp_path / "shown").exists() or window.poll() is not None)
        window.send_signal(number)
        assert window.wait(20) == 0
    finally:
        window.kill()
        window.wait()
    assert windowplay.told(tmp_path)["order"] == ["first frame", "stop"]
    assert windowplay.told(tmp_path)["interrupted"]


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"DISPLAY": ":4711"}, "The display :4711 does not answer."),
        ({"DISPLAY": None, "WAYLAND_DISPLAY": None}, "There is no display"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "QT_QPA_PLATFORM=offscreen has no OpenGL"),
        ({"MESA_GL_VERSION_OVERRIDE": "3.2"}, "OpenGL 3.3 is needed, this display has 3.2."),
    ],
)
def test_a_display_that_will_not_do_is_a_sentence(
    play: Play, environ: dict[str, str | None], sentence: str
) -> None:
    played = play("plain", **{"QT_QPA_PLATFORM": None, **environ})
    assert played.rc == 0, played.stderr
    assert sentence in played.told["unavailable"]
    assert played.told["threads"] == ["MainThread"]


def _wait_for(condition: Callable[[], bool], within_s: float = 40.0) -> None:
    until = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)
