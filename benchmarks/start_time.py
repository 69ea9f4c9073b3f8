"""How soon a show stands: the start split into its parts, each beside the least that it could be.

    python benchmarks/start_time.py [--runs 5]

Wall seconds from the start of the process, medians; the window is 1280x720 under an Xvfb of its own, the home is empty in
the first row of a show and used in the second. Noisy machines: look at the ratio to the bare rows of the same run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
import xvfb

QT = "from PySide6 import QtCore, QtGui, QtQml, QtQuick"
BARE_WINDOW = f"""
import os, sys
os.environ.update(QSG_RHI_BACKEND="opengl", QSG_RENDER_LOOP="basic")
{QT}
app = QtGui.QGuiApplication([])
view = QtQuick.QQuickWindow()
view.resize(1280, 720)
view.frameSwapped.connect(lambda: os._exit(0))
view.show()
app.exec()
"""


def wall_s(command: list[str], env: dict[str, str]) -> float:
    begun_s = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun_s


def show(env: dict[str, str], home: Path) -> tuple[float, float]:
    """First frame and first artwork of one show, as it reports them."""
    report = home / "report.json"
    words = ["show", "--source", "demo", "--seconds", "3", "--report", str(report)]
    wall_s([sys.executable, "-m", "artvis", *words], {**env, "ARTVIS_HOME": str(home)})
    told = json.loads(report.read_text())
    return told["first_frame_s"], told["first_artwork_s"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    rows: dict[str, list[float]] = {}
    with xvfb.running("1280x720") as screen:
        env = {**os.environ, **screen}
        for _ in range(runs):
            for name, code in (
                ("bare Python", "pass"),
                ("numpy imported", "import numpy"),
                ("Qt Quick imported", QT),
                ("an empty Qt window swapped", BARE_WINDOW),
            ):
                rows.setdefault(name, []).append(wall_s([sys.executable, "-c", code], env))
            with tempfile.TemporaryDirectory() as home:
                for when in ("empty home", "second start"):
                    frame_s, artwork_s = show(env, Path(home))
                    rows.setdefault(f"show, {when}: first frame", []).append(frame_s)
                    rows.setdefault(f"show, {when}: first artwork", []).append(artwork_s)
    bare_s = statistics.median(rows["an empty Qt window swapped"])
    load = os.getloadavg()[0]
    print(f"{runs} runs, load {load:.1f}\n{'':36}{'median':>8}{'min':>8}{'max':>8}{'to bare window':>16}")
    for name, values in rows.items():
        middle = statistics.median(values)
        print(f"{name:36}{middle:8.3f}{min(values):8.3f}{max(values):8.3f}{middle / bare_s:16.2f}")


if __name__ == "__main__":
    main()
