"""The thread `telling` of a show: it listens at the show's door, and stops cleanly.

What is answered is decided in `serving`, and done by the window.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from artvis.control.doors import HAS_UNIX, open_door
from artvis.errors import InputError
from artvis.model.artwork import Pixels
from artvis.model.command import Command
from artvis.model.notice import Notice

if TYPE_CHECKING:
    import asyncio

    from artvis.control.serving import Server

log = logging.getLogger(__name__)

STOP_S = 2.0


class Desk(Protocol):
    """The window, for other threads: each call returns at once, and is answered by the window's own thread."""

    def tell(self, command: Command, *, at_s: float) -> Future[str]:
        """Carries it out as if its key had been pressed at `at_s` (monotonic); the answer that stands on the screen."""

    def facts(self) -> Future[Mapping[str, Any]]:
        """What is shown now, and how well."""

    def look(self) -> Future[Pixels | None]:
        """What the window shows, shape (height, width, 3); None while it is hidden."""


class Telling:
    """Lets others tell the show, from `start` to `stop`."""

    def __init__(
        self,
        folder: Path,
        *,
        facts: Callable[[], Mapping[str, Any]],
        on_notice: Callable[[Notice], None],
        unix: bool = HAS_UNIX,
    ) -> None:
        """`facts` is what `status` says beside what the window knows; it is called on the thread `telling`.

        `unix` as in `open_door`.
        """
        self._folder = folder
        self._unix = unix
        self._facts = facts
        self._on_notice = on_notice
        self._server: Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self, desk: Desk) -> None:
        # A daemon: a disk that does not answer cannot hold up the end of the program.
        self._thread = threading.Thread(target=self._run, args=(desk,), name="telling", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets what was asked be answered, shortly, and ends the thread; may be called twice, and without a start."""
        self._stopping = True
        if self._loop is not None and self._server is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._server.over.set)
        if self._thread is not None and self._thread.is_alive():
            self._thread.join(STOP_S)
            if self._thread.is_alive():
                log.error("the thread that is told what to do did not stop in %.0f s", STOP_S)

    def _run(self, desk: Desk) -> None:
        import asyncio  # 40 ms, which the frames of the show do not wait for

        from artvis.control.serving import Server

        try:
            door = open_door(self._folder, unix=self._unix)
        except (OSError, InputError) as problem:
            log.warning("no door in %s: %s", self._folder, problem)
            self._on_notice(
                Notice("warning", "telling", f"artvis tell cannot reach this show: {problem}", "It runs on.")
            )
            return
        with contextlib.closing(door), asyncio.Runner() as runner:
            self._server = Server(door, desk, self._facts)
            self._loop = runner.get_loop()
            if not self._stopping:
                runner.run(self._server.serve())
