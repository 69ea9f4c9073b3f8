"""Writes a film as a folder of numbered PNG files.

It knows no sound, and leaves the encoding to whoever reads the folder.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from artvis.errors import InputError
from artvis.model.artwork import Pixels


class FrameFolder:
    """`video` for each frame: 000000.png, 000001.png …; as a context manager, an exception in its block aborts."""

    def __init__(self, folder: Path) -> None:
        """InputError where the folder cannot be made, or is not empty."""
        self.folder = folder
        self._written: list[Path] = []
        try:
            self._is_new = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
            occupied = any(folder.iterdir())
        except OSError as error:
            raise InputError(f"{folder} cannot be written: {error.strerror}.") from error
        if occupied:
            raise InputError(f"{folder} is not empty: frames go into a folder of their own.")

    def video(self, pixels: Pixels) -> None:
        path = self.folder / f"{len(self._written):06}.png"
        self._written.append(path)
        try:
            Image.fromarray(pixels).save(path, compress_level=1)  # four times as fast as the default
        except OSError as error:
            self.abort()
            raise InputError(f"{path} cannot be written: {error.strerror}.") from error

    def abort(self) -> None:
        """Take away what was written."""
        for path in self._written:
            path.unlink(missing_ok=True)
        self._written.clear()
        if self._is_new:
            self.folder.rmdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.abort()
