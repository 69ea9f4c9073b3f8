"""Draws one video frame of the stage into any target: artworks, crossfade, trail, bloom, spectrum.

It owns no window, no clock and no decision; equal sequences of uniforms give equal frames.
"""

import moderngl

from artvis.model.artwork import Pixels
from artvis.model.music import SPECTRUM_BARS
from artvis.render.frame import FRAME_FLOATS, pack
from artvis.render.headless import check_version
from artvis.render.programs import FRAME_BINDING, MESH_VERTICES, TEXTURE_UNITS, Programs
from artvis.render.targets import Size, Target, Targets, scaled
from artvis.render.textures import ArtTexture, ArtTextures, built_in_texture
from artvis.scene.uniforms import Uniforms

UPLOAD_BUDGET_S = 0.003
REHEARSALS = ("bars", "last2", "bright", "blur", "trail", "trail2", "copy")
"""In the order in which a show needs them; `last` is compiled at once."""


class Engine:
    """All calls come from the thread in which the context is current.

    The host calls once a frame: `warm_up_step()` until it says True, `upload()`, `draw(...)`.
    """

    def __init__(self, ctx: moderngl.Context, *, built_in: Pixels | None = None) -> None:
        """`built_in`: what is shown before any artwork; None lets the painters make it."""
        check_version(ctx)
        self._ctx = ctx
        self._frame = ctx.buffer(reserve=FRAME_FLOATS * 4, dynamic=True)
        self._levels = ctx.buffer(reserve=SPECTRUM_BARS * 4, dynamic=True)
        self._programs = Programs(ctx, self._levels)
        self._targets = Targets(ctx)
        self._built_in = built_in_texture(ctx, _painted() if built_in is None else built_in)
        self._art = ArtTextures(ctx)
        # Of the same kind as the targets that it stands in for, and of no power of two: a software driver compiles
        # a shader anew for another kind of texture.
        self._black = Target.make(ctx, (3, 5))
        self._rehearsals = list(REHEARSALS)
        self._window: moderngl.Framebuffer | None = None
        """Where the last frame went; the host's framebuffer, or that of a film."""

    @property
    def held(self) -> frozenset[str]:
        """Ids of the artworks that can be drawn now."""
        return self._art.held

    def offer(self, art_id: str, pixels: Pixels) -> None:
        """Begin to bring a picture in; it is in `held` some frames later. A known id only counts as used."""
        self._art.offer(art_id, pixels)

    def upload(self, budget_s: float = UPLOAD_BUDGET_S) -> None:
        """Bring in what was offered, slice by slice, for about `budget_s`; never waits."""
        self._art.upload(budget_s)
        self._black.texture.use(0)

    def upload_all(self) -> None:
        """Bring in all that was offered, and wait for it: for films."""
        self._art.upload_all()
        self._black.texture.use(0)

    def warm_up_step(self) -> bool:
        """Compile the next program, or make room for the next picture; True when nothing is left to prepare.

        Until then bloom, trail and spectrum are missing from the picture. A step costs up to 40 ms with a
        software driver. It leaves no mark on any target.
        """
        if self._rehearsals:
            self._rehearse(self._rehearsals.pop(0))
            return False
        more = self._art.preallocate()
        self._black.texture.use(0)
        return not more

    def draw(
        self, uniforms: Uniforms, target: moderngl.Framebuffer | int, size: Size, *, scale: float = 1.0
    ) -> None:
        """One video frame into `target`, a framebuffer or the id of one; `size` is its size in pixels.

        `scale` below 1 draws all but the spectrum smaller and enlarges it. The state of OpenGL is left as a
        host expects it: the target bound, no blending, no scissor, texture unit 0.
        """
        fbo = self._ctx.detect_framebuffer(target) if isinstance(target, int) else target
        art_a, art_b = self._pictures(uniforms)
        two = "2" if art_b is not None else ""
        fbo.use()  # what is bound when a target is made is bound again after it: never one just released
        self._targets.fit(size, scale)
        self._window = fbo
        incoming = art_b or art_a
        self._frame.write(pack(uniforms, art_a.shown, incoming.shown, size))
        self._frame.bind_to_uniform_block(FRAME_BINDING)
        self._ctx.enable_only(moderngl.NOTHING)
        trail, glow = self._draw_light(art_a, incoming, two)
        self._use_art(art_a, incoming, scaled(size, scale))
        trail.use(TEXTURE_UNITS["trail"])
        glow.use(TEXTURE_UNITS["bloom"])
        small = self._targets.small
        self._pass("last" + two, small.fbo if small else fbo, size if small is None else None)
        if small is not None:
            small.texture.use(TEXTURE_UNITS["source"])
            self._pass("copy", fbo, size)
        self._draw_bars(uniforms)
        self._black.texture.use(0)

    def release(self) -> None:
        self._art.release()
        self._targets.release()
        self._programs.release()
        self._built_in.release()
        for thing in (self._black, self._frame, self._levels):
            thing.release()

    def _pictures(self, uniforms: Uniforms) -> tuple[ArtTexture, ArtTexture | None]:
        """What is drawn; a picture that is not there (yet) is left out, and never makes the frame black."""
        self._art.show(uniforms.art_a, uniforms.art_b)
        art_a = self._art.find(uniforms.art_a)
        art_b = self._art.find(uniforms.art_b) if uniforms.fade > 0.0 else None
        if art_a is None and uniforms.art_a != "":
            return art_b or self._built_in, None
        return art_a or self._built_in, art_b

    def _draw_light(
        self, art_a: ArtTexture, art_b: ArtTexture, two: str
    ) -> tuple[moderngl.Texture, moderngl.Texture]:
        """Trail and bloom, as textures; black ones while their programs are not there yet."""
        if not {"trail", "bright", "blur"} <= self._programs.ready:
            return self._black.texture, self._black.texture
        now, before = self._targets.next_trail()
        self._use_art(art_a, art_b, now.fbo.size)
        before.texture.use(TEXTURE_UNITS["before"])
        self._pass("trail" + two, now.fbo)
        one, other = self._targets.glows
        now.texture.use(TEXTURE_UNITS["source"])
        self._pass("bright", one.fbo)
        for start, to, way in ((one, other, (1.0, 0.0)), (other, one, (0.0, 1.0))):
            start.texture.use(TEXTURE_UNITS["source"])
            self._programs.program("blur")["way"] = way
            self._pass("blur", to.fbo)
        return now.texture, one.texture

    @staticmethod
    def _use_art(art_a: ArtTexture, art_b: ArtTexture, screen: Size) -> None:
        art_a.level(screen).use(TEXTURE_UNITS["art_a"])
        art_b.level(screen).use(TEXTURE_UNITS["art_b"])

    def _draw_bars(self, uniforms: Uniforms) -> None:
        if "bars" not in self._programs.ready or uniforms.blackout >= 1.0:
            return
        self._levels.write(uniforms.spectrum)
        self._render_bars()

    def _render_bars(self) -> None:
        self._ctx.enable(moderngl.BLEND)
        self._ctx.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        self._programs.vertices("bars").render(moderngl.TRIANGLE_STRIP, 4, instances=SPECTRUM_BARS)
        self._ctx.disable(moderngl.BLEND)
        self._ctx.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA

    def _pass(self, name: str, fbo: moderngl.Framebuffer, size: Size | None = None) -> None:
        fbo.viewport = (0, 0, *(size or fbo.size))
        fbo.use()
        vertices = self._programs.vertices(name)
        if self._programs.has_mesh(name):
            vertices.render(moderngl.TRIANGLE_STRIP, MESH_VERTICES)
        else:
            vertices.render(moderngl.TRIANGLES, 3)

    def _rehearse(self, name: str) -> None:
        """Draw a program where nothing can be seen, so that the driver compiles it for its real target now."""
        if self._window is None:  # before the first frame, as for a film: any target of the usual kind
            self._targets.fit((64, 36), 1)
            self._window = self._targets.trails[1].fbo
        trail, glow = self._targets.trails[0].fbo, self._targets.glows[0].fbo
        last = self._targets.small.fbo if self._targets.small else self._window
        stages = {"bright": glow, "blur": glow, "trail": trail, "trail2": trail, "last2": last}
        fbo = stages.get(name, self._window)
        for unit in set(TEXTURE_UNITS.values()):
            self._black.texture.use(unit)
        if self._programs.has_mesh(name):
            self._use_art(self._built_in, self._built_in, fbo.size)
        fbo.scissor = (0, 0, 1, 1)
        if name == "bars":
            fbo.use()
            self._render_bars()
        else:
            self._pass(name, fbo)
        fbo.scissor = None  # type: ignore[assignment] # None turns the test off
        self._black.texture.use(0)


def _painted() -> Pixels:
    from artvis.painters.builtin import builtin  # 30 ms, which a host can spend on another thread

    return builtin().pixels
