"""Libraries of known pictures for the benchmarks: one colour, where change must come from the show alone, or rich ones.

It paints nothing that a person would look at.
"""

import io
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from artvis.model.artwork import ArtworkDetail, Pixels
from artvis.paths import resource
from artvis.queue import artworks, sessions
from artvis.queue.store import Store

COLOURS = ((178, 74, 58), (58, 96, 178))
"""Warm and cold, in turns: whichever is on its way out, red and blue move apart with the first step of a fade."""
SIZES = ((1536, 864), (1024, 1024), (1920, 1088))
CUT = """/*{
  "DESCRIPTION": "a cut",
  "INPUTS": [{"NAME": "startImage", "TYPE": "image"}, {"NAME": "endImage", "TYPE": "image"},
             {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}]
}*/
void main() { gl_FragColor = progress > 0.0 ? IMG_THIS_NORM_PIXEL(endImage) : IMG_THIS_NORM_PIXEL(startImage); }
"""
PALETTE = ("#101018", "#283048", "#405878", "#8890a8", "#c0b8a8", "#f0e8d8")


def hang(home: Path, pictures: Iterable[Pixels]) -> int:
    """Stores pictures in the library of `home`, in the session that the next show goes on with; how many."""
    store = Store(home / "data")
    now_ms = int(time.time() * 1000)
    session = store.run(sessions.canonical, proposal=None, now_ms=now_ms).id
    count = 0
    for count, pixels in enumerate(pictures, 1):
        begun = store.run(artworks.begin, session_id=session, now_ms=now_ms + count)
        data = io.BytesIO()
        Image.fromarray(pixels).save(data, "JPEG", quality=92)
        store.run(
            artworks.complete,
            begun,
            sha256=store.blobs.put(data.getvalue()),
            size_bytes=len(data.getvalue()),
            width=pixels.shape[1],
            height=pixels.shape[0],
            detail=ArtworkDetail("painter", palette=PALETTE, subject=f"picture {count}", medium="pixels"),
            now_ms=now_ms + count,
        )
    store.close()
    return count


def only_cuts(home: Path) -> None:
    """Puts a cut in the place of each built-in transition: most of them begin so softly that on one colour their first
    frames cannot be seen, though on a painting they can."""
    folder = home / "config" / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    for path in resource("scenes").glob("*.fs"):
        if "startImage" in path.read_text():
            (folder / path.name).write_text(CUT)


def flat(count: int) -> Iterable[Pixels]:
    """Pictures of one colour, warm and cold in turns, no two alike; on them no motion of the stage can be seen."""
    for number in range(count):
        colour = np.array(COLOURS[number % 2], np.uint8) + np.uint8(number // 2 % 16)
        yield np.broadcast_to(colour, (864, 1536, 3)).copy()


def rich(count: int) -> Iterable[Pixels]:
    """Pictures of three sizes, full of detail as paintings are."""
    chance = np.random.default_rng(7)
    for number in range(count):
        width, height = SIZES[number % len(SIZES)]
        coarse = chance.integers(20, 235, (height // 32, width // 32, 3), np.uint8)
        smooth = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
        grain = chance.integers(-12, 13, (height, width, 1))
        yield np.clip(smooth + grain, 0, 255).astype(np.uint8)
