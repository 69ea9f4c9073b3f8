"""`artvis calibrate`: on a real sound server, with a room that hears everything 0.2 s late, and without anything."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from commandline import RunArtvis
from PIL import ImageGrab
from soundserver import MAIN, SoundServer

from artvis.app import calibration
from artvis.audio.ring import Ring
from artvis.errors import AudioUnavailable

HEADLESS = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}


def stored_ms(run_artvis: RunArtvis) -> float:
    shown = json.loads(run_artvis("config", "show", "--json").stdout)
    return float(shown["stage"]["av_offset_ms"])


def test_an_offset_by_hand_is_stored_and_taken_back(run_artvis: RunArtvis) -> None:
    done = run_artvis("calibrate", "--set", "-40", "--json")
    assert done.rc == 0
    assert json.loads(done.stdout) == {"method": "set", "offset_ms": -40.0, "stored": True}
    assert stored_ms(run_artvis) == -40.0
    assert run_artvis("calibrate", "--reset").rc == 0
    assert stored_ms(run_artvis) == 0.0


@pytest.mark.parametrize(
    "words", [("--set", "900"), ("--set", "much"), ("--mic",), ("--set", "1", "--reset")]
)
def test_bad_use_is_one_sentence_and_changes_nothing(run_artvis: RunArtvis, words: tuple[str, ...]) -> None:
    done = run_artvis("calibrate", *words)
    assert done.rc == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert stored_ms(run_artvis) == 0.0


def test_without_a_screen_tapping_is_refused_in_one_sentence(run_artvis: RunArtvis) -> None:
    done = run_artvis("calibrate", env=HEADLESS)
    assert done.rc == 2
    assert "display" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_sound_server_nothing_is_stored(run_artvis: RunArtvis) -> None:
    done = run_artvis("calibrate", "--captured", env={"PULSE_SERVER": "unix:/nonexistent/native"})
    assert done.rc == 2
    assert stored_ms(run_artvis) == 0.0


@pytest.mark.sound
def test_captured_clicks_measure_a_plausible_way_and_with_a_microphone_what_the_room_adds(
    run_artvis: RunArtvis, sound_server: SoundServer
) -> None:
    """The room hears the output 0.2 s later; both ways are measured at once, each in a home of its own."""
    sound_server.pactl("load-module", "module-null-sink", "sink_name=room", "norewinds=1")
    loop = ("source=" + f"{MAIN}.monitor", "sink=room", "latency_msec=200")
    sound_server.pactl("load-module", "module-loopback", *loop)
    sound_server.pactl("load-module", "module-remap-source", "master=room.monitor", "source_name=ears")
    done = run_artvis("calibrate", "--captured", "--mic", "ears", "--json", env=sound_server.env)
    assert done.rc == 0, done.stderr + done.stdout
    found = json.loads(done.stdout)
    assert 0 < found["round_trip_ms"] < 120
    assert 0 <= found["capture_ms"] < 40
    assert found["output_ms"] == pytest.approx(200, abs=40)
    assert found["offset_ms"] == pytest.approx(-190, abs=50)
    assert stored_ms(run_artvis) == found["offset_ms"]


@pytest.mark.sound
@pytest.mark.window
def test_the_window_to_tap_to_says_what_to_do_and_stores_nothing_when_it_is_ended(
    artvis_home: Path, display: dict[str, str], sound_server: SoundServer
) -> None:
    env = {**os.environ, **display, **sound_server.env}
    tapping = subprocess.Popen([sys.executable, "-m", "artvis", "calibrate"], env=env, text=True)
    try:
        pause = threading.Event()
        for _ in range(200):
            screen = np.asarray(ImageGrab.grab(xdisplay=display["DISPLAY"]).convert("L"))
            if screen.max() > 150 or tapping.poll() is not None:
                break
            pause.wait(0.1)
        assert tapping.poll() is None
        assert screen.max() > 150
        tapping.send_signal(signal.SIGTERM)
        assert tapping.wait(10) == 130
    finally:
        tapping.kill()
        tapping.wait()
    assert not (artvis_home / "config" / "settings.toml").exists()


def test_a_microphone_of_a_server_that_hangs_is_refused_and_its_recorder_ended(server: SoundServer) -> None:
    server.freeze()
    with pytest.raises(AudioUnavailable, match="No sound server answers"):
        calibration._Room(f"{MAIN}.monitor", Ring())
    assert "parec" not in [thread.name for thread in threading.enumerate()]
