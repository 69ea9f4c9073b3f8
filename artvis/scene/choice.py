"""One of many by how wild the music is: spread over all that fit, and never the same twice in a row.

It does not say when to choose (`casting`). Chance is a hash of the seed: the same questions get the same answers.
"""

from collections.abc import Sequence
from zlib import crc32

from artvis.scene.isf.document import StagedScene

AS_GOOD = 0.05
"""What lies so much further from the level than the nearest fits as well."""
FAR = 0.08
"""What was chosen ahead is chosen anew when the music has gone so much further from it than from another."""


class Choice:
    """Remembers what was taken when; names count, not keys, so a changed file is no other scene."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._taken: dict[str, int] = {}
        self._count = 0
        self._last = self._ahead = ""

    def ahead(self, pool: Sequence[StagedScene], level: float) -> StagedScene | None:
        """What comes next; it stays until it is taken, has gone from `pool` or does not suit `level` any more."""
        others = self._others(pool)
        if not others:
            return None
        settled = next((each for each in others if each.name == self._ahead), None)
        if settled is None or misfit(settled, level) > FAR + min(misfit(each, level) for each in others):
            settled = self.pick(pool, level)
            self._ahead = settled.name if settled is not None else ""
        return settled

    def pick(self, pool: Sequence[StagedScene], level: float) -> StagedScene | None:
        """What is best now, from the half of all that fit which was on longest ago or never."""
        others = self._others(pool)
        if not others:
            return None
        nearest = min(misfit(each, level) for each in others)
        fit = [each for each in others if misfit(each, level) <= nearest + AS_GOOD]
        fit.sort(key=lambda each: (self._taken.get(each.name, 0), each.name))
        return min(fit[: (len(fit) + 1) // 2], key=lambda each: self._lot(each.name))

    def take(self, name: str) -> None:
        """It is on now."""
        self._count += 1
        self._taken[name] = self._count
        self._last, self._ahead = name, ""

    def _others(self, pool: Sequence[StagedScene]) -> Sequence[StagedScene]:
        return [each for each in pool if each.name != self._last] or pool

    def _lot(self, name: str) -> int:
        return crc32(f"{self._seed} {self._count} {name}".encode())


def misfit(scene: StagedScene, level: float) -> float:
    """How far `level` lies outside of what the scene is for; 0 inside."""
    low, high = scene.document.casting.energy
    return max(0.0, low - level, level - high)
