"""A whole show that says with every frame what it draws: `python watchedshow.py FILE SECONDS [raw]`.

FILE gets a JSON object a line; the last one is the report. With `raw` nothing is compensated.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from artvis.app import show
from artvis.app.order import ShowOrder
from artvis.paths import home
from artvis.pipeline.alignment import Alignment
from artvis.pipeline.showing import StageFrame

out: TextIO


class WatchedShow(show.Show):
    """A show as ever, whose frames are noted."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self._frame: StageFrame | None = None
        tick = self.showing.tick

        def watched(now_s: float, dt_s: float, **ready: Any) -> StageFrame:
            self._frame = tick(now_s, dt_s, **ready)
            return self._frame

        self.showing.tick = watched  # type: ignore[method-assign]

    def frame_took(self, seconds: float) -> None:
        super().frame_took(seconds)
        if self._frame is None:
            return
        facts = {
            "swap_s": time.monotonic(),
            "wall_s": time.time(),
            "dt_s": self._frame.uniforms.dt_s,
            "beat_phase": self._frame.uniforms.beat_phase,
            "bar_phase": self._frame.uniforms.bar_phase,
            "silent": self._frame.overlay.silent,
            "bpm": self._frame.overlay.bpm,
            "art": self._frame.uniforms.art_a,
            "made": self.studio.made,
            "impressions": self.library.impressions,
        }
        out.write(json.dumps(facts) + "\n")
        out.flush()

    def alignment(self) -> Alignment:
        return Alignment() if "raw" in sys.argv else super().alignment()


def main() -> None:
    global out
    show.Show = WatchedShow  # type: ignore[misc]
    order = ShowOrder(source="system", size=(640, 360), seconds=float(sys.argv[2]), fps=60)
    with Path(sys.argv[1]).open("w") as out:
        report, _ = show.begin_show(order, home(os.environ), os.environ)
        out.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
