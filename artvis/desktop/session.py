"""The thread that speaks with the desktop: the screen stays awake, and a wish for less motion is known.

It decides nothing (`keepawake`). No answer from a desktop is a matter for the log: a show goes on without.
"""

import contextlib
import logging
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from artvis.desktop.keepawake import KeepAwake

log = logging.getLogger(__name__)

LOOK_S: Final = 2.0
STOP_S: Final = 3.0


class Desktop(Protocol):
    """What a system's desktop can do; all on the thread of the session, and each may take seconds."""

    def hold(self) -> bool:
        """Keeps it awake, as long as this process lives; called again and again. False where it does not understand."""

    def release(self) -> None: ...
    def reduced_motion(self) -> bool | None:
        """Whether people asked for less motion; None where it does not say."""

    def close(self) -> None: ...


class DesktopSession:
    """Keeps the desktop awake while a window is seen and `plays` says that music is heard."""

    def __init__(
        self,
        plays: Callable[[], bool],
        environ: Mapping[str, str],
        *,
        now_s: Callable[[], float] = time.monotonic,
        look_s: float = LOOK_S,
    ) -> None:
        self._plays = plays
        self._environ = environ
        self._now_s = now_s
        self._look_s = look_s
        self._seen = False
        self._reduced = False
        self._stopping = threading.Event()
        self._changed = threading.Event()
        # A daemon: a session bus that does not answer cannot hold up the end of the program.
        self._thread = threading.Thread(target=self._run, name="desktop", daemon=True)

    def start(self) -> None:
        """The window is seen; returns at once."""
        self._seen = True
        self._thread.start()

    def set_seen(self, seen: bool) -> None:  # noqa: FBT001 - called by the window with one value
        self._seen = seen
        self._changed.set()

    def reduced_motion(self) -> bool:
        """Whether people asked the system for less motion, as far as that is known by now."""
        return self._reduced

    def stop(self) -> None:
        """Lets the desktop sleep again; may be called twice, and without a start."""
        self._stopping.set()
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)
            if self._thread.is_alive():
                log.error("the desktop did not answer in %.0f s", STOP_S)

    def _run(self) -> None:
        try:
            with contextlib.closing(desktop_of(self._environ)) as desktop:
                self._attend(desktop)
        except Exception:
            log.exception("the desktop is not spoken with any more")

    def _attend(self, desktop: Desktop) -> None:
        awake, held, understood = KeepAwake(), False, True
        while not self._stopping.is_set():
            self._changed.clear()
            seen = self._seen
            wanted = awake.step(self._now_s(), seen=seen, plays=self._plays())
            if held and not wanted:
                desktop.release()
            held = wanted
            if held and understood != (understood := desktop.hold()):
                log.info("the desktop %s kept awake", "is" if understood else "cannot be")
            if seen:
                self._reduced = bool(desktop.reduced_motion())
            self._changed.wait(self._look_s if seen else None)
        if held:
            desktop.release()


def desktop_of(environ: Mapping[str, str], platform: str = sys.platform) -> Desktop:
    """The desktop of this system."""
    if platform == "linux":
        from artvis.desktop.linux import LinuxDesktop  # asyncio and dbus-fast: 70 ms

        return LinuxDesktop(environ)
    if platform == "win32":
        from artvis.desktop.windows import WindowsDesktop

        return WindowsDesktop()
    from artvis.desktop.macos import MacDesktop

    return MacDesktop()
