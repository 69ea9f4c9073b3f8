"""Against projectM at 1280x720, side by side: frames a second, and processor time a frame.

    python benchmarks/projectm.py [--seconds 8] [--presets 10]

Both run on the same Xvfb with OpenGL in software and listen to the same music, one at a time and in turns, so that a busy
machine hits both. projectM (Debian packages projectm-sdl, projectm-data) draws a mesh of 64x36 and is uncapped: its own
cap stands at 2,000. Presets: evenly spaced in the sorted list of all that end in .milk. Frames are counted by one library
that is loaded before the others of either program (`swaps.py`, needs gcc); CPU is that of the process, from /proc, over
the seconds that were counted. artvis: the whole program; its painter and deep listener are processes of their own, and
stand in the column beside it.
"""

import argparse
import itertools
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import ImageGrab
from staging import MAIN, Rig, cpu_s, end, family, load, rig, spread, table, verdict
from swaps import Swaps

PRESETS = Path("/usr/share/projectM/presets")
CONFIG = """Mesh X = 64
Mesh Y = 36
FPS = 2000
Fullscreen = false
Window Width = 1280
Window Height = 720
Smooth Preset Duration = 1
Preset Duration = 100000
Hard Cut Sensitivity = 1000
Preset Path = {presets}
"""
SETTLES_S = 6.0  # shaders are compiled, the render scale is found
STARTS_S = 15.0
MODES = {
    "artvis, adaptive scale": ("--fps", "max"),
    "artvis, scale 1.0": ("--fps", "max", "--scale", "1"),
    "artvis, scale 0.5": ("--fps", "max", "--scale", "0.5"),
    "artvis, capped at 60": ("--fps", "60"),
}
BASELINE = "projectM"


@dataclass(frozen=True)
class Run:
    fps: float
    cpu_ms: float
    """Of the process, a frame."""
    workers_ms: float
    """Of the processes that it has started, a frame."""
    p99_ms: float
    rms: float
    scale: float = 1.0


def ten_of(count: int) -> list[Path]:
    found = sorted(PRESETS.rglob("*.milk"))
    if not found or shutil.which("projectMSDL") is None:
        sys.exit("projectM is missing: apt-get install projectm-sdl projectm-data")
    return [found[(2 * k + 1) * len(found) // (2 * count)] for k in range(count)]


def watch(place: Rig, pid: int, swaps: Swaps, seconds: float) -> Run:
    """Waits until the program draws and has settled, then counts."""
    until(lambda: len(swaps.times_s()) > 0)
    time.sleep(SETTLES_S)
    before = {each: cpu_s(each) for each in family(pid)}
    begun_s = time.monotonic()
    rms = place.rms(min(0.5, seconds))
    time.sleep(max(0.0, begun_s + seconds - time.monotonic()))
    took_s = time.monotonic() - begun_s
    used_s = {each: cpu_s(each) - was_s for each, was_s in before.items() if Path(f"/proc/{each}").exists()}
    intervals = swaps.intervals_ms(begun_s, begun_s + took_s)
    if rms < 1e-3 or len(intervals) < 2:
        raise RuntimeError(f"{len(intervals)} frames, music at {rms}: nothing was measured")
    frames = len(intervals) + 1
    return Run(
        fps=frames / took_s,
        cpu_ms=1e3 * used_s.pop(pid) / frames,
        workers_ms=1e3 * sum(used_s.values()) / frames,
        p99_ms=float(np.percentile(intervals, 99)),
        rms=rms,
    )


def until(condition: Callable[[], bool]) -> None:
    end_s = time.monotonic() + STARTS_S
    while not condition():
        if time.monotonic() > end_s:
            raise RuntimeError(f"no frame within {STARTS_S} s")
        time.sleep(0.05)


def project_m(place: Rig, preset: Path, seconds: float) -> Run:
    """One preset alone in a folder, so that no other is ever shown."""
    home = place.folder / f"projectm-{time.monotonic_ns()}"
    (home / ".projectM").mkdir(parents=True)
    (presets := home / "presets").mkdir()
    shutil.copy(preset, presets)
    (home / ".projectM" / "config.inp").write_text(CONFIG.format(presets=presets))
    swaps = Swaps(place.folder, home.name)
    env = {
        "HOME": str(home), "SDL_AUDIODRIVER": "pulseaudio", "SDL_AUDIO_INCLUDE_MONITORS": "1", "vblank_mode": "0", **swaps.env,
    }  # fmt: skip
    with (home / "said").open("wb") as said:
        process = subprocess.Popen(
            ["projectMSDL"],
            env={**place.environment, **env},
            stdout=said,
            stderr=said,
        )
    try:
        run = watch(place, process.pid, swaps, seconds)
        heard, seen = place.server.recorders(), ImageGrab.grab(xdisplay=place.env["DISPLAY"])
    finally:
        end(process)
    if heard.get(process.pid) != f"{MAIN}.monitor" or seen.size != (1280, 720):
        raise RuntimeError(f"projectM does not do what it is compared for: {(home / 'said').read_text()}")
    print(f"  {np.asarray(seen.convert('RGB')).std():5.1f} std  {preset.name}", file=sys.stderr)
    return run


def artvis(place: Rig, words: tuple[str, ...], seconds: float) -> Run:
    swaps = Swaps(place.folder, f"artvis-{time.monotonic_ns()}")
    show = place.show(*words, "--size", "1280x720", seconds=SETTLES_S + seconds + 2.0, **swaps.env)
    try:
        run = watch(place, show.process.pid, swaps, seconds)
        report = show.finish()
    finally:
        show.end()
    if report["size"] != "1280x720" or "llvmpipe" not in report["renderer"]:
        raise RuntimeError(f"another window than was asked for: {report['size']}, {report['renderer']}")
    return Run(run.fps, run.cpu_ms, run.workers_ms, run.p99_ms, run.rms, report["render_scale"])


def rows_of(runs: dict[str, list[Run]]) -> list[list[str]]:
    base = {
        what: statistics.median(getattr(run, what) for run in runs[BASELINE]) for what in ("fps", "cpu_ms")
    }
    rows = []
    for name, of_it in runs.items():
        fps, cpu = [run.fps for run in of_it], [run.cpu_ms for run in of_it]
        rows.append(
            [
                name, str(len(of_it)), spread(fps), f"{statistics.median(fps) / base['fps']:.2f}", spread(cpu),
                f"{statistics.median(cpu) / base['cpu_ms']:.2f}",
                f"{statistics.median(run.workers_ms for run in of_it):.1f}",
                f"{statistics.median(run.p99_ms for run in of_it):.1f}",
                f"{statistics.median(run.scale for run in of_it):.2f}",
            ]
        )  # fmt: skip
    return rows


def judge(runs: dict[str, list[Run]]) -> list[list[str]]:
    def of(name: str, what: str) -> float:
        return statistics.median(getattr(run, what) for run in runs[name])

    adaptive, full, half, capped = MODES
    asked = (
        ("fps, adaptive, to projectM", of(adaptive, "fps") / of(BASELINE, "fps"), 2.0, True),
        ("fps, scale 1.0, to projectM", of(full, "fps") / of(BASELINE, "fps"), 1.3, True),
        ("CPU a frame, scale 1.0, to projectM", of(full, "cpu_ms") / of(BASELINE, "cpu_ms"), 0.75, False),
        ("CPU a frame, scale 0.5, to projectM", of(half, "cpu_ms") / of(BASELINE, "cpu_ms"), 0.45, False),
        ("fps with the cap at 60", of(capped, "fps"), 59.0, True),
    )
    return [
        [what, f"{is_:.2f}", f"{'>=' if least else '<='} {goal:g}", verdict(kept=is_ >= goal if least else is_ <= goal)]
        for what, is_, goal, least in asked
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="that are counted in each run")
    parser.add_argument("--presets", type=int, default=10)
    options = parser.parse_args()
    runs: dict[str, list[Run]] = {BASELINE: [], **{name: [] for name in MODES}}
    turns = itertools.cycle(MODES)
    presets = ten_of(options.presets)
    with rig() as place, place.music(len(presets) * 3 * (options.seconds + SETTLES_S + STARTS_S)):
        place.home()
        for preset in presets:
            runs[BASELINE].append(project_m(place, preset, options.seconds))
            for _ in range(2):
                name = next(turns)
                runs[name].append(artvis(place, MODES[name], options.seconds))
            print(f"  {load()}, music at {runs[BASELINE][-1].rms:.3f} RMS", file=sys.stderr, flush=True)
    runs = {name: of_it for name, of_it in runs.items() if of_it}
    head = ["1280x720, llvmpipe", "runs", "fps", "to projectM", "CPU ms a frame", "to projectM", "workers ms a frame", "p99 ms", "scale"]  # fmt: skip
    print(f"{options.seconds:g} s a run, {load()}\n\n{table(head, rows_of(runs))}")
    if len(runs) == len(MODES) + 1:
        print("\n" + table(["asked for", "is", "goal", "kept"], judge(runs)))


if __name__ == "__main__":
    main()
