"""`artvis sources` beside a real sound server, and beside none."""

import json
import wave
from pathlib import Path

import numpy as np
import pytest
from commandline import RunArtvis
from soundserver import MAIN, SECOND, SoundServer


def _music(path: Path) -> Path:
    t = np.arange(20 * 44_100) / 44_100
    samples = 6000 * (np.sin(2 * np.pi * 220 * t) + np.sin(2 * np.pi * 330 * t) * (t % 0.5 < 0.2))
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(np.repeat(samples[:, None], 2, axis=1).astype("<i2").tobytes())
    return path


@pytest.mark.sound
def test_listening_finds_the_sink_with_the_music(
    sound_server: SoundServer, run_artvis: RunArtvis, tmp_path: Path
) -> None:
    player = sound_server.play(_music(tmp_path / "music.wav"), sink=SECOND)
    ran = run_artvis("sources", "--listen", "1", "--json", env=sound_server.env)
    words = run_artvis("sources", "--listen", "1", env=sound_server.env)
    player.terminate()
    player.wait()
    assert (ran.rc, ran.stderr) == (0, "")
    answer = json.loads(ran.stdout)
    by_id = {source["id"]: source for source in answer["sources"]}
    assert by_id[f"system:{MAIN}"]["verdict"] == "silence"
    assert by_id[f"system:{MAIN}"]["chosen"] is True
    assert by_id[f"system:{SECOND}"]["verdict"] == "music"
    assert -25 < by_id[f"system:{SECOND}"]["level_lufs"] < -8
    assert by_id["demo"]["verdict"] == "music"
    assert answer["pick"] == f"system:{SECOND}"
    assert f"The music is on system:{SECOND}" in words.stdout


@pytest.mark.sound
def test_a_bluetooth_microphone_is_listed_and_never_opened_while_another_one_is(
    sound_server: SoundServer, run_artvis: RunArtvis
) -> None:
    for name in ("bluez_input.headset", "desk"):
        sound_server.pactl("load-module", "module-null-source", f"source_name={name}")
    ran = run_artvis("sources", "--listen", "1", "--json", env=sound_server.env)
    heard = {source["id"]: source.get("verdict") for source in json.loads(ran.stdout)["sources"]}
    assert heard["mic:desk"] == "silence"
    assert heard["mic:bluez_input.headset"] is None


@pytest.mark.sound
def test_the_list_is_one_line_a_source_with_a_star_at_the_chosen_one(
    sound_server: SoundServer, run_artvis: RunArtvis
) -> None:
    ran = run_artvis("sources", env=sound_server.env)
    assert (ran.rc, ran.stderr) == (0, "")
    lines = ran.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["*", f"system:{SECOND}", "file:PATH", "demo"]
    assert lines[0].startswith(f"* system:{MAIN}")


def test_without_a_sound_server_it_says_so_and_prints_no_chatter(
    run_artvis: RunArtvis, tmp_path: Path
) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/nobody", "XDG_RUNTIME_DIR": str(tmp_path)}
    ran = run_artvis("sources", "--listen", "0.2", "--json", env=nowhere)
    assert (ran.rc, ran.stderr) == (0, "")
    answer = json.loads(ran.stdout)
    system = answer["sources"][0]
    assert (system["kind"], system["verdict"], system["level_lufs"]) == ("system", "no data", None)
    assert "No sound server answers" in system["reason"]
    assert answer["pick"] is None


@pytest.mark.parametrize("seconds", ["0", "61", "soon"])
def test_a_senseless_time_to_listen_is_refused(run_artvis: RunArtvis, seconds: str) -> None:
    ran = run_artvis("sources", "--listen", seconds)
    assert ran.rc == 2
    assert len(ran.stderr.splitlines()) == 1
