"""How often does the window flash under a scene that strobes to a 10 Hz click train, with the flash guard and without?

    python benchmarks/flash_window.py [--seconds 12] [--size 480x270]

The window is read back from the X server as fast as it can be read, and counted by `flashes`, which knows nothing of the
guard. The run without the guard is the baseline: a counter that finds nothing there would prove nothing.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from flashes import ALLOWED, Count, count
from staging import Rig, load, rig, table, verdict
from xscreen import Screen

from artvis.model.sections import FLASH_GUARD_OFF

SCENE = str(Path(__file__).with_name("strobe.fs"))
RATE_HZ = 44_100
EVERY_S = 1 / 60
SETTLE_S = 4.0


def clicks(seconds: float, hertz: float = 10.0) -> np.ndarray:
    t_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    phase_s = t_s % (1 / hertz)
    sound = 0.8 * np.sin(2 * np.pi * 1000 * phase_s) * np.exp(-200 * phase_s)
    return np.repeat(sound[:, None], 2, axis=1).astype(np.float32)


def watch(stage: Rig, seconds: float, size: str, guard: str) -> tuple[Count, dict[str, int], float]:
    """What the counter found, what the show says of itself, and the looks a second."""
    show = stage.show(
        *("--scene", SCENE, "--clean", "--fullscreen", "--size", size),
        seconds=seconds + SETTLE_S + 8,
        ARTVIS_STAGE__FLASH_GUARD=guard,
    )
    width, height = (int(side) for side in size.split("x"))
    show.until(show.is_drawn, 30, "a picture")
    frames: list[tuple[float, np.ndarray]] = []
    with Screen(stage.env["DISPLAY"]) as screen, screen.part(0, 0, width, height) as part:
        time.sleep(SETTLE_S)
        begun_s = now_s = time.monotonic()
        while now_s - begun_s < seconds:
            frames.append((now_s - begun_s, part.look().astype(np.uint8)))
            time.sleep(max(0.0, EVERY_S - (time.monotonic() - now_s)))
            now_s = time.monotonic()
    report = show.finish()
    return count(frames), report["flash"], len(frames) / seconds


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=float, default=12.0)
    options.add_argument("--size", default="480x270")
    chosen = options.parse_args()
    rows, kept = [], True
    with rig(chosen.size) as stage, stage.playing(clicks(4 * chosen.seconds + 80)):
        for guard in ("on", FLASH_GUARD_OFF):
            found, said, looks = watch(stage, chosen.seconds, chosen.size, guard)
            right = found.flashes <= ALLOWED if guard == "on" else found.flashes > ALLOWED
            kept = kept and right
            rows.append([guard, str(found.flashes), str(said), f"{looks:.0f}", verdict(kept=right)])
    print(
        table(
            ["stage.flash_guard", "flashes a second", "the show says", "looks a second", "as it should be"],
            rows,
        )
    )
    print(load())
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
