"""A context by EGL with no display, and an engine that is warm and holds two pictures."""

from collections.abc import Iterator

import moderngl
import pytest
from stagepictures import SIZE, Draw, picture, warm

from artvis.model.artwork import Pixels
from artvis.render.engine import Engine
from artvis.render.headless import open_headless, read_pixels
from artvis.scene.uniforms import Uniforms


@pytest.fixture(scope="session")
def ctx() -> Iterator[moderngl.Context]:
    ctx = open_headless()
    yield ctx
    ctx.release()


@pytest.fixture
def engine(ctx: moderngl.Context) -> Iterator[Engine]:
    engine = warm(Engine(ctx, built_in=picture("a", 480, 270)))
    engine.offer("a", picture("a"))
    engine.offer("b", picture("b"))
    engine.upload_all()
    yield engine
    engine.release()


@pytest.fixture
def draw(ctx: moderngl.Context, engine: Engine) -> Iterator[Draw]:
    """`draw(uniforms, frames=3, size=…, scale=…)`: the last of so many frames, read back."""
    made: list[moderngl.Framebuffer] = []

    def draw(
        uniforms: Uniforms, *, frames: int = 3, size: tuple[int, int] = SIZE, scale: float = 1.0
    ) -> Pixels:
        made.append(ctx.framebuffer(color_attachments=[ctx.texture(size, 4)]))
        for _ in range(frames):
            engine.draw(uniforms, made[-1], size, scale=scale)
        return read_pixels(made[-1])

    yield draw
    for fbo in made:
        fbo.color_attachments[0].release()
        fbo.release()
