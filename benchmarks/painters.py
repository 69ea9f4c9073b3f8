"""CPU seconds of each painter, and of the built-in picture: `python benchmarks/painters.py`.

Each figure is the median of five seeds (at 4K one), after one picture to warm up. `--sheet docs/images/painters.jpg`
writes the contact sheet instead, and times nothing.
"""

import argparse
import statistics
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from artvis.painters import PAINTERS, PaintMood, builtin, paint
from artvis.palette import for_music, of_picture

SIZES = ((512, 512), (768, 432), (1024, 1024), (1536, 864), (3840, 2160))
MOODS = {"calm": PaintMood(0.3, 0.1, 65, 1000, 0.5), "wild": PaintMood(0.6, 0.95, 150, 4000, 7)}
SHOWN = (
    ("calm, sad", PaintMood(0.15, 0.12, 62, 900, 0.5)),
    ("calm, happy", PaintMood(0.85, 0.20, 72, 1400, 1)),
    ("in between", PaintMood(0.50, 0.50, 105, 2200, 3)),
    ("wild, sad", PaintMood(0.15, 0.90, 150, 4000, 8)),
    ("wild, happy", PaintMood(0.92, 0.85, 140, 3500, 7)),
)
KEYS = ("A minor", "F# major", "E minor", "D# minor", "D major", "C minor", "G# major")
TILE, LABEL, GAP = (256, 144), 20, 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path)
    out = parser.parse_args().sheet
    if out is None:
        table()
    else:
        sheet().save(out, quality=72, optimize=True, progressive=True)
        print(f"{out}: {len(PAINTERS)} painters, {out.stat().st_size / 1000:.0f} kB")


def table() -> None:
    for painter in PAINTERS:
        for name, mood in MOODS.items():
            palette = for_music("D minor", mood.valence, mood.arousal, 1)
            paint(painter, mood, palette, 0, (128, 128))
            for size in SIZES:
                seconds = []
                for seed in range(5 if size[0] < 3000 else 1):
                    began = time.process_time()
                    picture = paint(painter, mood, palette, seed, size)
                    seconds.append(time.process_time() - began)
                print(
                    f"{painter:9} {name:5} {size[0]:4} x {size[1]:4}  {statistics.median(seconds):6.3f} s CPU"
                )
    for name, make in (("builtin 960 x 540", builtin), ("of_picture", lambda: of_picture(picture))):
        began = time.process_time()
        make()
        print(f"{name:32} {time.process_time() - began:6.3f} s CPU")


def sheet() -> Image.Image:
    """A row for each painter, a column for each mood; each picture has another seed, and so another kind."""
    across, down = TILE[0] + GAP, TILE[1] + LABEL
    image = Image.new("RGB", (len(SHOWN) * across, LABEL + len(PAINTERS) * down), (18, 18, 20))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(13)
    for column, (head, mood) in enumerate(SHOWN):
        draw.text((column * across + 4, 2), head, (150, 150, 155), font)
        for row, painter in enumerate(PAINTERS):
            seed = 3 + column + 5 * row
            key = KEYS[(column + 3 * row) % len(KEYS)]
            palette = for_music(key, mood.valence, mood.arousal, seed)
            pixels = paint(painter, mood, palette, seed, (TILE[0] * 2, TILE[1] * 2))
            tile = Image.fromarray(pixels).resize(TILE, Image.Resampling.LANCZOS)
            image.paste(tile, (column * across, LABEL + row * down))
            if column == 0:
                draw.text((4, LABEL + row * down + TILE[1] + 2), painter, (225, 225, 228), font)
    return image


if __name__ == "__main__":
    main()
