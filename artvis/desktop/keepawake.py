"""Whether the machine should stay awake; pure, on times that are handed in.

It asks nobody (`session`).
"""

import math
from typing import Final

QUIET_S: Final = 60.0
"""A pause between two songs lets nobody's screen go dark."""


class KeepAwake:
    """Yes while the window is seen and music plays, or has played within the last minute."""

    def __init__(self) -> None:
        self._played_s = -math.inf

    def step(self, now_s: float, *, seen: bool, plays: bool) -> bool:
        """How it is at `now_s`."""
        if plays:
            self._played_s = now_s
        return seen and now_s - self._played_s < QUIET_S
