"""The scenes of tests/scenes, read as the program reads them, and what a stage gives them to draw with."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
from PIL import Image
from stagepictures import picture

from artvis.model.artwork import Pixels
from artvis.render.headless import read_pixels
from artvis.render.isfscene import Finish, ImageSource, IsfScene
from artvis.render.programs import Mesh
from artvis.scene.isf.document import SceneDocument, StagedScene
from artvis.scene.isf.header import read_scene
from artvis.scene.uniforms import Uniforms

FOLDER = Path(__file__).parent.parent / "scenes"
SIZE = (160, 90)
WHOLE = (0.0, 1.0, 1.0, -1.0)
MUSIC = Uniforms(
    now_s=1.0,
    scene_s=1.0,
    dt_s=1 / 30,
    bass=0.6,
    mid=0.4,
    treble=0.5,
    energy=0.7,
    motion=0.6,
    beat_pulse=0.5,
    fade=0.5,
    waveform=(0.7 * np.sin(np.arange(1024) / 9)).reshape(2, 512).astype(np.float32),
    fft=np.linspace(0.9, 0.1, 512).astype(np.float32),
)


def document(path: Path) -> SceneDocument:
    vertex = path.with_suffix(".vs")
    return read_scene(
        path.read_bytes().decode(errors="replace"),
        name=path.stem,
        vertex=vertex.read_text() if vertex.exists() else "",
    )


def staged(path: Path) -> StagedScene:
    read = document(path)
    images = {name: np.asarray(Image.open(path.parent / file)) for name, file in read.imported.items()}
    return StagedScene(path.stem, read, images)


class SmallStage:
    """Two pictures, stored upper row first, of which all is seen; and a target to draw into."""

    def __init__(self, ctx: moderngl.Context) -> None:
        self.ctx = ctx
        self.mesh = Mesh.make(ctx)
        self.textures = [self._texture(picture(name, 320, 180)) for name in ("a", "b")]
        self.rect = WHOLE
        self.asked: list[tuple[int, int]] = []
        self._targets: dict[tuple[int, int], moderngl.Framebuffer] = {}

    def begin_anew(self) -> None:
        """As nothing had been drawn; what another test left bound or as an error of OpenGL is forgotten."""
        self.rect = WHOLE
        self.asked.clear()
        self.target().use()
        while self.ctx.error != "GL_NO_ERROR":
            pass

    def images(self, size: tuple[int, int]) -> Mapping[str, ImageSource]:
        self.asked.append(size)
        a, b = (ImageSource(texture, self.rect, size) for texture in self.textures)
        return {"art": a, "artA": a, "artB": b, "startImage": a, "endImage": b}

    def target(self, size: tuple[int, int] = SIZE) -> moderngl.Framebuffer:
        if size not in self._targets:
            self._targets[size] = self.ctx.framebuffer(color_attachments=[self.ctx.texture(size, 4)])
        self._targets[size].clear()
        return self._targets[size]

    def scene(self, what: StagedScene, finish: Finish | None = None) -> IsfScene:
        """Compiled and ready."""
        scene = IsfScene(self.ctx, what, mesh=self.mesh, finish=finish, clock=lambda: 1_000_000_000.0)
        out = self.target()
        while not scene.prepare_step(out):
            pass
        return scene

    def draw(
        self,
        scene: IsfScene,
        uniforms: Uniforms = MUSIC,
        *,
        frames: int = 1,
        size: tuple[int, int] = SIZE,
        like: tuple[int, int] | None = None,
    ) -> Pixels:
        """The last of so many frames, half a second apart."""
        out = self.target(size)
        for frame in range(frames):
            now = replace(uniforms, scene_s=uniforms.scene_s + frame / 2)
            scene.draw_buffers(now, self.images, like or size)
            scene.draw_last(now, self.images, out, size, like=like)
        return read_pixels(out)

    def release(self) -> None:
        for target in self._targets.values():
            target.color_attachments[0].release()
            target.release()
        for thing in (*self.textures, self.mesh.buffer):
            thing.release()

    def _texture(self, pixels: Pixels) -> moderngl.Texture:
        height, width = pixels.shape[:2]
        rgba = np.dstack([pixels, np.full((height, width), 255, np.uint8)])
        texture = self.ctx.texture((width, height), 4, rgba.tobytes())
        texture.repeat_x = texture.repeat_y = False
        return texture
