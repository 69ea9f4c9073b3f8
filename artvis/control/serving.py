"""What the thread `telling` does: many callers at once, each with one word, one answer, and little time.

It knows the words; what they mean is carried out by the window.
"""

import asyncio
import hmac
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from artvis.control.doors import Door
from artvis.control.telling import Desk
from artvis.control.wire import REQUEST_BYTES, Answer, answer_head, read_request
from artvis.control.words import COMMANDS, SCREENSHOT, STATUS

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""For a caller to say its word, and again to take the answer."""
ANSWER_S = 5.0
LAST_WORDS_S = 0.5
"""For what was asked before the end, such as the answer to `quit`."""
AT_ONCE = 32
_NOT_UNDERSTOOD = Answer("That was not understood.", ok=False)


class Server:
    """Serves until `over` is set, on the loop of `serve`."""

    def __init__(self, door: Door, desk: Desk, facts: Callable[[], Mapping[str, Any]]) -> None:
        self._door = door
        self._desk = desk
        self._facts = facts
        self._callers: set[asyncio.Task[None]] = set()
        self.over = asyncio.Event()

    async def serve(self) -> None:
        begin = asyncio.start_server if self._door.token else asyncio.start_unix_server
        server = await begin(self._on_call, sock=self._door.socket, limit=REQUEST_BYTES)
        await self.over.wait()
        server.close()
        if self._callers:
            await asyncio.wait(self._callers, timeout=LAST_WORDS_S)

    def _on_call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._callers) >= AT_ONCE:
            writer.transport.abort()
            return
        caller = asyncio.create_task(self._serve_one(reader, writer))
        self._callers.add(caller)
        caller.add_done_callback(self._callers.discard)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.set_write_buffer_limits(0)  # so that `drain` waits until all has been taken
        try:
            async with asyncio.timeout(PATIENCE_S):
                line = await reader.readuntil(b"\n")
            answer = await self._answer(line)
            async with asyncio.timeout(PATIENCE_S):
                writer.write(answer_head(answer) + answer.payload)
                await writer.drain()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            log.debug("a caller was broken off")
            writer.transport.abort()
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> Answer:
        request = read_request(line)
        if request is None or not _same(request.token, self._door.token):
            return _NOT_UNDERSTOOD
        at_s = time.monotonic() - request.ago_s
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._carry_out(request.word, at_s)
        except TimeoutError:
            return Answer("The window does not answer.", ok=False)
        except Exception:
            log.exception("%s could not be answered", request.word)
            return Answer("That did not work; the log says why.", ok=False)

    async def _carry_out(self, word: str, at_s: float) -> Answer:
        if word == STATUS:
            shown = await asyncio.wrap_future(self._desk.facts())
            return Answer(facts={**shown, **self._facts()})
        if word == SCREENSHOT:
            pixels = await asyncio.wrap_future(self._desk.look())
            if pixels is None:
                return Answer("The window is hidden; there is nothing to see.", ok=False)
            height, width = pixels.shape[:2]
            return Answer(facts={"size": f"{width}x{height}"}, payload=pixels.tobytes())
        if word in COMMANDS:
            return Answer(await asyncio.wrap_future(self._desk.tell(COMMANDS[word], at_s=at_s)))
        return _NOT_UNDERSTOOD


def _same(token: str, wanted: str) -> bool:
    return hmac.compare_digest(token.encode(errors="replace"), wanted.encode())
