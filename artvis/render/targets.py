"""Textures that can be drawn into, and those of the stage that depend on the size of the window.

They hold nothing that outlives a resize.
"""

from dataclasses import dataclass

import moderngl

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """A texture that can be drawn into."""

    texture: moderngl.Texture
    fbo: moderngl.Framebuffer

    @classmethod
    def make(cls, ctx: moderngl.Context, size: Size) -> "Target":
        texture = ctx.texture(size, 4)
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        texture.repeat_x = texture.repeat_y = False
        fbo = ctx.framebuffer(color_attachments=[texture])
        fbo.clear()
        return cls(texture, fbo)

    def release(self) -> None:
        self.fbo.release()
        self.texture.release()


class Targets:
    """Each is made when it is first asked for after a change of size."""

    def __init__(self, ctx: moderngl.Context) -> None:
        self._ctx = ctx
        self._made: dict[str, Target] = {}

    def get(self, name: str, size: Size) -> Target:
        """The target of this name; what it showed before is kept as long as its size is."""
        found = self._made.get(name)
        if found is None or found.fbo.size != size:
            if found is not None:
                found.release()
            found = self._made[name] = Target.make(self._ctx, size)
        return found

    def drop(self, name: str) -> None:
        """Give back its memory, if it has any."""
        if name in self._made:
            self._made.pop(name).release()

    def release(self) -> None:
        for target in self._made.values():
            target.release()
        self._made.clear()


def scaled(size: Size, scale: float) -> Size:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
