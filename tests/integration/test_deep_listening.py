"""The deep listener is a real process here, with librosa; one compiled cache serves all of these tests."""

import json
import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from commandline import Ran, RunArtvis
from sounds import Mono, cadence, drums, hops, noise, stereo

from artvis.audio.deep import DeepWindow, DeepWorker
from artvis.audio.deepwindow import DeepGatherer

PATIENT_S = 200.0  # a cold cache on a slow machine


@pytest.fixture(scope="module")
def warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deep")


@pytest.fixture
def worker(warm_home: Path) -> Iterator[DeepWorker]:
    keeper = DeepWorker(warm_home / "cache")
    keeper.start()
    yield keeper
    keeper.stop()


def window(mono: Mono) -> DeepWindow:
    gatherer, found = DeepGatherer(), None
    for hop in hops(stereo(mono)):
        gatherer.step(hop)
        found = gatherer.due() or found
    assert found is not None
    return found


def music(duration_s: float) -> Mono:
    sound, _ = drums(120, duration_s)
    return 0.5 * sound + cadence([(48, 60, 64, 67), (53, 60, 65, 69), (55, 59, 62, 67)], duration_s)


def write_wav(path: Path, mono: Mono, rate_hz: int = 44_100, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(np.repeat(mono, channels), -1, 1) * 32767).astype("<i2").tobytes())
    return path


def gone(pid: int, within_s: float) -> bool:
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_window_of_music_gives_mood_key_and_section(worker: DeepWorker) -> None:
    worker.submit(window(music(8.1)))
    result = worker.wait(PATIENT_S)
    assert result is not None
    assert result.window_end_s == 8.0
    assert (result.key, result.section_label) == ("C major", "A")
    assert result.bpm in (pytest.approx(120, rel=0.03), pytest.approx(60, rel=0.03))
    assert 0 < result.bpm_confidence <= 1
    assert 0 <= result.valence <= 1
    assert 0 <= result.arousal <= 1
    assert worker.poll() is None  # it is taken


def test_drums_excite_more_than_chords_alone_and_silence_says_nothing(worker: DeepWorker) -> None:
    found = []
    for sound in (0.1 * cadence([(60, 64, 67)], 8.1), music(8.1) * 2, np.zeros(int(8.1 * 44100))):
        worker.submit(window(sound))
        found.append(worker.wait(PATIENT_S))
    calm, wild, silent = found
    assert calm is not None
    assert wild is not None
    assert wild.arousal > calm.arousal + 0.2
    assert silent is None


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.full)])
def test_a_process_that_is_killed_while_it_listens_comes_back_and_the_window_is_heard(
    worker: DeepWorker, kills: int
) -> None:
    minute = window(np.tile(music(8.0), 3))
    worker.submit(minute)
    assert worker.wait(PATIENT_S) is not None
    met = {worker.pid}
    for number in range(kills):
        worker.submit(replace(minute, end_s=minute.end_s + 8.0 * number))
        listening = worker.pid
        assert listening is not None
        os.kill(listening, signal.SIGKILL)
        result = worker.wait(PATIENT_S)
        assert result is not None
        assert result.window_end_s == minute.end_s + 8.0 * number
        met.add(worker.pid)
    assert len(met) == kills + 1


def test_a_show_knows_deep_listening_without_its_libraries() -> None:
    code = (
        "import sys, artvis.app.show, artvis.app.analysis, artvis.audio.deep; "
        "print({'librosa', 'numba', 'llvmlite', 'scipy'} & sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "set()"


def test_the_process_ends_with_a_parent_that_is_killed(warm_home: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from artvis.audio.deep import DeepWorker\n"
        "if __name__ == '__main__':\n"
        f"    w = DeepWorker(Path({str(warm_home / 'cache')!r})); w.start()\n"
        "    while w.pid is None: time.sleep(.01)\n"
        "    print(w.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert gone(child, 1.0)


def lines(ran: Ran) -> list[dict[str, object]]:
    assert ran.rc == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_analyze_waits_for_the_deep_listener_and_is_the_same_twice(
    run_artvis: RunArtvis, warm_home: Path, tmp_path: Path
) -> None:
    song = write_wav(tmp_path / "song.wav", music(19.0))
    env = {"ARTVIS_HOME": str(warm_home)}
    first = lines(run_artvis("analyze", song, "--json", env=env, timeout=PATIENT_S))
    second = lines(run_artvis("analyze", song, "--json", env=env, timeout=PATIENT_S))
    assert first[:-1] == second[:-1]
    assert {10.0, 18.0} <= {line["t"] for line in first if line["type"] == "mood"}
    assert [line["t"] for line in first] == sorted(line["t"] for line in first)


def test_analyze_without_it_says_what_cli_promises(run_artvis: RunArtvis, tmp_path: Path) -> None:
    song = write_wav(tmp_path / "song.wav", music(9.0))
    events = lines(run_artvis("analyze", song, "--json", "--no-deep"))
    assert {line["type"] for line in events} >= {
        "beat",
        "tempo",
        "onset",
        "key",
        "mood",
        "section",
        "silence",
        "level",
    }
    assert set(events[-1]) == {"t", "type", "seconds", "cpu_s", "hop", "hop_ms_p99", "hop_ms_max"}
    assert events[-1]["seconds"] == pytest.approx(9.0, abs=0.02)
    beat = next(line for line in events if line["type"] == "beat")
    assert set(beat) == {"t", "type", "time", "confidence", "downbeat"}


def test_analyze_for_people_is_a_short_summary(run_artvis: RunArtvis, tmp_path: Path) -> None:
    ran = run_artvis("analyze", write_wav(tmp_path / "song.wav", music(12.0)), "--no-deep", "--profile")
    assert ran.rc == 0
    assert "120 BPM" in ran.stdout
    assert "C major" in ran.stdout
    assert "% of a core" in ran.stdout
    assert len(ran.stdout.splitlines()) <= 10


@pytest.mark.parametrize(("rate_hz", "channels"), [(8_000, 1), (192_000, 2), (44_100, 2)])
def test_files_of_any_rate_are_heard_alike(
    run_artvis: RunArtvis, tmp_path: Path, rate_hz: int, channels: int
) -> None:
    sound = music(9.0)
    at = np.arange(int(9.0 * rate_hz)) * (44_100 / rate_hz)
    song = write_wav(tmp_path / "song.wav", np.interp(at, np.arange(len(sound)), sound), rate_hz, channels)
    events = lines(run_artvis("analyze", song, "--json", "--no-deep"))
    assert [line["bpm"] for line in events if line["type"] == "tempo"][-1] == pytest.approx(120, rel=0.03)


def test_noise_and_silence_have_no_beat_in_analyze_either(run_artvis: RunArtvis, tmp_path: Path) -> None:
    for sound in (noise(6.0, 0.1), np.zeros(6 * 44100)):
        events = lines(run_artvis("analyze", write_wav(tmp_path / "x.wav", sound), "--json", "--no-deep"))
        assert not [line for line in events if line["type"] in ("beat", "tempo")]


@pytest.mark.parametrize("content", [None, b"", b"just some text\n" * 50], ids=["missing", "empty", "text"])
def test_what_is_no_music_is_refused_in_one_sentence(
    run_artvis: RunArtvis, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "song.mp3"
    if content is not None:
        path.write_bytes(content)
    ran = run_artvis("analyze", path)
    assert ran.rc == 2
    assert ran.stdout == ""
    assert len(ran.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ran.stderr
