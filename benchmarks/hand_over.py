"""From a finished picture to the screen: how long an asked-for picture waits for its first frame.

    python benchmarks/hand_over.py [--presses 20]

A real show at 640x360 under an Xvfb of its own; key G is pressed with xdotool (Debian package xdotool). The figure is the
time from the hand-over in memory to the frame in which the picture first has weight; the baseline is the frame time of
the same run, since nothing can be sooner than the next frame.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
import xvfb

BETWEEN_S = 2.2
SIZE = ("--size", "640x360")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=20)
    presses = parser.parse_args().presses
    if shutil.which("xdotool") is None:
        sys.exit("xdotool is missing: apt-get install xdotool")
    with xvfb.running("1280x720") as screen, tempfile.TemporaryDirectory() as home:
        env = {**os.environ, **screen, "ARTVIS_HOME": home}
        report = Path(home) / "report.json"
        seconds = str(8 + BETWEEN_S * presses)
        words = ["show", "--source", "demo", "--seconds", seconds, "--report", str(report), *SIZE]
        show = subprocess.Popen([sys.executable, "-m", "artvis", *words], env=env)
        time.sleep(5)
        for _ in range(presses):
            subprocess.run(["xdotool", "key", "g"], env=env, check=True)
            time.sleep(BETWEEN_S)
        show.wait(60)
        told = json.loads(report.read_text())
    waits = sorted(told["asked_to_frame_ms"])
    frame_ms = told["frame_ms"]["p50"]
    print(f"{len(waits)} asked for, load {os.getloadavg()[0]:.1f}")
    print(
        f"median {statistics.median(waits):.1f} ms, max {waits[-1]:.1f} ms; a frame takes {frame_ms:.1f} ms"
    )
    print(f"frames waited: median {statistics.median(waits) / frame_ms:.1f}, max {waits[-1] / frame_ms:.1f}")


if __name__ == "__main__":
    main()
