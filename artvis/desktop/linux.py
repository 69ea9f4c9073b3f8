"""A Linux desktop by its session bus: who keeps the screen awake there, and whether less motion is wanted.

The desktop lets go by itself when the connection ends, so a show that crashes keeps nobody's screen on.
Sources: Idle Inhibition Service Draft (freedesktop.org); org.gnome.SessionManager; XDG Desktop Portal.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

from dbus_fast import Variant
from dbus_fast.aio import MessageBus

from artvis.desktop.xserver import XServer
from artvis.sessionbus import ANSWER_S, NO_BUS, NoAnswer, ask, bus_address

log = logging.getLogger(__name__)
T = TypeVar("T")

WHO: Final = "artvis"
WHY: Final = "A show plays"
PORTAL: Final = "org.freedesktop.portal.Desktop"
PORTAL_PATH: Final = "/org/freedesktop/portal/desktop"
SUSPEND, IDLE = 4, 8  # flags of GNOME's session manager and of the portal
ANIMATIONS: Final = ("org.gnome.desktop.interface", "enable-animations")
REDUCED: Final = ("org.freedesktop.appearance", "reduced-motion")

AGAIN_S: Final = 60.0
"""A session bus on which nobody understood is asked again after this time."""

Release = Callable[[], Awaitable[object]]


class LinuxDesktop:
    """Used by one thread. The loop runs only while something is asked."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._runner = asyncio.Runner()
        self._bus: MessageBus | None = None
        self._release: Release | None = None
        self._ask_again_s = 0.0
        self._x_server: XServer | None = None
        self._tells_motion = True

    def hold(self) -> bool:
        """Asks one after the other until somebody understands; where nobody does, the X server is stirred."""
        if self._release is not None and self._is_connected:
            return True
        now_s = time.monotonic()
        if now_s >= self._ask_again_s:
            for way in (_screen_saver, _gnome, _portal):
                self._release = self._asked(way)
                if self._release is not None:
                    return True
            self._ask_again_s = now_s + AGAIN_S
        if self._x_server is None:
            self._x_server = XServer(self._environ.get("DISPLAY", ""))
        return self._x_server.stir()

    def release(self) -> None:
        release, self._release = self._release, None
        if release is not None:
            self._asked(lambda _: release())

    def reduced_motion(self) -> bool | None:
        """Where nobody tells settings, that is not asked again."""
        if not self._tells_motion:
            return None
        found = self._asked(_motion)
        self._tells_motion = found is not None
        return found

    def close(self) -> None:
        """Ends the connection, and with it all that was asked."""
        if self._bus is not None:
            self._bus.disconnect()
        self._runner.close()
        if self._x_server is not None:
            self._x_server.close()

    @property
    def _is_connected(self) -> bool:
        return self._bus is not None and self._bus.connected

    def _asked(self, question: Callable[[MessageBus], Awaitable[T]]) -> T | None:
        """The answer; None where there is none."""

        async def answer() -> T:
            if self._bus is None or not self._is_connected:
                address = bus_address(self._environ)
                if not address:
                    raise NoAnswer
                async with asyncio.timeout(ANSWER_S):
                    self._bus = await MessageBus(bus_address=address).connect()
            return await question(self._bus)

        try:
            return self._runner.run(answer())
        except NO_BUS as problem:
            log.debug("the desktop did not answer: %s", type(problem).__name__)
            return None


async def _screen_saver(bus: MessageBus) -> Release:
    name, path = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
    cookie = _only(await ask(bus, name, path, name, "Inhibit", "ss", WHO, WHY), int)
    return lambda: ask(bus, name, path, name, "UnInhibit", "u", cookie)


async def _gnome(bus: MessageBus) -> Release:
    name, path = "org.gnome.SessionManager", "/org/gnome/SessionManager"
    cookie = _only(await ask(bus, name, path, name, "Inhibit", "susu", WHO, 0, WHY, SUSPEND | IDLE), int)
    return lambda: ask(bus, name, path, name, "Uninhibit", "u", cookie)


async def _portal(bus: MessageBus) -> Release:
    interface, options = "org.freedesktop.portal.Inhibit", {"reason": Variant("s", WHY)}
    asked = await ask(bus, PORTAL, PORTAL_PATH, interface, "Inhibit", "sua{sv}", "", SUSPEND | IDLE, options)
    request = _only(asked, str)
    return lambda: ask(bus, PORTAL, request, "org.freedesktop.portal.Request", "Close")


async def _motion(bus: MessageBus) -> bool:
    """The newer setting of all desktops first; where it asks for nothing, that of GNOME and those that follow it."""
    answers = [await _setting(bus, *which) for which in (REDUCED, ANIMATIONS)]
    if answers == [None, None]:
        raise NoAnswer
    return answers[0] == 1 or answers[1] is False


async def _setting(bus: MessageBus, namespace: str, key: str) -> Any:
    """Its value; None where the desktop does not know it."""
    interface = "org.freedesktop.portal.Settings"
    try:
        answer = await ask(bus, PORTAL, PORTAL_PATH, interface, "Read", "ss", namespace, key)
    except NoAnswer:
        return None
    value: Any = answer[0] if answer else None
    while isinstance(value, Variant):  # Read wraps it twice
        value = value.value
    return value


def _only(answer: list[Any], kind: type[T]) -> T:
    if len(answer) != 1 or not isinstance(answer[0], kind):
        raise NoAnswer
    return answer[0]
