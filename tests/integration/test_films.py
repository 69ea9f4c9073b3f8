"""`artvis render` from outside: the same film twice, a file that plays, art that fits its song, nothing left over."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from commandline import RunArtvis
from PIL import Image
from showrun import children, is_alive

RATE_HZ = 44_100
EVENTS = {"beat", "artwork", "transition", "scene", "section", "flash_limited"}

pytestmark = pytest.mark.gl


def hashes(folder: Path) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.png"))]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def chords(seconds: float) -> np.ndarray:
    """A calm song: two soft chords that swell and fade, breathing at 60 BPM."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    out = np.zeros_like(t)
    for number, tones in enumerate([(220.0, 261.63, 329.63), (174.61, 220.0, 261.63)]):
        swell = np.sin(np.pi * ((t / 8.0 + number / 2) % 1.0))
        out += swell * sum(np.sin(2 * np.pi * tone * t) for tone in tones) / 3
    return 0.25 * out * (0.75 + 0.25 * np.cos(2 * np.pi * t))


def hammering(seconds: float) -> np.ndarray:
    """A violent song: drums at 150 BPM, a square wave and much noise, as loud as it goes."""
    noise = np.random.default_rng(7)
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    beat, eighth, bar = (t * 2.5) % 1.0, (t * 5.0) % 1.0, (t * 1.25 + 0.5) % 1.0
    kick = np.sin(2 * np.pi * 20 * beat) * np.exp(-9 * beat)
    snare = noise.standard_normal(len(t)) * np.exp(-14 * bar)
    hat = noise.standard_normal(len(t)) * np.exp(-20 * eighth)
    lead = 0.3 * np.sign(np.sin(2 * np.pi * 330 * t)) * np.sign(np.sin(2 * np.pi * 2.5 * t))
    hiss = 0.1 * noise.standard_normal(len(t))
    return np.clip(0.8 * kick + 0.4 * snare + 0.25 * hat + lead + hiss, -0.95, 0.95)


def write(path: Path, mono: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((mono * 32_000).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize(
    ("seconds", "size", "fps"),
    [(6, "320x180", 10), pytest.param(20, "640x360", 30, marks=pytest.mark.full)],
    ids=["short", "full"],
)
def test_the_same_film_twice_in_two_homes_is_the_same_in_every_frame_and_byte(
    run_artvis: RunArtvis, tmp_path: Path, seconds: int, size: str, fps: int
) -> None:
    made = []
    for name, zone in (("one", "Asia/Tokyo"), ("two", "America/Lima")):
        folder = tmp_path / name
        (folder / "frames").mkdir(parents=True)
        words = ("render", "--duration", str(seconds), "--size", size, "--fps", str(fps), "--seed", "5")
        where = (
            "-o",
            folder / "film.mp4",
            "--frames",
            folder / "frames",
            "--events",
            folder / "events.jsonl",
        )
        ran = run_artvis(*words, *where, env={"ARTVIS_HOME": str(folder / "home"), "TZ": zone}, timeout=240)
        assert ran.rc == 0, ran.stderr
        assert not (folder / "home" / "data").exists(), "a film has a library of its own, and takes it along"
        made.append(folder)
    one, two = made
    assert hashes(one / "frames") == hashes(two / "frames")
    assert (one / "film.mp4").read_bytes() == (two / "film.mp4").read_bytes()
    assert (one / "events.jsonl").read_bytes() == (two / "events.jsonl").read_bytes()
    different = len(set(hashes(one / "frames")))
    assert different == seconds * fps, "every frame is another"
    _check_stream(one / "film.mp4", seconds, size, fps)
    _check_events(one / "events.jsonl", seconds)
    _check_never_black(one / "frames")


def _check_stream(film: Path, seconds: int, size: str, fps: int) -> None:
    with av.open(film) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert f"{video.width}x{video.height}" == size
        assert video.average_rate == fps
        assert sum(1 for _ in container.decode(video=0)) == seconds * fps
    with av.open(film) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    assert abs(sound.shape[1] / RATE_HZ - seconds) < 0.1
    assert np.abs(sound).max() > 0.1


def _check_events(file: Path, seconds: float) -> None:
    found = lines(file)
    assert {event["type"] for event in found} <= EVENTS
    assert all(0 <= event["t"] <= seconds + 1 for event in found)  # a beat is known ahead
    shown = [event for event in found if event["type"] == "artwork"]
    begun = [event for event in found if event["type"] == "transition"]
    assert shown
    assert [event["id"] for event in shown] == [event["id"] for event in begun][: len(shown)]
    assert all(start["t"] < end["t"] for start, end in zip(begun, shown, strict=False))
    beats = [event["t"] for event in found if event["type"] == "beat"]
    assert beats == sorted(beats)
    assert len(beats) >= 2


def _check_never_black(frames: Path) -> None:
    for path in sorted(frames.glob("*.png"))[:: max(1, len(list(frames.glob("*.png"))) // 20)]:
        with Image.open(path) as image:
            assert np.asarray(image).std() > 12, path.name


@pytest.mark.parametrize(
    ("start_s", "duration_s"), [(6, 3), pytest.param(20, 10, marks=pytest.mark.full)], ids=["short", "full"]
)
def test_a_calm_and_a_violent_song_get_art_of_other_moods_colours_and_words(
    run_artvis: RunArtvis, artvis_home: Path, tmp_path: Path, start_s: int, duration_s: int
) -> None:
    painted = {}
    for name, song in (("calm", chords), ("violent", hammering)):
        path = write(tmp_path / f"{name}.wav", song(start_s + duration_s + 1))
        words = ("--start", start_s, "--duration", duration_s, "--size", "320x180", "--fps", 10, "--library")
        ran = run_artvis("render", path, *map(str, words), "-o", tmp_path / f"{name}.mp4", timeout=200)
        assert ran.rc == 0, ran.stderr
        newest = json.loads(run_artvis("library", "list", "--limit", "1", "--json").stdout)["artworks"][0]
        painted[name] = json.loads(run_artvis("library", "show", newest["id"], "--json").stdout)
    calm, violent = painted["calm"], painted["violent"]
    assert calm["music"]["arousal"] < 0.35
    assert violent["music"]["arousal"] > 0.55
    assert violent["music"]["bpm"] == pytest.approx(150, rel=0.03)
    assert not set(calm["palette"]) & set(violent["palette"])
    assert np.abs(_mean_colour(calm["palette"]) - _mean_colour(violent["palette"])).max() > 40
    assert (calm["subject"], calm["medium"]) != (violent["subject"], violent["medium"])
    assert _roughness(violent["path"]) > 1.5 * _roughness(calm["path"])


def _mean_colour(hexes: list[str]) -> np.ndarray:
    return np.mean([[int(each[n : n + 2], 16) for n in (1, 3, 5)] for each in hexes], axis=0)


def _roughness(path: str) -> float:
    """How much neighbouring patches differ; not pixels, whose grain is that of the medium."""
    with Image.open(path) as image:
        grey = np.asarray(image.convert("L").resize((96, 54), Image.Resampling.BOX), np.float32)
    return float(np.abs(np.diff(grey, axis=1)).mean() + np.abs(np.diff(grey, axis=0)).mean())


@pytest.fixture
def rendering(artvis_home: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A long film under way, in a process group of its own; over an older film of that name."""
    (tmp_path / "frames").mkdir()
    (tmp_path / "film.mp4").write_text("the old film")
    (tmp_path / "events.jsonl").write_text("the old events")
    words = ["render", "-o", "film.mp4", "--frames", "frames", "--events", "events.jsonl"]
    process = subprocess.Popen(
        [sys.executable, "-m", "artvis", *words, "--size", "320x180", "--fps", "10"],
        cwd=tmp_path,
        env=_with_this_checkout(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def _with_this_checkout(env: Mapping[str, str]) -> dict[str, str]:
    return {**env, "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("frames", [0, 25], ids=["as it begins", "in the middle"])
def test_an_interrupted_film_leaves_nothing_and_the_old_film_stays(
    rendering: subprocess.Popen[str], tmp_path: Path, name: str, frames: int
) -> None:
    while len(list((tmp_path / "frames").iterdir())) < frames or not list(tmp_path.glob(".*.part")):
        assert rendering.poll() is None
        time.sleep(0.01)  # the folder gives no sign
    workers = children(rendering.pid)
    if name == "SIGINT":
        os.killpg(rendering.pid, signal.SIGINT)  # as a terminal does: to the workers too
    else:
        rendering.terminate()
    out, said = rendering.communicate(timeout=20)
    assert (rendering.returncode, out, said) == (130, "", "")
    until_s = time.monotonic() + 1.0
    while any(map(is_alive, workers)) and time.monotonic() < until_s:
        time.sleep(0.01)  # they end with the pipe to their parent
    assert not any(map(is_alive, workers))
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == [
        "events.jsonl",
        "film.mp4",
        "frames",
    ]
    assert list((tmp_path / "frames").iterdir()) == []
    assert (tmp_path / "film.mp4").read_text() == "the old film"
    assert (tmp_path / "events.jsonl").read_text() == "the old events"
