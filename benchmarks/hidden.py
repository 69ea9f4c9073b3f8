"""What a show costs that nobody can see, and how soon it hears again: `python benchmarks/hidden.py [--seconds 20]`.

A whole show on a private X server and a private sound server, with music playing all the time. Its window is unmapped
as a window manager does it to minimise. CPU is that of the show's process and of all that it has started, in percent of one core;
the baseline is the same show while it is seen. The first seconds after hiding, in which the sound is still listened to,
are a row of their own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import wave
from contextlib import ExitStack
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
import xvfb
from showrun import children
from soundserver import SoundServer

from artvis.audio.demo import arrangement
from artvis.model.music import SAMPLE_RATE_HZ

SUPPORT = Path(__file__).resolve().parent.parent / "tests" / "support"
SEEN_S = 12.0
SETTLED_S = 8.0
AGAIN_S = 6.0
TICKS_HZ = os.sysconf("SC_CLK_TCK")


def music(path: Path) -> Path:
    """20 s of the demo track."""
    sound = np.concatenate([arrangement.mastered(arrangement.chunk(n)) for n in range(4)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def cpu_s(pid: int) -> float:
    """Of the process, all its threads."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS_HZ


class Measured:
    def __init__(self, pid: int) -> None:
        self._pid = pid

    def over(self, seconds: float) -> dict[str, float]:
        """Percent of one core over the next seconds."""
        others = children(self._pid)
        before, theirs = cpu_s(self._pid), {pid: cpu_s(pid) for pid in others}
        begun_s = time.monotonic()
        time.sleep(seconds)
        took_s = time.monotonic() - begun_s
        show = cpu_s(self._pid) - before
        rest = sum(max(cpu_s(pid) - theirs.get(pid, 0.0), 0.0) for pid in children(self._pid))
        return {"show": 100 * show / took_s, "others": 100 * rest / took_s}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: dict[str, dict[str, float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="artvis-hidden-")))
        server = SoundServer(folder / "sound")
        server.start()
        stack.callback(server.stop)
        env = {**os.environ, **stack.enter_context(xvfb.running("1280x720")), **server.env}
        env |= {"ARTVIS_HOME": str(folder / "home")}
        song = music(folder / "song.wav")
        player = subprocess.Popen(
            ["sh", "-c", f"while paplay {song}; do :; done"], env=env, start_new_session=True
        )
        stack.callback(lambda: os.killpg(player.pid, 15))
        seconds = SEEN_S + SETTLED_S + 3.0 + options.seconds + AGAIN_S
        frames = folder / "frames"
        show = subprocess.Popen([sys.executable, SUPPORT / "watchedshow.py", frames, str(seconds)], env=env)
        stack.callback(show.kill)
        window = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--class", "artvis"],
            env=env, capture_output=True, text=True, timeout=60, check=True,
        ).stdout.split()[0]  # fmt: skip
        measured = Measured(show.pid)
        time.sleep(SEEN_S / 2)
        rows["seen"] = measured.over(SEEN_S / 2)
        subprocess.run(["xdotool", "windowunmap", window], env=env, check=True)
        rows["hidden, at first"] = measured.over(SETTLED_S)
        rows[f"hidden, {options.seconds:g} s"] = measured.over(options.seconds)
        subprocess.run(["xdotool", "windowmap", window], env=env, check=True)
        again_s = time.monotonic()
        show.wait(60)
        lines = [json.loads(line) for line in frames.read_text().splitlines()[:-1]]
    after = [line for line in lines if line["swap_s"] > again_s]
    drawn_s = after[0]["swap_s"] - again_s if after else float("nan")
    heard_s = next((line["swap_s"] - again_s for line in after if not line["silent"]), float("nan"))
    if options.json:
        print(json.dumps({"rows": rows, "drawn_s": drawn_s, "heard_s": heard_s}))
        return
    for name, row in rows.items():
        print(f"{name:20} {row['show']:6.2f} % of a core, processes it started {row['others']:6.2f} %")
    print(f"shown again: drawn after {drawn_s:.2f} s, music heard after {heard_s:.2f} s")


if __name__ == "__main__":
    main()
