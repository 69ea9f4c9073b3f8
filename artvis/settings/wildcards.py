"""The lists of words that a person keeps in the folder `wildcards`: one file a list, one choice a line.

It draws none of them (`prompt.wildcards`), and reads nothing outside of that folder.
"""

import re
from pathlib import Path
from typing import Final

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FILES_MAX: Final = 100
_BYTES_MAX: Final = 262_144


def read_wildcards(folder: Path) -> dict[str, tuple[str, ...]]:
    """By the name of the file without `.txt`; blank lines and those that begin with # are none.

    A file that cannot be read, is too big or lies elsewhere behind a link is left out.
    """
    try:
        inside = folder.resolve()
        paths = sorted(folder.glob("*.txt"))[:_FILES_MAX]
        found = {
            path.stem: _lines(path)
            for path in paths
            if _NAME.fullmatch(path.stem) and path.resolve().parent == inside and path.is_file()
        }
    except OSError:
        return {}
    return {name: lines for name, lines in found.items() if lines}


def _lines(path: Path) -> tuple[str, ...]:
    try:
        if path.stat().st_size > _BYTES_MAX:
            return ()
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))
