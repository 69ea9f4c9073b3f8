"""Makes the shaders of a scene: one program a pass, complete but for what an engine may add to the last.

It compiles nothing and sets no uniform.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from artvis.scene.isf.document import SceneDocument, ScenePass
from artvis.scene.isf.finishing import Finishing, beside
from artvis.scene.isf.glsl import OWN_LINE, Images, Translator
from artvis.scene.isf.words import declared

FLATTENED = "artvis_flat_"
_VERSION = "#version 330 core\n"
_COMMON = """
uniform vec2 RENDERSIZE;
uniform float TIME;
uniform float TIMEDELTA;
uniform vec4 DATE;
uniform int FRAMEINDEX;
vec4 artvis_framed(sampler2D image, vec4 rect, vec2 at) { return texture(image, rect.xy + at * rect.zw); }
vec4 IMG_PIXEL(sampler2D image, vec2 at) { return texture(image, at / vec2(textureSize(image, 0))); }
vec4 IMG_NORM_PIXEL(sampler2D image, vec2 at) { return texture(image, at); }
vec4 artvis_around(sampler2D image, vec3 way) {
    vec3 there = normalize(way);
    return texture(image, vec2(0.5 + atan(there.x, there.z) / 6.2831853, 0.5 + asin(there.y) / 3.1415927));
}
vec2 IMG_SIZE(sampler2D image) { return vec2(textureSize(image, 0)); }
"""
_FRAGMENT = """
uniform vec2 artvis_step;
in vec2 isf_FragNormCoord;
layout(location = 0) out vec4 artvis_FragColor;
vec4 artvis_framed(sampler2D image, vec4 rect, vec2 at, float bias) {
    return texture(image, rect.xy + at * rect.zw, bias);
}
#define artvis_FragCoord vec4(gl_FragCoord.xy * artvis_step, gl_FragCoord.zw)
#define artvis_TexCoord vec4[1](vec4(isf_FragNormCoord, 0.0, 1.0))
"""
_VERTEX = """
in vec2 place;
out vec2 isf_FragNormCoord;
#define artvis_Vertex vec4(place * 2.0 - 1.0, 0.0, 1.0)
#define artvis_MultiTexCoord vec4(place, 0.0, 1.0)
vec4 artvis_ftransform() { return artvis_Vertex; }
void isf_vertShaderInit() {
    gl_Position = artvis_Vertex;
    isf_FragNormCoord = place;
}
"""
_UNFINISHED = (
    "void main() { artvis_main(); }\n",
    "void main() { artvis_FragColor = vec4(0.0); artvis_main(); }\n",
)
_FINISHED = (
    "\nvoid main() { artvis_main(); finish_vertex(); }\n",
    "\nvoid main() { artvis_FragColor = vec4(0.0); artvis_main(); artvis_FragColor = finish(artvis_FragColor); }\n",
)
_PLAIN_VERTEX = "void artvis_main() { isf_vertShaderInit(); }\n"
_VARIED = re.compile(r"\bin\s+(float|vec[234]|mat[234])\s+(\w+)\s*(\[\d{1,3}\])?\s*;")
_PLACES = {"vec2": "place", "vec3": "vec3(place, 0.0)", "vec4": "vec4(place, 0.0, 1.0)"}
_TYPES = {
    "float": "float",
    "bool": "bool",
    "event": "bool",
    "long": "int",
    "point2D": "vec2",
    "color": "vec4",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One program and what it draws into."""

    vertex: str
    fragment: str
    drawn: ScenePass
    sources: Mapping[str, str]
    """What can be sampled, by name, and what it is read from: an input, a buffer or an imported image."""


def steps(document: SceneDocument, finishing: Finishing | None = None) -> list[Step]:
    """All programs of a scene in the order of drawing; the last draws what is seen. Raises SceneError.

    Before the passes come those that make a plain texture of an image which the file hands about as a whole, and
    after them one that shows the buffer into which the last pass draws, where it has one.
    """
    images = _images(document)
    inputs = frozenset(each.name for each in document.inputs)
    fragment = Translator(f"{document.name}.fs", "fragment", images, inputs)
    vertex = Translator(f"{document.name}.vs", "vertex", images, inputs)
    body = "#line 1\n" + fragment.translate(document.fragment)
    shape = "#line 1\n" + vertex.translate(document.vertex) if document.vertex.strip() else _stand_in(body)
    loose = sorted(fragment.loose | vertex.loose)

    result = [_showing(document, name, ScenePass(target=FLATTENED + name)) for name in loose]
    flattened = {name: FLATTENED + name for name in loose}
    shown = "" if _is_never_read(document) else document.passes[-1].target
    passes = document.passes if shown else (*document.passes[:-1], ScenePass())
    for number, each in enumerate(passes):
        if not each.target and number < len(passes) - 1:
            continue  # it would be drawn over
        ending = finishing if number == len(passes) - 1 and not shown else None
        result.append(
            _step(document, (shape, body), each, number=number, flattened=flattened, finishing=ending)
        )
    if shown:
        result.append(_showing(document, shown, ScenePass(), finishing))
    return result


def _stand_in(body: str) -> str:
    """A vertex shader for a file that came without its own: what it varies is the place itself, or 1."""
    varied = {name: (kind, array) for kind, name, array in _VARIED.findall(body)}
    outs = "".join(f"out {kind} {name}{array};\n" for name, (kind, array) in varied.items())
    sets = [
        f"{name}{index} = {_PLACES.get(kind, f'{kind}(1.0)')};"
        for name, (kind, array) in varied.items()
        for index in ([f"[{number}]" for number in range(min(int(array[1:-1]), 64))] if array else [""])
    ]
    return f"{outs}void artvis_main() {{ isf_vertShaderInit(); {' '.join(sets)} }}\n"


def _is_never_read(document: SceneDocument) -> bool:
    """Whether the last pass has a target as if it were the screen: it can be drawn there at once."""
    last = document.passes[-1]
    text = document.fragment + document.vertex
    plain = (last.width, last.height) == ("$WIDTH", "$HEIGHT") and not last.floating
    return not last.target or (plain and re.search(rf"\b{last.target}\b", text) is None)


def _images(document: SceneDocument) -> Images:
    framed = {each.name for each in document.inputs if each.kind == "image"}
    sounds = {each.name for each in document.inputs if each.kind in ("audio", "audioFFT")}
    buffers = {each.target for each in document.passes if each.target}
    return Images(frozenset(framed), frozenset(sounds | buffers | set(document.imported)))


def _showing(
    document: SceneDocument, name: str, drawn: ScenePass, finishing: Finishing | None = None
) -> Step:
    """A pass of our own that draws an image as it is."""
    translator = Translator(document.name, "fragment", _images(document))
    body = translator.translate(f"void main() {{ gl_FragColor = IMG_THIS_PIXEL({name}); }}")
    return _step(document, (_PLAIN_VERTEX, body), drawn, finishing=finishing)


def _step(
    document: SceneDocument,
    bodies: tuple[str, str],
    drawn: ScenePass,
    *,
    number: int = 0,
    flattened: Mapping[str, str] = MappingProxyType({}),
    finishing: Finishing | None = None,
) -> Step:
    images = _images(document)
    names = _declarations(document, images)
    head = f"{_VERSION}#line {OWN_LINE}\n#define PASSINDEX {number}\n{_COMMON}{names}"
    shape, body = bodies
    added = beside(finishing, names + shape, names + body) if finishing else Finishing("", "")
    end_vertex, end_fragment = _FINISHED if finishing else _UNFINISHED
    mark = f"\n#line {OWN_LINE}\n"
    return Step(
        vertex=f"{head}{_VERTEX}{shape}{mark}{added.vertex}{end_vertex}",
        fragment=f"{head}{_FRAGMENT}{body}{mark}{added.fragment}{end_fragment}",
        drawn=drawn,
        sources={name: flattened.get(name, name) for name in sorted(images.framed | images.plain)},
    )


def _declarations(document: SceneDocument, images: Images) -> str:
    lines = [
        f"uniform {_TYPES[each.kind]} {declared(each.name)};"
        for each in document.inputs
        if each.kind in _TYPES
    ]
    for name in sorted(images.framed | images.plain):
        lines += [f"uniform sampler2D {declared(name)};", f"uniform vec2 artvis_size_{name};"]
    lines += [f"uniform vec4 artvis_rect_{name};" for name in sorted(images.framed)]
    return "\n".join(lines) + "\n"
