"""What deep listening does to a show: its first result on a cold cache, and frames while its process is killed.

    python benchmarks/deep_listening.py [--kills 20] [--seconds 220]

Shows of the demo track, 640x360 under an Xvfb of their own, each in an empty home: one in peace for a minute, then one whose deep
process is killed again and again while it listens. The home is empty, so that numba's cache is cold.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
import showrun
import xvfb

FIRST_RESULT = re.compile(r"deep listener's first result, ([\d.]+) s after its start")
LISTENS_S = 6.0
"""A deep process is killed when its libraries have been there for so long: it has listened, or is at it."""
QUIET_S = 60.0


def has_librosa(pid: int) -> bool:
    """Whether numba's compiler is in the process: librosa brings it."""
    try:
        return "llvmlite" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False


def show(env: dict[str, str], *, seconds: float, kills: int) -> dict[str, object]:
    """One show, and what it reported; the deep process is killed `kills` times while it listens."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = ["show", "--source", "demo", "--size", "640x360", "--report", str(report)]
        begun_s = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "artvis", *words, "--seconds", str(seconds)],
            env={**env, "ARTVIS_HOME": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        seen_s: dict[int, float] = {}
        killed: set[int] = set()
        ready_s: float | None = None
        in_the_show = False
        while process.poll() is None:
            time.sleep(0.05)
            in_the_show = in_the_show or has_librosa(process.pid)
            for child in showrun.children(process.pid):
                if child in killed or not has_librosa(child):
                    continue
                now_s = time.monotonic()
                ready_s = ready_s or now_s - begun_s
                if len(killed) < kills and now_s - seen_s.setdefault(child, now_s) > LISTENS_S:
                    killed.add(child)
                    os.kill(child, signal.SIGKILL)
        told = json.loads(report.read_text())
        log = "\n".join(path.read_text(errors="replace") for path in Path(folder).rglob("*.log"))
        first = [float(found) for found in FIRST_RESULT.findall(log)]
        return {
            "kills": len(killed),
            "fps": told["fps"],
            "frame_ms": told["frame_ms"],
            "first_frame_s": told["first_frame_s"],
            "librosa in the show": in_the_show,
            "deep process loads librosa after s": ready_s and round(ready_s, 1),
            "first results, s after the start of each": first,
            "deaths in the log": log.count("the deep listener died"),
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=220.0)
    args = parser.parse_args()
    with xvfb.running("1280x720") as screen:
        env = {**os.environ, **screen}
        for kills, seconds in ((0, QUIET_S), (args.kills, args.seconds)):
            for name, figure in show(env, seconds=seconds, kills=kills).items():
                print(f"{name:42} {figure}")
            print()


if __name__ == "__main__":
    main()
