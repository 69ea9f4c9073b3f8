"""Stored pictures, decoded on a thread of their own so that no video frame waits for a disk."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from artvis.model.artwork import Picture, QueueEntry
from artvis.pipeline.events import Mailbox, PictureLoaded, StageEvent
from artvis.providers import imagecheck

log = logging.getLogger(__name__)


class Loader(Protocol):
    """Takes requests for pictures; each answer is a `PictureLoaded`."""

    def request(self, entry: QueueEntry) -> None: ...


def load_picture(entry: QueueEntry, path_of: Callable[[str], Path]) -> Picture | None:
    """The stored picture of `entry`, or None when its file is missing or unreadable."""
    try:
        pixels = imagecheck.decode_stored(path_of(entry.sha256).read_bytes())
    except Exception:
        log.exception("the stored picture of %s cannot be read", entry.id)
        return None
    pixels.flags.writeable = False
    return Picture(entry.id, pixels, entry.palette, title=entry.title)


class PictureLoader:
    """The loading thread; `path_of` turns a sha256 into the path of the blob."""

    def __init__(self, path_of: Callable[[str], Path], mailbox: Mailbox[StageEvent]) -> None:
        self._path_of = path_of
        self._mailbox = mailbox
        self._requests: Mailbox[QueueEntry] = Mailbox()
        self._wake = threading.Event()
        self._stopping = False
        # A daemon: a disk that does not answer cannot hold up the end of the program.
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(2.0)
            if self._thread.is_alive():
                log.error("the loading thread did not stop in 2 s")

    def request(self, entry: QueueEntry) -> None:
        self._requests.post(entry)
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait()
            self._wake.clear()
            for entry in self._requests.drain():
                self._mailbox.post(PictureLoaded(entry.id, load_picture(entry, self._path_of)))


class ImmediateLoader:
    """Loads at once, on the caller's thread: for a film, whose clock waits."""

    def __init__(self, path_of: Callable[[str], Path], mailbox: Mailbox[StageEvent]) -> None:
        self._path_of = path_of
        self._mailbox = mailbox

    def request(self, entry: QueueEntry) -> None:
        self._mailbox.post(PictureLoaded(entry.id, load_picture(entry, self._path_of)))
