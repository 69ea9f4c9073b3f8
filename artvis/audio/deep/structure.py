"""Sections by self-similarity: where the present one began, and whether it was heard before.

It knows no verse or chorus: letters in the order in which sections are met.
"""

import itertools
from typing import Final

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

BLOCK_S: Final = 1.0
KERNEL_BLOCKS: Final = 8
"""Half the checkerboard: 8 s before against 8 s after. Source: Foote 2000."""
BOUNDARY: Final = 0.18
"""Contrast from which a peak of the novelty is a boundary: the best of 0.06 to 0.3 on music with known sections."""
SHORTEST_BLOCKS: Final = 6
SAME: Final = 0.65
"""Similarity from which a section is one that was heard before."""
MFCC_SCALE: Final = 30.0
"""A usual spread of the first coefficients, so that timbre and chroma weigh alike."""
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class SectionMemory:
    """The sections met so far, each with its mean features."""

    def __init__(self) -> None:
        self._known: list[Matrix] = []

    def section_now(
        self, timbre: Matrix, chroma: Matrix, *, frames_a_second: float, end_s: float
    ) -> tuple[str, float | None]:
        """(label, began): the section at the end of the window; began is None when no boundary was found.

        `timbre` has shape (13, n), `chroma` (12, n).
        """
        blocks = _blocks(timbre, chroma, frames_a_second)
        if len(blocks) < SHORTEST_BLOCKS:
            return "", None
        start = _last_boundary(blocks)
        label = self._name(blocks[start:].mean(axis=0))
        return label, (end_s - (len(blocks) - start) * BLOCK_S if start else None)

    def _name(self, features: Matrix) -> str:
        likeness = [float(np.exp(-np.linalg.norm(features - known))) for known in self._known]
        if likeness and max(likeness) >= SAME:
            nearest = int(np.argmax(likeness))
            self._known[nearest] = 0.7 * self._known[nearest] + 0.3 * features
        elif len(self._known) < len(LETTERS):
            nearest = len(self._known)
            self._known.append(features)
        else:
            nearest = int(np.argmax(likeness))
        return LETTERS[nearest]


def _blocks(timbre: Matrix, chroma: Matrix, frames_a_second: float) -> Matrix:
    """Means of a second each, shape (blocks, 25), in one scale, counted back from the end."""
    count = int(timbre.shape[1] / frames_a_second)
    edges = timbre.shape[1] - np.rint(np.arange(count, -1, -1) * frames_a_second * BLOCK_S).astype(int)
    features = np.concatenate([timbre / MFCC_SCALE, chroma * 1.5])
    return np.array([features[:, a:b].mean(axis=1) for a, b in itertools.pairwise(edges)])


def _last_boundary(blocks: Matrix) -> int:
    """The block with which the present section begins, 0 when there is no boundary."""
    distance = np.linalg.norm(blocks[:, None] - blocks[None], axis=2)
    alike = np.exp(-distance)
    best, best_at = BOUNDARY, 0
    count = len(blocks)
    for at in range(count - SHORTEST_BLOCKS, SHORTEST_BLOCKS - 1, -1):
        reach = min(KERNEL_BLOCKS, at, count - at)
        before, after = slice(at - reach, at), slice(at, at + reach)
        within = (alike[before, before].mean() + alike[after, after].mean()) / 2
        contrast = float(within - alike[before, after].mean())
        if contrast > best:
            best, best_at = contrast, at
        elif best_at and best_at - at >= KERNEL_BLOCKS:
            break
    return best_at
