"""The session bus of a Linux desktop: where it is, and one question to somebody on it, through dbus-fast.

It keeps no connection and knows nobody's interface.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from dbus_fast.errors import AuthError, DBusFastError

ANSWER_S: Final = 2.0


class NoAnswer(Exception):
    """Nobody answered, or with an error."""


NO_BUS: Final = (OSError, EOFError, TimeoutError, ValueError, AuthError, DBusFastError, NoAnswer)
"""How a bus that is missing, dies or talks nonsense ends a connection."""


def bus_address(environ: Mapping[str, str]) -> str:
    """The session bus of this login, '' when there is none."""
    if address := environ.get("DBUS_SESSION_BUS_ADDRESS", ""):
        return address
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    return f"unix:path={runtime}/bus" if runtime and Path(runtime, "bus").exists() else ""


async def ask(
    bus: MessageBus, to: str, path: str, interface: str, member: str, signature: str = "", *body: object
) -> list[Any]:
    """The body of the answer, which may be empty. Raises NoAnswer, after 2 s at the latest."""
    message = Message(
        destination=to,
        path=path,
        interface=interface,
        member=member,
        signature=signature,
        body=list(body),
    )
    try:
        async with asyncio.timeout(ANSWER_S):
            answer = await bus.call(message)
    except TimeoutError as problem:
        raise NoAnswer from problem
    if answer is None or answer.message_type is not MessageType.METHOD_RETURN:
        raise NoAnswer
    return list(answer.body)
