"""The targets that depend on the size of the window: two trails, two glows, and a small frame for a scale below 1.

They hold nothing that outlives a resize but the trail, which then begins anew.
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
    def __init__(self, ctx: moderngl.Context) -> None:
        self._ctx = ctx
        self._key: tuple[Size, float] = ((0, 0), 0.0)
        self.trails: list[Target] = []
        self.glows: list[Target] = []
        self.small: Target | None = None
        """Where the last pass goes before it is enlarged; None at a scale of 1."""

    def fit(self, size: Size, scale: float) -> None:
        """Make them anew where size or scale have changed; the old ones are released first."""
        if (size, scale) == self._key:
            return
        self.release()
        self._key = (size, scale)
        inner = scaled(size, scale)
        self.trails = [Target.make(self._ctx, scaled(inner, 1 / 2)) for _ in range(2)]
        self.glows = [Target.make(self._ctx, scaled(inner, 1 / 8)) for _ in range(2)]
        self.small = Target.make(self._ctx, inner) if scale < 1 else None

    def next_trail(self) -> tuple[Target, Target]:
        """The trail to draw now, and the one before; they change places at each call."""
        self.trails.reverse()
        return self.trails[0], self.trails[1]

    def release(self) -> None:
        for target in (*self.trails, *self.glows, *([self.small] if self.small else [])):
            target.release()
        self.trails, self.glows, self.small = [], [], None
        self._key = ((0, 0), 0.0)


def scaled(size: Size, scale: float) -> Size:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
