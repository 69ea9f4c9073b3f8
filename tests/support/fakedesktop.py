"""A desktop on the session bus that counts who keeps it awake: `python fakedesktop.py LOG NAME...`.

It owns the NAMEs (org.freedesktop.ScreenSaver, org.gnome.SessionManager, org.freedesktop.portal.Desktop) and writes a
line into LOG for each thing that happens: "ready", "held 1" with how many hold now, "released 0", "lost 0" when one
that held has gone without a word. The setting of the portal is read from LOG.animations, if that is there.
"""

import asyncio
import sys
from pathlib import Path

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus


class Desktop:
    def __init__(self, bus: MessageBus, log: Path) -> None:
        self._log = log
        self._animations = log.with_name(log.name + ".animations")
        self._held: dict[object, str] = {}
        bus.add_message_handler(self._answer)

    def write(self, what: str) -> None:
        with self._log.open("a") as log:
            log.write(f"{what} {len(self._held)}\n")

    def _answer(self, message: Message) -> Message | None:
        if message.member == "NameOwnerChanged" and not message.body[2]:
            gone = [cookie for cookie, owner in self._held.items() if owner == message.body[0]]
            for cookie in gone:
                del self._held[cookie]
                self.write("lost")
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        match message.member:
            case "Inhibit":
                portal = message.interface == "org.freedesktop.portal.Inhibit"
                cookie = f"/request/{len(self._held)}" if portal else len(self._held) + 7
                self._held[cookie] = message.sender
                self.write("held")
                return Message.new_method_return(message, "o" if portal else "u", [cookie])
            case "UnInhibit" | "Uninhibit" | "Close":
                del self._held[message.path if message.member == "Close" else message.body[0]]
                self.write("released")
                return Message.new_method_return(message)
            case "Read" if message.body[1] == "enable-animations" and self._animations.exists():
                value = Variant("b", self._animations.read_text() == "true")
                return Message.new_method_return(message, "v", [Variant("v", value)])
        return Message.new_error(message, "org.artvis.Test", "not known here")


async def main() -> None:
    bus = await MessageBus().connect()
    desktop = Desktop(bus, Path(sys.argv[1]))
    rule = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"
    await bus.call(
        Message(
            destination="org.freedesktop.DBus",
            path="/org/freedesktop/DBus",
            interface="org.freedesktop.DBus",
            member="AddMatch",
            signature="s",
            body=[rule],
        )
    )
    for name in sys.argv[2:]:
        await bus.request_name(name)
    desktop.write("ready")
    await bus.wait_for_disconnect()


asyncio.run(main())
