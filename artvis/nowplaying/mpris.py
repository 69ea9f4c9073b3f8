"""What the media players of a Linux desktop play, by MPRIS on the session bus, through dbus-fast.

It gives no orders to players and wakes none. Players are untrusted: what they send is cleaned on arrival, and a bus
that is missing or dies costs one line in the log.
Source: MPRIS D-Bus Interface Specification 2.2.
"""

import asyncio
import logging
import os
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusFastError

from artvis.backoff import steps_s
from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.listener import Tell
from artvis.nowplaying.policy import PLAYERS_MAX
from artvis.nowplaying.words import cleaned, cleaned_list, cleaned_url
from artvis.sessionbus import ANSWER_S, NO_BUS, NoAnswer, ask, bus_address

log = logging.getLogger(__name__)

PREFIX: Final = "org.mpris.MediaPlayer2."
PLAYER: Final = "org.mpris.MediaPlayer2.Player"
PATH: Final = "/org/mpris/MediaPlayer2"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
BUS: Final = "org.freedesktop.DBus"
PROXIES: Final = (f"{PREFIX}playerctld",)
"""They repeat what other players say."""
AGAIN_S: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_RULES: Final = (
    f"type='signal',sender='{BUS}',interface='{BUS}',member='NameOwnerChanged',arg0namespace='{PREFIX[:-1]}'",
    f"type='signal',interface='{PROPERTIES}',member='PropertiesChanged',path='{PATH}',arg0='{PLAYER}'",
    f"type='signal',interface='{PLAYER}',member='Seeked',path='{PATH}'",
)


async def listen(tell: Tell, environ: Mapping[str, str] = os.environ) -> None:
    """Tells until it is cancelled; a bus that is away is looked for again, ever more seldom."""
    # What it says of a message that it cannot take may quote a title.
    logging.getLogger("dbus_fast").setLevel(logging.CRITICAL)
    attempt, said = 0, False
    while True:
        session = _Session(tell)
        try:
            await session.run(bus_address(environ))
        except NO_BUS as problem:
            if session.answered:
                attempt, said = 0, False
            if not said:
                log.info("no session bus, so players are not asked: %s", type(problem).__name__)
                said = True
        attempt += 1
        await asyncio.sleep(steps_s(attempt, AGAIN_S))


async def players(environ: Mapping[str, str]) -> list[str]:
    """The short names of the players that are there now. Raises one of NO_BUS."""
    address = bus_address(environ)
    if not address:
        raise FileNotFoundError
    async with asyncio.timeout(ANSWER_S):
        bus = await MessageBus(bus_address=address).connect()
        try:
            names = (await _call(bus, BUS, "/org/freedesktop/DBus", BUS, "ListNames"))[0]
        finally:
            bus.disconnect()
    return sorted(_short(name) for name in names if _is_player(name))


@dataclass(slots=True)
class _Player:
    """One player as far as it has spoken."""

    name: str
    now: NowPlaying
    stale: bool = False
    """Something of it has changed since it was last asked what."""
    being_asked: bool = False


class _Session:
    """One connection to the bus, from its beginning to its end."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._players: dict[str, _Player] = {}  # by the unique name of their connection
        self._tasks: set[asyncio.Task[None]] = set()
        self.answered = False

    async def run(self, address: str) -> None:
        """Returns never; raises what ended the connection."""
        if not address:
            raise FileNotFoundError
        bus = MessageBus(bus_address=address, auth_timeout=ANSWER_S)
        async with asyncio.timeout(2 * ANSWER_S):
            await bus.connect()
        try:
            bus.add_message_handler(lambda message: self._take(bus, message))
            await self._find_players(bus)
            self.answered = True
            await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
            raise EOFError
        finally:
            for task in self._tasks:
                task.cancel()
            for player in self._players.values():
                self._tell(player.name, None)
            bus.disconnect()

    async def _find_players(self, bus: MessageBus) -> None:
        for rule in _RULES:
            await _call(bus, BUS, "/org/freedesktop/DBus", BUS, "AddMatch", rule)
        for name in (await _call(bus, BUS, "/org/freedesktop/DBus", BUS, "ListNames"))[0]:
            if _is_player(name):
                self._soon(self._adopt_present(bus, name))

    async def _adopt_present(self, bus: MessageBus, name: str) -> None:
        owner = (await _call(bus, BUS, "/org/freedesktop/DBus", BUS, "GetNameOwner", name))[0]
        self._adopt(bus, name, owner)

    def _adopt(self, bus: MessageBus, name: str, owner: str) -> None:
        """At once: a player that goes in the same moment is then known, and let go."""
        if owner not in self._players and len(self._players) < PLAYERS_MAX:
            player = self._players[owner] = _Player(name, NowPlaying(source=f"mpris:{_short(name)}"))
            self._ask_again(bus, owner, player)

    def _ask_again(self, bus: MessageBus, owner: str, player: _Player) -> None:
        """Has a player asked, with one question at a time however often it says that something changed."""
        player.stale = True
        if not player.being_asked:
            player.being_asked = True
            self._soon(self._ask(bus, owner, player))

    async def _ask(self, bus: MessageBus, owner: str, player: _Player) -> None:
        """All that a player says of itself; one that does not answer is heard when it speaks."""
        try:
            while player.stale:
                player.stale = False
                self._update(owner, (await _call(bus, owner, PATH, PROPERTIES, "GetAll", PLAYER))[0])
        finally:
            player.being_asked = False

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Asks without waiting: a player that hangs keeps nobody from being heard."""

        async def quietly() -> None:
            try:
                await work
            except (NoAnswer, DBusFastError, OSError, EOFError) as problem:
                log.info("a player did not answer: %s", type(problem).__name__)

        task = asyncio.create_task(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _take(self, bus: MessageBus, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        match message.member, message.signature:
            case "NameOwnerChanged", "sss" if message.sender == BUS:
                name, old, new = message.body
                if _is_player(name):
                    self._move(bus, name, old, new)
            case "PropertiesChanged", "sa{sv}as" if message.sender in self._players:
                interface, changed, invalidated = message.body
                if interface == PLAYER:
                    self._update(message.sender, changed)
                    if invalidated:
                        self._ask_again(bus, message.sender, self._players[message.sender])
            case "Seeked", "x" if message.sender in self._players:
                self._update(message.sender, {"Position": message.body[0]})

    def _move(self, bus: MessageBus, name: str, old: str, new: str) -> None:
        if old in self._players and self._players[old].name == name:
            self._tell(self._players.pop(old).name, None)
        if new:
            self._adopt(bus, name, new)

    def _update(self, owner: str, changed: Mapping[str, object]) -> None:
        player = self._players.get(owner)
        if player is None:  # it left while it was asked
            return
        player.now = updated(player.now, {name: _plain(value) for name, value in changed.items()})
        self._tell(player.name, player.now)


def updated(now: NowPlaying, changed: Mapping[str, object]) -> NowPlaying:
    """What a player says after some of its properties have changed; of a wrong type they count as empty."""
    if "Metadata" in changed:
        data = changed["Metadata"]
        track = {str(name): _plain(value) for name, value in data.items()} if isinstance(data, dict) else {}
        now = replace(
            now,
            title=cleaned(track.get("xesam:title")),
            artist=cleaned_list(track.get("xesam:artist")),
            album=cleaned(track.get("xesam:album")),
            art_url=cleaned_url(track.get("mpris:artUrl")),
        )
    if "PlaybackStatus" in changed:
        now = replace(now, playing=changed["PlaybackStatus"] == "Playing")
    position_us = changed.get("Position")
    if isinstance(position_us, int):
        now = replace(now, position_s=position_us / 1e6)
    return now


async def _call(bus: MessageBus, to: str, path: str, interface: str, member: str, *words: str) -> list[Any]:
    """The body of the answer. Raises NoAnswer, also where something was asked for and nothing came."""
    answer = await ask(bus, to, path, interface, member, "s" * len(words), *words)
    if not answer and member != "AddMatch":
        raise NoAnswer
    return answer


def _plain(value: object) -> object:
    return value.value if isinstance(value, Variant) else value


def _is_player(name: str) -> bool:
    return name.startswith(PREFIX) and name not in PROXIES


def _short(name: str) -> str:
    """'firefox' of 'org.mpris.MediaPlayer2.firefox.instance_1_7'."""
    return name.removeprefix(PREFIX).split(".")[0]
