"""Draws a scene file: compiles its passes one by one, keeps its buffers, sets what the music moves.

It opens no file, chooses no scene, and draws nothing over what a pass draws (the engine does).
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import moderngl
import numpy as np

from artvis.render.isfbuffers import Buffers, make_target
from artvis.render.isfpass import WHOLE, CompiledPass, Source
from artvis.render.programs import Mesh
from artvis.render.targets import Size, Target
from artvis.scene.isf.document import SceneDocument, SceneInput, StagedScene
from artvis.scene.isf.driving import resting, sound_image
from artvis.scene.isf.finishing import Finishing
from artvis.scene.isf.shaders import Step, steps
from artvis.scene.uniforms import Uniforms

ImageSource = Source
Images = Callable[[Size], Mapping[str, ImageSource]]
"""Given the size of a pass: the images by their driven names, `art` at least."""


_COPY = steps(
    SceneDocument("copy", "void main() { gl_FragColor = IMG_THIS_PIXEL(old); }", imported={"old": ""})
)[0]


@dataclass(frozen=True, slots=True)
class Finish:
    """What an engine adds to the last pass of a scene."""

    vertex: str
    """GLSL with `void finish_vertex()`."""
    fragment: str
    """GLSL with `vec4 finish(vec4 colour)`."""
    units: Mapping[str, int]
    """Its samplers, and the texture units that the engine binds for them."""
    bind: Callable[[moderngl.Program], None]
    """Called once with the linked program, as for its uniform blocks."""


class IsfScene:
    """All calls come from the thread in which the context is current.

    `prepare_step` until it says True; then, each frame, `draw_buffers` once and `draw_last` at least once.
    """

    def __init__(
        self,
        ctx: moderngl.Context,
        staged: StagedScene,
        *,
        mesh: Mesh,
        finish: Finish | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock`: seconds since 1970, for scenes that show the time."""
        self._ctx = ctx
        self._document = staged.document
        self._pixels = staged.images
        self._mesh = mesh
        self._finish = finish
        self._clock = clock
        self._steps: list[Step] | None = None
        self._passes: list[CompiledPass] = []
        self._buffers = Buffers(ctx, (), {})
        self._copying: CompiledPass | None = None
        self._own: dict[str, moderngl.Texture] = {}
        self._unloaded: list[str] = []
        self._sounds: list[SceneInput] = []
        # Of the usual kind, and of no power of two: a software driver compiles a shader anew for another kind.
        self._blank = make_target(ctx, (3, 5), floating=False)
        self._frame = -1

    def prepare_step(self, like: moderngl.Framebuffer) -> bool:
        """Translate, load a picture, or compile a pass and draw it where nobody sees it; True when all is ready.

        `like`: a target of the kind into which the last pass will go. Raises SceneError.
        """
        if self._steps is None:
            self._begin()
            return False
        if self._unloaded:
            name = self._unloaded.pop()
            self._own[name] = _picture(self._ctx, self._pixels[name])
            return False
        if self._copying is None and self._buffers.persist:
            self._copying = self._compile(_COPY)
            self._rehearse(self._copying, like)
            return False
        if len(self._passes) == len(self._steps):
            return True
        step = self._steps[len(self._passes)]
        made = self._compile(step, finish=self._finish if step is self._steps[-1] else None)
        self._passes.append(made)
        if any(sampler.source == step.drawn.target for sampler in made.samplers):
            self._buffers.read_while_drawn(step.drawn.target)
        self._rehearse(made, like)
        return len(self._passes) == len(self._steps)

    def draw_buffers(self, uniforms: Uniforms, images: Images, size: Size) -> None:
        """All passes but the last, into buffers of this scene; `size` is that of the screen in pixels."""
        self._frame += 1
        self._hear(uniforms)
        self._buffers.fit(size, self._copy)
        for each in self._passes[:-1]:
            fbo = self._buffers.target(each.drawn.target)
            self._draw(each, uniforms, images, fbo, fbo.size, fbo.size)
            self._buffers.drawn(each.drawn.target)

    def draw_last(
        self,
        uniforms: Uniforms,
        images: Images,
        fbo: moderngl.Framebuffer,
        size: Size,
        *,
        like: Size | None = None,
    ) -> None:
        """The last pass, any number of times a frame; `like`: the size that it should believe its target to have."""
        self._draw(self._passes[-1], uniforms, images, fbo, size, like or size)

    def rest(self) -> None:
        """Off the stage: the buffers go, and what was in them; the next `draw_buffers` begins anew."""
        self._buffers.release()
        self._frame = -1

    def release(self) -> None:
        for each in (*self._passes, *([self._copying] if self._copying else [])):
            each.release()
        self._passes.clear()
        self._copying = None
        self._buffers.release()
        for texture in self._own.values():
            texture.release()
        self._own.clear()
        self._blank.release()

    def _begin(self) -> None:
        document = self._document
        finishing = Finishing(self._finish.vertex, self._finish.fragment) if self._finish else None
        self._steps = steps(document, finishing)
        drawn = [each.drawn for each in self._steps if each.drawn.target]
        values = {
            each.name: resting(each)[0] for each in document.inputs if each.kind in ("float", "long", "bool")
        }
        self._buffers = Buffers(self._ctx, drawn, values)
        self._unloaded = [name for name in document.imported if name in self._pixels]
        for name in document.imported.keys() - self._pixels.keys():
            self._own[name] = _usual(self._ctx.texture((3, 5), 4, bytes(60)))
        self._sounds = [each for each in document.inputs if each.kind in ("audio", "audioFFT")]
        for each in self._sounds:
            self._own[each.name] = _sound(self._ctx, sound_image(each, Uniforms()).shape)

    def _compile(self, step: Step, *, finish: Finish | None = None) -> CompiledPass:
        return CompiledPass(
            self._ctx,
            self._document.name,
            step,
            self._document.inputs,
            mesh=self._mesh,
            taken=self._finish.units if self._finish else {},
            bind=finish.bind if finish else None,
        )

    def _rehearse(self, made: CompiledPass, like: moderngl.Framebuffer) -> None:
        """Let the driver compile it for the kinds of target and textures that it will meet."""
        stands_in: list[Target] = []
        for sampler in made.samplers:
            floating = sampler.source in self._buffers and self._buffers.floating(sampler.source)
            if floating:
                stands_in.append(make_target(self._ctx, (3, 5), floating=True))
            texture = (
                stands_in[-1].texture if floating else self._own.get(sampler.source, self._blank.texture)
            )
            sampler.bind(texture, WHOLE, texture.size)
        fbo = like
        if made.drawn.target:
            stands_in.append(
                make_target(self._ctx, (3, 5), floating=self._buffers.floating(made.drawn.target))
            )
            fbo = stands_in[-1].fbo
        fbo.scissor = (0, 0, 1, 1)
        made.set_frame(Uniforms(), 0, self._date())
        made.draw(fbo, fbo.size, like=fbo.size)
        fbo.scissor = None  # type: ignore[assignment] # None turns the test off
        like.use()  # what is bound when the next target is made is bound again after it: never one just released
        for target in stands_in:
            target.release()

    def _draw(
        self,
        each: CompiledPass,
        uniforms: Uniforms,
        images: Images,
        fbo: moderngl.Framebuffer,
        size: Size,
        like: Size,
    ) -> None:
        pictures: Mapping[str, ImageSource] | None = None
        for sampler in each.samplers:
            name = sampler.source
            if name in self._buffers:
                texture = self._buffers.texture(name)
                sampler.bind(texture, WHOLE, texture.size)
            elif name in self._own:
                texture = self._own[name]
                sampler.bind(texture, WHOLE, texture.size)
            else:
                pictures = images(size) if pictures is None else pictures
                picture = pictures.get(name) or pictures["art"]
                sampler.bind(picture.texture, picture.rect, picture.size)
        each.set_frame(uniforms, self._frame, self._date() if each.dated else ())
        each.draw(fbo, size, like=like)

    def _copy(self, texture: moderngl.Texture, target: Target) -> None:
        if self._copying is not None:
            self._copying.samplers[0].bind(texture, WHOLE, texture.size)
            self._copying.draw(target.fbo, target.fbo.size, like=target.fbo.size)

    def _hear(self, uniforms: Uniforms) -> None:
        for each in self._sounds:
            self._own[each.name].write(np.ascontiguousarray(sound_image(each, uniforms), np.float32))

    def _date(self) -> tuple[float, float, float, float]:
        now = time.localtime(self._clock())
        seconds = now.tm_hour * 3600 + now.tm_min * 60 + now.tm_sec
        return float(now.tm_year), float(now.tm_mon), float(now.tm_mday), float(seconds)


def _picture(
    ctx: moderngl.Context, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> moderngl.Texture:
    """An imported image, lowest row first, of the usual kind."""
    height, width = pixels.shape[:2]
    rgba = np.full((height, width, 4), 255, np.uint8)
    rgba[..., :3] = pixels[::-1]
    return _usual(ctx.texture((width, height), 4, rgba))


def _sound(ctx: moderngl.Context, shape: tuple[int, ...]) -> moderngl.Texture:
    """A value in all three colours, as hosts have it; floats, for a wave in steps of 1/255 would be seen."""
    texture = _usual(ctx.texture((shape[1], shape[0]), 1, dtype="f4"))
    texture.swizzle = "RRR1"
    return texture


def _usual(texture: moderngl.Texture) -> moderngl.Texture:
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    return texture
