"""OpenGL without a window, by EGL, and reading a drawn frame back.

It looks for no display: a machine without one is what it is for.
"""

from typing import Any

import moderngl
import numpy as np

from artvis.errors import GraphicsUnavailable
from artvis.model.artwork import Pixels

MINIMUM_VERSION = 330
EGL: dict[str, Any] = {"backend": "egl"}  # keyword that its stubs do not know


def open_headless() -> moderngl.Context:
    """A context of its own, OpenGL 3.3 core or better; GraphicsUnavailable with a sentence where there is none."""
    try:
        ctx = moderngl.create_context(standalone=True, require=MINIMUM_VERSION, **EGL)
    except Exception as error:  # moderngl has no class of its own for a missing libEGL or an old version
        raise GraphicsUnavailable(
            f"OpenGL 3.3 cannot be used without a window ({error}); on Debian, install libegl1 and libgl1-mesa-dri."
        ) from error
    check_version(ctx)
    return ctx


def check_version(ctx: moderngl.Context) -> None:
    if ctx.version_code < MINIMUM_VERSION:
        major, minor = divmod(ctx.version_code // 10, 10)
        raise GraphicsUnavailable(
            f"artvis needs OpenGL 3.3, and this machine offers {major}.{minor}: a newer graphics driver may help."
        )


def read_pixels(fbo: moderngl.Framebuffer) -> Pixels:
    """What was drawn, upper left pixel first, shape (height, width, 3), uint8; waits until it is drawn."""
    width, height = fbo.size
    raw = np.frombuffer(fbo.read(components=3, alignment=1), np.uint8).reshape(height, width, 3)
    return np.ascontiguousarray(raw[::-1])
