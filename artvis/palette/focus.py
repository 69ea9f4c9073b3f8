"""Where in a picture the eye rests, from its pixels alone; so that a slow zoom knows where to aim.

It knows no faces and no objects: light, colour and contrast against the surroundings, with a leaning to the thirds.
"""

import numpy as np

from artvis.model.artwork import Pixels
from artvis.palette.colour import Colours, lab_of_srgb

_COLUMNS, _ROWS = 64, 36
_SEEN = 0.004
"""A smaller contrast, in OKLab, is no area that stands out."""


def focus_of(pixels: Pixels) -> tuple[float, float]:
    """(x, y) of the most salient area, 0..1 from the upper left corner; kept 0.15 away from every edge."""
    height, width = pixels.shape[:2]
    rows = ((np.arange(_ROWS * 2) + 0.5) * height / (_ROWS * 2)).astype(np.intp)
    columns = ((np.arange(_COLUMNS * 2) + 0.5) * width / (_COLUMNS * 2)).astype(np.intp)
    lab = lab_of_srgb(pixels[np.ix_(rows, columns)].astype(np.float32) / 255)
    small = lab.reshape(_ROWS, 2, _COLUMNS, 2, 3).mean((1, 3))
    contrast = np.sqrt(((_blur(small, 1) - _blur(small, 9)) ** 2).sum(-1))
    if float(contrast.max()) < _SEEN:
        return 0.5, 0.5
    y, x = np.mgrid[0:_ROWS, 0:_COLUMNS]
    x, y = (x + 0.5) / _COLUMNS, (y + 0.5) / _ROWS
    inner = np.exp(-(((x - 0.5) / 0.36) ** 2) - ((y - 0.47) / 0.36) ** 2)
    weight = _blur((contrast * inner)[..., None], 2)[..., 0]
    peak = int(weight.argmax())
    near = np.exp(-(((x - x.flat[peak]) / 0.10) ** 2) - ((y - y.flat[peak]) / 0.16) ** 2)
    weight = weight**2 * near
    weight /= weight.sum() + 1e-12
    centre = (float((x * weight).sum()), float((y * weight).sum()))
    return min(max(centre[0], 0.15), 0.85), min(max(centre[1], 0.15), 0.85)


def _blur(planes: Colours, reach: int) -> Colours:
    """Box blur of (2 reach + 1) cells, edges repeated."""
    for axis in (0, 1):
        pad = [(0, 0)] * planes.ndim
        pad[axis] = (reach + 1, reach)
        total = np.cumsum(np.pad(planes, pad, mode="edge"), axis, dtype=np.float32)
        size = 2 * reach + 1
        ahead = np.take(total, np.arange(size, total.shape[axis]), axis)
        planes = (ahead - np.take(total, np.arange(0, total.shape[axis] - size), axis)) / np.float32(size)
    return np.asarray(planes, np.float32)
