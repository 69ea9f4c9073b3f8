"""A stage for one scene at a time, with two pictures and nothing else: no window, no adaptive quality, no guard.

It does not choose what is played; a show has `render.engine`.
"""

from collections.abc import Mapping

import moderngl
import numpy as np

from artvis.model.artwork import Pixels
from artvis.render.isfscene import ImageSource, IsfScene
from artvis.render.programs import mesh_strip
from artvis.render.targets import Size, Target
from artvis.render.textures import ArtTexture, built_in_texture
from artvis.scene.isf.document import StagedScene
from artvis.scene.uniforms import Uniforms

_SEEN = (0.03, 0.97, 0.94, -0.94)
"""What the camera shows of a picture: not its very edge. Pictures are stored upper row first."""


class BareStage:
    """All calls come from the thread in which the context is current."""

    def __init__(self, ctx: moderngl.Context, picture: Pixels) -> None:
        self._ctx = ctx
        self._picture = picture
        self._mesh = ctx.buffer(mesh_strip().tobytes())
        mirrored = np.ascontiguousarray(picture[:, ::-1])  # another picture, for what has to do with two
        self._pictures = [built_in_texture(ctx, each) for each in (picture, mirrored)]
        self._target = Target.make(ctx, (160, 90))
        self._scene: IsfScene | None = None

    def put_on(self, staged: StagedScene) -> None:
        """Compiles it in place of the one before. Raises SceneError."""
        if self._scene is not None:
            self._scene.release()
        self._scene = IsfScene(self._ctx, staged, mesh=self._mesh, finish=None)
        while not self._scene.prepare_step(self._target.fbo):
            pass

    def draw(self, uniforms: Uniforms, size: Size) -> Pixels:
        """A frame as it would be seen: what lets something through has the picture behind it."""
        self.draw_only(uniforms, size)
        width, height = size
        raw = np.frombuffer(self._target.fbo.read(components=4, alignment=1), np.uint8)
        seen = raw.reshape(height, width, 4)[::-1].astype(np.float32)
        alpha = seen[..., 3:] / np.float32(255)
        behind = self._behind(size).astype(np.float32)
        return np.ascontiguousarray((behind + (seen[..., :3] - behind) * alpha).round().astype(np.uint8))

    def draw_only(self, uniforms: Uniforms, size: Size) -> None:
        """A frame that nobody looks at; waits until it is drawn."""
        if self._scene is None:
            raise RuntimeError("nothing is put on")
        if self._target.fbo.size != size:
            self._target.release()
            self._target = Target.make(self._ctx, size)
        self._scene.draw_buffers(uniforms, self._images, size)
        self._scene.draw_last(uniforms, self._images, self._target.fbo, size)
        self._ctx.finish()

    def release(self) -> None:
        if self._scene is not None:
            self._scene.release()
        for picture in self._pictures:
            picture.release()
        self._target.release()
        self._mesh.release()

    def _images(self, size: Size) -> Mapping[str, ImageSource]:
        one, other = (_source(each, size) for each in self._pictures)
        return {"art": one, "artA": one, "artB": other}

    def _behind(self, size: Size) -> Pixels:
        height, width = self._picture.shape[:2]
        rows = (np.linspace(0.03, 0.97, size[1]) * height).astype(int)
        columns = (np.linspace(0.03, 0.97, size[0]) * width).astype(int)
        seen: Pixels = self._picture[rows[:, None], columns]
        return seen


def _source(art: ArtTexture, size: Size) -> ImageSource:
    return ImageSource(art.level(size), _SEEN, size)
