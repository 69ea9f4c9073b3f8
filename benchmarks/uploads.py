"""The worst frame while artworks are brought in, against the median frame; and what a frame costs the window's own thread.

    python benchmarks/uploads.py [--uploads 20]

In the window: a whole show at 1280x720 on Xvfb with OpenGL in software, uncapped at scale 0.5 and at 60 fps, whose
library is full of pictures (1536x864, 1024x1024, 1920x1088 in turns); every 1.5 s a real key asks for the next one,
so that one is decoded, brought in and faded to. The baseline is the same show for the same time without a key.
Without a window: the engine alone, a frame finished before the next, with and without uploads, by the clock and,
where other work cannot touch it, by processor time. Frames are timed by their swaps (`swaps.py`, needs gcc). The
window's thread: what the program says of its own tick and draw, and what the system says of the whole thread, Qt and
the driver's part included, which works out vertices and hands pixels to the X server there.
"""

import argparse
import time
from dataclasses import dataclass

import numpy as np
from frame_cpu import loud
from staging import PLAIN, Rig, cpu_s, load, rig, table, verdict
from swaps import Swaps
from walls import hang, rich
from xscreen import Screen

from artvis.render.engine import Engine
from artvis.render.headless import open_headless

EVERY_S = 1.5
SETTLES_S = 8.0
WORST = 2.5
GUI_MS = 4.0
MODES = {"uncapped, scale 0.5": ("--fps", "max", "--scale", "0.5"), "60 fps, adaptive": ("--fps", "60")}
SIZE = (1280, 720)
FRAMES_EACH = 30


@dataclass(frozen=True)
class Found:
    intervals_ms: np.ndarray
    shown: int
    gui_ms: float = 0.0
    thread_ms: float = 0.0

    def row(self, name: str, *, judged: bool) -> list[str]:
        median = float(np.median(self.intervals_ms))
        worst = float(self.intervals_ms.max())
        return [
            name, str(self.shown), str(len(self.intervals_ms)), f"{median:.1f}",
            f"{np.percentile(self.intervals_ms, 99):.1f}", f"{worst:.1f}", f"{worst / median:.1f}",
            verdict(kept=worst <= WORST * median) if judged else "",
            f"{self.gui_ms:.2f}" if self.gui_ms else "", f"{self.thread_ms:.2f}" if self.thread_ms else "",
        ]  # fmt: skip


def window(place: Rig, words: tuple[str, ...], uploads: int, *, keys: bool) -> Found:
    """A show that is asked for the next picture `uploads` times, or runs as long without."""
    name = f"{time.monotonic_ns()}"
    hang(place.home(name), rich(uploads + 4))
    swaps = Swaps(place.folder, name)
    seconds = SETTLES_S + uploads * EVERY_S + 2.0
    show = place.show(*words, *PLAIN, seconds=seconds, home=name, **swaps.env)
    try:
        time.sleep(SETTLES_S)
        pid = show.process.pid
        begun_s, used_s = time.monotonic(), cpu_s(pid, pid)
        with Screen(place.env["DISPLAY"]) as screen:
            for number in range(uploads):
                if keys:
                    screen.press("Right")
                time.sleep(max(0.0, begun_s + (number + 1) * EVERY_S - time.monotonic()))
        intervals = swaps.intervals_ms(begun_s, time.monotonic())
        thread_ms = 1e3 * (cpu_s(pid, pid) - used_s) / len(intervals)
        report = show.finish()
    finally:
        show.end()
    if keys and report["artworks_shown"] < 0.8 * uploads:
        raise RuntimeError(f"only {report['artworks_shown']} pictures came: nothing was measured")
    return Found(intervals, report["artworks_shown"], report["gui_ms_per_frame"], thread_ms)


def engine(uploads: int, *, offer: bool) -> dict[str, Found]:
    """The engine alone: a new picture every 30 frames, each frame finished; by the clock and by processor time."""
    pictures = list(rich(6))
    ctx = open_headless()
    made = Engine(ctx)
    target = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    while not made.warm_up_step():
        pass
    made.offer("a", pictures[0])
    made.offer("b", pictures[1])
    made.upload_all()
    wall_ms, used_ms = [], []
    for number in range(-20, uploads * FRAMES_EACH):
        begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
        if offer and number >= 0 and number % FRAMES_EACH == 0:
            made.offer(f"{number}", pictures[number // FRAMES_EACH % len(pictures)])
        made.upload()
        made.draw(loud(number, fade=0.0), target, SIZE, scale=0.5)
        ctx.finish()  # a software driver leaves out what is drawn over before it is needed
        if number >= 0:
            wall_ms.append(1e3 * (time.perf_counter() - begun_s))
            used_ms.append(1e3 * (time.process_time() - begun_cpu_s))
    made.release()
    ctx.release()
    name, shown = f"engine alone{', uploading' if offer else ''}", uploads if offer else 0
    return {name: Found(np.array(wall_ms), shown), f"{name}, CPU": Found(np.array(used_ms), shown)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--uploads", type=int, default=20)
    uploads = parser.parse_args().uploads
    rows: list[list[str]] = []
    gui_ms = []
    for offer in (False, True):
        rows += [found.row(name, judged=offer) for name, found in engine(uploads, offer=offer).items()]
    with rig() as place, place.music(len(MODES) * 2 * (SETTLES_S + uploads * EVERY_S + 10.0)):
        for name, words in MODES.items():
            for keys in (False, True):
                found = window(place, words, uploads, keys=keys)
                gui_ms.append(found.gui_ms)
                rows.append(found.row(f"window, {name}{', uploading' if keys else ''}", judged=keys))
    head = ["1280x720, llvmpipe", "pictures", "frames", "median ms", "p99", "worst", "worst to median", f"<= {WORST:g}", "tick and draw, CPU ms", "whole thread, CPU ms"]  # fmt: skip
    print(table(head, rows))
    worst = max(gui_ms)
    print(
        f"\ntick and draw: at most {worst:.2f} ms of CPU a frame; goal {GUI_MS:g}: {verdict(kept=worst <= GUI_MS)}; {load()}"
    )


if __name__ == "__main__":
    main()
