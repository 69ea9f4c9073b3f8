"""CPU a frame at 1280x720: the stage at several scales, and a plain blit of one artwork, all in one run.

cpu: of the whole process; own: of the calling thread until the frame is handed to the driver; wall, worst, fps: a
frame until it is finished.

Frames are finished one by one: without that a software driver drops overdrawn tiles, and the figures lie.

    python benchmarks/frame_cpu.py [--frames 200] [--json]
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable

import moderngl
import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.music import SPECTRUM_BARS
from artvis.render.engine import Engine
from artvis.render.headless import open_headless
from artvis.scene.uniforms import Uniforms

SIZE = (1280, 720)
BLIT_VERTEX = """#version 330 core
out vec2 at;
void main() {
    at = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
}"""
BLIT_FRAGMENT = """#version 330 core
in vec2 at;
uniform sampler2D art;
out vec4 colour;
void main() { colour = texture(art, at); }"""


def picture(seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 255, (27, 48, 3)).astype(np.uint8)
    return np.ascontiguousarray(np.kron(coarse, np.ones((32, 32, 1), np.uint8)))


def loud(number: int, *, fade: float) -> Uniforms:
    t_s = number / 60
    spectrum = (0.5 + 0.5 * np.sin(np.arange(SPECTRUM_BARS) / 5 + t_s)).astype(np.float32)
    return Uniforms(
        now_s=t_s, art_a="a", art_b="b", fade=fade, bass=0.8, mid=0.6, treble=0.5, energy=0.9, motion=0.9,
        beat_pulse=(t_s * 2) % 1, phases=(t_s, t_s, t_s, t_s), spectrum=spectrum,
    )  # fmt: skip


def measure(ctx: moderngl.Context, draw: Callable[[int], None], frames: int) -> dict[str, float]:
    for number in range(10):
        draw(number)
        ctx.finish()
    walls, own, start_cpu = [], 0.0, time.process_time()
    for number in range(frames):
        start, start_own = time.perf_counter(), time.thread_time()
        draw(number)
        own += time.thread_time() - start_own
        ctx.finish()
        walls.append(time.perf_counter() - start)
    cpu = (time.process_time() - start_cpu) / frames
    return {
        "cpu_ms": round(cpu * 1e3, 2),
        "wall_ms": round(statistics.median(walls) * 1e3, 2),
        "worst_ms": round(max(walls) * 1e3, 2),
        "own_ms": round(own / frames * 1e3, 2),
        "fps": round(1 / statistics.median(walls), 1),
    }


def uploading(engine: Engine, draw: Callable[[int], None]) -> Callable[[int], None]:
    """The same, with a new picture every 20 frames."""
    pictures = [picture(3), picture(4)]

    def step(number: int) -> None:
        if number % 20 == 0:
            engine.offer(f"new {number}", pictures[number // 20 % 2])
        engine.upload()
        draw(number)

    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ctx = open_headless()
    engine = Engine(ctx)
    while not engine.warm_up_step():
        pass
    engine.offer("a", picture(1))
    engine.offer("b", picture(2))
    engine.upload_all()
    target = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    art = ctx.texture((1536, 864), 4, np.dstack([picture(1), np.full((864, 1536), 255, np.uint8)]))
    blit = ctx.vertex_array(ctx.program(vertex_shader=BLIT_VERTEX, fragment_shader=BLIT_FRAGMENT), [])

    def plain(_number: int) -> None:
        target.use()
        art.use(0)
        blit.render(moderngl.TRIANGLES, 3)

    def stage(scale: float, fade: float) -> Callable[[int], None]:
        return lambda number: engine.draw(loud(number, fade=fade), target, SIZE, scale=scale)

    rows = {"plain blit": measure(ctx, plain, options.frames)}
    for scale in (1.0, 0.75, 0.5, 0.34):
        rows[f"stage, scale {scale}"] = measure(ctx, stage(scale, 0.0), options.frames)
    rows["stage, scale 1.0, crossfade"] = measure(ctx, stage(1.0, 0.5), options.frames)
    rows["stage, scale 0.5, crossfade"] = measure(ctx, stage(0.5, 0.5), options.frames)
    rows["stage, scale 0.5, uploading"] = measure(ctx, uploading(engine, stage(0.5, 0.0)), options.frames)
    engine.release()
    if options.json:
        print(json.dumps({"renderer": ctx.info["GL_RENDERER"], "size": SIZE, "rows": rows}, indent=2))
        return
    print(ctx.info["GL_RENDERER"], *SIZE)
    for name, row in rows.items():
        print(f"{name:30}" + "".join(f"{value:9} {unit}" for unit, value in row.items()))


if __name__ == "__main__":
    main()
