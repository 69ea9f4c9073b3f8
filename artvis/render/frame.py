"""The uniform block of one video frame, packed from the scene's uniforms; the twin of resources/shaders/frame.glsl.

It calls no OpenGL.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from artvis.render.targets import Size
from artvis.scene.kenburns import View, crop
from artvis.scene.uniforms import Uniforms

FRAME_FLOATS = 4 * (5 + 6)
Rect = tuple[float, float, float, float]
"""Where a screen lies in a texture: the texture's place of the screen's lower left corner, and the way to the opposite
one. A negative height is a texture whose upper row comes first."""
WHOLE: Rect = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Shown:
    """What must be known of an artwork's textures to frame it."""

    size: Size
    """Texels of the largest level."""
    aspect: float
    """Width / height of the picture that it holds, which may have been stretched into it."""
    luma: float = 0.5
    """Mean of the picture, 0..1."""


def pack(uniforms: Uniforms, *, luma: float, shown: Rect, size: Size, bars: float) -> npt.NDArray[np.float32]:
    """Shape (FRAME_FLOATS,), float32, std140.

    `luma` is the mean of what is shown, `shown` where it lies in its texture, `size` the target's in pixels, `bars`
    how much of the spectrum is to be seen, 0..1.
    """
    out = np.zeros((FRAME_FLOATS // 4, 4), np.float32)
    out[0] = uniforms.phases
    out[1] = uniforms.bass, uniforms.mid, uniforms.treble, uniforms.energy
    out[2] = uniforms.presence, uniforms.beat_pulse, 1.0 - uniforms.blackout, bars
    out[3] = size[0], size[1], size[0] / size[1], glow_strength(uniforms, luma)
    out[4] = shown
    out[5:11, :3] = uniforms.palette
    return out.ravel()


def glow_strength(uniforms: Uniforms, luma: float) -> float:
    """Bass and beat drive it, less on light pictures: no beat may lift their relative luminance by 0.08 or more."""
    driven = 0.3 * uniforms.bass * uniforms.energy + 0.12 * uniforms.beat_pulse
    return 0.18 + driven * max(0.2, 0.9 - luma * 1.2)


def picture_rect(view: View, *, picture_aspect: float, screen_aspect: float) -> Rect:
    """Where the screen lies in a picture whose upper row comes first."""
    seen = crop(view, picture_aspect=picture_aspect, screen_aspect=screen_aspect)
    return seen.left, seen.top + seen.height, seen.width, -seen.height


def widened(rect: Rect, share: float) -> Rect:
    """The same view with `share` of itself more on every side."""
    x, y, width, height = rect
    return x - share * width, y - share * height, width * (1 + 2 * share), height * (1 + 2 * share)


def narrowed(share: float) -> Rect:
    """Where the screen lies in a texture that shows `share` more of it on every side."""
    whole = 1 + 2 * share
    return share / whole, share / whole, 1 / whole, 1 / whole
