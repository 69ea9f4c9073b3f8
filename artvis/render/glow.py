"""The glow of a picture: what is light in it, blurred, at a sixteenth of its size.

It does not add it to the picture; the finish of a scene does.
"""

from collections.abc import Callable

import moderngl

from artvis.render.programs import SOURCE_UNIT, Programs
from artvis.render.targets import Size, Targets, scaled

SHARE = 1 / 16
"""So soft that the corners of a mesh of 32 x 18 catch all of it."""
PROGRAMS = ("bright", "blur")


class Glow:
    def __init__(self, programs: Programs, targets: Targets) -> None:
        self._programs = programs
        self._targets = targets

    @property
    def is_ready(self) -> bool:
        return self._programs.ready >= set(PROGRAMS)

    def draw(
        self, size: Size, draw_picture: Callable[[moderngl.Framebuffer, Size], None]
    ) -> moderngl.Texture:
        """The glow of what `draw_picture` draws, at a size that fits a picture of `size`."""
        small = scaled(size, SHARE)
        one, other = self._targets.get("glow", small), self._targets.get("other glow", small)
        draw_picture(one.fbo, small)
        self._pass("bright", one.texture, other.fbo)
        for start, to, way in ((other, one, (1.0, 0.0)), (one, other, (0.0, 1.0))):
            self._programs.program("blur")["way"] = way
            self._pass("blur", start.texture, to.fbo)
        return other.texture

    def _pass(self, name: str, source: moderngl.Texture, fbo: moderngl.Framebuffer) -> None:
        fbo.viewport = (0, 0, *fbo.size)
        fbo.use()
        source.use(SOURCE_UNIT)
        self._programs.vertices(name).render(moderngl.TRIANGLES, 3)
