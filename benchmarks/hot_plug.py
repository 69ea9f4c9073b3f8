"""How soon a show is back on its monitor, and what another one sees of it: `python benchmarks/hot_plug.py [--times 5]`.

A whole show, full screen on the right of two monitors of one X server. The right one is pulled out for a while and put
back; both are looked at all the time. "black" is how long the last picture stays in the memory of the screen after the
monitor is gone.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
import xvfb
from showrun import Shows
from twomonitors import SIZE, Desk, Eye

WHERE = (1280, 0, 2560, 720)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--away", type=float, default=10.0, help="seconds")
    options = parser.parse_args()
    black: list[float] = []
    back: list[float] = []
    with tempfile.TemporaryDirectory() as folder, xvfb.running(SIZE) as env:
        desk = Desk(env)
        desk.plug()
        shows = Shows(Path(folder), {**env, "ARTVIS_HOME": f"{folder}/home"})
        try:
            run = shows.start("--source", "demo", "--fullscreen", "--screen", "RIGHT")
            eye = Eye(run)
            eye.until(WHERE, 60.0)
            for _ in range(options.times):
                desk.pull()
                black.append(eye.until(None, 10.0))
                until_s = time.monotonic() + options.away
                while time.monotonic() < until_s:
                    assert eye.where() is None
                desk.plug()
                back.append(eye.until(WHERE, 10.0))
                eye.until_moving(10.0)
        finally:
            shows.end_all()
    for name, values in (("black after", black), ("back after", back)):
        print(
            f"{name:12} median {statistics.median(values):.2f} s, worst {max(values):.2f} s of {len(values)}"
        )
    print(f"brightest pixel on the other monitor: {eye.brightest_left}")


if __name__ == "__main__":
    main()
