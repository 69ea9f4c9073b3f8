"""One program of a scene, compiled, with the uniforms and samplers that it really has.

It owns no texture and chooses no target.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import moderngl

from artvis.errors import SceneError
from artvis.render.programs import Mesh
from artvis.render.targets import Size
from artvis.scene.isf.document import SceneInput
from artvis.scene.isf.driving import Drive, driven, resting
from artvis.scene.isf.faults import compile_error
from artvis.scene.isf.finishing import PREFIX
from artvis.scene.isf.shaders import Step
from artvis.scene.isf.words import declared
from artvis.scene.uniforms import Uniforms

WHOLE = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Source:
    """A texture as a pass reads it."""

    texture: moderngl.Texture
    rect: tuple[float, float, float, float]
    """Left, lower edge, width and height of what is read, in shares of the texture; a picture that is stored upper
    row first has a negative height."""
    size: Size
    """What IMG_SIZE says."""


@dataclass(slots=True)
class Sampler:
    """One image that the program samples, or asks the size of."""

    name: str
    source: str
    unit: int
    size: moderngl.Uniform | None
    rect: moderngl.Uniform | None
    _seen: tuple[object, ...] = ()

    def bind(self, texture: moderngl.Texture, rect: tuple[float, float, float, float], size: Size) -> None:
        if self.unit >= 0:
            texture.use(self.unit)
        if (rect, size) != self._seen:
            self._seen = (rect, size)
            if self.size is not None:
                self.size.value = size
            if self.rect is not None:
                self.rect.value = rect


@dataclass(slots=True)
class _Moved:
    member: moderngl.Uniform
    drive: Drive
    last: object = field(default=None)


class CompiledPass:
    """Raises SceneError where the driver refuses the shaders or has too few texture units for them."""

    def __init__(
        self,
        ctx: moderngl.Context,
        name: str,
        step: Step,
        inputs: Iterable[SceneInput],
        *,
        mesh: Mesh,
        taken: Mapping[str, int],
        bind: Callable[[moderngl.Program], None] | None = None,
    ) -> None:
        """`taken`: texture units that are another's, by the names of the samplers which use them."""
        self.drawn = step.drawn
        try:
            self.program = ctx.program(vertex_shader=step.vertex, fragment_shader=step.fragment)
        except moderngl.Error as error:
            raise compile_error(name, str(error)) from error
        content = [(mesh.buffer, "2f", "place")] if "place" in self.program else []
        self._vertices = ctx.vertex_array(self.program, content)
        self._mesh = mesh
        units = [unit for unit in range(ctx.max_texture_units) if unit not in taken.values()]
        self.samplers = self._find_samplers(name, step, taken, units)
        self._moved = [
            _Moved(member, drive)
            for key, drive in _COMMON.items()
            if (member := self._uniform(key)) is not None
        ]
        for each in inputs:
            self._set_up(each)
        self._size = self._uniform("RENDERSIZE")
        self._step = self._uniform("artvis_step")
        self._frame = self._uniform("FRAMEINDEX")
        self._date = self._uniform("DATE")
        self._sizes: tuple[Size, Size] | None = None
        if bind is not None:
            bind(self.program)

    @property
    def dated(self) -> bool:
        return self._date is not None

    def set_frame(self, uniforms: Uniforms, frame: int, date: tuple[float, ...]) -> None:
        for moved in self._moved:
            value = moved.drive(uniforms)
            if value != moved.last:
                moved.last = moved.member.value = value
        if self._frame is not None:
            self._frame.value = frame
        if self._date is not None:
            self._date.value = date

    def draw(self, fbo: moderngl.Framebuffer, size: Size, *, like: Size) -> None:
        """Into the lower left `size` of a target, in the belief that it has the size `like`."""
        if (size, like) != self._sizes:
            self._sizes = (size, like)
            if self._size is not None:
                self._size.value = like
            if self._step is not None:
                self._step.value = like[0] / size[0], like[1] / size[1]
        fbo.viewport = (0, 0, *size)
        fbo.use()
        first, count = self._mesh.part(size)
        self._vertices.render(moderngl.TRIANGLE_STRIP, count, first=first)

    def release(self) -> None:
        self._vertices.release()
        self.program.release()

    def _find_samplers(
        self, name: str, step: Step, taken: Mapping[str, int], units: list[int]
    ) -> list[Sampler]:
        for sampler, its_unit in taken.items():
            member = self._uniform(PREFIX + sampler) or self._uniform(sampler)
            if member is not None:
                member.value = its_unit
        free = iter(units)
        samplers = []
        for image, source in step.sources.items():
            sampled = self._uniform(declared(image))
            size, rect = (self._uniform(f"artvis_{what}_{image}") for what in ("size", "rect"))
            if sampled is None and size is None:
                continue
            unit = next(free, None) if sampled is not None else -1
            if unit is None:
                raise SceneError(f"{name}.fs", 0, f"it reads more than {len(units)} images in one pass")
            if sampled is not None:
                sampled.value = unit
            samplers.append(Sampler(image, source, unit, size, rect))
        return samplers

    def _uniform(self, name: str) -> moderngl.Uniform | None:
        """None where the program has no such uniform, or the driver has left it out as unused."""
        member = self.program.get(name, None)
        return member if isinstance(member, moderngl.Uniform) else None

    def _set_up(self, entry: SceneInput) -> None:
        member = self._uniform(declared(entry.name))
        if member is None or entry.kind in ("image", "audio", "audioFFT"):
            return
        drive = driven(entry)
        if drive is not None:
            self._moved.append(_Moved(member, drive))
            return
        value = resting(entry)
        if entry.kind in ("bool", "event", "long"):
            member.value = int(value[0])
        else:
            member.value = value if len(value) > 1 else value[0]


_COMMON: dict[str, Drive] = {"TIME": lambda u: u.scene_s, "TIMEDELTA": lambda u: u.dt_s}
