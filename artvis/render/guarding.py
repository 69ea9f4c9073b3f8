"""The flash guard's hands: it looks at a frame before it is shown, and shows only as much of it as may be.

How much that is, `scene.flashguard` decides; what is drawn, the engine.
"""

from collections.abc import Callable

import moderngl
import numpy as np
import numpy.typing as npt

from artvis.render.programs import SOURCE_UNIT, shader
from artvis.render.targets import Size, Target
from artvis.scene.flashguard import FlashGuard, FlashRecord, Verdict
from artvis.scene.swings import Grid

GRID: Size = (64, 36)
"""Cells across and down."""
REHEARSALS = ("reduce", "copy", "expose", "show")
UNUSED: Size = (3, 5)
"""Of no power of two, as the sizes that follow: a software driver compiles a shader anew for another kind."""
BEFORE_UNIT = 2
CODE = np.arange(256) / 255.0
LINEAR = np.where(CODE <= 0.04045, CODE / 12.92, ((CODE + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""sRGB of 8 bits to linear light."""
SQUARED = np.square(CODE).astype(np.float32)
"""What guard_reduce.frag writes, to linear light."""
Draw = Callable[[moderngl.Framebuffer, Size], None]
"""Draws the frame into a target of this size."""


class Guard:
    """One for each engine; what it needs of a video frame, in this order, in the thread of the context.

    Either `look(draw)`, and only where it says so, draw into `frame` and `correct`; or, for a scene that can be drawn
    only once, draw into `frame`, `look_back` and `correct`.
    """

    def __init__(self, ctx: moderngl.Context, record: FlashRecord | None = None) -> None:
        """`record` says whether it is on, and keeps what it does; off, it finds every frame right."""
        self.figures = record or FlashRecord()
        self._judge = FlashGuard()
        self._hands = Guarding(ctx)
        self._verdict = Verdict()

    @property
    def on(self) -> bool:
        return self.figures.guarded

    @property
    def limiting(self) -> bool:
        """Less than the whole of the latest frame is shown."""
        return self._verdict.limited

    def prepare(self, like: moderngl.Framebuffer) -> bool:
        """Compile one more program, to be drawn into targets such as `like`; True when none is left."""
        return not self.on or self._hands.prepare(like)

    def look(self, draw: Draw, *, dt_s: float, calm: bool = False) -> bool:
        """Let `draw` draw the frame small, and judge it. True: it has to be corrected, or one soon may have to.

        `dt_s`: since the frame before. `calm`: half as many flashes are allowed.
        """
        return self.on and self._judged(self._hands.measure(draw), dt_s, calm=calm)

    def look_back(self, *, dt_s: float, calm: bool = False) -> None:
        """Judge what has been drawn into `frame`."""
        if self.on:
            self._judged(self._hands.measure_texture(self._hands.latest), dt_s, calm=calm)

    def frame(self, size: Size) -> moderngl.Framebuffer:
        """Where this frame is to be drawn: another one than the last time, which stays as it is."""
        return self._hands.frame(size)

    def correct(self, fbo: moderngl.Framebuffer, size: Size) -> None:
        """Show as much of the frame as has been found right, in `fbo` of `size`."""
        self._hands.correct(self._verdict.share, fbo, size)

    def release(self) -> None:
        self._hands.release()

    def _judged(self, grid: Grid, dt_s: float, *, calm: bool) -> bool:
        self._verdict = self._judge.step(grid, dt_s=dt_s, calm=calm)
        self.figures.note(self._verdict)
        return self._verdict.limits


class Guarding:
    """Measures frames on a coarse grid, and puts a part of each over what was shown before.

    It leaves other targets and textures bound than it has found.
    """

    def __init__(self, ctx: moderngl.Context) -> None:
        """Compiles nothing; the large targets are made when they are first needed."""
        self._ctx = ctx
        self._small = Target.make(ctx, GRID)
        self._frames = [Target.make(ctx, UNUSED) for _ in range(2)]
        """The latest frame and the one before, as the scene wants them."""
        self._exposures = [_exposure(ctx, UNUSED) for _ in range(2)]
        """What is shown and what was shown before, in linear light, while they are not the frames themselves."""
        self._exposed = False
        self._programs: dict[str, tuple[moderngl.Program, moderngl.VertexArray]] = {}
        self._rehearsals = list(REHEARSALS)

    @property
    def latest(self) -> moderngl.Texture:
        return self._frames[0].texture

    def prepare(self, like: moderngl.Framebuffer) -> bool:
        """Compile the next program and draw it where nobody sees it, so that the first flash costs no hitch."""
        if not self._rehearsals:
            return True
        name = self._rehearsals.pop(0)
        fbo = {"reduce": self._small.fbo, "expose": self._exposures[0].fbo}.get(name, like)
        source = self._exposures[1] if name == "show" else self._frames[0]
        fbo.scissor = (0, 0, 0, 0)
        self._pass(name, fbo, source=source, before=self._exposures[1])
        fbo.scissor = None  # type: ignore[assignment] # None turns the test off
        return not self._rehearsals

    def measure(self, draw: Draw) -> Grid:
        """The linear light of a frame that can be drawn at any size; shape (rows, columns, 3), lowest row first."""
        draw(self._small.fbo, GRID)
        return self._read(LINEAR)

    def measure_texture(self, texture: moderngl.Texture) -> Grid:
        """As `measure`, of a frame that is drawn already: the mean of every pixel of a cell."""
        self._pass("reduce", self._small.fbo, source=texture)
        return self._read(SQUARED)

    def frame(self, size: Size) -> moderngl.Framebuffer:
        self._frames.reverse()
        self._frames[0] = self._fitting(self._frames[0], size, Target.make)
        return self._frames[0].fbo

    def correct(self, share: float, fbo: moderngl.Framebuffer, size: Size) -> None:
        """`share` of the latest frame, the rest as it was shown before, into `fbo`."""
        latest, before = self._frames
        if share >= 1.0:
            if self._exposed:
                self._exposures = [self._fitting(each, UNUSED, _exposure) for each in self._exposures]
                self._exposed = False
            self._pass("copy", fbo, source=latest, size=size)
            return
        if not self._exposed:
            self._expose(before, 1.0)
            self._exposed = True
        self._expose(latest, share)
        self._pass("show", fbo, source=self._exposures[0], size=size)

    def release(self) -> None:
        for target in (self._small, *self._frames, *self._exposures):
            target.release()
        for program, vertices in self._programs.values():
            vertices.release()
            program.release()
        self._programs.clear()

    def _expose(self, frame: Target, share: float) -> None:
        self._exposures.reverse()
        now = self._exposures[0] = self._fitting(self._exposures[0], frame.fbo.size, _exposure)
        self._program("expose")[0]["share"] = share
        self._pass("expose", now.fbo, source=frame, before=self._exposures[1])

    def _fitting(
        self, target: Target, size: Size, make: Callable[[moderngl.Context, Size], Target]
    ) -> Target:
        if target.fbo.size == size:
            return target
        target.release()
        return make(self._ctx, size)

    def _read(self, linear: npt.NDArray[np.float32]) -> Grid:
        raw = np.frombuffer(self._small.fbo.read(components=3, alignment=1), np.uint8)
        return linear[raw].reshape(GRID[1], GRID[0], 3)

    def _pass(
        self,
        name: str,
        fbo: moderngl.Framebuffer,
        *,
        source: Target | moderngl.Texture,
        before: Target | None = None,
        size: Size | None = None,
    ) -> None:
        _, vertices = self._program(name)
        (source.texture if isinstance(source, Target) else source).use(SOURCE_UNIT)
        if before is not None:
            before.texture.use(BEFORE_UNIT)
        fbo.viewport = (0, 0, *(size or fbo.size))
        fbo.use()
        vertices.render(moderngl.TRIANGLES, 3)

    def _program(self, name: str) -> tuple[moderngl.Program, moderngl.VertexArray]:
        if name not in self._programs:
            head = f"#version 330 core\n#define GRID ivec2({GRID[0]}, {GRID[1]})\n"
            fragment = "copy.frag" if name == "copy" else f"guard_{name}.frag"
            program = self._ctx.program(
                vertex_shader=head + shader("screen.vert"), fragment_shader=head + shader(fragment)
            )
            program["source"] = SOURCE_UNIT
            if name == "expose":
                program["before"] = BEFORE_UNIT
            self._programs[name] = program, self._ctx.vertex_array(program, [])
        return self._programs[name]


def _exposure(ctx: moderngl.Context, size: Size) -> Target:
    """In 32 bits: a small share of a frame would be lost in 16."""
    texture = ctx.texture(size, 4, dtype="f4")
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    fbo = ctx.framebuffer(color_attachments=[texture])
    fbo.clear()
    return Target(texture, fbo)
