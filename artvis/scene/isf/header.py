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
from artvis.scene.isf.headertext import split_header
from artvis.scene.isf.sizes import size_of

MOST_CHARACTERS = 1_000_000
MOST_PASSES = 32
MOST_INPUTS = 256
_KINDS = {kind.lower(): kind for kind in get_args(InputKind)}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_TAKEN = re.compile(r"gl_|artvis_|isf_Frag|(RENDERSIZE|TIME|TIMEDELTA|DATE|FRAMEINDEX|PASSINDEX|main)$")


def read_scene(text: str, *, name: str, vertex: str = "") -> SceneDocument:
    """What the scene file `text` says; `name` is the file's without its ending, `vertex` the `.vs` file beside it.

    Raises SceneError, with a sentence, for a file that is none or that cannot be drawn as it stands.
    """
    try:
        for each in (text, vertex):
            _check_text(each)
        header, fragment = split_header(text)
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
            vertex=vertex.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"),
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


def _inputs(header: Mapping[str, Any]) -> Iterator[SceneInput]:
    entries = _list(header.get("INPUTS"))
    if len(entries) > MOST_INPUTS:
        raise ValueError(f"it has more than {MOST_INPUTS} inputs")
    for entry in entries:
        if not isinstance(entry, dict):
            raise ValueError("an entry of INPUTS is not an object")
        yield _input(entry)


def _input(entry: Mapping[str, Any]) -> SceneInput:
    name = str(entry.get("NAME", ""))
    said = str(entry.get("TYPE", "")).lower()
    if said not in _KINDS:
        raise ValueError(f"input {name or 'without a name'} is of the unknown type '{entry.get('TYPE', '')}'")
    kind: InputKind = _KINDS[said]  # type: ignore[assignment] # they are its own words
    count = {"point2D": 2, "color": 4}.get(kind, 1)
    if kind in ("image", "audio", "audioFFT"):
        most = _numbers(entry.get("MAX"), 1)
        return SceneInput(name, kind, columns=max(0, int(most[0])) if most and kind != "image" else 0)
    return SceneInput(
        name,
        kind,
        default=_numbers(entry.get("DEFAULT"), count),
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
        if not isinstance(entry, dict):
            raise ValueError("an entry of PASSES is not an object")
        target = str(entry.get("TARGET") or "")
        merged = {**kept.get(target, {}), **entry}
        yield ScenePass(
            target=target,
            persistent=target in kept or _true(merged.get("PERSISTENT")),
            floating=_true(merged.get("FLOAT")),
            width=_expression(merged.get("WIDTH"), "$WIDTH"),
            height=_expression(merged.get("HEIGHT"), "$HEIGHT"),
        )


def _persistent_buffers(said: object) -> dict[str, Mapping[str, Any]]:
    """The first version of the format named them apart: a list of names, or what each is like by its name."""
    if isinstance(said, dict):
        return {str(name): like if isinstance(like, dict) else {} for name, like in said.items()}
    return {str(each): {} for each in _list(said)}


def _imported(header: Mapping[str, Any]) -> dict[str, str]:
    said = header.get("IMPORTED")
    entries = list(said.items()) if isinstance(said, dict) else [(None, each) for each in _list(said)]
    result = {}
    for key, entry in entries:
        like = entry if isinstance(entry, dict) else {"PATH": entry}
        name = str(key if key is not None else like.get("NAME", ""))
        if str(like.get("TYPE", "image")).lower() != "image":
            raise ValueError(f"imported {name} is of type '{like.get('TYPE')}'; only images are read")
        path = like.get("PATH")
        if not isinstance(path, str):
            raise ValueError(f"imported {name} has no PATH")
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
    energy = _numbers(said.get("ENERGY"), 2)
    return Casting(energy=(energy[0], energy[1]) if energy else (0.0, 1.0), finish=_true(said.get("FINISH")))


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


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []
