"""A window in a process of its own, so that a crash of Qt or GL cannot take the tests along.

    python windowrun.py SCENARIO FOLDER

Leaves FOLDER/told.json, and pictures of the real screen beside it. Scenarios count video frames, not seconds.
"""

import sys
from pathlib import Path

import windowscreens
import windowtroubles
import windowuses

if __name__ == "__main__":
    scenario, folder = sys.argv[1:]
    made = next(
        getattr(m, scenario) for m in (windowuses, windowtroubles, windowscreens) if hasattr(m, scenario)
    )
    made(Path(folder)).play()
