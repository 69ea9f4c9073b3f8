"""The library as one object: its thread owns the connection, and every question is answered there, in order.

It knows no question by itself: they are functions of the connection, in the modules named for what they ask.
"""

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from artvis.errors import DiskFull, StoreError
from artvis.queue import artworks, jobs
from artvis.queue.blobs import BlobFolder
from artvis.queue.connection import open_writer, translated

P = ParamSpec("P")
T = TypeVar("T")

BLOBS = "blobs"
_RESERVE = "reserve"
_RESERVE_BYTES = 1 << 20
_RESERVE_WHEN_FREE_BYTES = 4 << 20
_log = logging.getLogger(__name__)


class Store:
    """The library of a folder, opened to write. Raises StoreTooNew, DiskFull, StoreError.

    A second process may have the same library open: write transactions wait for each other.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blobs = BlobFolder(folder / BLOBS)
        self._reserve = folder / _RESERVE
        self._data_version = 0
        self._closed = False
        # one thread, not a daemon: what was submitted is written even when the program ends without close()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        try:
            self._db = self._thread.submit(self._open).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def submit(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Ask on the store's thread. A question that fails has changed nothing, and its future holds the fault."""
        if self._closed:
            raise StoreError("The library is closed.")
        return self._thread.submit(lambda: self._answer(question, *args, **kwargs))

    def run(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask and wait; not for the thread of a window."""
        return self.submit(question, *args, **kwargs).result()

    def data_version_changed(self) -> Future[bool]:
        """Whether another process has committed since this was asked last."""
        return self.submit(self._has_changed)

    def close(self) -> None:
        """Answer what was submitted, write the log back into the file, close. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._thread.submit(self._shut).result()
        self._thread.shutdown()

    def _open(self) -> sqlite3.Connection:
        with translated(f"The library {self.folder}"):
            try:
                db = open_writer(self.folder)
            except OSError as error:
                raise StoreError(f"The library {self.folder} cannot be opened ({error.strerror}).") from error
            swept = jobs.sweep(db, now_ms=time.time_ns() // 1_000_000)
            swept += self.blobs.sweep(lambda sha256: artworks.uses_blob(db, sha256))
            self._data_version = _data_version(db)
        if swept:
            _log.info("swept %d leftovers of processes that ended", swept)
        self._keep_reserve()
        return db

    def _answer(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        try:
            with translated():
                answer = question(self._db, *args, **kwargs)
        except DiskFull:
            if not self._free_reserve():
                raise
            with translated():
                answer = question(self._db, *args, **kwargs)
        if self.blobs.unsettled:
            try:
                self.blobs.settle(lambda sha256: artworks.uses_blob(self._db, sha256))
            except (OSError, sqlite3.Error):  # the question was answered all the same; the marker goes later
                _log.exception("the marker of a stored picture could not be taken away")
        return answer

    def _has_changed(self, db: sqlite3.Connection) -> bool:
        before, self._data_version = self._data_version, _data_version(db)
        return before != self._data_version

    def _shut(self) -> None:
        self._keep_reserve()
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            # a reader of another process is in the way, or the disk is full: the log is kept and read at the next start
            _log.info("the library's log was not written back: %s", error)
        finally:
            self._db.close()

    def _keep_reserve(self) -> None:
        """A file of 1 MiB that can be given up, so that votes can still be written when the disk is full."""
        try:
            if not self._reserve.exists() and shutil.disk_usage(self.folder).free > _RESERVE_WHEN_FREE_BYTES:
                self._reserve.write_bytes(bytes(_RESERVE_BYTES))
        except OSError as error:
            self._reserve.unlink(missing_ok=True)
            _log.warning("no reserve for a full disk: %s", error)

    def _free_reserve(self) -> bool:
        if not self._reserve.exists():
            return False
        self._reserve.unlink()
        _log.warning("the disk is full: the library's reserve is given up")
        return True


def _data_version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])
