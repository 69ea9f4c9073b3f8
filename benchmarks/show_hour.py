"""A show for as long as you like: does its memory grow, are its frames even, what does it tell?

    python benchmarks/show_hour.py [--minutes 10] [--fps 60]

A whole show at 1280x720 with the demo track, on Xvfb with OpenGL in software. The resident memory of all its processes is
read every 5 s. The slope is that of a straight line through everything after the warm-up (a third of the time, at most
3 minutes); its standard error treats the readings as independent, which they are not quite: take it as the least. The
baseline is a rise of nothing.
"""

import argparse
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from staging import Rig, family, load, rig, rss_mb, table, verdict

EVERY_S = 5.0
WARM_UP_S = 180.0
GOAL_MB = 1.0


def slope_mb_a_minute(at_s: np.ndarray, mb: np.ndarray) -> tuple[float, float]:
    """The slope of the line of least squares, and its standard error."""
    minutes = (at_s - at_s.mean()) / 60
    slope = float((minutes * (mb - mb.mean())).sum() / (minutes**2).sum())
    rest = mb - mb.mean() - slope * minutes
    return slope, float(np.sqrt((rest**2).sum() / max(len(mb) - 2, 1) / (minutes**2).sum()))


def name_of(pid: int) -> str:
    """As the system calls the process; '' for one that has just ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def watched(place: Rig, seconds: float, fps: str) -> tuple[dict[str, dict[float, float]], dict[str, Any]]:
    """MB of each process, and of all together, by the seconds of the show; and the report."""
    show = place.show("--fps", fps, seconds=seconds)
    pid, begun_s = show.process.pid, time.monotonic()
    had: dict[str, dict[float, float]] = {"all": {}}
    try:
        while (now_s := time.monotonic() - begun_s) < seconds - EVERY_S:
            time.sleep(EVERY_S - now_s % EVERY_S)
            at_s = time.monotonic() - begun_s
            memory = {each: rss_mb(each) for each in family(pid)}
            had["all"][at_s] = sum(memory.values())
            for each, mb in memory.items():
                had.setdefault(f"{name_of(each)} {each}" if each != pid else "the show itself", {})[at_s] = mb
        report = show.finish(60.0)
    finally:
        show.end()
    return had, report


def rows_of(had: dict[str, dict[float, float]], warm_s: float) -> Iterator[list[str]]:
    for name, readings in had.items():
        at_s, mb = np.array([(at_s, mb) for at_s, mb in readings.items() if at_s >= warm_s]).reshape(-1, 2).T
        if len(at_s) > 2:
            slope, error = slope_mb_a_minute(at_s, mb)
            yield [
                name, f"{mb[0]:.0f}", f"{mb.max():.0f}", f"{mb[-1]:.0f}", f"{slope:+.2f} ± {error:.2f}",
                verdict(kept=slope < GOAL_MB) if name == "all" else "",
            ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--fps", default="60")
    options = parser.parse_args()
    seconds = 60 * options.minutes
    with rig() as place, place.music(seconds):
        had, report = watched(place, seconds, options.fps)
    rows = list(rows_of(had, min(WARM_UP_S, seconds / 3)))
    print(
        table(["memory, MB", "after warm-up", "most", "at the end", "slope a minute", f"< {GOAL_MB:g}"], rows)
    )
    frame, audio = report["frame_ms"], report["audio"]
    print(
        f"\n{options.minutes:g} minutes, {report['frames']} frames, {report['fps']} fps (asked for {options.fps}), "
        f"frame_ms p50 {frame['p50']}, p99 {frame['p99']}, max {frame['max']}, scale {report['render_scale']}, "
        f"{report['cpu_ms_per_frame']} CPU ms a frame, {report['artworks_shown']} artworks shown, "
        f"{report['artworks_made']} made, {audio['dropped']} blocks dropped, {audio['gaps_over_100ms']} gaps, {load()}"
    )
    print(f"notices: {', '.join(each['code'] for each in report['notices']) or 'none'}")


if __name__ == "__main__":
    main()
