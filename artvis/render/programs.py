"""The shader programs of the stage itself, each compiled when it is first asked for, and the mesh that scenes draw.

It draws nothing; which program is drawn when is the engine's business, and scenes compile their own (`isfscene`).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import moderngl
import numpy as np

from artvis.paths import resource
from artvis.render.targets import Size

FINE, COARSE = (32, 18), (8, 5)
"""Columns and rows. A software driver works on each corner and each triangle as well."""
FEW_PIXELS = 128 * 72
FRAME_BINDING = 0
SOURCE_UNIT = 0

_RECIPES: dict[str, tuple[str, str]] = {
    "bright": ("screen.vert", "bright.frag"),
    "blur": ("screen.vert", "blur.frag"),
    "copy": ("screen.vert", "copy.frag"),
    "bars": ("bars.vert", "bars.frag"),
}
"""Name to vertex and fragment shader."""


class Programs:
    """Compiles by name; a compiled program comes with its vertex array."""

    def __init__(self, ctx: moderngl.Context, levels: moderngl.Buffer) -> None:
        self._ctx = ctx
        self._levels = levels
        self._made: dict[str, tuple[moderngl.Program, moderngl.VertexArray]] = {}

    @property
    def ready(self) -> AbstractSet[str]:
        """Names of what is compiled."""
        return self._made.keys()

    def program(self, name: str) -> moderngl.Program:
        return self._compiled(name)[0]

    def vertices(self, name: str) -> moderngl.VertexArray:
        return self._compiled(name)[1]

    def release(self) -> None:
        for program, vertices in self._made.values():
            vertices.release()
            program.release()
        self._made.clear()

    def _compiled(self, name: str) -> tuple[moderngl.Program, moderngl.VertexArray]:
        if name not in self._made:
            self._made[name] = self._compile(name)
        return self._made[name]

    def _compile(self, name: str) -> tuple[moderngl.Program, moderngl.VertexArray]:
        vertex, fragment = _RECIPES[name]
        head = "#version 330 core\n" + (shader("frame") if name == "bars" else "")
        program = self._ctx.program(
            vertex_shader=head + shader(vertex), fragment_shader=head + shader(fragment)
        )
        bind_frame(program)
        if "source" in program:
            program["source"] = SOURCE_UNIT
        # No index buffers: where the host leaves our vertex array bound, it would overwrite theirs.
        content = [(self._levels, "1f/i", "level")] if name == "bars" else []
        return program, self._ctx.vertex_array(program, content)


def bind_frame(program: moderngl.Program) -> None:
    """Let a program read the uniform block of the video frame, where it has one."""
    block = program.get("artvis_frame", None)
    if isinstance(block, moderngl.UniformBlock):
        block.binding = FRAME_BINDING


@dataclass(frozen=True, slots=True)
class Mesh:
    """Triangle strips over the unit square, a fine and a coarse one, in one buffer of vec2.

    resources/scenes/leaded-glass.vs counts on the order of the fine one.
    """

    buffer: moderngl.Buffer

    @classmethod
    def make(cls, ctx: moderngl.Context) -> "Mesh":
        return cls(ctx.buffer(np.concatenate([mesh_strip(*FINE), mesh_strip(*COARSE)]).tobytes()))

    def part(self, size: Size) -> tuple[int, int]:
        """First vertex and count of the strip for a target of this size: few pixels need few corners."""
        fine, coarse = (rows * (2 * (columns + 1) + 2) for columns, rows in (FINE, COARSE))
        return (fine, coarse) if size[0] * size[1] <= FEW_PIXELS else (0, fine)


def mesh_strip(columns: int, rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The unit square in one triangle strip, row by row, shape (n, 2), float32; rows joined by empty triangles."""
    corners = []
    for row in range(rows):
        low, high = row / rows, (row + 1) / rows
        strip = [(column / columns, y) for column in range(columns + 1) for y in (high, low)]
        corners += [strip[0], *strip, strip[-1]]
    return np.array(corners, np.float32)


def shader(name: str) -> str:
    """The text of one of the stage's own shaders."""
    return resource("shaders", f"{name}.glsl").read_text(encoding="utf-8")
