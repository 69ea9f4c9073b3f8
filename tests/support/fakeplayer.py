"""A player on the session bus that says what it is told to, right or wrong.

    python fakeplayer.py NAME

Reads one JSON object a line: {"what": "say", "title": …, "status": …}; or "flood", "raw" (bytes that are no UTF-8),
"invalidate", "come and go", "hang", "asked". Answers each with a line: "done", how often it was asked, or "thrown out"
when the bus has ended the connection.
"""

import asyncio
import json
import sys
import time
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

PLAYER = "org.mpris.MediaPlayer2.Player"
PATH = "/org/mpris/MediaPlayer2"


class Liar:
    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus
        self.asked = 0
        self._properties: dict[str, Variant] = {"PlaybackStatus": Variant("s", "Stopped")}
        bus.add_message_handler(self._answer)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is MessageType.METHOD_CALL and message.member == "GetAll":
            self.asked += 1
            return Message.new_method_return(message, "a{sv}", [self._properties])
        return None

    async def obey(self, order: dict[str, Any]) -> None:
        acts = {
            "say": self._say,
            "flood": self._flood,
            "invalidate": self._invalidate,
            "raw": self._say_raw,
            "come and go": self._come_and_go,
            "hang": self._hang,
            "asked": self._do_nothing,
        }
        await acts[order.pop("what")](order)

    async def _flood(self, order: dict[str, Any]) -> None:
        for number in range(order["times"]):
            await self._say({"title": f"{order['title']} {number}", "status": "Playing"})
            await _breathe(number)

    async def _invalidate(self, order: dict[str, Any]) -> None:
        for number in range(order.get("times", 1)):
            await self._bus.send(_changed({}, "Metadata"))
            await _breathe(number)

    async def _come_and_go(self, order: dict[str, Any]) -> None:
        for number in range(order["times"]):
            bus = await MessageBus().connect()
            await bus.request_name(f"org.mpris.MediaPlayer2.fleeting{number}")
            bus.disconnect()

    async def _hang(self, order: dict[str, Any]) -> None:
        time.sleep(order["seconds"])  # noqa: ASYNC251 - it is to hang

    async def _do_nothing(self, order: dict[str, Any]) -> None: ...

    async def _say(self, order: dict[str, Any]) -> None:
        self._properties["PlaybackStatus"] = Variant("s", order.get("status", "Playing"))
        self._properties["Metadata"] = Variant("a{sv}", dict(_metadata(order)))
        if "position_us" in order:
            self._properties["Position"] = Variant("x", order["position_us"])
        if not order.get("silently"):
            await self._bus.send(_changed(self._properties))

    async def _say_raw(self, order: dict[str, Any]) -> None:
        """What dbus-fast would never send: the X of the title become bytes that no UTF-8 has."""
        message = _changed({"Metadata": Variant("a{sv}", {"xesam:title": Variant("s", order["title"])})})
        message.serial = self._bus.next_serial()
        data = bytes(message._marshall(False)).replace(b"X", b"\xff")
        self._bus._sock.send(data)
        await asyncio.wait_for(self._bus.wait_for_disconnect(), 5)


async def _breathe(number: int) -> None:
    """dbus-fast gives up when the socket is full."""
    if number % 50 == 49:
        await asyncio.sleep(0.01)


def _metadata(order: dict[str, Any]) -> Any:
    title = order.get("title")
    if isinstance(title, int):
        yield "xesam:title", Variant("i", title)
    elif title is not None:
        yield "xesam:title", Variant("s", title * order.get("times", 1))
    if "artist" in order:
        yield "xesam:artist", Variant("as", order["artist"])
    if "art_url" in order:
        yield "mpris:artUrl", Variant("s", order["art_url"])


def _changed(properties: dict[str, Variant], *invalidated: str) -> Message:
    return Message(
        message_type=MessageType.SIGNAL,
        path=PATH,
        interface="org.freedesktop.DBus.Properties",
        member="PropertiesChanged",
        signature="sa{sv}as",
        body=[PLAYER, properties, list(invalidated)],
    )


async def main(name: str) -> None:
    bus = await MessageBus().connect()
    liar = Liar(bus)
    await bus.request_name(f"org.mpris.MediaPlayer2.{name}")
    print("done", flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        answer = str(liar.asked) if order["what"] == "asked" else "done"
        try:
            await liar.obey(order)
        except (EOFError, OSError):
            answer = "thrown out"
        print(answer, flush=True)


asyncio.run(main(sys.argv[1]))
