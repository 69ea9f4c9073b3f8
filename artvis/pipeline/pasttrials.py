"""What built-in scenes cost when they were tried out last, so that the next start need not try them again.

For a week: by then a driver may be another, whose cache of shaders is empty. Scenes of other people are not in it.
"""

import json
import logging
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

BELIEVED_S: Final = 7 * 86_400.0
MOST_BYTES: Final = 100_000


class PastTrials:
    """A small JSON file, key to cost. One that cannot be read is as good as none."""

    def __init__(self, path: Path, *, now_s: float) -> None:
        """`now_s`: seconds since 1970."""
        self._path = path
        self._costs: dict[str, float] = {}
        try:
            found = path.stat()
            if 0 <= now_s - found.st_mtime < BELIEVED_S and found.st_size <= MOST_BYTES:
                read = json.loads(path.read_text(encoding="utf-8"))
                self._costs = {str(key): float(cost) for key, cost in read.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            pass  # none yet, or cut off: all are tried out

    def cost(self, key: str) -> float | None:
        """What a frame of this scene took, as a multiple of the plainest one's; None if that is not known."""
        return self._costs.get(key)

    def keep(self, key: str, cost: float) -> None:
        """In the file at once, whole or not at all."""
        self._costs[key] = cost
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            part.write_text(json.dumps(self._costs), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            log.info("what scenes cost cannot be kept: %s", error)
