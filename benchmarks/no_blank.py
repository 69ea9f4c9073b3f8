"""Is there ever a frame with nothing on it? A film frame by frame, and the window while things go wrong around it.

    python benchmarks/no_blank.py [--seconds 40] [--film-seconds 60]

A frame is blank when no colour of it varies: of the standard deviations of red, green and blue over its pixels (0..255) the
largest is looked at, so that a screen of one colour is blank too. The window, 640x360 under --clean, without any words that
could be taken for a picture, is read back from the X server eight times a second, from its first picture on. In the middle
of each run something happens, and it goes on; the baseline is the run in which nothing does.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from staging import Rig, end, family, load, rig, table, verdict
from xscreen import Screen

from artvis.paths import resource

LEAST = 8.0
EVERY_S = 1 / 8
SIZE = (640, 360)
STARTS_S = 20.0
DISK_MB = 24
FULL_DISK = (
    f'mount -t tmpfs -o size={DISK_MB}m none "$ARTVIS_HOME" || exit 77; touch "$ARTVIS_HOME/mounted"; '
    '(sleep "$FULL_AFTER_S"; cat /dev/zero > "$ARTVIS_HOME/filler" 2>/dev/null) & exec "$@"'
)
"""A disk of its own for the home, which is full after a while."""


@dataclass(frozen=True)
class Seen:
    """What one run looked like."""

    stds: tuple[float, ...]
    note: str = ""

    def row(self, name: str) -> list[str]:
        if not self.stds:
            return [name, "0", "", "", "", self.note]
        low = min(self.stds)
        blank = sum(each <= LEAST for each in self.stds)
        return [name, str(len(self.stds)), f"{low:.1f}", str(blank), verdict(kept=blank == 0), self.note]


def variety(pixels: np.ndarray) -> float:
    """0 for a picture of one colour, whichever."""
    return float(pixels.std(axis=(0, 1)).max())


def film(seconds: float) -> Seen:
    with tempfile.TemporaryDirectory(prefix="artvis-bench-") as name:
        frames = Path(name) / "frames"
        frames.mkdir()
        words = [
            "render",
            "--frames",
            str(frames),
            "--size",
            f"{SIZE[0]}x{SIZE[1]}",
            "--duration",
            str(seconds),
        ]
        env = {**os.environ, "ARTVIS_HOME": name}
        subprocess.run(
            [sys.executable, "-m", "artvis", *words], env=env, check=True, timeout=60 + 20 * seconds
        )
        return Seen(tuple(variety(np.asarray(Image.open(path))) for path in sorted(frames.glob("*.png"))))


class Window:
    """One show in a home of its own, at which somebody looks."""

    def __init__(self, place: Rig, name: str, *words: str, prefix: tuple[str, ...] = (), **env: str) -> None:
        self.home = place.home(name)
        self._env = {**place.environment, "ARTVIS_HOME": str(self.home), **env}
        self._log = (place.folder / f"{name}.log").open("w+b")
        size = f"{SIZE[0]}x{SIZE[1]}"
        command = [
            sys.executable,
            "-m",
            "artvis",
            "show",
            "--clean",
            "--source",
            "system",
            "--size",
            size,
            *words,
        ]
        self.process = subprocess.Popen(
            [*prefix, *command], env=self._env, stdout=self._log, stderr=self._log
        )

    def artvis(self, *words: str) -> str:
        """Another command beside the show, in the same home."""
        done = subprocess.run(
            [sys.executable, "-m", "artvis", *words], env=self._env, capture_output=True, text=True, timeout=60, check=True
        )  # fmt: skip
        return done.stdout

    def watched(self, place: Rig, seconds: float, happening: Callable[[], str]) -> Seen:
        """From its first picture on, for `seconds`; in the middle something happens, which says what it did."""
        stds: list[float] = []
        note, happened = "", False
        with Screen(place.env["DISPLAY"]) as screen, screen.part(0, 0, *SIZE) as whole:
            until_s = time.monotonic() + STARTS_S
            while variety(whole.look()) <= LEAST:
                if time.monotonic() > until_s or self.process.poll() is not None:
                    raise RuntimeError(f"no picture came: {self.said()}")
                time.sleep(0.01)
            begun_s = time.monotonic()
            while (passed_s := time.monotonic() - begun_s) < seconds:
                stds.append(variety(whole.look()))
                if not happened and passed_s > seconds / 2:
                    happened, note = True, happening()
                time.sleep(EVERY_S)
        if self.process.poll() is not None:
            note += "; the show ended"
        return Seen(tuple(stds), note)

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-2000:]

    def close(self) -> None:
        end(self.process)
        self._log.close()


def nothing_happens(place: Rig, seconds: float) -> Seen:
    return looked_at(Window(place, "undisturbed"), place, seconds, lambda _window: "")


def workers_killed(place: Rig, seconds: float) -> Seen:
    """The painter, the deep listener, the rehearsal of scenes and the recorder: all at once."""

    def kill(window: Window) -> str:
        workers = family(window.process.pid)[1:]
        for pid in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return f"{len(workers)} processes killed"

    return looked_at(Window(place, "killed"), place, seconds, kill)


def library_emptied(place: Rig, seconds: float) -> Seen:
    def delete(window: Window) -> str:
        rows = json.loads(window.artvis("library", "list", "--json"))["artworks"]
        window.artvis("library", "delete", *(row["id"] for row in rows))
        return f"{len(rows)} artworks deleted"

    return looked_at(Window(place, "emptied"), place, seconds, delete)


def scene_broken(place: Rig, seconds: float) -> Seen:
    scene = place.folder / "mine.fs"
    shutil.copy(resource("scenes", "fireflies.fs"), scene)

    def rubbish(_window: Window) -> str:
        scene.write_text("/*{\n this is no scene")
        return "rubbish written"

    return looked_at(Window(place, "broken", "--scene", str(scene)), place, seconds, rubbish)


def disk_full(place: Rig, seconds: float) -> Seen:
    if shutil.which("unshare") is None:
        return Seen((), "not run: needs unshare")
    place.home("full").mkdir(exist_ok=True)
    after = {"FULL_AFTER_S": str(round(seconds / 4))}
    window = Window(place, "full", prefix=("unshare", "-m", "sh", "-c", FULL_DISK, "sh"), **after)

    def look(watched: Window) -> str:
        found = os.statvfs(f"/proc/{watched.process.pid}/root{watched.home}")
        return f"{found.f_bavail * found.f_bsize // 1024} of {found.f_blocks * found.f_bsize // 1024} kB left"

    return looked_at(window, place, seconds, look)


def looked_at(window: Window, place: Rig, seconds: float, happening: Callable[[Window], str]) -> Seen:
    try:
        return window.watched(place, seconds, lambda: happening(window))
    finally:
        window.close()


PARTS: dict[str, Callable[[Rig, float], Seen]] = {
    "window, nothing happens": nothing_happens,
    "window, its workers are killed": workers_killed,
    "window, its library is emptied": library_emptied,
    "window, its scene is broken": scene_broken,
    "window, its disk is full": disk_full,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=40.0, help="of each window")
    parser.add_argument("--film-seconds", type=float, default=60.0)
    options = parser.parse_args()
    rows = []
    if options.film_seconds:
        rows.append(film(options.film_seconds).row("film of the demo track"))
    with rig(f"{SIZE[0]}x{SIZE[1]}") as place, place.music(len(PARTS) * (options.seconds + STARTS_S)):
        for name, part in PARTS.items():
            rows.append(part(place, options.seconds).row(name))
            print(*rows[-1], file=sys.stderr, flush=True)
    print(
        table(
            [
                "std of frames, 0..255",
                "frames",
                "lowest",
                f"at most {LEAST:g}",
                "never blank",
                "what was done",
            ],
            rows,
        )
    )
    print(f"\n{load()}")


if __name__ == "__main__":
    main()
