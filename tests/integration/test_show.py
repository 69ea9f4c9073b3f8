"""Whole shows: a real window, a real sound server, a real library, a real server for pictures."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import wave
from pathlib import Path

import imageserver
import numpy as np
import pytest
from commandline import RunArtvis
from imageserver import ImageServer
from showrun import SIZE, Shows, children, is_alive
from soundserver import SoundServer

from artvis.audio.demosource import demo_track

pytestmark = pytest.mark.window


@pytest.fixture(scope="session")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo track from where its drums play, as a file that a player can play."""
    path = tmp_path_factory.mktemp("music") / "music.wav"
    samples = demo_track()[44_100 * 16 : 44_100 * 40]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(44_100)
        out.writeframes((samples * 32_000).astype("<i2").tobytes())
    return path


def rows(home: Path, question: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(f"file:{home}/data/library.db?mode=ro", uri=True)
    try:
        return db.execute(question).fetchall()
    finally:
        db.close()


@pytest.mark.sound
def test_music_on_the_default_output_is_heard_drawn_and_remembered(
    shows: Shows, sound_server: SoundServer, music: Path, artvis_home: Path
) -> None:
    player = sound_server.play(music)
    try:
        run = shows.start(seconds=14, env=sound_server.env)
        run.until(run.is_drawn, 10, "a picture")
        early = run.look().astype(np.int16)
        run.until(
            lambda: bool(np.abs(run.look() - early).mean() > 3), 12, "a picture that moves with the music"
        )
        report = run.finish()
    finally:
        player.kill()
        player.wait()
    assert report["audio"]["source"].startswith("system:")
    assert report["audio"]["dropped"] == 0
    assert report["beats"] > 5
    assert report["artworks_shown"] >= 2
    assert report["impressions"] >= 2
    assert rows(artvis_home, "SELECT count(*) FROM impression") == [(report["impressions"],)]


@pytest.mark.sound
def test_silence_is_said_in_a_sentence_and_art_comes_all_the_same(
    shows: Shows, sound_server: SoundServer
) -> None:
    report = shows.start(seconds=6, env=sound_server.env).finish()
    assert "no-signal" in [notice["code"] for notice in report["notices"]]
    assert report["artworks_shown"] >= 1


def test_without_a_sound_server_the_picture_comes_and_the_reason_is_said(shows: Shows) -> None:
    nowhere = {"PULSE_SERVER": "unix:/nonexistent/pulse", "PULSE_RUNTIME_PATH": str(shows.folder)}
    report = shows.start(seconds=6, env=nowhere).finish()
    assert report["notices"]
    assert report["artworks_shown"] >= 1


def test_a_network_picture_is_announced_waited_for_shown_and_booked(
    shows: Shows, image_server: ImageServer, artvis_home: Path, run_artvis: RunArtvis
) -> None:
    image_server.answers = [imageserver.later(2.0)]
    env = image_server.env()
    report = shows.start("--provider", "openai", "--source", "demo", seconds=18, env=env).finish()
    assert report["provider_errors"] == 0
    made = rows(artvis_home, "SELECT provider FROM artwork_detail ORDER BY aid")
    assert ("openai",) in made
    assert ("painter",) in made, "nobody waits for a network: the first picture is painted here"
    seen = rows(
        artvis_home,
        "SELECT d.provider FROM impression i JOIN artwork_detail d USING(aid) WHERE d.provider='openai'",
    )
    assert seen
    usage = json.loads(run_artvis("usage", "--json").stdout)
    assert {day["provider"]: day["made"] for day in usage["days"]}["openai"] == 1
    assert run_artvis("library", "verify").rc == 0


@pytest.mark.parametrize("status", [401, 500])
def test_a_refused_picture_costs_a_sentence_and_offline_art_goes_on(
    shows: Shows, image_server: ImageServer, artvis_home: Path, status: int
) -> None:
    image_server.answers = [imageserver.refusal(status, "No.")]
    env = image_server.env()
    report = shows.start("--provider", "openai", "--source", "demo", seconds=16, env=env).finish()
    assert report["provider_errors"] >= 1
    assert "paint-openai" in [notice["code"] for notice in report["notices"]]
    assert report["artworks_shown"] >= 2
    assert rows(artvis_home, "SELECT count(*) FROM artwork WHERE state=0") == [(0,)]
    assert imageserver.KEY not in json.dumps(report)
    assert imageserver.KEY not in "".join(path.read_text() for path in (artvis_home / "logs").iterdir())


def test_a_killed_show_leaves_no_worker_and_a_clean_library(
    shows: Shows, artvis_home: Path, run_artvis: RunArtvis
) -> None:
    chance = np.random.default_rng(3)
    for _ in range(3):
        run = shows.start("--source", "demo")
        run.until(run.is_drawn, 15, "a picture")
        time.sleep(float(chance.uniform(0.2, 3.0)))  # the moment of the kill
        workers = children(run.process.pid)
        assert workers
        run.process.send_signal(signal.SIGKILL)
        run.until(lambda: not any(map(is_alive, workers)), 1.0, "the end of every worker")  # noqa: B023
        verified = run_artvis("library", "verify")
        assert verified.rc == 0, verified.stdout


def test_a_kiosk_is_back_within_five_seconds_of_a_kill(shows: Shows) -> None:
    run = shows.start("--kiosk", "--source", "demo")
    run.until(run.is_drawn, 15, "a picture")
    (show,) = [pid for pid in children(run.process.pid) if _is_show(pid)]
    os.kill(show, signal.SIGKILL)
    run.until(lambda: not run.is_drawn(), 2.0, "the end of the window")
    run.until(run.is_drawn, 5.0, "the picture again")
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(10) == 0


def test_a_kiosk_shows_a_picture_in_spite_of_broken_settings_and_a_library_from_the_future(
    shows: Shows, artvis_home: Path
) -> None:
    (artvis_home / "config").mkdir(parents=True)
    (artvis_home / "config" / "settings.toml").write_text("[art\nprovider=")
    (artvis_home / "data").mkdir()
    newer = sqlite3.connect(artvis_home / "data" / "library.db")
    newer.execute("PRAGMA user_version=9999")
    newer.close()
    run = shows.start("--kiosk", "--source", "file:/nonexistent.flac", seconds=6)
    run.until(run.is_drawn, 5.0, "a picture")
    codes = [notice["code"] for notice in run.finish()["notices"]]
    assert {"settings", "library-set-aside", "source"} <= set(codes)
    assert list((artvis_home / "data").glob("library-*.db"))


def test_no_connection_is_opened_but_to_the_sound_and_the_screen(shows: Shows, tmp_path: Path) -> None:
    traced = tmp_path / "connections"
    command = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", str(traced)]
    command += [sys.executable, "-m", "artvis", "show", "--source", "demo", "--seconds", "5", *SIZE]
    done = subprocess.run(command, env={**os.environ, **shows.env}, timeout=90, check=False)
    assert done.returncode == 0
    lines = traced.read_text().splitlines()
    assert lines, "the X server at least is connected to"
    assert not [line for line in lines if "AF_INET" in line]


def _is_show(pid: int) -> bool:
    return b"--pulse" in Path(f"/proc/{pid}/cmdline").read_bytes()
