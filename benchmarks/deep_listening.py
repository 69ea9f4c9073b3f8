"""What deep listening does to a show: its first result on a cold cache, and frames while its process is killed.

    python benchmarks/deep_listening.py [--kills 20] [--seconds 90]

Shows of the demo track, 640x360 under an Xvfb of their own, each in an empty home: one in peace, then one whose deep
process is killed again and again, each time as soon as it listens. The home is empty, so that numba's cache is cold.
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

FIRST_RESULT = re.compile(r"^(\S+ \S+|\S+).*first deep result ([\d.]+) s after the start", re.MULTILINE)


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
        killed: set[int] = set()
        ready_s: float | None = None
        in_the_show = False
        while process.poll() is None:
            time.sleep(0.05)
            in_the_show = in_the_show or has_librosa(process.pid)
            for child in showrun.children(process.pid):
                if child not in killed and has_librosa(child):
                    ready_s = ready_s or time.monotonic() - begun_s
                    if len(killed) < kills and process.poll() is None:
                        time.sleep(0.5)  # it warms up, and listens
                        killed.add(child)
                        os.kill(child, signal.SIGKILL)
        told = json.loads(report.read_text())
        log = "\n".join(path.read_text(errors="replace") for path in Path(folder).rglob("*.log"))
        first = FIRST_RESULT.search(log)
        return {
            "kills": len(killed),
            "fps": told["fps"],
            "frame_ms": told["frame_ms"],
            "first_frame_s": told["first_frame_s"],
            "librosa in the show": in_the_show,
            "deep process loads librosa after s": ready_s and round(ready_s, 1),
            "first deep result s after the deep start": first and float(first[2]),
            "died in the log": log.count("the deep listener died"),
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=90.0)
    args = parser.parse_args()
    with xvfb.running("1280x720") as screen:
        env = {**os.environ, **screen}
        for kills in (0, args.kills):
            for name, figure in show(env, seconds=args.seconds, kills=kills).items():
                print(f"{name:42} {figure}")
            print()


if __name__ == "__main__":
    main()
