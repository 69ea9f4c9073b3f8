"""The halves of a picture, made for upload on any thread.

It knows no OpenGL.
"""

from dataclasses import dataclass
from math import floor, log, log2

import numpy as np
import numpy.typing as npt

from artvis.model.artwork import Pixels
from artvis.render.targets import Size
from artvis.scene.kenburns import CLOSE_ZOOM, WIDE_ZOOM, View, crop

Rgba = npt.NDArray[np.uint8]
USUAL_SIZE: Size = (1536, 864)
SLOT_SIZES: tuple[Size, ...] = ((1024, 1024), USUAL_SIZE, (1792, 1024), (1920, 1088))
SMALL_TEXELS = 512 * 1024
"""A picture with no more keeps its size, as a preview does: it is on screen two frames sooner than one enlarged."""
LEVELS = 5
"""Down to a sixteenth: enough for the trail of a small window."""


@dataclass(frozen=True, slots=True)
class MipChain:
    levels: tuple[Rgba, ...]
    """Each (height, width, 4), uint8, half the size of the one before."""
    aspect: float
    """Width / height of the picture, which may have been stretched."""
    luma: float
    """Its mean, 0..1."""

    @property
    def size(self) -> Size:
        height, width = self.levels[0].shape[:2]
        return width, height


def mip_chain(pixels: Pixels, *, size: Size | None = None) -> MipChain:
    """Any picture, stretched to `size` (None: that of the slot which fits best), and its box-filtered halves."""
    height, width = pixels.shape[:2]
    wanted = size or slot_size(width, height)
    if (width, height) != wanted:
        from PIL import Image  # 20 ms: never before the first frame

        image = Image.fromarray(pixels).resize(wanted, Image.Resampling.BICUBIC, reducing_gap=2.0)
        pixels = np.asarray(image)
    whole = np.full((*pixels.shape[:2], 4), 255, np.uint8)
    whole[..., :3] = pixels
    levels = [whole]
    while len(levels) < LEVELS:
        levels.append(_half(levels[-1]))
    mean = levels[-1][..., :3].reshape(-1, 3).mean(axis=0) / 255.0
    return MipChain(tuple(levels), aspect=width / height, luma=float(mean @ (0.299, 0.587, 0.114)))


def slot_size(width: int, height: int) -> Size:
    """The slot whose shape is nearest; of like shapes the smallest that loses no detail, else the largest.

    Small pictures get a slot of their own size.
    """
    if (width, height) in SLOT_SIZES or width * height <= SMALL_TEXELS:
        return width, height

    def unfit(size: Size) -> tuple[float, bool, int]:
        texels, wanted = size[0] * size[1], width * height
        stretch = round(abs(log(size[0] / size[1] * height / width)), 1)
        return stretch, texels < wanted, texels if texels >= wanted else -texels

    return min(SLOT_SIZES, key=unfit)


def level_for(picture: Size, aspect: float, screen: Size) -> int:
    """The level to draw on `screen`, one for the whole of a picture's stay, whatever the camera does.

    Chosen for the middle of its journey: one that followed the zoom would visibly jump from level to level.
    """
    middle = View(zoom=(WIDE_ZOOM + CLOSE_ZOOM) / 2)
    seen = crop(middle, picture_aspect=aspect, screen_aspect=screen[0] / screen[1])
    texels_a_pixel = max(picture[0] * seen.width / screen[0], picture[1] * seen.height / screen[1])
    level = floor(log2(max(texels_a_pixel, 1.0)) + 0.4)  # rather sharp than soft
    return min(level, LEVELS - 1)


def _half(image: Rgba) -> Rgba:
    """The mean of each two by two pixels; an odd last row or column is left out, as OpenGL has it."""
    height, width = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
    upper = image[0:height:2, :width].astype(np.uint16)
    upper += image[1:height:2, :width]
    both = upper[:, 0::2] + upper[:, 1::2]
    both += 2
    both >>= 2
    return both.astype(np.uint8)
