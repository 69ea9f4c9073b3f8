"""What the benchmarks of the stage share: a screen, a sound server, music, whole shows, and what processes cost.

It measures nothing by itself. All that it starts it ends by pid. It sets no priority but that of the watcher and, as desktops do, of
the sound server.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
import xvfb
from drums import write_wav
from farspeaker import FarSpeaker
from showrun import ShowRun, children
from soundserver import MAIN, SoundServer

from artvis.audio import demosource

RATE_HZ = 44_100
SCENES = Path(__file__).parent
PLAIN = ("--scene", str(SCENES / "plain.fs"))
"""The artwork as it is, with all that is put on any of our scenes: spectrum, lamps, glow."""
BARE = ("--scene", str(SCENES / "bare.fs"))
"""The artwork and nothing else."""
TICK_HZ = os.sysconf("SC_CLK_TCK")
WARM_UP = (
    "from artvis.audio.deep.analysis import DeepAnalyst; from artvis.painters.builtin import builtin; "
    "DeepAnalyst().warm_up(); builtin()"
)


@dataclass(frozen=True)
class Rig:
    """A private screen and a private sound server; `env` is for every program that uses them."""

    folder: Path
    server: SoundServer
    env: dict[str, str]

    def show(self, *words: str, seconds: float | None = None, home: str = "home", **env: str) -> ShowRun:
        """Starts `artvis show` on what the sound server plays; its home is made, with warm caches, if there is none."""
        folder = self.folder / f"show-{time.monotonic_ns()}"
        folder.mkdir()
        words = (*words, *(() if "--source" in words else ("--source", "system")))
        return ShowRun(
            folder, {**self.env, "ARTVIS_HOME": str(self.home(home)), **env}, *words, seconds=seconds
        )

    def home(self, name: str = "home") -> Path:
        """A home whose compiled kernels are there already: a second start, not a first."""
        home = self.folder / name
        kernels = home / "cache" / "numba"
        if not kernels.exists():
            kernels.parent.mkdir(parents=True, exist_ok=True)
            kernels.symlink_to(_warm_kernels(), target_is_directory=True)
        return home

    @contextlib.contextmanager
    def music(self, seconds: float) -> Iterator[None]:
        """The demo track plays, as often as it takes; that it can be heard is checked."""
        sound = np.asarray(demosource.demo_track())
        times = int(np.ceil((seconds + 5) * RATE_HZ / len(sound)))
        with self.playing(np.tile(sound, (times, 1)) if times > 1 else sound):
            yield

    @contextlib.contextmanager
    def playing(self, sound: np.ndarray, sink: str = MAIN) -> Iterator[None]:
        """`sound`, shape (n, 2), into a sink; raises RuntimeError when the monitor stays silent."""
        player = self.server.play(write_wav(self.folder / "playing.wav", sound), sink=sink)
        try:
            if self.rms(0.8, f"{sink}.monitor") < 1e-3:
                raise RuntimeError("nothing is heard on the monitor of the sound server")
            yield
        finally:
            end(player)

    def rms(self, seconds: float = 0.5, source: str = f"{MAIN}.monitor") -> float:
        """How loud a source is, 0..1."""
        words = ["--raw", "--format=float32le", f"--rate={RATE_HZ}", "--channels=2", "--latency-msec=20"]
        recorder = subprocess.Popen(
            ["parec", *words, f"--device={source}"], env=self.environment, stdout=subprocess.PIPE
        )
        assert recorder.stdout is not None
        try:
            data = recorder.stdout.read(int(seconds * RATE_HZ) * 8)
        finally:
            end(recorder)
            recorder.stdout.close()
        return float(np.sqrt(np.mean(np.frombuffer(data, np.float32).astype(np.float64) ** 2)))

    def far_speaker(self, pipe_bytes: int) -> FarSpeaker:
        """A sink that holds sound back and knows when each click was in the air; use as a context."""
        return FarSpeaker(self.server, self.folder, pipe_bytes=pipe_bytes)

    @property
    def environment(self) -> dict[str, str]:
        """That of this process, and what the rig adds to it."""
        return {**os.environ, **self.env}


@contextlib.contextmanager
def rig(size: str = "1280x720") -> Iterator[Rig]:
    with tempfile.TemporaryDirectory(prefix="artvis-bench-") as name, xvfb.running(size) as screen:
        server = SoundServer(Path(name))
        server.start()
        first_among("pulseaudio")
        try:
            yield Rig(Path(name), server, {**server.env, **screen})
        finally:
            server.stop()


def _warm_kernels() -> Path:
    """Where the deep listener's kernels lie once they are compiled, which costs up to a minute of a core, once ever."""
    folder = platformdirs.user_cache_path("artvis-benchmarks") / "numba"
    if not any(folder.rglob("*.nbi")):
        folder.mkdir(parents=True, exist_ok=True)
        env = {**os.environ, "NUMBA_CACHE_DIR": str(folder)}
        subprocess.run([sys.executable, "-c", WARM_UP], env=env, check=True, timeout=300)
    return folder


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_s(pid: int, thread: int | None = None) -> float:
    """Processor time of a process with all its threads, or of one thread of it; to 10 ms."""
    where = f"/proc/{pid}/stat" if thread is None else f"/proc/{pid}/task/{thread}/stat"
    fields = Path(where).read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK_HZ


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    return [pid, *children(pid)]


def rss_mb(pid: int) -> float:
    """Resident memory; 0 for a process that has just ended."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def before_others(thread: int = 0) -> None:
    """The watcher must not wait for a core that the watched one keeps busy; where that is not allowed, it does."""
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, thread, -11)


def first_among(name: str) -> None:
    """Puts a program that this one has started before others, with all its threads."""
    for pid in children(os.getpid()):
        if Path(f"/proc/{pid}/comm").read_text().strip() == name:
            for task in Path(f"/proc/{pid}/task").iterdir():
                before_others(int(task.name))


def p95(values: Sequence[float]) -> float:
    return float(np.percentile(values, 95))


def spread(values: Sequence[float], digits: int = 1) -> str:
    """`median (least to most)`."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as a table for a .md file, readable as it stands."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, *rows)
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def verdict(*, kept: bool) -> str:
    return "yes" if kept else "**no**"
