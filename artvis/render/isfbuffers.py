"""The buffers of a scene's passes; those that persist keep what they hold when the size of the screen changes.

It knows no shader; which pass draws when is the scene's business.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import moderngl

from artvis.render.targets import Size, Target
from artvis.scene.isf.document import ScenePass
from artvis.scene.isf.sizes import fitted, size_of


@dataclass(slots=True)
class _Buffer:
    front: Target
    back: Target | None
    """Of one that is read while it is drawn: the two change places with each drawing."""

    def release(self) -> None:
        self.front.release()
        if self.back is not None:
            self.back.release()


class Buffers:
    def __init__(
        self, ctx: moderngl.Context, passes: Sequence[ScenePass], values: Mapping[str, float]
    ) -> None:
        """`passes`: those that have a target; `values`: the inputs by which their sizes may go."""
        self._ctx = ctx
        self._passes = {each.target: each for each in passes}
        self._values = values
        self._double: set[str] = set()
        self._screen: Size = (0, 0)
        self._made: dict[str, _Buffer] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._passes

    def read_while_drawn(self, name: str) -> None:
        """Give this buffer a second texture; said before any is made."""
        self._double.add(name)

    def floating(self, name: str) -> bool:
        return self._passes[name].floating

    @property
    def persist(self) -> bool:
        return any(each.persistent for each in self._passes.values())

    def fit(self, screen: Size, copy: Callable[[moderngl.Texture, Target], None]) -> None:
        """Make what is needed on a screen of this size; `copy` draws a texture into a target of another size."""
        if screen == self._screen:
            return
        self._screen = screen
        sizes = [size_of(each.width, each.height, screen, self._values) for each in self._passes.values()]
        weights = [self._bytes_a_texel(each) for each in self._passes.values()]
        for each, size in zip(self._passes.values(), fitted(sizes, weights), strict=True):
            old = self._made.get(each.target)
            if old is not None and old.front.fbo.size == size:
                continue
            new = self._made[each.target] = self._make(each, size)
            if old is not None:
                if each.persistent:
                    copy(old.front.texture, new.front)
                old.release()

    def texture(self, name: str) -> moderngl.Texture:
        """What the buffer holds now."""
        return self._made[name].front.texture

    def target(self, name: str) -> moderngl.Framebuffer:
        """Where its next drawing goes; call `drawn` after it."""
        buffer = self._made[name]
        return (buffer.back or buffer.front).fbo

    def drawn(self, name: str) -> None:
        buffer = self._made[name]
        if buffer.back is not None:
            buffer.front, buffer.back = buffer.back, buffer.front

    def release(self) -> None:
        for buffer in self._made.values():
            buffer.release()
        self._made.clear()
        self._screen = (0, 0)

    def _bytes_a_texel(self, each: ScenePass) -> int:
        return (16 if each.floating else 4) * (2 if each.target in self._double else 1)

    def _make(self, each: ScenePass, size: Size) -> _Buffer:
        double = each.target in self._double
        return _Buffer(
            make_target(self._ctx, size, floating=each.floating),
            make_target(self._ctx, size, floating=each.floating) if double else None,
        )


def make_target(ctx: moderngl.Context, size: Size, *, floating: bool) -> Target:
    """An empty target of 8 bits a channel, or of 32-bit floats."""
    if not floating:
        return Target.make(ctx, size)
    texture = ctx.texture(size, 4, dtype="f4")
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    fbo = ctx.framebuffer(color_attachments=[texture])
    fbo.clear()
    return Target(texture, fbo)
