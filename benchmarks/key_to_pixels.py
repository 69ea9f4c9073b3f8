"""From a key to the first changed pixel on the screen: hold, blackout, next, calm.

    python benchmarks/key_to_pixels.py [--presses 30]

A whole show at 1280x720 on Xvfb with OpenGL in software, on a library of pictures of one colour, in a scene that adds
nothing and with cuts for transitions, in silence, so that nothing else changes what is looked at: the toast's place
for hold and calm, a strip across the picture for blackout and next. (On paintings each of the ten transitions changes
a block by more than 1.2 of 255 in its first frame; on one colour some need 0.3 s.) Keys are real ones (XTest), pixels
are read back from the X server over shared memory, and the time from one look to the next is told: a figure may be
that much too large. The baseline is the frame time of the same show: a key waits half a frame on average until a
frame begins, and that frame must be drawn.
"""

import argparse
import statistics
import time
from collections.abc import Iterator

import numpy as np
from staging import PLAIN, Rig, load, p95, rig, table, verdict
from swaps import Swaps
from walls import flat, hang, only_cuts
from xscreen import Part, Screen, Watch

from artvis.control.keymap import BINDINGS
from artvis.model.command import Command

GOAL_MS = 40.0
TOAST = (604, 524, 72, 40)
STRIP = (480, 328, 320, 8)
TOAST_GOES_S = 2.6
FADE_S = 1.2
STILL = 1.5
BLACK = 20.0
RESTLESS = 5.0
TRIES = 40
KEYS = {"Space": "space", "B": "b", "Right": "Right", "C": "c"}
WATCHED = {Command.HOLD: TOAST, Command.BLACKOUT: STRIP, Command.NEXT: STRIP, Command.CALM: TOAST}


def key_of(command: Command) -> str:
    return KEYS[next(binding.keys[0] for binding in BINDINGS if binding.command is command)]


def is_flat(strip: Part) -> bool:
    middle = np.array_split(strip.look(), 15, axis=1)[7]  # the corners are darker
    return bool(middle.std(axis=(0, 1)).max() < STILL and middle.mean() > BLACK)


def until_flat(screen: Screen, strip: Part) -> None:
    """The first picture of a show is always painted, and is no plain colour."""
    for _ in range(TRIES):
        if is_flat(strip):
            return
        screen.press(key_of(Command.NEXT))
        time.sleep(FADE_S)
    raise RuntimeError("the pictures of one colour never come")


def measured(screen: Screen, presses: int, looks_ms: list[float]) -> Iterator[tuple[Command, float]]:
    parts = {at: screen.part(*at) for at in (TOAST, STRIP)}
    try:
        for turn in range(presses):
            for command in WATCHED:
                until_flat(screen, parts[STRIP])
                time.sleep(TOAST_GOES_S)
                watch = Watch(parts[WATCHED[command]])
                while (unrest := watch.unrest(0.25)) > RESTLESS:
                    time.sleep(TOAST_GOES_S)  # a picture came by itself
                # somewhere in a frame, not always at its beginning
                time.sleep(0.0007 * (turn * 7 % 24))
                took_ms = watch.change_after(screen.press(key_of(command)), unrest=unrest)
                looks_ms += watch.looks_ms
                if took_ms is None:
                    raise RuntimeError(f"nothing changed after {command.value}; before, {unrest:.2f} of 255 changed by itself")  # fmt: skip
                yield command, took_ms
                if command is not Command.NEXT:  # and back again: it is a toggle
                    time.sleep(FADE_S)
                    screen.press(key_of(command))
                time.sleep(FADE_S)
    finally:
        for part in parts.values():
            part.__exit__()


def play(place: Rig, presses: int) -> None:
    home = place.home()
    hang(home, flat(3 * presses + TRIES))
    only_cuts(home)
    swaps = Swaps(place.folder, "show")
    show = place.show(*PLAIN, **swaps.env)
    found: dict[Command, list[float]] = {command: [] for command in WATCHED}
    looks_ms: list[float] = []
    try:
        with Screen(place.env["DISPLAY"]) as screen:
            time.sleep(6.0)
            for command, took_ms in measured(screen, presses, looks_ms):
                found[command].append(took_ms)
            frame_ms = np.median(np.diff(swaps.times_s()[-2000:])) * 1e3
    finally:
        show.end()
    rows = [
        [command.value, str(len(values)), f"{statistics.median(values):.1f}", f"{p95(values):.1f}",
         f"{max(values):.1f}", f"{GOAL_MS:g}", verdict(kept=p95(values) <= GOAL_MS)]
        for command, values in found.items()
    ]  # fmt: skip
    print(table(["key to pixels, ms", "presses", "median", "p95", "worst", "goal p95", "kept"], rows))
    print(
        f"\na frame every {frame_ms:.1f} ms, a look every {statistics.median(looks_ms):.2f} ms (95 % within {p95(looks_ms):.2f}), {load()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--presses", type=int, default=30, help="of each key")
    with rig() as place:
        play(place, parser.parse_args().presses)


if __name__ == "__main__":
    main()
