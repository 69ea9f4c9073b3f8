"""Translates the GLSL of a scene file, which is of the oldest kind, into that of OpenGL 3.3, line for line.

It knows words and parentheses, not the grammar: what is wrong with a shader is the driver's to say.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from artvis.errors import SceneError
from artvis.scene.isf.bombs import bomb_in
from artvis.scene.isf.words import BUILT_IN, FUNCTIONS, RENAMED, RESERVED, declared

Stage = Literal["fragment", "vertex"]
DEEPEST = 64
OWN_LINE = 1_000_001
"""Text that is ours is counted from there, so that an error in it is told from one in the file's own lines."""

_COMMENT = re.compile(r"//[^\n]*|/\*(?:.*?\*/|.*)", re.DOTALL)
_DROPPED = re.compile(r"^[ \t]*#[ \t]*(?:version|extension|line|pragma)\b[^\n]*", re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_]\w*|\.?\d[\w.]*|\s+|.", re.DOTALL)
_DECLARED = re.compile(r"\b(?:uniform|varying)\s+(?:(?:low|medium|high)p\s+)?\w+\s+(\w+)\s*;")
_CONSTANT = re.compile(r"\bconst(\s+\w+\s+(\w+)\s*=([^;]*);)")
_OWN_OUT = re.compile(
    r"^[ \t]*(?:layout\s*\([^)]*\)\s*)?out\s+(?:(?:low|medium|high)p\s+)?vec4\s+(\w+)\s*;", re.MULTILINE
)
_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b", re.MULTILINE)
_FIRST_DATA = re.compile(r"\bgl_FragData[ \t]*\[[ \t]*0[ \t]*\]")
_OLD_NAME = re.compile(r"_(\w+)_(imgSize|imgRect|flip)")
_WORD = re.compile(r"[A-Za-z_]")
_NAME = re.compile(r"[A-Za-z_]\w*")

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
    inputs: frozenset[str] = frozenset()
    loose: set[str] = field(default_factory=set)
    _renamed: Mapping[str, str] = field(default_factory=dict)

    def translate(self, text: str) -> str:
        """Raises SceneError where parentheses of a macro do not close, and for what can have no end."""
        text = _FIRST_DATA.sub("gl_FragColor", text)
        text = _joined(_COMMENT.sub(lambda comment: " " + "\n" * comment[0].count("\n"), text))
        text = _DROPPED.sub("", text)
        included = _INCLUDE.search(text)
        if included is not None:
            raise SceneError(self.file, text.count("\n", 0, included.start()) + 1, "nothing can be included")
        bomb = bomb_in(text)
        if bomb is not None:
            raise SceneError(self.file, *bomb)
        own_out = _OWN_OUT.search(text) if self.stage == "fragment" else None
        if own_out:  # as in the GLSL of later versions
            text = text.replace(own_out[0], "\n" * own_out[0].count("\n"), 1)
        tokens = _TOKEN.findall(self._freed(_DECLARED.sub(self._dropped, text)))
        self._renamed = {
            **RENAMED,
            "varying": "in" if self.stage == "fragment" else "out",
            **_own_texture(text),
            **({own_out[1]: "artvis_FragColor"} if own_out else {}),
        }
        return "".join(self._translated(tokens, 0, len(tokens), 0))

    def _dropped(self, declaration: re.Match[str]) -> str:
        """What a file declares that a host declares already: a driver may not like it twice."""
        name = declaration[1]
        known = name in self.inputs or name in self.images or name in BUILT_IN
        return "\n" * declaration[0].count("\n") if known else declaration[0]

    def _freed(self, text: str) -> str:
        """Constants that are worked out from an input are variables, which some drivers insist on."""
        moving = (self.inputs | BUILT_IN) - {"PASSINDEX"}

        def freed(constant: re.Match[str]) -> str:
            nonlocal moving
            if moving.isdisjoint(_NAME.findall(constant[3])):
                return constant[0]
            moving |= {constant[2]}
            return constant[1]

        return _CONSTANT.sub(freed, text)

    def _translated(self, tokens: list[str], start: int, end: int, depth: int) -> Iterator[str]:
        at = start
        while at < end:
            word = tokens[at]
            if not _WORD.match(word):
                yield word
                at += 1
                continue
            opening = _skip_space(tokens, at + 1, end)
            called = opening < end and tokens[opening] == "("
            if called and (word in MACROS or (word in SAMPLED and self._renamed.get(word) != "isf_texture")):
                closing = self._closing(tokens, opening, end)
                yield self._call(word, tokens, opening, closing, depth)
                at = closing + 1
            else:
                yield self._word(word, tokens, opening, end, called=called)
                at += 1

    def _word(self, word: str, tokens: list[str], following: int, end: int, *, called: bool) -> str:
        if word in self.images.framed:
            self.loose.add(word)
        if word in FUNCTIONS and not called and (word in ("texture", *self.inputs) or word in self.images):
            return declared(word)
        if word in RESERVED:
            qualifies = word in ("smooth", "flat", "noperspective") and following < end
            return word if qualifies and tokens[following] in ("in", "out", "varying") else declared(word)
        return self._renamed.get(word) or self._old_name(word)

    def _old_name(self, word: str) -> str:
        """The names that the first hosts gave to what they know of an image: _NAME_imgSize and so on."""
        old = _OLD_NAME.fullmatch(word)
        if old is None or old[1] not in self.images:
            return word
        return {"imgSize": f"artvis_size_{old[1]}", "imgRect": "vec4(0.0, 0.0, 1.0, 1.0)"}.get(
            old[2], "false"
        )

    def _call(self, macro: str, tokens: list[str], opening: int, closing: int, depth: int) -> str:
        if depth > DEEPEST:
            raise SceneError(self.file, _line(tokens, opening), f"{macro} is nested too deep")
        places = list(_arguments(tokens, opening, closing))
        image = "".join(tokens[places[0][0] : places[0][1]]).strip()
        known = image in self.images
        if not known:
            image = "".join(self._translated(tokens, *places[0], depth + 1)).strip()
        rest = ["".join(self._translated(tokens, *place, depth + 1)) for place in places[1:]]
        if not "".join(rest).strip() and macro not in ("IMG_SIZE", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL"):
            raise SceneError(self.file, _line(tokens, opening), f"{macro} needs an image and a place in it")
        text = self._known(macro, image, rest) if known else self._unknown(macro, image, ",".join(rest))
        lost = "".join(tokens[opening:closing]).count("\n") - text.count("\n")
        return text + "\n" * lost

    def _known(self, macro: str, image: str, rest: list[str]) -> str:
        start = f"texture({declared(image)}, "
        if image in self.images.framed:
            start = f"artvis_framed({declared(image)}, artvis_rect_{image}, "
        match macro:
            case "IMG_SIZE":
                return f"artvis_size_{image}"
            case "IMG_THIS_PIXEL" | "IMG_THIS_NORM_PIXEL":
                return f"{start}isf_FragNormCoord)"
            case "IMG_PIXEL" | "texture2DRect":
                return f"{start}({','.join(rest)}) / artvis_size_{image})"
            case "texture2DLod" | "texture2DLodEXT" | "textureLod":  # there is one level only
                return f"{start}{rest[0]})"
        return f"{start}{','.join(rest)})"

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


def _own_texture(text: str) -> dict[str, str]:
    """A function of the file's own that is called `texture` is given another name."""
    own = re.search(r"\b(?:float|int|bool|void|[biu]?vec[234]|mat[234])[ \t\n]+texture[ \t\n]*\(", text)
    return {"texture": "isf_texture"} if own else {}


def _joined(text: str) -> str:
    """Lines that end in a backslash go on in the next one; empty lines then keep the count."""
    result, owed = [""], 0
    for line in text.split("\n"):
        result[-1] += line.removesuffix("\\")
        if line.endswith("\\"):
            owed += 1
        else:
            result += [""] * (owed + 1)
            owed = 0
    return "\n".join(result[:-1])


def _arguments(tokens: list[str], opening: int, closing: int) -> Iterator[tuple[int, int]]:
    """Where each argument between two parentheses begins and ends."""
    depth, start = 0, opening + 1
    for at in range(opening + 1, closing):
        word = tokens[at]
        if word in "([{":
            depth += 1
        elif word in ")]}":
            depth -= 1
        elif word == "," and depth == 0:
            yield start, at
            start = at + 1
    yield start, closing


def _skip_space(tokens: list[str], at: int, end: int) -> int:
    while at < end and tokens[at].isspace():
        at += 1
    return at


def _line(tokens: list[str], at: int) -> int:
    return 1 + "".join(tokens[:at]).count("\n")
