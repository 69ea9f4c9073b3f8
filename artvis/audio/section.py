"""Sections heard live: a change of timbre or energy that lasts, and a letter for what came back.

It compares the last seconds with those before and knows no bars; the deep listener's labels take its place.
"""

from typing import Final

import numpy as np

from artvis.audio.beatinput import BANDS
from artvis.audio.spectrum import Spectrum
from artvis.model.music import HOP_S

BLOCK_S: Final = 0.5
NEW_BLOCKS, OLD_BLOCKS = 8, 16
"""The last 4 s against the 8 s before them."""
CHANGE: Final = 0.30
"""Distance between the two means, as a share of their size, from which it is another section."""
SAME: Final = 0.20
"""Distance under which a section is one that was heard before."""
SHORTEST_S: Final = 12.0
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class SectionFinder:
    """Gathers half-second means of the bands and compares what is new with what was."""

    def __init__(self) -> None:
        self._hops_in_block = round(BLOCK_S / HOP_S)
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._sum = np.zeros(BANDS)
        self._hops = 0
        self._blocks: list[Spectrum] = []
        self._known: list[Spectrum] = []
        self._since_s = 0.0
        self._distance = 0.0
        self.label = ""

    def step(self, bands: Spectrum) -> str | None:
        """The label of a section that began 4.5 s ago, when it is noticed. `bands` as in Novelty."""
        self._sum += bands
        self._hops += 1
        self._since_s += HOP_S
        if self._hops < self._hops_in_block:
            return None
        self._blocks = [
            *self._blocks[-(NEW_BLOCKS + OLD_BLOCKS) :],
            (self._sum / self._hops).astype(np.float32),
        ]
        self._sum[:], self._hops = 0.0, 0
        if self.label == "" and len(self._blocks) >= NEW_BLOCKS:
            return self._begin(np.mean(self._blocks[-NEW_BLOCKS:], axis=0))
        if len(self._blocks) < NEW_BLOCKS + OLD_BLOCKS or self._since_s < SHORTEST_S:
            return None
        new = np.mean(self._blocks[-NEW_BLOCKS:], axis=0)
        old = np.mean(self._blocks[-NEW_BLOCKS - OLD_BLOCKS : -NEW_BLOCKS], axis=0)
        before, self._distance = self._distance, _distance(new, old)
        if before <= CHANGE or self._distance > before:
            return None
        return self._begin(np.mean(self._blocks[-NEW_BLOCKS - 1 : -1], axis=0))  # the last was the farthest

    def _begin(self, timbre: Spectrum) -> str:
        self._since_s = self._distance = 0.0
        distances = [_distance(timbre, known) for known in self._known]
        if distances and min(distances) < SAME:
            nearest = int(np.argmin(distances))
            self._known[nearest] = (self._known[nearest] + timbre) * np.float32(0.5)
        else:
            nearest = len(self._known) % len(LETTERS)
            self._known = [*self._known[: len(LETTERS) - 1], timbre]
        self.label = LETTERS[nearest]
        return self.label


def _distance(one: Spectrum, other: Spectrum) -> float:
    size = float(np.linalg.norm(one) + np.linalg.norm(other)) / 2 + 1e-6
    return float(np.linalg.norm(one - other)) / size
