"""The six colours of a finished picture, by k-means in OKLab.

It does not name or mend them: what is in the picture is what comes out, dark to light.
"""

import numpy as np

from artvis.model.artwork import Pixels
from artvis.palette.colour import Colours, hex_of_lab, lab_of_srgb

_COUNT = 6
_SIDE = 72
"""A grid of at most 72 x 72 samples: enough for colours, and done in milliseconds."""
_ROUNDS = 12


def of_picture(pixels: Pixels) -> tuple[str, ...]:
    """Six colours '#rrggbb' of an RGB picture, dark to light; the same for the same pixels."""
    height, width = pixels.shape[:2]
    rows = np.linspace(0, height - 1, min(height, _SIDE)).astype(np.intp)
    columns = np.linspace(0, width - 1, min(width, _SIDE)).astype(np.intp)
    samples = lab_of_srgb(pixels[np.ix_(rows, columns)].reshape(-1, 3).astype(np.float32) / 255)
    centres = _k_means(samples)
    return tuple(hex_of_lab(centre) for centre in centres[np.argsort(centres[:, 0], kind="stable")])


def _k_means(samples: Colours) -> Colours:
    """Six centres; they start on the quantiles of lightness, so no chance is in it."""
    order = np.argsort(samples[:, 0], kind="stable")
    starts = ((np.arange(_COUNT) + 0.5) / _COUNT * len(samples)).astype(np.intp)
    centres = samples[order[starts]].copy()
    for _ in range(_ROUNDS):
        distance = ((samples[:, None, :] - centres[None]) ** 2).sum(-1)
        nearest = distance.argmin(1)
        counts = np.bincount(nearest, minlength=_COUNT)
        sums = np.stack([np.bincount(nearest, samples[:, axis], _COUNT) for axis in range(3)], -1)
        full = counts > 0
        centres[full] = (sums[full] / counts[full, None]).astype(np.float32)
    return centres
