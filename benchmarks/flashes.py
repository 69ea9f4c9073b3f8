"""Counts the flashes in a film or a folder of frames, by the text of WCAG 2.2, success criterion 2.3.1.

A flash is a pair of opposing changes in relative luminance of 10 % or more of the maximum, where the darker image is
below 0.80; a red flash is a pair of opposing changes of (R - G - B) x 320 of more than 20, where the redder or the
other image is a saturated red: R / (R + G + B) >= 0.8. R, G and B are linear, negative differences are 0.

The screen is cut into 64 x 36 blocks, and three things are counted in every sliding second:
  blocks      the flashes that more than a quarter of the blocks have, wherever they lie
  rectangle   the flashes that nine tenths of the blocks of one rectangle of a quarter of the screen have
  at once     pairs of opposing changes of more than a quarter of the blocks in one frame, be it other blocks each
              time; changes of the same direction within 0.15 s are one

It knows nothing of the program that made the film. Exit code 1: more than three flashes in a second.

    python benchmarks/flashes.py FILM_OR_FOLDER [--fps N] [--json]
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

COLUMNS, ROWS = 64, 36
ALLOWED = 3
QUARTER = 0.25
TOGETHER_S = 0.15
RECTANGLES = ((ROWS // 2, COLUMNS // 2), (ROWS // 4, COLUMNS), (ROWS, COLUMNS // 4))
CODE = np.arange(256) / 255.0
LINEAR = np.where(CODE <= 0.04045, CODE / 12.92, ((CODE + 0.055) / 1.055) ** 2.4).astype(np.float32)
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Worst:
    """The most flashes in a second, by the strictest of the three ways of counting, and when that second ends."""

    flashes: int
    at_s: float
    blocks: int
    rectangle: int
    at_once: int


@dataclass(frozen=True)
class Count:
    general: Worst
    red: Worst
    frames: int
    seconds: float

    @property
    def flashes(self) -> int:
        return max(self.general.flashes, self.red.flashes)


def block_means(frame: Array) -> Array:
    """Linear light of the blocks, shape (ROWS, COLUMNS, 3), of an 8-bit sRGB frame of any size."""
    light = LINEAR[frame]
    top = np.arange(ROWS) * frame.shape[0] // ROWS
    left = np.arange(COLUMNS) * frame.shape[1] // COLUMNS
    sums = np.add.reduceat(np.add.reduceat(light, top, axis=0), left, axis=1)
    heights = np.diff(np.append(top, frame.shape[0]))
    widths = np.diff(np.append(left, frame.shape[1]))
    return np.asarray(sums / (heights[:, None, None] * widths[None, :, None]))


class Zigzag:
    """Walks along all blocks at once, and says where one of them completes an increase or a decrease that counts.

    Between two changes only the lowest and the highest state since the last one are kept.
    """

    def __init__(self, first: Array, red: Array, *, least: float, ceiling: float) -> None:
        """A change is one of `least` or more, its lower end below `ceiling`, one of its ends `red`."""
        self._least, self._ceiling = least, ceiling
        self._low = self._high = first
        self._low_red = self._high_red = red
        self._last = np.zeros(first.shape, np.int8)

    def step(self, now: Array, red: Array) -> Array:
        """+1 where an increase is completed with this frame, -1 where a decrease is, else 0."""
        self._low_red = np.where(now <= self._low, red, self._low_red)
        self._high_red = np.where(now >= self._high, red, self._high_red)
        self._low, self._high = np.minimum(self._low, now), np.maximum(self._high, now)
        up = (now - self._low >= self._least) & (self._low < self._ceiling) & (red | self._low_red)
        down = (self._high - now >= self._least) & (now < self._ceiling) & (red | self._high_red)
        change = np.where(up & (self._last != 1), 1, np.where(down & (self._last != -1), -1, 0))
        turned = change != 0
        self._low, self._high = np.where(turned, now, self._low), np.where(turned, now, self._high)
        self._low_red = np.where(turned, red, self._low_red)
        self._high_red = np.where(turned, red, self._high_red)
        self._last = np.where(turned, change, self._last)
        return change


def count(frames: Iterable[tuple[float, Array]]) -> Count:
    """`frames`: seconds and 8-bit sRGB frames, shape (height, width, 3), in order."""
    times: list[float] = []
    general: list[Array] = []
    red: list[Array] = []
    zigzags: tuple[Zigzag, Zigzag] | None = None
    for t_s, frame in frames:
        light = block_means(frame)
        luminance = light @ np.array([0.2126, 0.7152, 0.0722])
        redness = 320 * np.maximum(0.0, light[..., 0] - light[..., 1] - light[..., 2])
        whole = light.sum(axis=-1)
        saturated = (light[..., 0] >= 0.8 * whole) & (whole > 0)
        if zigzags is None:
            zigzags = (
                Zigzag(luminance, np.ones_like(saturated), least=0.10, ceiling=0.80),
                Zigzag(redness, saturated, least=20.0, ceiling=np.inf),
            )
        times.append(t_s)
        general.append(zigzags[0].step(luminance, np.ones_like(saturated)))
        red.append(zigzags[1].step(redness, saturated))
    if not times:
        return Count(Worst(0, 0.0, 0, 0, 0), Worst(0, 0.0, 0, 0, 0), 0, 0.0)
    return Count(
        worst_second(times, general), worst_second(times, red), len(times), round(times[-1] - times[0], 3)
    )


def worst_second(times_s: list[float], changes: list[Array]) -> Worst:
    """`changes`: for each frame +1, -1 or 0 for each block."""
    moments = np.array(times_s)
    # The second that ends with a frame: the frame of exactly one second before is no longer in it.
    begins = np.searchsorted(moments, moments - 1.0 + 1e-6)
    ups, downs = at_once(times_s, changes)
    inside = np.zeros((ROWS, COLUMNS), np.int32)
    most, worst, begun = np.zeros(3, int), Worst(0, 0.0, 0, 0, 0), 0
    for end, change in enumerate(changes):
        inside += change != 0
        while begun < begins[end]:
            inside -= changes[begun] != 0
            begun += 1
        second = slice(begun, end + 1)
        pairs = inside // 2
        found = (anywhere(pairs), in_a_rectangle(pairs), int(min(ups[second].sum(), downs[second].sum())))
        most = np.maximum(most, found)
        if max(found) > worst.flashes:
            worst = Worst(max(found), round(float(moments[end]), 3), 0, 0, 0)
    return Worst(worst.flashes, worst.at_s, *most.tolist())


def at_once(times_s: list[float], changes: list[Array]) -> tuple[Array, Array]:
    """The frames with which more than a quarter of the blocks goes up, and those with which it goes down."""
    found = np.zeros((2, len(changes)), bool)
    since_s = [-1.0, -1.0]
    last = -1
    for number, (t_s, change) in enumerate(zip(times_s, changes, strict=True)):
        for way, sign in enumerate((1, -1)):
            if (change == sign).mean() > QUARTER and (last != way or t_s - since_s[way] > TOGETHER_S):
                found[way, number] = True
                since_s[way], last = t_s, way
    return found[0], found[1]


def anywhere(pairs: Array) -> int:
    """The most flashes that more than a quarter of the blocks have each."""
    ranked = np.sort(pairs, axis=None)[::-1]
    return int(ranked[int(QUARTER * ranked.size)])


def in_a_rectangle(pairs: Array) -> int:
    """The most flashes that nine tenths of the blocks of a rectangle of a quarter have each."""
    most = 0
    while most < pairs.max() and any(_fullest(pairs > most, *shape) >= 0.9 for shape in RECTANGLES):
        most += 1
    return most


def _fullest(mask: Array, height: int, width: int) -> float:
    total = np.pad(mask.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    sums = (
        total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
    )
    return float(sums.max()) / (height * width)


def frames_of(path: Path, fps: float) -> Iterator[tuple[float, Array]]:
    """The frames of a folder of PNG files, in the order of their names, or of a film at its own times."""
    if path.is_dir():
        for number, each in enumerate(sorted(path.glob("*.png"))):
            yield number / fps, np.asarray(Image.open(each).convert("RGB"))
        return
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            yield float(frame.time or 0.0), frame.to_ndarray(format="rgb24")


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("path", type=Path, help="a film, or a folder of PNG files")
    options.add_argument("--fps", type=float, default=30.0, help="of a folder (30)")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    try:
        found = count(frames_of(chosen.path, chosen.fps))
    except (OSError, av.FFmpegError) as error:
        print(f"{chosen.path} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    if found.frames == 0:
        print(f"{chosen.path} holds no frames.", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(asdict(found)))
    else:
        print(f"{found.frames} frames, {found.seconds:.2f} s")
        for name, worst in (("general", found.general), ("red", found.red)):
            print(
                f"{name:8} {worst.flashes:3} flashes in the worst second, which ends at {worst.at_s:.2f} s"
                f" (blocks {worst.blocks}, rectangle {worst.rectangle}, at once {worst.at_once})"
            )
        print("more than three: this film flashes" if found.flashes > ALLOWED else "three at most")
    return int(found.flashes > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
