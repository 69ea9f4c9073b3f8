"""A show that is stopped in the middle, with the clock of the wall moved by 8 hours, and goes on as if nothing was."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from drums import drums, write_wav
from soundserver import SoundServer

pytestmark = [pytest.mark.window, pytest.mark.sound]

WATCHED = Path(__file__).parents[1] / "support" / "watchedshow.py"
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
BEAT_WITHIN_S, AFTER_S = 25.0, 3.0
BPM = 100
EIGHT_H = 8 * 3600.0


class Sleeper:
    """A show whose frames are noted, and whose wall clock can be moved while it runs."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._told = folder / "told.jsonl"
        self._clock = folder / "clock"
        self._clock.write_text("+0")
        moved = {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, str(WATCHED), str(self._told), "600"],
            env={**os.environ, **env, **moved},
            stdin=subprocess.DEVNULL,
        )

    def hears_the_beat(self) -> bool:
        lines = self._told.read_text().splitlines() if self._told.exists() else []
        return len(lines) > 2 and abs(json.loads(lines[-2])["bpm"] - BPM) < 2

    def sleep(self, seconds: float) -> float:
        """Stops it, moves its clock by 8 hours, and lets it go on; the monotonic moment of that."""
        self.process.send_signal(signal.SIGSTOP)
        self._clock.write_text(f"+{EIGHT_H:.0f}")
        threading.Event().wait(seconds)
        woke_s = time.monotonic()
        self.process.send_signal(signal.SIGCONT)
        return woke_s

    def frames(self) -> list[dict[str, Any]]:
        """Ends it; what was drawn, frame by frame."""
        self.process.terminate()
        assert self.process.wait(30) == 0
        return [json.loads(line) for line in self._told.read_text().splitlines()[:-1]]


@pytest.fixture
def player(tmp_path: Path, sound_server: SoundServer) -> Iterator[None]:
    played = sound_server.play(write_wav(tmp_path / "drums.wav", drums(100, bpm=BPM)))
    yield
    played.kill()
    played.wait()


@pytest.mark.usefixtures("player")
@pytest.mark.parametrize("seconds", [3.0, pytest.param(60.0, marks=pytest.mark.full)])
def test_after_a_sleep_there_is_sound_and_no_burst_of_anything(
    tmp_path: Path, artvis_home: Path, display: dict[str, str], sound_server: SoundServer, seconds: float
) -> None:
    env = {**display, **sound_server.env, "ARTVIS_HOME": str(artvis_home)}
    begun_s, pause = time.monotonic(), threading.Event()
    show = Sleeper(tmp_path, env)
    try:
        while not show.hears_the_beat() and time.monotonic() < begun_s + BEAT_WITHIN_S:
            pause.wait(0.1)
        awake_s = time.monotonic() - begun_s + AFTER_S
        woke_s = show.sleep(seconds)
        pause.wait(AFTER_S)
        frames = show.frames()
    finally:
        show.process.kill()
        show.process.wait()
    before = [frame for frame in frames if frame["swap_s"] <= woke_s]
    after = [frame for frame in frames if frame["swap_s"] > woke_s]
    assert after[0]["wall_s"] - before[-1]["wall_s"] == pytest.approx(EIGHT_H + seconds, abs=5)

    sounds_s = next(frame["swap_s"] for frame in after if not frame["silent"]) - woke_s
    second = [before[-1], *(frame for frame in after if frame["swap_s"] < woke_s + 1.0)]
    beats = sum(b["beat_phase"] < a["beat_phase"] - 0.5 for a, b in pairwise(second))
    soon = [frame for frame in after if frame["swap_s"] < woke_s + 2.5]
    made = soon[-1]["made"] - before[-1]["made"]
    impressions = soon[-1]["impressions"] - before[-1]["impressions"]
    pictures = len({frame["art"] for frame in soon} - {before[-1]["art"]})
    dt_s = max(frame["dt_s"] for frame in after)
    print(
        f"tempo {before[-1]['bpm']:.1f}, then {soon[-1]['bpm']:.1f}; "
        f"sound after {sounds_s:.2f} s, {beats} beats in 1 s; "
        f"{made} painted, {impressions} impressions, {pictures} new pictures in 2.5 s; longest dt {dt_s:.2f} s"
    )
    assert before[-1]["bpm"] == pytest.approx(BPM, abs=2)
    assert sounds_s < 2.0
    assert beats <= 2
    assert made <= 1
    assert impressions <= 2
    assert pictures <= 1
    assert dt_s <= 0.1

    db = sqlite3.connect(f"file:{artvis_home}/data/library.db?mode=ro", uri=True)
    durations_s = [ms / 1e3 for (ms,) in db.execute("SELECT duration_ms FROM showing") if ms is not None]
    sessions = db.execute("SELECT count(*) FROM session").fetchone()[0]
    db.close()
    assert durations_s
    assert sum(durations_s) < 2 * awake_s
    assert sessions == 1
