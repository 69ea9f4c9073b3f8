"""Translates the GLSL of a scene file, which is of the oldest kind, into that of OpenGL 3.3; line by line, line for line.

It knows words and parentheses, not the grammar: what is wrong with a shader is the driver's to say.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from artvis.errors import SceneError

Stage = Literal["fragment", "vertex"]
DEEPEST = 64
OWN_LINE = 9
"""Number of the source string of text that is ours, for `#line`; that of a file is 0 or, the .vs, 1."""

_COMMENT = re.compile(r"//[^\n]*|/\*(?:.*?\*/|.*)", re.DOTALL)
_DROPPED = re.compile(r"^[ \t]*#[ \t]*(?:version|extension|line|pragma)\b[^\n]*", re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_]\w*|\.?\d[\w.]*|\s+|.", re.DOTALL)
_FIRST_DATA = re.compile(r"\bgl_FragData[ \t]*\[[ \t]*0[ \t]*\]")
_WORD = re.compile(r"[A-Za-z_]")

RENAMED = {
    "main": "artvis_main",
    "gl_FragColor": "artvis_FragColor",
    "gl_FragCoord": "artvis_FragCoord",
    "vv_FragNormCoord": "isf_FragNormCoord",
    "vv_vertShaderInit": "isf_vertShaderInit",
    "gl_TexCoord": "artvis_TexCoord",
    "gl_MultiTexCoord0": "artvis_MultiTexCoord",
    "gl_Vertex": "artvis_Vertex",
    "gl_ModelViewProjectionMatrix": "mat4(1.0)",
    "gl_ModelViewMatrix": "mat4(1.0)",
    "gl_ProjectionMatrix": "mat4(1.0)",
    "ftransform": "artvis_ftransform",
    "attribute": "in",
    "sampler2DRect": "sampler2D",
    "texture2D": "texture",
    "texture2DLod": "textureLod",
    "texture2DLodEXT": "textureLod",
    "texture2DProj": "textureProj",
    "texture2DGradARB": "textureGrad",
    "texture2DRect": "artvis_texture_rect",
    "textureCube": "texture",
}
RESERVED = frozenset(
    "common partition active filter superp input output smooth flat noperspective sample patch precise shared buffer "
    "resource coherent restrict readonly writeonly subroutine half fixed unsigned long short double class union enum "
    "typedef template this goto noinline public external interface sizeof cast namespace using row_major "
    "column_major packed place".split()
)
"""Names that a file may use and a driver of today may not like, and the one of our mesh."""
SAMPLED = frozenset({"texture2D", "texture", "texture2DLod", "texture2DLodEXT", "textureLod"})
MACROS = frozenset(
    {"IMG_PIXEL", "IMG_NORM_PIXEL", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL", "IMG_SIZE", "texture2DRect"}
)


@dataclass(frozen=True, slots=True)
class Images:
    """Names of all that can be sampled."""

    framed: frozenset[str] = frozenset()
    """Of which a part is seen, its rectangle."""
    plain: frozenset[str] = frozenset()

    def __contains__(self, name: object) -> bool:
        return name in self.framed or name in self.plain


@dataclass(slots=True)
class Translator:
    """Translates one file; `loose` then holds the framed images that it uses in ways which cannot know the frame."""

    file: str
    stage: Stage
    images: Images
    loose: set[str] = field(default_factory=set)
    _renamed: Mapping[str, str] = field(default_factory=dict)

    def translate(self, text: str) -> str:
        """Raises SceneError where parentheses of a macro do not close."""
        text = _FIRST_DATA.sub("gl_FragColor", text)
        text = _joined(_COMMENT.sub(lambda comment: " " + "\n" * comment[0].count("\n"), text))
        tokens = _TOKEN.findall(_DROPPED.sub("", text))
        self._renamed = {
            **RENAMED,
            "varying": "in" if self.stage == "fragment" else "out",
            **_own_texture(text),
        }
        return "".join(self._translated(tokens, 0, len(tokens), 0))

    def _translated(self, tokens: list[str], start: int, end: int, depth: int) -> Iterator[str]:
        at = start
        while at < end:
            token = tokens[at]
            if not _WORD.match(token):
                yield token
                at += 1
                continue
            opening = _skip_space(tokens, at + 1, end)
            called = opening < end and tokens[opening] == "("
            if called and (
                token in MACROS or (token in SAMPLED and self._renamed.get(token, token) != "isf_texture")
            ):
                closing = self._closing(tokens, opening, end)
                yield self._call(token, tokens, opening, closing, depth)
                at = closing + 1
            else:
                yield self._word(token, tokens, opening, end, called=called)
                at += 1

    def _word(self, token: str, tokens: list[str], following: int, end: int, *, called: bool) -> str:
        if token in self.images.framed:
            self.loose.add(token)
        if token == "texture" and not called:
            return "isf_texture"
        if token in RESERVED:
            qualifies = token in ("smooth", "flat", "noperspective") and following < end
            if qualifies and tokens[following] in ("in", "out", "varying"):
                return token
            return "isf_" + token
        return self._renamed.get(token) or self._old_name(token)

    def _old_name(self, token: str) -> str:
        """The names that the first hosts gave to what they know of an image: _NAME_imgSize and so on."""
        for ending, meaning in (
            ("_imgSize", ""),
            ("_imgRect", "vec4(0.0, 0.0, 1.0, 1.0)"),
            ("_flip", "false"),
        ):
            name = token[1 : -len(ending)]
            if token.startswith("_") and token.endswith(ending) and name in self.images:
                return meaning or f"artvis_size_{name}"
        return token

    def _call(self, macro: str, tokens: list[str], opening: int, closing: int, depth: int) -> str:
        if depth > DEEPEST:
            raise SceneError(self.file, _line(tokens, opening), f"{macro} is nested too deep")
        parts = [
            "".join(self._translated(tokens, start, end, depth + 1)) if number else "".join(tokens[start:end])
            for number, (start, end) in enumerate(_arguments(tokens, opening, closing))
        ]
        lines = "\n" * ("".join(tokens[opening:closing]).count("\n") - "".join(parts[1:]).count("\n"))
        image, rest = parts[0].strip(), ",".join(parts[1:])
        if not rest.strip() and macro not in ("IMG_SIZE", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL"):
            raise SceneError(self.file, _line(tokens, opening), f"{macro} needs an image and a place in it")
        if image not in self.images:
            image = "".join(self._translated(_TOKEN.findall(image), 0, len(_TOKEN.findall(image)), depth + 1))
            return lines + self._unknown(macro, image, rest)
        return lines + self._known(macro, image, rest, parts)

    def _known(self, macro: str, image: str, rest: str, parts: list[str]) -> str:
        name = declared(image)
        start = (
            f"artvis_framed({name}, artvis_rect_{image}, "
            if image in self.images.framed
            else f"texture({name}, "
        )
        size = f"artvis_size_{image}"
        match macro:
            case "IMG_SIZE":
                return size
            case "IMG_THIS_PIXEL" | "IMG_THIS_NORM_PIXEL":
                return f"{start}isf_FragNormCoord)"
            case "IMG_PIXEL" | "texture2DRect":
                return f"{start}({rest}) / {size})"
            case "texture2DLod" | "texture2DLodEXT" | "textureLod":  # there is one level only
                return f"{start}{parts[1]})"
        return f"{start}{rest})"

    def _unknown(self, macro: str, image: str, rest: str) -> str:
        """Of an image whose name stands elsewhere, as the parameter of a function or of a #define."""
        match macro:
            case "IMG_SIZE":
                return f"vec2(textureSize({image}, 0))"
            case "IMG_THIS_PIXEL" | "IMG_THIS_NORM_PIXEL":
                return f"texture({image}, isf_FragNormCoord)"
            case "IMG_PIXEL" | "texture2DRect":
                return f"texture({image}, ({rest}) / vec2(textureSize({image}, 0)))"
            case "IMG_NORM_PIXEL":
                return f"texture({image}, {rest})"
        return f"{self._renamed.get(macro, macro)}({image}, {rest})"

    def _closing(self, tokens: list[str], opening: int, end: int) -> int:
        depth = 0
        for at in range(opening, end):
            if tokens[at] == "(":
                depth += 1
            elif tokens[at] == ")":
                depth -= 1
                if depth == 0:
                    return at
        raise SceneError(self.file, _line(tokens, opening), "a parenthesis is not closed")


def declared(name: str) -> str:
    """The name under which an input is declared: its own, but for words of the language."""
    return f"isf_{name}" if name in RESERVED or name == "texture" else name


def _own_texture(text: str) -> dict[str, str]:
    """A function of the file's own that is called `texture` is given another name."""
    own = re.search(r"\b(?:float|int|bool|void|[biu]?vec[234]|mat[234])[ \t\n]+texture[ \t\n]*\(", text)
    return {"texture": "isf_texture"} if own else {}


def _joined(text: str) -> str:
    """Lines that end in a backslash go on in the next one; empty lines then keep the count."""
    result, owed = [], 0
    for line in text.split("\n"):
        if line.endswith("\\"):
            result.append(line[:-1] + " ")
            owed += 1
        else:
            result.append(line + "\n" * (owed + 1))
            owed = 0
    return "".join(result)


def _arguments(tokens: list[str], opening: int, closing: int) -> Iterator[tuple[int, int]]:
    """Where each argument between two parentheses begins and ends."""
    depth, start = 0, opening + 1
    for at in range(opening + 1, closing):
        token = tokens[at]
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token == "," and depth == 0:
            yield start, at
            start = at + 1
    yield start, closing


def _skip_space(tokens: list[str], at: int, end: int) -> int:
    while at < end and tokens[at].isspace():
        at += 1
    return at


def _line(tokens: list[str], at: int) -> int:
    return 1 + "".join(tokens[:at]).count("\n")
