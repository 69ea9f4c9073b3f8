"""The shader programs of the stage, each compiled when it is first asked for.

It draws nothing; which program is drawn when is the engine's business.
"""

from collections.abc import Set as AbstractSet

import moderngl
import numpy as np

from artvis.paths import resource

MESH_COLUMNS, MESH_ROWS = 32, 18
MESH_VERTICES = MESH_ROWS * (2 * (MESH_COLUMNS + 1) + 2)
FRAME_BINDING = 0
TEXTURE_UNITS = {"art_a": 0, "source": 0, "art_b": 1, "trail": 2, "before": 2, "bloom": 3}

_RECIPES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "last": ("mesh.vert", ("picture", "last.frag"), False),
    "last2": ("mesh.vert", ("picture", "last.frag"), True),
    "trail": ("mesh.vert", ("picture", "trail.frag"), False),
    "trail2": ("mesh.vert", ("picture", "trail.frag"), True),
    "bright": ("screen.vert", ("bright.frag",), False),
    "blur": ("screen.vert", ("blur.frag",), False),
    "copy": ("screen.vert", ("copy.frag",), False),
    "bars": ("bars.vert", ("bars.frag",), False),
}
"""Name to vertex shader, parts of the fragment shader, and whether it mixes two pictures."""


class Programs:
    """Compiles by name; a compiled program comes with its vertex array."""

    def __init__(self, ctx: moderngl.Context, levels: moderngl.Buffer) -> None:
        self._ctx = ctx
        self._levels = levels
        self._mesh = ctx.buffer(mesh_strip().tobytes())
        self._made: dict[str, tuple[moderngl.Program, moderngl.VertexArray]] = {}

    @property
    def ready(self) -> AbstractSet[str]:
        """Names of what is compiled."""
        return self._made.keys()

    @staticmethod
    def has_mesh(name: str) -> bool:
        return _RECIPES[name][0] == "mesh.vert"

    def program(self, name: str) -> moderngl.Program:
        return self._compiled(name)[0]

    def vertices(self, name: str) -> moderngl.VertexArray:
        return self._compiled(name)[1]

    def release(self) -> None:
        for program, vertices in self._made.values():
            vertices.release()
            program.release()
        self._made.clear()
        self._mesh.release()

    def _compiled(self, name: str) -> tuple[moderngl.Program, moderngl.VertexArray]:
        if name not in self._made:
            self._made[name] = self._compile(name)
        return self._made[name]

    def _compile(self, name: str) -> tuple[moderngl.Program, moderngl.VertexArray]:
        vertex, fragment, two = _RECIPES[name]
        head = "#version 330 core\n" + ("#define TWO\n" if two else "") + _text("frame")
        program = self._ctx.program(
            vertex_shader=head + _text(vertex), fragment_shader=head + "".join(map(_text, fragment))
        )
        for member in program:
            block_or_uniform = program[member]
            if isinstance(block_or_uniform, moderngl.UniformBlock):
                block_or_uniform.binding = FRAME_BINDING
            elif member in TEXTURE_UNITS:
                program[member] = TEXTURE_UNITS[member]
        # No index buffers: where the host leaves our vertex array bound, it would overwrite theirs.
        if vertex == "mesh.vert":
            content = [(self._mesh, "2f", "place")]
        elif vertex == "bars.vert":
            content = [(self._levels, "1f/i", "level")]
        else:
            content = []
        return program, self._ctx.vertex_array(program, content)


def mesh_strip() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The unit square in one triangle strip, row by row, shape (n, 2), float32; rows joined by empty triangles."""
    rows = []
    for row in range(MESH_ROWS):
        low, high = row / MESH_ROWS, (row + 1) / MESH_ROWS
        strip = [(column / MESH_COLUMNS, y) for column in range(MESH_COLUMNS + 1) for y in (high, low)]
        rows += [strip[0], *strip, strip[-1]]
    return np.array(rows, np.float32)


def _text(name: str) -> str:
    return resource("shaders", f"{name}.glsl").read_text(encoding="utf-8")
