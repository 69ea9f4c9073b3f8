"""Finds in what a driver says of a shader the line of the scene file, and the sentence.

Drivers differ: `0:12(5): error: …` (Mesa), `0(12) : error C1008: …` (NVIDIA), `ERROR: 0:12: …` (AMD, Intel, Apple).
"""

import re

from artvis.errors import SceneError
from artvis.scene.isf.glsl import OWN_LINE

_PLACE = r"(?:ERROR:[ \t]*)?(\d+)(?::(\d+)(?:\(\d+\))?|\((\d+)\))"
_ERROR = re.compile(
    rf"^[ \t]*{_PLACE}[ \t]*:[ \t]*(?:error)?[ \t]*(?:C\d+)?[ \t]*:?[ \t]*(.+)$",
    re.MULTILINE | re.IGNORECASE,
)
_WORDS = 160


def compile_error(name: str, log: str) -> SceneError:
    """The first error in moderngl's report on the shaders of the scene `name`."""
    for found in _ERROR.finditer(log):
        if found[4].lower().startswith("warning"):
            continue
        line, in_vertex = int(found[2] or found[3]), log.rfind("vertex_shader\n", 0, found.start()) >= 0
        file = f"{name}.vs" if in_vertex else f"{name}.fs"
        return SceneError(file, line if line < OWN_LINE else 0, _own_words(found[4].strip()))
    said = [line.strip() for line in log.splitlines() if line.strip() and set(line.strip()) != {"="}]
    return SceneError(f"{name}.fs", 0, _own_words(said[-1] if said else "the driver gives no reason"))


def _own_words(reason: str) -> str:
    """As the file's author knows the names."""
    for ours, theirs in (
        ("artvis_FragColor", "gl_FragColor"),
        ("artvis_main", "main"),
        ("isf_texture", "texture"),
    ):
        reason = reason.replace(ours, theirs)
    return reason.removeprefix("error: ")[:_WORDS]
