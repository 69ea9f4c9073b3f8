"""A session bus for tests, with players on it: a private dbus-daemon, mpv with mpv-mpris, and a player that lies."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.policy import Settled

MPV_MPRIS = Path("/usr/lib/mpv-mpris/mpris.so")
_CONFIG = """<busconfig>
  <type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


class SessionBus:
    """One bus under `folder`, at an address that stays; `env` is what its clients need."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._players: list[subprocess.Popen[str]] = []
        self.env = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'bus'}"}
        (folder / "bus.conf").write_text(_CONFIG.format(socket=folder / "bus"))

    def start(self) -> None:
        if shutil.which("dbus-daemon") is None:
            raise RuntimeError("dbus-daemon is missing; scripts/setup installs it")
        (self._folder / "bus").unlink(missing_ok=True)
        command = ["dbus-daemon", f"--config-file={self._folder / 'bus.conf'}", "--nofork", "--print-address"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            raise RuntimeError(f"dbus-daemon ended at its start with {self._process.wait(5)}")

    def stop(self) -> None:
        """Ends the bus at once; `start` brings a new one up at the same address."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def end_all(self) -> None:
        for player in self._players:
            player.kill()
            player.communicate()
        self.stop()

    def mpv(self, *files: Path) -> subprocess.Popen[str]:
        """A real player, playing the files into nowhere."""
        if shutil.which("mpv") is None or not MPV_MPRIS.exists():
            raise RuntimeError("mpv or mpv-mpris is missing; scripts/setup installs both")
        command = ["mpv", "--no-config", f"--script={MPV_MPRIS}", "--ao=null", "--no-video", "--no-terminal"]
        return self._begun([*command, *map(str, files)])

    def order(self, player: str, method: str, *words: str) -> None:
        """Has a player do something: Play, Pause, Next, Seek 'int64:5000000' …"""
        command = ["dbus-send", "--session", "--print-reply", f"--dest=org.mpris.MediaPlayer2.{player}"]
        command += ["/org/mpris/MediaPlayer2", f"org.mpris.MediaPlayer2.Player.{method}", *words]
        subprocess.run(command, env={**os.environ, **self.env}, capture_output=True, timeout=10, check=True)

    def fake(self, name: str) -> "FakePlayer":
        here = Path(__file__).with_name("fakeplayer.py")
        player = FakePlayer(self._begun([sys.executable, str(here), name]))
        player.wait_for_answer()
        return player

    def desktop(self, *names: str) -> "FakeDesktop":
        """A desktop under these names; see fakedesktop.py."""
        desktop = FakeDesktop(self._folder / "desktop")
        here = Path(__file__).with_name("fakedesktop.py")
        self._begun([sys.executable, str(here), str(desktop.log), *names])
        wait_until(lambda: desktop.lines[:1] == ["ready 0"])
        return desktop

    def _begun(self, command: Sequence[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            env={**os.environ, **self.env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._players.append(process)
        return process


class FakePlayer:
    """A player that says whatever it is told to; see fakeplayer.py."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def say(self, title: object = None, *, status: str = "Playing", **more: object) -> None:
        """New properties, with their signal; returns when they are on the bus."""
        self.order("say", title=title, status=status, **more)

    def order(self, what: str, **more: object) -> str:
        self._send({"what": what, **more})
        return self.wait_for_answer()

    def hang(self) -> None:
        """Answers nobody any more, this order included."""
        self._send({"what": "hang", "seconds": 3600})

    def _send(self, order: Mapping[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def wait_for_answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


class FakeDesktop:
    """What a desktop was asked: "held 1", "released 0", "lost 0"."""

    def __init__(self, log: Path) -> None:
        self.log = log

    @property
    def lines(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def animations(self, *, on: bool) -> None:
        self.log.with_name(self.log.name + ".animations").write_text("true" if on else "false")


class Notebook:
    """Keeps what a listener says, for a test on another thread to wait for."""

    def __init__(self) -> None:
        self.said: list[Settled] = []
        self._changed = threading.Condition()

    def note(self, settled: Settled) -> None:
        with self._changed:
            self.said.append(settled)
            self._changed.notify_all()

    def until(self, holds: Callable[[NowPlaying], Any], within_s: float = 10.0) -> NowPlaying:
        """What plays, as soon as it is as it should be."""
        with self._changed:
            there = self._changed.wait_for(lambda: bool(self.said) and holds(self.said[-1].now), within_s)
            now = [(each.now.title, each.now.playing, each.track_changed) for each in self.said]
            assert there, f"not within {within_s} s; it said {now}"
            return self.said[-1].now

    @property
    def tracks(self) -> list[str]:
        """The titles at each change of track."""
        with self._changed:
            return [each.now.title for each in self.said if each.track_changed]


def song(path: Path, *, title: str, artist: str, seconds: float = 60.0) -> Path:
    """A quiet tone with tags."""
    tone = 0.1 * np.sin(np.arange(int(8000 * seconds)) * 0.3)
    with soundfile.SoundFile(path, "w", 8000, 1, format="FLAC") as file:
        file.title, file.artist = title, artist
        file.write(tone)
    return path


def wait_until(condition: Callable[[], bool], within_s: float = 10.0) -> None:
    """For what gives no sign of its own."""
    end_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end_s, f"not within {within_s} s"
        time.sleep(0.02)


def without_a_bus(environ: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environ.items()
        if name not in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
    }
