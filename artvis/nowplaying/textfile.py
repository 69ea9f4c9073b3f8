"""What DJ software writes into a text file: 'Artist - Title' in the first line that is not empty.

It looks at the time of the last change once a second and reads only then; it writes nothing and locks nothing.
"""

import asyncio
import os
import stat
import time
from pathlib import Path
from typing import Final

from artvis.nowplaying.listener import Tell
from artvis.nowplaying.words import decoded, of_line

NAME: Final = "file"
LOOK_S: Final = 1.0
READ_BYTES: Final = 4096
STALE_S: Final = 3600.0
"""What was written so long ago is of an evening that is over."""


async def watch(tell: Tell, name: str, *, every_s: float = LOOK_S) -> None:
    """Tells until it is cancelled; a file that is missing, unreadable, empty or stale says nothing."""
    path = _located(name)
    seen: tuple[int, int] | None = None
    while True:
        version = _version(path)
        if version != seen:
            seen = version
            tell(NAME, None if version is None else of_line(_first_line(path), source=NAME))
        await asyncio.sleep(every_s)


def _located(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # ~somebody who is not here
        return Path(name)


def _version(path: Path) -> tuple[int, int] | None:
    """Time of the last change and size; None for what is not to be read."""
    try:
        found = path.stat()
    except OSError:
        return None
    fresh = time.time() - found.st_mtime < STALE_S
    return (found.st_mtime_ns, found.st_size) if fresh and stat.S_ISREG(found.st_mode) else None


def _first_line(path: Path) -> str:
    """Reads no more than 4 kB; without waiting, should the file have become a pipe meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            data = os.read(descriptor, READ_BYTES)
        finally:
            os.close(descriptor)
    except OSError:
        return ""
    return next((line for line in decoded(data).splitlines() if line.strip()), "")
