"""What an engine adds to the last pass of a scene, made to live beside whatever names the scene has.

It does not know what is added, nor what for.
"""

import re
from dataclasses import dataclass

PREFIX = "artvis_own_"
"""Stands before a name of the engine's that the scene has as well."""

_TYPE = r"(?:void|float|int|bool|[biu]?vec[234]|mat[234]|sampler2D)"
_DECLARED = re.compile(rf"\b{_TYPE}\s+(\w+)|#[ \t]*define[ \t]+(\w+)")
_DEFINED = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_]\w*")
_ASKED_FOR = frozenset({"finish", "finish_vertex"})


@dataclass(frozen=True, slots=True)
class Finishing:
    """GLSL added to the last pass: `void finish_vertex()` and `vec4 finish(vec4 colour)`."""

    vertex: str
    fragment: str


def beside(finishing: Finishing, vertex: str, fragment: str) -> Finishing:
    """The same, to stand after these two texts: names that they have too are others, their macros are gone."""
    own = {
        name for found in _DECLARED.findall(finishing.vertex + finishing.fragment) for name in found if name
    }
    both = (own & set(_NAME.findall(vertex + fragment))) - _ASKED_FOR

    def other(word: re.Match[str]) -> str:
        return PREFIX + word[0] if word[0] in both else word[0]

    return Finishing(
        *(
            "".join(f"#undef {name}\n" for name in dict.fromkeys(_DEFINED.findall(before)))
            + _NAME.sub(other, text)
            for before, text in ((vertex, finishing.vertex), (fragment, finishing.fragment))
        )
    )
