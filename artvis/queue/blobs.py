"""The folder of pictures, named by the sha256 of their bytes; what is in it never changes.

It knows no rows. Until a row is committed a marker in `incoming/` names the blob, so that a crash leaves nothing
that the next start cannot find without walking the folder.
"""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from artvis.errors import DiskFull, StoreError
from artvis.queue import owner

_INCOMING = "incoming"
_NAME = re.compile(r"[0-9a-f]{64}")
_MARKER_TAIL = ".new"
_REMOVING_S = 60.0
"""A part without a marker is one that is being removed; longer than this nobody is at it."""
_FULL = {errno.ENOSPC, errno.EDQUOT}


class BlobFolder:
    """`put` returns only when the bytes, their name and their folder are on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / _INCOMING
        self._unsettled: set[str] = set()

    def put(self, data: bytes) -> str:
        """Store bytes; their sha256 in hex. Raises DiskFull with nothing left behind, StoreError."""
        sha256 = hashlib.sha256(data).hexdigest()
        final = self.path(sha256)
        part = self._incoming / f"{sha256}.{secrets.token_hex(4)}.part"
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            self._mark(sha256)
            _write(part, data)
            if not final.parent.exists():
                final.parent.mkdir(exist_ok=True)
                _sync_folder(self.folder)
            part.replace(final)
            _sync_folder(final.parent)
        except OSError as error:
            with contextlib.suppress(OSError):  # where nothing could be written, nothing can be taken away
                part.unlink(missing_ok=True)
                if not final.exists():
                    self._unsettled.discard(
                        sha256
                    )  # else each question to the library would ask for it for ever
                    (self._incoming / f"{sha256}{_MARKER_TAIL}").unlink(missing_ok=True)
            if error.errno in _FULL:
                raise DiskFull("The picture cannot be stored: the disk is full.") from error
            raise StoreError(f"The picture cannot be stored in {self.folder} ({error.strerror}).") from error
        return sha256

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        try:
            return self.path(sha256).read_bytes()
        except OSError as error:
            raise StoreError(f"The picture {sha256[:12]}… cannot be read ({error.strerror}).") from error

    def fault(self, sha256: str, size_bytes: int) -> str:
        """What is wrong with a stored picture, as the end of a sentence; '' when it is as it was stored."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        if len(data) != size_bytes or hashlib.sha256(data).hexdigest() != sha256:
            return "is not what was stored"
        return ""

    def remove(self, sha256: str) -> None:
        """Delete a blob that no row uses. One that is being put again at this moment stays."""
        aside = self._incoming / f"{sha256}.{secrets.token_hex(4)}.part"
        marker = self._incoming / f"{sha256}{_MARKER_TAIL}"
        self._incoming.mkdir(parents=True, exist_ok=True)
        if marker.exists():
            return
        try:
            self.path(sha256).replace(aside)
        except FileNotFoundError:
            return
        if marker.exists():
            aside.replace(self.path(sha256))
            return
        aside.unlink(missing_ok=True)

    def take_back(self, sha256: str) -> None:
        """Undo a `put` of this object for which no row will come. One that another process is putting stays."""
        if sha256 not in self._unsettled:
            return
        self._unsettled.discard(sha256)
        marker = self._incoming / f"{sha256}{_MARKER_TAIL}"
        if marker.exists() and marker.read_text(encoding="ascii", errors="replace") == owner.this_process():
            self.path(sha256).unlink(missing_ok=True)
            marker.unlink()

    def settle(self, has_row: Callable[[str], bool]) -> None:
        """Take away the markers of blobs put by this object whose rows are committed."""
        for sha256 in [sha256 for sha256 in tuple(self._unsettled) if has_row(sha256)]:
            self._unsettled.discard(sha256)
            (self._incoming / f"{sha256}{_MARKER_TAIL}").unlink(missing_ok=True)

    @property
    def unsettled(self) -> bool:
        return bool(self._unsettled)

    def sweep(self, has_row: Callable[[str], bool]) -> int:
        """Remove what processes that are dead left half done; how many files went."""
        swept = 0
        for path in self.leftovers():
            sha256 = path.name[:64]
            if path.name.endswith(_MARKER_TAIL) and _NAME.fullmatch(sha256) and not has_row(sha256):
                self.path(sha256).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            swept += 1
        return swept

    def leftovers(self) -> list[Path]:
        """Markers and half-written files of processes that are dead."""
        return [path for path in self.incoming() if self._is_left(path)]

    def incoming(self) -> list[Path]:
        return sorted(self._incoming.iterdir()) if self._incoming.is_dir() else []

    def all(self) -> Iterator[Path]:
        """Every blob; a walk over the whole folder."""
        if not self.folder.is_dir():
            return
        for fan in sorted(self.folder.iterdir()):
            if fan.name != _INCOMING and fan.is_dir():
                yield from (path for path in sorted(fan.iterdir()) if _NAME.fullmatch(path.name))

    def _mark(self, sha256: str) -> None:
        marker = self._incoming / f"{sha256}{_MARKER_TAIL}"
        _write(marker, owner.this_process().encode("ascii"))
        _sync_folder(self._incoming)
        self._unsettled.add(sha256)

    def _is_left(self, path: Path) -> bool:
        """Whether nobody works on a file any more: a marker tells who does, and stands before its part does."""
        marker = self._incoming / f"{path.name[:64]}{_MARKER_TAIL}"
        try:
            if marker.exists():
                return not owner.is_alive(marker.read_text(encoding="ascii", errors="replace"))
            return time.time() - path.stat().st_mtime > _REMOVING_S
        except FileNotFoundError:
            return False  # done at this very moment


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is; Windows cannot open a folder and needs no such call."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
