"""What DJ software posts: a small HTTP server on 127.0.0.1 that takes one title at a time and tells nothing back.

It is no web server: one address, one method, 16 kB, 5 s, and nothing from a web page. A page in a browser can reach
loopback, but a browser marks what a page sends (Origin, Sec-Fetch-Site) and names the host that the page asked for;
whatever is so marked, or meant for another host, is refused.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from artvis.model.notice import Notice
from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.listener import Tell
from artvis.nowplaying.words import cleaned, decoded

log = logging.getLogger(__name__)

NAME: Final = "http"
PATH: Final = "/now-playing"
HEAD_BYTES: Final = 8192
BODY_BYTES: Final = 16_384
PATIENCE_S: Final = 5.0
AT_ONCE: Final = 8
_OF_A_BROWSER: Final = ("origin", "referer", "sec-fetch-site", "sec-fetch-mode")


class _Refused(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


async def serve(tell: Tell, port: int, on_notice: Callable[[Notice], None]) -> None:
    """Takes posts on `port` of 127.0.0.1 until it is cancelled; a port that is taken is said in a notice."""
    door = _Door(tell, port)
    try:
        server = await asyncio.start_server(door.answer, "127.0.0.1", port, limit=HEAD_BYTES)
    except OSError as problem:
        log.warning("port %d: %s", port, problem.strerror)
        text = f"Port {port} cannot be used, so no titles can be posted to it."
        on_notice(Notice("warning", "now-playing-port", text, "Another now_playing.http_port may be free."))
        return
    async with server:
        await server.serve_forever()


class _Door:
    def __init__(self, tell: Tell, port: int) -> None:
        self._tell = tell
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._open = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: one request, one answer, and its end."""
        self._open += 1
        try:
            if self._open <= AT_ONCE:
                status = await self._status(reader)
                reason = f"HTTP/1.1 {status.value} {status.phrase}\r\n"
                writer.write(f"{reason}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
                async with asyncio.timeout(PATIENCE_S):
                    await writer.drain()
        except (OSError, EOFError, TimeoutError):
            log.debug("a post was broken off")
        finally:
            self._open -= 1
            writer.close()

    async def _status(self, reader: asyncio.StreamReader) -> HTTPStatus:
        try:
            async with asyncio.timeout(PATIENCE_S):
                self._take(*await _request(reader, self._hosts))
        except _Refused as refused:
            return refused.status
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        return HTTPStatus.NO_CONTENT

    def _take(self, kind: str, body: bytes) -> None:
        fields = _fields(kind, decoded(body))
        title = cleaned(fields.get("title"))
        now = NowPlaying(
            title, cleaned(fields.get("artist")), cleaned(fields.get("album")), playing=True, source=NAME
        )
        self._tell(NAME, now if title else None)


async def _request(reader: asyncio.StreamReader, hosts: set[str]) -> tuple[str, bytes]:
    """Media type and body of a request that may be taken; nothing of the body is read before that is known."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.LimitOverrunError as problem:
        raise _Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) from problem
    first, *lines = head.rstrip("\r\n").split("\r\n")
    headers = _headers(lines)
    method, _, rest = first.partition(" ")
    if headers.get("host", "").lower() not in hosts or any(name in headers for name in _OF_A_BROWSER):
        raise _Refused(HTTPStatus.FORBIDDEN)
    if rest.partition(" ")[0] != PATH:
        raise _Refused(HTTPStatus.NOT_FOUND)
    if method != "POST":
        raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise _Refused(HTTPStatus.LENGTH_REQUIRED)
    if len(length) > 6 or int(length) > BODY_BYTES:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return headers.get("content-type", ""), await reader.readexactly(int(length))


def _headers(lines: list[str]) -> Mapping[str, str]:
    """By lower-case name. One that comes twice could mean two things, so it is refused."""
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name.strip() != name or name.lower() in headers:
            raise _Refused(HTTPStatus.BAD_REQUEST)
        headers[name.lower()] = value.strip()
    return headers


def _fields(kind: str, text: str) -> Mapping[str, Any]:
    match kind.partition(";")[0].strip().lower():
        case "application/json":
            try:
                fields = json.loads(text)
            except (ValueError, RecursionError) as problem:
                raise _Refused(HTTPStatus.BAD_REQUEST) from problem
            if not isinstance(fields, dict):
                raise _Refused(HTTPStatus.BAD_REQUEST)
            return fields
        case "application/x-www-form-urlencoded":
            try:
                return dict(parse_qsl(text, errors="replace", max_num_fields=16))
            except ValueError as problem:
                raise _Refused(HTTPStatus.BAD_REQUEST) from problem
    raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
