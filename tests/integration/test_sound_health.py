"""What the doctor finds out about sound, on a real sound server."""

import json
from typing import Any

import pytest
from capturing import Playing
from commandline import RunArtvis
from soundserver import MAIN, SECOND, SoundServer

from artvis.app import probes

pytestmark = pytest.mark.sound


def _found(spec: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(probes.sound(spec, 0.4))
    return facts


def test_the_doctor_listens_to_what_a_show_would_listen_to(
    server: SoundServer, playing: Playing, run_artvis: RunArtvis
) -> None:
    ran = run_artvis("doctor", "--json")
    checks = {check["what"]: check for check in json.loads(ran.stdout)["checks"]}
    for what in ("recording", "sound server", "output", "listening", "deep cache"):
        assert checks[what]["level"] == "ok", checks[what]
    assert "pulseaudio" in checks["sound server"]["means"].lower()
    assert ": music, -" in checks["listening"]["means"]
    assert ran.rc == 0


def test_a_muted_output_is_found_and_so_is_that_nothing_can_be_heard_of_it(
    server: SoundServer, playing: Playing
) -> None:
    server.pactl("set-sink-mute", MAIN, "1")
    assert (_found("auto")["muted"], _found("auto")["words"]) == (True, "silence")
    server.pactl("set-sink-mute", MAIN, "0")
    server.pactl("set-sink-volume", MAIN, "10%")
    assert _found("auto")["volume"] == pytest.approx(0.1, abs=0.01)
    server.pactl("set-source-mute", f"{MAIN}.monitor", "1")
    assert _found("auto")["monitor_muted"]


def test_the_source_of_the_settings_is_the_one_that_is_listened_to(
    server: SoundServer, playing: Playing
) -> None:
    assert _found(f"system:{SECOND}")["words"] == "music"
    server.unplug(SECOND)
    assert _found(f"system:{SECOND}")["away"] == f"system:{SECOND}"
    assert "source" not in _found("demo")
    assert "source" not in _found("mic"), "there is none"


def test_without_a_server_it_is_said_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/at/all")
    assert "No sound server answers" in _found("auto")["problem"]
