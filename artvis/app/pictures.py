"""Writes a picture to a file that a person has named, whole or not at all.

The stored blob of the library is another file, and is not touched.
"""

import secrets
from pathlib import Path
from typing import Any, Final

from PIL import Image

from artvis.errors import InputError
from artvis.model.artwork import Pixels

_FORMATS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    ".png": ("PNG", {}),
    ".jpg": ("JPEG", {"quality": 95, "subsampling": "4:4:4"}),
    ".jpeg": ("JPEG", {"quality": 95, "subsampling": "4:4:4"}),
    ".webp": ("WEBP", {"quality": 92}),
}


def check_suffix(path: Path) -> Path:
    """The path, if its ending names a format of pictures. Raises InputError."""
    if path.suffix.lower() not in _FORMATS:
        raise InputError(f"{path.name} must end in .png, .jpg or .webp.")
    return path


def write_picture(pixels: Pixels, path: Path) -> None:
    """Writes beside the file first, then renames. Raises InputError when it cannot be written."""
    name, options = _FORMATS[path.suffix.lower()]
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        Image.fromarray(pixels).save(part, name, **options)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(
            f"The picture is in the library, but {path} cannot be written ({error.strerror})."
        ) from error
