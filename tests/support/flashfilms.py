"""The films that the flash guard is tried with, and the counter that knows nothing of it, out of benchmarks/."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from flash_guard import ADVERSARIES, LEGAL, encoded, moments, strobe, tried, unguarded
from flashes import count, frames_of

__all__ = ["ADVERSARIES", "LEGAL", "count", "encoded", "frames_of", "moments", "strobe", "tried", "unguarded"]
