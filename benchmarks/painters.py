"""CPU seconds of each painter, and of the built-in picture: `python benchmarks/painters.py`.

Each figure is the median of five seeds, after one picture to warm up; no file is written.
"""

import statistics
import time

from artvis.painters import PAINTERS, PaintMood, builtin, paint
from artvis.palette import for_music, of_picture

SIZES = ((512, 512), (768, 432), (1024, 1024), (1536, 864), (3840, 2160))
MOODS = {"calm": PaintMood(0.3, 0.1, 65, 1000, 0.5), "wild": PaintMood(0.6, 0.95, 150, 4000, 7)}


def main() -> None:
    for painter in sorted(PAINTERS):
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
                    f"{painter:8} {name:5} {size[0]:4} x {size[1]:4}  {statistics.median(seconds):6.3f} s CPU"
                )
    for name, make in (("builtin 960 x 540", builtin), ("of_picture", lambda: of_picture(picture))):
        began = time.process_time()
        make()
        print(f"{name:31} {time.process_time() - began:6.3f} s CPU")


if __name__ == "__main__":
    main()
