"""Scene files as they lie in a folder: found, bounded, read and given their pictures; what is wrong has file and line.

It compiles nothing and watches nothing (`scenery`), and reads no file outside the folder of a scene.
"""

import hashlib
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from artvis.errors import ProviderError, SceneError
from artvis.model.artwork import Pixels
from artvis.providers import imagecheck
from artvis.scene.isf.document import SceneDocument, StagedScene
from artvis.scene.isf.header import read_scene

SUFFIX: Final = ".fs"
TEXT_BYTES_MAX: Final = 512 * 1024
FILES_MAX: Final = 500
IMAGES_MAX: Final = 16
IMAGE_BYTES_MAX: Final = 16 * 1024 * 1024
IMAGE_SIDES: Final = (1, 4096)
PIXELS_MAX: Final = 24_000_000
"""Of all pictures of one scene together."""

Signature = tuple[tuple[int, int, int] | None, ...]
"""Of each file that a scene is made of: when it was changed, its size, its number; None where there is none."""


@dataclass(frozen=True, slots=True)
class SceneFile:
    """Where a scene lies."""

    path: Path
    built_in: bool

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def vertex(self) -> Path:
        return self.path.with_suffix(".vs")


def files_in(folder: Path, *, built_in: bool) -> Iterator[SceneFile]:
    """The first 500 scene files of a folder, by name; none where there is no folder."""
    try:
        found = sorted(each for each in folder.iterdir() if each.suffix == SUFFIX)
    except OSError:
        return
    for path in found[:FILES_MAX]:
        yield SceneFile(path, built_in)


def signature(*paths: Path) -> Signature:
    """It changes when one of the files does."""
    return tuple(_stamp(path) for path in paths)


def read_document(file: SceneFile) -> tuple[SceneDocument, str]:
    """The scene without its pictures, and the digest of its text. Raises SceneError."""
    text = _text(file.path)
    vertex = _text(file.vertex) if file.vertex.exists() else ""
    digest = hashlib.sha256(f"{text}\0{vertex}".encode()).hexdigest()
    return read_scene(text, name=file.name, vertex=vertex), digest


def image_paths(file: SceneFile, document: SceneDocument) -> tuple[Path, ...]:
    """Where its IMPORTED pictures should lie."""
    return tuple(file.path.parent / each for each in document.imported.values())


def staged(file: SceneFile, document: SceneDocument, digest: str) -> StagedScene:
    """The scene with its pictures. Raises SceneError where one cannot be had."""
    if len(document.imported) > IMAGES_MAX:
        raise SceneError(file.path.name, 0, f"it imports more than {IMAGES_MAX} pictures")
    images: dict[str, Pixels] = {}
    digests = hashlib.sha256(digest.encode())
    for name, relative in document.imported.items():
        data = _image_bytes(file, relative)
        digests.update(data)
        images[name] = _picture(file, relative, data)
        if sum(each.size // 3 for each in images.values()) > PIXELS_MAX:
            raise SceneError(file.path.name, 0, "its pictures are too large together")
    key = f"{file.name}#{digests.hexdigest()[:8]}"
    return StagedScene(key, document, images, built_in=file.built_in)


def read(file: SceneFile) -> StagedScene:
    """All of it at once. Raises SceneError."""
    return staged(file, *read_document(file))


def _text(path: Path) -> str:
    """Text in UTF-8, or in Latin-1 as older editors wrote it."""
    data = _bytes(path, TEXT_BYTES_MAX, path.name)
    if b"\0" in data:
        raise SceneError(path.name, 0, "it is no text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _bytes(path: Path, most: int, name: str) -> bytes:
    """The content of a regular file of at most `most` bytes. Raises SceneError, which speaks of `name`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would never end
            raise SceneError(name, 0, f"{path.name} is no file")
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise SceneError(name, 0, f"{path.name} cannot be read ({error.strerror})") from error
    if len(data) > most:
        raise SceneError(name, 0, f"{path.name} is larger than {most // 1024} kB")
    return data


def _image_bytes(file: SceneFile, relative: str) -> bytes:
    folder = file.path.parent.resolve()
    try:
        path = (folder / relative).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a link to itself, a NUL in the name
        raise SceneError(file.path.name, 0, f"{relative!r} cannot be read") from error
    if not path.is_relative_to(folder):  # by '..', from the root, or by a link
        raise SceneError(file.path.name, 0, f"{relative} lies outside the folder of the scene")
    return _bytes(path, IMAGE_BYTES_MAX, file.path.name)


def _picture(file: SceneFile, relative: str, data: bytes) -> Pixels:
    try:
        pixels = imagecheck.decode_within(data, IMAGE_SIDES)
    except ProviderError as error:
        why = str(error).rpartition(": ")[2].rstrip(".")
        raise SceneError(file.path.name, 0, f"{relative} cannot be used: {why}") from error
    pixels.flags.writeable = False
    return pixels


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
