"""Draws one video frame of the stage into any target: artwork, transition, scene, glow, spectrum; under a flash guard.

It owns no window, no clock and no decision; equal sequences of uniforms give equal frames.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import moderngl

from artvis.errors import SceneError
from artvis.model.artwork import Pixels
from artvis.model.music import SPECTRUM_BARS
from artvis.paths import resource
from artvis.render.frame import FRAME_FLOATS, pack
from artvis.render.framing import Framing
from artvis.render.glow import PROGRAMS as GLOW_PROGRAMS
from artvis.render.glow import Glow
from artvis.render.guarding import Draw, Guard
from artvis.render.headless import check_version
from artvis.render.isfscene import Finish, IsfScene
from artvis.render.programs import FRAME_BINDING, SOURCE_UNIT, Mesh, Programs, bind_frame, shader
from artvis.render.targets import Size, Target, Targets, scaled
from artvis.render.textures import ArtTexture, ArtTextures, built_in_texture
from artvis.render.troupe import Troupe
from artvis.scene.flashguard import FlashRecord
from artvis.scene.isf.document import StagedScene
from artvis.scene.isf.header import read_scene
from artvis.scene.uniforms import Uniforms

UPLOAD_BUDGET_S = 0.003
REHEARSALS = ("bars", *GLOW_PROGRAMS, "copy")
"""In the order in which a show needs them."""
GLOW_UNIT, PICTURE_UNIT = 14, 15
FULL_EFFECTS = 1.0


@dataclass(frozen=True, slots=True)
class _Cast:
    """What is played in this frame."""

    scene: IsfScene
    bars: float
    """How much of the spectrum stands in front of it, 0..1."""
    glows: bool
    trusted: bool
    """The guard may judge it by a smaller drawing; a scene that is not ours might look another way then."""


class Engine:
    """All calls come from the thread in which the context is current.

    The host calls once a frame: `warm_up_step()` until it says True, `upload()`, `draw(...)`.
    """

    def __init__(
        self,
        ctx: moderngl.Context,
        *,
        built_in: Pixels | None = None,
        flashes: FlashRecord | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`built_in`: what is shown before any artwork; None lets the painters make it.

        `flashes` says whether the flash guard is on, and keeps what it does; None: it is on. `clock`: seconds since
        1970, for scenes that show the time.
        """
        check_version(ctx)
        self._ctx = ctx
        self._frame = ctx.buffer(reserve=FRAME_FLOATS * 4, dynamic=True)
        self._levels = ctx.buffer(reserve=SPECTRUM_BARS * 4, dynamic=True)
        self._mesh = Mesh.make(ctx)
        self._programs = Programs(ctx, self._levels)
        self._targets = Targets(ctx)
        self._glow = Glow(self._programs, self._targets)
        self.guard = Guard(ctx, flashes)
        self._framing = Framing(self._targets)
        self._built_in = built_in_texture(ctx, _painted() if built_in is None else built_in)
        self._art = ArtTextures(ctx)
        # Of the same kind as the targets that it stands in for, and of no power of two: a software driver compiles
        # a shader anew for another kind of texture.
        self._black = Target.make(ctx, (3, 5))
        own = _finish("finish", {"finish_glow": GLOW_UNIT})
        self._troupe = Troupe(
            ctx, self._mesh, own=own, guest=_finish("guest", {"shown_picture": PICTURE_UNIT}), clock=clock
        )
        self._plain = IsfScene(ctx, _stock("plain"), mesh=self._mesh, finish=own)
        self._crossfade = IsfScene(ctx, _stock("crossfade"), mesh=self._mesh, finish=None)
        self._last_glow: moderngl.Texture | None = None
        """Of the frame before: a software driver works corners out at once, and would wait for one just drawn."""
        self._rehearsals = list(REHEARSALS)
        self._stock_ready = {self._plain: False, self._crossfade: False}
        self._judged: Uniforms | None = None
        self._window: moderngl.Framebuffer | None = None
        """Where the last frame went; the host's framebuffer, or that of a film."""

    @property
    def held(self) -> frozenset[str]:
        """Ids of the artworks that can be drawn now."""
        return self._art.held

    @property
    def playable(self) -> frozenset[str]:
        """Keys of the scenes and transitions that can be drawn now."""
        return self._troupe.playable

    @property
    def refused(self) -> Mapping[str, SceneError]:
        """What was offered and cannot be compiled here, by key."""
        return self._troupe.refused

    def offer(self, art_id: str, pixels: Pixels) -> None:
        """Begin to bring a picture in; it is in `held` some frames later. A known id only counts as used."""
        self._art.offer(art_id, pixels)

    def offer_scene(self, staged: StagedScene) -> None:
        """Begin to compile a scene; it is in `playable` some frames later, or never if this driver cannot have it."""
        self._troupe.offer(staged)

    def upload(self, budget_s: float = UPLOAD_BUDGET_S) -> None:
        """Bring in what was offered, slice by slice, for about `budget_s`; never waits."""
        self._art.upload(budget_s)
        self._black.texture.use(0)

    def upload_all(self) -> None:
        """Bring in all pictures that were offered, and wait for them: for films."""
        self._art.upload_all()
        self._black.texture.use(0)

    def warm_up_step(self) -> bool:
        """Compile the next program, or make room for the next picture; True when nothing is left to prepare.

        Until then glow and spectrum are missing from the picture, or a scene from those to choose from. A step costs
        a few milliseconds where the driver has seen the shader before, up to 200 with a software driver where it has
        not. It leaves no mark on any target.
        """
        ready = self._prepare_next()
        self._black.texture.use(0)
        return ready

    def prepare_all(self) -> None:
        """Compile all that was offered, and wait for it: for films."""
        while not self.warm_up_step():
            pass

    def draw(
        self,
        uniforms: Uniforms,
        target: moderngl.Framebuffer | int,
        size: Size,
        *,
        scale: float = 1.0,
        effects: float = FULL_EFFECTS,
    ) -> None:
        """One video frame into `target`, a framebuffer or the id of one; `size` is its size in pixels.

        `scale` below 1 draws all but the spectrum smaller and enlarges it; `effects` below 1 leaves out the glow and
        draws the buffers of a scene smaller. The state of OpenGL is left as a host expects it: the target bound, no
        blending, no scissor, texture unit 0.
        """
        fbo = self._ctx.detect_framebuffer(target) if isinstance(target, int) else target
        fbo.use()  # what is bound when a target is made is bound again after it: never one just released
        self._window = fbo
        self._ctx.enable_only(moderngl.NOTHING)
        inner = scaled(size, scale)
        luma, cast = self._compose(uniforms, inner), self._cast(uniforms)
        scene, bars = cast.scene, cast.bars
        self._write_frame(uniforms, luma=luma, size=size, bars=bars)
        images = self._framing.images
        scene.draw_buffers(uniforms, images, scaled(inner, effects))

        def picture(to: moderngl.Framebuffer, to_size: Size) -> None:
            scene.draw_last(uniforms, images, to, to_size, like=inner)

        glows = effects >= FULL_EFFECTS and cast.glows and self._glow.is_ready
        self._light_up(glows=glows)

        def frame(to: moderngl.Framebuffer, to_size: Size) -> None:
            picture(to, to_size)
            self._draw_bars(uniforms, bars)

        def whole_frame(to: moderngl.Framebuffer) -> None:
            self._draw_scaled(to, size, inner, picture)
            self._draw_bars(uniforms, bars)

        self._show(fbo, size, frame, whole_frame, uniforms=uniforms, trusted=cast.trusted)
        self._light_up(glows=False)
        self._last_glow = self._glow.draw(inner, picture) if glows else None
        fbo.viewport = (0, 0, *size)
        fbo.use()
        self._black.texture.use(0)

    def release(self) -> None:
        drawing = self._art, self._troupe, self._plain, self._crossfade, self._targets, self._programs
        for thing in (
            *drawing,
            self.guard,
            self._built_in,
            self._black,
            self._frame,
            self._levels,
            self._mesh.buffer,
        ):
            thing.release()

    def _light_up(self, *, glows: bool) -> None:
        (self._last_glow if glows and self._last_glow else self._black.texture).use(GLOW_UNIT)

    def _compose(self, uniforms: Uniforms, inner: Size) -> float:
        """Bring the pictures together; how light they are, 0..1."""
        art_a, art_b = self._pictures(uniforms)
        found = self._troupe.find(uniforms.transition)
        transition = found[0] if found is not None else self._crossfade
        if found is None and art_b is not None:
            self._need(self._crossfade)
        self._framing.compose(uniforms, art_a, art_b, size=inner, transition=transition)
        self._framing.shown(inner).texture.use(PICTURE_UNIT)
        luma = art_a.shown.luma
        if art_b is not None:
            luma += min(uniforms.fade, 1.0) * (art_b.shown.luma - luma)
        return luma

    def _cast(self, uniforms: Uniforms) -> "_Cast":
        self._troupe.rest(uniforms.scene, uniforms.transition)
        found = self._troupe.find(uniforms.scene)
        if found is None:
            self._need(self._plain)
            return _Cast(self._plain, bars=1.0, glows=True, trusted=True)
        scene, staged = found
        casting = staged.document.casting
        bars = 1.0 if casting.finish and casting.bars else 1.0 - uniforms.presence
        return _Cast(scene, bars=bars, glows=casting.finish, trusted=staged.built_in)

    def _need(self, scene: IsfScene) -> None:
        """One of the two that every show can fall back on, compiled at once if it is not yet."""
        while not self._stock_ready[scene]:
            self._stock_ready[scene] = scene.prepare_step(self._window or self._black.fbo)

    def _write_frame(self, uniforms: Uniforms, *, luma: float, size: Size, bars: float) -> None:
        shown = self._framing.shown(size).rect
        self._frame.write(pack(uniforms, luma=luma, shown=shown, size=size, bars=bars))
        self._frame.bind_to_uniform_block(FRAME_BINDING)

    def _pictures(self, uniforms: Uniforms) -> tuple[ArtTexture, ArtTexture | None]:
        """What is drawn; a picture that is not there (yet) is left out, and never makes the frame black."""
        self._art.show(uniforms.art_a, uniforms.art_b)
        art_a = self._art.find(uniforms.art_a)
        art_b = self._art.find(uniforms.art_b) if uniforms.fade > 0.0 else None
        if art_a is None and uniforms.art_a != "":
            return art_b or self._built_in, None
        return art_a or self._built_in, art_b

    def _show(
        self,
        fbo: moderngl.Framebuffer,
        size: Size,
        frame: Draw,
        whole_frame: Callable[[moderngl.Framebuffer], None],
        *,
        uniforms: Uniforms,
        trusted: bool,
    ) -> None:
        """The frame, as much of it as the flash guard lets pass; a scene that is not ours is judged by its pixels."""
        again = uniforms is self._judged  # for an expose or a screenshot: no time has passed since
        dt_s, calm = 0.0 if again else uniforms.dt_s, uniforms.calm > 0.5
        self._judged = uniforms
        if not self.guard.on or (trusted and not self.guard.look(frame, dt_s=dt_s, calm=calm)):
            whole_frame(fbo)
            return
        whole_frame(self.guard.frame(size))
        if not trusted:
            self.guard.look_back(dt_s=dt_s, calm=calm)
        self.guard.correct(fbo, size)

    def _draw_scaled(self, fbo: moderngl.Framebuffer, size: Size, inner: Size, picture: Draw) -> None:
        if inner == size:
            self._targets.drop("small")
            picture(fbo, size)
            return
        small = self._targets.get("small", inner)
        picture(small.fbo, inner)
        self._copy(small.texture, fbo, size)

    def _copy(self, source: moderngl.Texture, fbo: moderngl.Framebuffer, size: Size) -> None:
        fbo.viewport = (0, 0, *size)
        fbo.use()
        source.use(SOURCE_UNIT)
        self._programs.vertices("copy").render(moderngl.TRIANGLES, 3)

    def _draw_bars(self, uniforms: Uniforms, bars: float) -> None:
        if "bars" not in self._programs.ready or uniforms.blackout >= 1.0 or bars <= 0.0:
            return
        self._levels.write(uniforms.spectrum)
        self._render_bars()

    def _render_bars(self) -> None:
        self._ctx.enable(moderngl.BLEND)
        self._ctx.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        self._programs.vertices("bars").render(moderngl.TRIANGLE_STRIP, 4, instances=SPECTRUM_BARS)
        self._ctx.disable(moderngl.BLEND)
        self._ctx.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA

    def _prepare_next(self) -> bool:
        if self._window is None:  # before the first frame, as for a film: any target of the usual kind
            self._window = self._targets.get("rehearsal", (64, 36)).fbo
        small = self._targets.get("rehearsal", (64, 36)).fbo
        if self._rehearsals:
            self._rehearse(self._rehearsals.pop(0), small)
            return False
        if not self._stock_ready[self._crossfade]:
            self._stock_ready[self._crossfade] = self._crossfade.prepare_step(small)
            return False
        if self._art.preallocate() or not self.guard.prepare(self._window):
            return False
        return self._troupe.prepare_step(self._window)

    def _rehearse(self, name: str, small: moderngl.Framebuffer) -> None:
        """Draw a program where nothing can be seen, so that the driver compiles it for its real target now."""
        fbo = small if name in GLOW_PROGRAMS or self._window is None else self._window
        self._black.texture.use(SOURCE_UNIT)
        fbo.scissor = (0, 0, 1, 1)
        fbo.use()
        if name == "bars":
            self._frame.bind_to_uniform_block(FRAME_BINDING)
            self._render_bars()
        else:
            self._programs.vertices(name).render(moderngl.TRIANGLES, 3)
        fbo.scissor = None  # type: ignore[assignment] # None turns the test off


def _finish(name: str, units: dict[str, int]) -> Finish:
    return Finish(
        vertex=shader("frame") + shader(f"{name}.vert"),
        fragment=shader("frame") + shader(f"{name}.frag"),
        units=units,
        bind=bind_frame,
    )


def _stock(name: str) -> StagedScene:
    """One of the two that need no choosing: the plain picture, the plain transition."""
    text = resource("shaders", f"{name}.fs").read_text(encoding="utf-8")
    return StagedScene(key=name, document=read_scene(text, name=name), built_in=True)


def _painted() -> Pixels:
    from artvis.painters.builtin import builtin  # 30 ms, which a host can spend on another thread

    return builtin().pixels
