"""Whole shows: a real window, a real sound server, a real library, a real server for pictures."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path
from typing import Self

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
    assert report["flash"]["limited_frames"] == 0
    assert report["flash"]["max_per_s"] <= 3
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


class Voter:
    """A second process that votes, one vote after the other, until it is told to stop."""

    def __init__(self, run_artvis: RunArtvis, seed: int) -> None:
        self.seen: set[str] = set()
        """Every artwork that was listed: it is acknowledged."""
        self.acknowledged: dict[str, int] = {}
        self.votes = 0
        self.complaints: list[str] = []
        self._run = run_artvis
        self._chance = np.random.default_rng(seed)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._vote_on, name="voter")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _vote_on(self) -> None:
        while not self._stopping.is_set():
            listed = self._run("library", "list", "--json")
            ids = [row["id"] for row in json.loads(listed.stdout)["artworks"]] if listed.rc == 0 else []
            self.seen |= set(ids)
            if listed.rc != 0:
                self.complaints.append(listed.stderr)
            if not ids:
                self._stopping.wait(0.2)
                continue
            chosen, word = str(self._chance.choice(ids)), str(self._chance.choice(list(WORDS)))
            ran = self._run("vote", chosen, word)
            if ran.rc == 0:
                self.acknowledged[chosen] = WORDS[word]
                self.votes += 1
            else:
                self.complaints.append(ran.stderr)


WORDS = {"up": 1, "down": -1, "clear": 0}


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.full)])
def test_kill_9_while_it_paints_and_shows_and_another_votes_loses_nothing_and_leaves_no_worker(
    shows: Shows, artvis_home: Path, run_artvis: RunArtvis, rounds: int
) -> None:
    chance = np.random.default_rng(rounds)
    with Voter(run_artvis, rounds) as voter:
        for number in range(rounds):
            run = shows.start("--source", "demo")
            run.until(run.is_drawn, 15, "a picture")
            run.until(lambda: voter.votes > number, 20, "a vote")  # noqa: B023
            time.sleep(float(chance.uniform(0.0, 3.0)))  # the moment of the kill
            workers = children(run.process.pid)
            assert workers
            run.process.send_signal(signal.SIGKILL)
            run.until(lambda: not any(map(is_alive, workers)), 1.0, "the end of every worker")  # noqa: B023
            verified = run_artvis("library", "verify")
            assert verified.rc == 0, f"round {number}: {verified.stdout}"
    assert voter.complaints == []
    stored = {
        row["id"]: row["vote"]
        for row in json.loads(run_artvis("library", "list", "--limit", "1000", "--json").stdout)["artworks"]
    }
    assert voter.seen <= set(stored), "an artwork that was listed is kept"
    assert {artwork_id: stored[artwork_id] for artwork_id in voter.acknowledged} == voter.acknowledged
    assert run_artvis("library", "verify").stdout == ""


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


@pytest.mark.parametrize(
    ("words", "with_key", "expected"),
    [
        ((), False, False),
        ((), True, False),
        (("--provider", "painter"), True, False),
        pytest.param(("--provider", "openai"), True, True, marks=pytest.mark.full),
    ],
    ids=["as it comes", "with a key", "painter named, with a key", "the proof that strace would see one"],
)
def test_no_connection_is_opened_but_to_the_sound_and_the_screen_unless_a_back_end_is_named(
    shows: Shows,
    tmp_path: Path,
    image_server: ImageServer,
    words: tuple[str, ...],
    *,
    with_key: bool,
    expected: bool,
) -> None:
    traced = tmp_path / "connections"
    command = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(traced)]
    command += [sys.executable, "-m", "artvis", "show", "--source", "demo", "--seconds", "5", *SIZE, *words]
    env = {**os.environ, **shows.env, **image_server.env()} if with_key else {**os.environ, **shows.env}
    done = subprocess.run(command, env=env, timeout=90, check=False)
    assert done.returncode == 0
    lines = traced.read_text().splitlines()
    assert [line for line in lines if "connect(" in line], "the X server at least is connected to"
    reached = [line for line in lines if "AF_INET" in line]
    assert bool(reached) is expected, reached
    assert bool(image_server.calls) is expected


def _is_show(pid: int) -> bool:
    return b"--pulse" in Path(f"/proc/{pid}/cmdline").read_bytes()
