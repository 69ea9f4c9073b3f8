"""From a click that is played into the sound server to the first change on the screen, through the whole program.

    python benchmarks/sound_to_picture.py [--clicks 40]

`artvis show` listens to a private PulseAudio and stands on an Xvfb with OpenGL in software, at 320x180 and at 1280x720, on
pictures of one colour in a scene that adds nothing; what is looked at is the strip in which the bars rise. Silence is played through `pacat` (a pipe of
4 kB, the least latency that holds), and now and then a click of 40 ms; its time is that of the write into the pipe, on the
clock that the looks are timed by. A recorder on the monitor tells when the server itself gave the click back: the baseline,
since nobody can show it sooner.
"""

import argparse
import contextlib
import fcntl
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Self

import numpy as np
from key_to_pixels import RESTLESS, STRIP, until_flat
from staging import MAIN, PLAIN, Rig, end, load, p95, rig, table, verdict
from swaps import Swaps
from walls import flat, hang
from xscreen import Screen, Watch

RATE_HZ = 48_000
PIECE = 240  # 5 ms
PIPE_BYTES = 4096
LATENCY_MS = 10
CLICK_PIECES = 8
LOUD = 0.02
APART_S = 1.5
SIZES = ((320, 180), (1280, 720))
GOALS_MS = (45.0, 65.0)
WORDS = ["--raw", "--format=float32le", f"--rate={RATE_HZ}", "--channels=2"]


class Clicker(threading.Thread):
    """Plays silence for ever, and a click when it is asked; `played_s` are the moments at which those were written."""

    def __init__(self, place: Rig) -> None:
        super().__init__(name="clicker", daemon=True)
        self.played_s: list[float] = []
        self._asked, self._over = threading.Event(), threading.Event()
        command = ["pacat", "--playback", *WORDS, f"--latency-msec={LATENCY_MS}", f"--device={MAIN}"]
        self._process = subprocess.Popen(command, env=place.environment, stdin=subprocess.PIPE, bufsize=0)

    def __enter__(self) -> Self:
        fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        end(self._process)
        self.join(2)

    def click(self) -> float:
        """Blocks until it is written."""
        count = len(self.played_s)
        self._asked.set()
        while len(self.played_s) == count:
            time.sleep(0.0005)
        return self.played_s[-1]

    @property
    def _pipe(self) -> int:
        assert self._process.stdin is not None
        return self._process.stdin.fileno()

    def run(self) -> None:
        silence = np.zeros((PIECE, 2), np.float32).tobytes()
        t_s = np.arange(CLICK_PIECES * PIECE) / RATE_HZ
        burst = 0.7 * np.random.default_rng(2).uniform(-1, 1, len(t_s)) * np.exp(-t_s / 0.03)
        sound = np.repeat(burst.astype(np.float32)[:, None], 2, axis=1).tobytes()
        size = PIECE * 8
        with contextlib.suppress(OSError):  # pacat was ended
            while not self._over.is_set():
                self._write(silence)
                if self._asked.is_set():
                    self._asked.clear()
                    begun_s = time.monotonic()
                    self._write(sound[:size])
                    self.played_s.append(begun_s)
                    for start in range(size, len(sound), size):
                        self._write(sound[start : start + size])

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        left = memoryview(data)
        while left:
            left = left[self._process.stdin.write(left) or 0 :]


class Monitor(threading.Thread):
    """When something loud came back from the monitor of the server; `heard_s`, to one piece."""

    def __init__(self, place: Rig) -> None:
        super().__init__(name="monitor", daemon=True)
        self.heard_s: list[float] = []
        command = ["parec", *WORDS, "--latency-msec=5", f"--device={MAIN}.monitor"]
        self._process = subprocess.Popen(command, env=place.environment, stdout=subprocess.PIPE, bufsize=0)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)
        self.join(2)

    def run(self) -> None:
        assert self._process.stdout is not None
        kept = b""
        while data := self._process.stdout.read(PIECE * 8):
            whole, kept = (
                (kept + data)[: len(kept + data) // 8 * 8],
                (kept + data)[len(kept + data) // 8 * 8 :],
            )
            loud = bool((np.abs(np.frombuffer(whole, np.float32)) > LOUD).any()) if whole else False
            now_s = time.monotonic()
            if loud and (not self.heard_s or now_s - self.heard_s[-1] > APART_S / 3):
                self.heard_s.append(now_s)


def bars_of(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A piece of the foot of the bars: the smaller it is, the sooner it is looked at again."""
    width, height = size
    return width * 2 // 5, height * 88 // 100, width // 5, max(8, height // 30)


def measured(place: Rig, size: tuple[int, int], clicks: int) -> Iterator[tuple[float, float | None, float]]:
    """For each click: ms until it is seen, ms until the monitor has it, ms of a look."""
    with (
        Screen(place.env["DISPLAY"]) as screen,
        screen.part(*bars_of(size)) as bars,
        Clicker(place) as clicker,
        Monitor(place) as monitor,
    ):
        time.sleep(1.0)
        for turn in range(clicks):
            time.sleep(APART_S + 0.0011 * (turn * 7 % 16))
            watch = Watch(bars)
            while (unrest := watch.unrest(0.25)) > RESTLESS:
                time.sleep(APART_S)
            played_s = clicker.click()
            seen_ms = watch.change_after(played_s, unrest=unrest)
            if seen_ms is None:
                raise RuntimeError(f"a click was not seen; before, {unrest:.2f} of 255 changed by itself")
            time.sleep(0.1)
            heard = [1e3 * (each - played_s) for each in monitor.heard_s if 0 < each - played_s < 0.5]
            yield seen_ms, heard[0] if heard else None, statistics.median(watch.looks_ms)


def play(place: Rig, size: tuple[int, int], clicks: int) -> list[str]:
    home = place.home(f"home-{size[1]}")
    hang(home, flat(120))
    swaps = Swaps(place.folder, f"show-{size[1]}")
    show = place.show(*PLAIN, "--clean", "--size", f"{size[0]}x{size[1]}", home=home.name, **swaps.env)
    try:
        time.sleep(6.0)
        with Screen(place.env["DISPLAY"]) as screen, screen.part(*strip_of(size)) as strip:
            until_flat(screen, strip)
            screen.press("space")  # this picture stays
        time.sleep(3.0)
        seen_ms, heard_ms, looks_ms = zip(*measured(place, size, clicks), strict=True)
        frame_ms = 1e3 * np.median(np.diff(swaps.times_s()[-1000:]))
        show.process.terminate()
        show.process.wait(10)
    finally:
        show.end()
    known = [each for each in heard_ms if each is not None]
    median, late = statistics.median(seen_ms), p95(seen_ms)
    return [
        f"{size[0]}x{size[1]}", str(len(seen_ms)), f"{median:.1f}", f"{late:.1f}", f"{max(seen_ms):.1f}",
        f"{GOALS_MS[0]:g} / {GOALS_MS[1]:g}", verdict(kept=median <= GOALS_MS[0] and late <= GOALS_MS[1]),
        f"{statistics.median(known):.1f} / {p95(known):.1f}", f"{frame_ms:.1f}", f"{statistics.median(looks_ms):.2f}",
    ]  # fmt: skip


def strip_of(size: tuple[int, int]) -> tuple[int, int, int, int]:
    width, height = size
    return 0, height * STRIP[1] // 720, width, STRIP[3]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clicks", type=int, default=40, help="at each size")
    clicks = parser.parse_args().clicks
    rows = []
    for size in SIZES:
        with rig(f"{size[0]}x{size[1]}") as place:
            rows.append(play(place, size, clicks))
    head = ["sound to picture, ms", "clicks", "median", "p95", "worst", "goal", "kept", "the server alone", "a frame", "a look"]  # fmt: skip
    print(
        f"{table(head, rows)}\n\nthe server alone: median / p95 until its monitor gives the click back; {load()}"
    )


if __name__ == "__main__":
    main()
