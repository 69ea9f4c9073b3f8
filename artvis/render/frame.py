"""The uniform block of one video frame, packed from the scene's uniforms; the twin of resources/shaders/frame.glsl.

It calls no OpenGL.
"""

from dataclasses import dataclass
from math import exp

import numpy as np
import numpy.typing as npt

from artvis.render.targets import Size
from artvis.scene.kenburns import View, crop
from artvis.scene.uniforms import Uniforms

FRAME_FLOATS = 4 * (8 + 6)
TRAIL_S = 0.55
"""After it a trail has a third of its light left."""
WAVE_S = 2.0
"""After it the wave of a beat has left the screen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What must be known of an artwork's textures to frame it."""

    size: Size
    """Texels of the largest level."""
    aspect: float
    """Width / height of the picture that it holds, which may have been stretched into it."""
    luma: float = 0.5
    """Mean of the picture, 0..1."""


def pack(uniforms: Uniforms, a: Shown, b: Shown, size: Size) -> npt.NDArray[np.float32]:
    """Shape (FRAME_FLOATS,), float32, std140. `size` is the target's in pixels."""
    aspect = size[0] / size[1]
    beat, energy = uniforms.beat_pulse, uniforms.energy
    fade = min(max(uniforms.fade, 0.0), 1.0)
    dt_s = min(max(uniforms.dt_s, 0.0), 0.1)
    outward = (0.03 + 0.3 * uniforms.bass * uniforms.motion) * dt_s
    out = np.zeros((FRAME_FLOATS // 4, 4), np.float32)
    out[0] = _crop(uniforms.view_a, a.aspect, aspect)
    out[1] = _crop(uniforms.view_b, b.aspect, aspect)
    out[2] = uniforms.phases
    out[3] = uniforms.bass, uniforms.mid, uniforms.treble, energy
    out[4] = fade, beat, 1.0 - uniforms.blackout, uniforms.motion
    out[5] = exp(-dt_s / TRAIL_S), 0.7 + 0.28 * energy, 1.0 - outward, 0.1 + 0.45 * energy
    out[6] = a.luma, b.luma, min(uniforms.since_beat_s, WAVE_S), uniforms.beat_strength
    out[7] = size[0], size[1], aspect, _bloom(uniforms, fade * b.luma + (1.0 - fade) * a.luma)
    out[8:14, :3] = uniforms.palette
    return out.ravel()


def _bloom(uniforms: Uniforms, luma: float) -> float:
    """Bass and beat drive it, less on light pictures: no beat may lift their relative luminance by 0.08 or more."""
    driven = 0.3 * uniforms.bass * uniforms.energy + 0.12 * uniforms.beat_pulse
    return 0.18 + driven * max(0.2, 0.9 - luma * 1.2)


def _crop(view: View, picture_aspect: float, screen_aspect: float) -> tuple[float, float, float, float]:
    seen = crop(view, picture_aspect=picture_aspect, screen_aspect=screen_aspect)
    return seen.left, seen.top, seen.width, seen.height
