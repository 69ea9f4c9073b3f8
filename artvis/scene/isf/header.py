"""Reads a scene file: its JSON header into a `SceneDocument`, the newer form of it and the older ones.

It neither opens files nor translates the GLSL (`glsl`).
"""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Any, get_args

from artvis.errors import SceneError
from artvis.scene.isf.document import Casting, InputKind, SceneDocument, SceneInput, ScenePass
from artvis.scene.isf.headertext import plain, split_header
from artvis.scene.isf.sizes import size_of

MOST_CHARACTERS = 500_000
MOST_PASSES = 32
MOST_INPUTS = 256
_KINDS: dict[str, InputKind] = {kind.lower(): kind for kind in get_args(InputKind)}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_TAKEN = re.compile(r"gl_|artvis_|isf_Frag|(RENDERSIZE|TIME|TIMEDELTA|DATE|FRAMEINDEX|PASSINDEX|main)$")


def read_scene(text: str, *, name: str, vertex: str = "") -> SceneDocument:
    """What the scene file `text` says; `name` is the file's without its ending, `vertex` the `.vs` file beside it.

    Raises SceneError, with a sentence, for a file that is none or that cannot be drawn as it stands.
    """
    try:
        for each in (text, vertex):
            _check_text(each)
        said, fragment = split_header(plain(text))
        header = _fields(said, "its header")
        inputs = tuple(_inputs(header))
        passes = tuple(_passes(header))
        imported = _imported(header)
        _check_names(
            [each.name for each in inputs], {each.target for each in passes if each.target}, imported
        )
        _check_sizes(passes, inputs)
        return SceneDocument(
            name=name,
            fragment=fragment,
            vertex=plain(vertex),
            description=_words(header.get("DESCRIPTION")),
            credit=_words(header.get("CREDIT")),
            categories=tuple(_words(each) for each in _list(header.get("CATEGORIES"))),
            inputs=inputs,
            passes=passes,
            imported=MappingProxyType(imported),
            casting=_casting(header.get("ARTVIS")),
        )
    except ValueError as error:
        raise SceneError(f"{name}.fs", 0, str(error)) from error


def _check_text(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"it is longer than {MOST_CHARACTERS:,} characters")
    if "\0" in text:
        raise ValueError("it is not a text file")


def _inputs(header: Mapping[str, Any]) -> list[SceneInput]:
    entries = _list(header.get("INPUTS"))
    if len(entries) > MOST_INPUTS:
        raise ValueError(f"it has more than {MOST_INPUTS} inputs")
    read = [_input(_fields(entry, "an entry of INPUTS")) for entry in entries]
    once = {
        (each.name, each.kind): each for each in reversed(read)
    }  # some files say one twice: the first counts
    return [each for each in read if once[each.name, each.kind] is each]


def _input(entry: Mapping[str, Any]) -> SceneInput:
    name = str(entry.get("NAME", ""))
    said = str(entry.get("TYPE", ""))
    kind = _KINDS.get(said.lower())
    if kind is None:
        raise ValueError(f"input {name or 'without a name'} is of the unknown type '{said}'")
    if kind in ("image", "audio", "audioFFT"):
        most = _numbers(entry.get("MAX"), 1)
        return SceneInput(name, kind, columns=max(0, int(most[0])) if most and kind != "image" else 0)
    count = {"point2D": 2, "color": 4}.get(kind, 1)
    default = entry.get("DEFAULT")
    return SceneInput(
        name,
        kind,
        default=(float(_true(default)),) if kind == "bool" else _numbers(default, count),
        low=_numbers(entry.get("MIN"), count),
        high=_numbers(entry.get("MAX"), count),
        values=tuple(
            int(each[0]) for each in (_numbers(one, 1) for one in _list(entry.get("VALUES"))) if each
        ),
    )


def _passes(header: Mapping[str, Any]) -> Iterator[ScenePass]:
    kept = _persistent_buffers(header.get("PERSISTENT_BUFFERS"))
    entries = _list(header.get("PASSES")) or [{}]
    if len(entries) > MOST_PASSES:
        raise ValueError(f"it has {len(entries)} passes; {MOST_PASSES} are drawn at most")
    for entry in entries:
        own = _fields(entry, "an entry of PASSES")
        target = str(own.get("TARGET") or "")
        like = {**kept.get(target, {}), **own}
        yield ScenePass(
            target=target,
            persistent=target in kept or _true(like.get("PERSISTENT")),
            floating=_true(like.get("FLOAT")),
            width=_expression(like.get("WIDTH"), "$WIDTH"),
            height=_expression(like.get("HEIGHT"), "$HEIGHT"),
        )


def _persistent_buffers(said: object) -> dict[str, Mapping[str, Any]]:
    """The first version of the format named them apart: a list of names, or what each is like by its name."""
    if isinstance(said, dict):
        return {str(name): _fields(like, "a buffer") if like else {} for name, like in said.items()}
    return {str(each): {} for each in _list(said)}


def _imported(header: Mapping[str, Any]) -> dict[str, str]:
    said = header.get("IMPORTED")
    entries = said.items() if isinstance(said, dict) else (("", each) for each in _list(said))
    result = {}
    for key, entry in entries:
        like = {"PATH": entry} if isinstance(entry, str) else _fields(entry, "an entry of IMPORTED")
        name = str(key or like.get("NAME", ""))
        path = like.get("PATH")
        if isinstance(path, list) and path:
            path = path[0]  # of a cube map: its first side stands for all
        if not isinstance(path, str) or str(like.get("TYPE", "image")).lower() not in ("image", "cube"):
            raise ValueError(f"imported {name} is no image with a path: only such are read")
        result[name] = _inside(path)
    return result


def _inside(path: str) -> str:
    """A path that cannot leave the folder of the file, whatever system it is read on."""
    parts = path.replace("\\", "/").split("/")
    if not path.isprintable() or ":" in path or parts[0] == "" or ".." in parts:
        raise ValueError(f"imported path '{path}' is not inside the folder of the file")
    return "/".join(part for part in parts if part not in ("", "."))


def _casting(said: object) -> Casting:
    if not isinstance(said, dict):
        return Casting()
    fields = _fields(said, "ARTVIS")
    energy = _numbers(fields.get("ENERGY"), 2)
    return Casting(
        energy=(energy[0], energy[1]) if energy else (0.0, 1.0),
        finish=_true(fields.get("FINISH")),
        bars=_true(fields.get("BARS", True)),
    )


def _check_names(inputs: list[str], targets: set[str], imported: Mapping[str, str]) -> None:
    names = [*inputs, *targets, *imported]
    for name in names:
        if not _NAME.fullmatch(name) or _TAKEN.match(name):
            raise ValueError(f"'{name}' cannot be the name of an input, a buffer or an image")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"two things are called '{twice}'")


def _check_sizes(passes: tuple[ScenePass, ...], inputs: tuple[SceneInput, ...]) -> None:
    known = {each.name: 1.0 for each in inputs}
    for number, each in enumerate(passes):
        try:
            size_of(each.width, each.height, (1280, 720), known)
        except ValueError as error:
            raise ValueError(f"the size of pass {number} cannot be worked out: {error}") from error


def _numbers(said: object, count: int) -> tuple[float, ...]:
    """So many finite numbers, or none; a color without its alpha is opaque."""
    given = said if isinstance(said, list) else [said] * (1 if count == 1 else 0)
    read = [_number(each) for each in given[:count]]
    if count == 4 and len(read) == 3:
        read.append(1.0)
    return tuple(each for each in read if each is not None) if len(read) == count and None not in read else ()


def _number(said: object) -> float | None:
    try:
        value = float(said)  # type: ignore[arg-type] # what is no number raises
    except (TypeError, ValueError, OverflowError):
        return None
    return value if isfinite(value) else None


def _true(said: object) -> bool:
    return said.strip().lower() in ("true", "1", "yes") if isinstance(said, str) else bool(said)


def _expression(said: object, otherwise: str) -> str:
    return str(said).strip() or otherwise if isinstance(said, str | int | float) else otherwise


def _words(said: object) -> str:
    return said if isinstance(said, str) else ""


def _fields(said: object, what: str) -> dict[str, Any]:
    """The members of an object; their names come in either case, those in capitals count first."""
    if not isinstance(said, dict):
        raise ValueError(f"{what} is not an object")  # noqa: TRY004 # a fault of the file, as all the others
    return {**{name.upper(): value for name, value in said.items()}, **said}


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []
