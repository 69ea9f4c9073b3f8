"""Titles that are posted to loopback: who may, and what happens to the rest. Real sockets."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from artvis.model.notice import Notice
from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying import post


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Server:
    """A server in this loop, and what it told."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.told: list[NowPlaying | None] = []
        self.notices: list[Notice] = []
        self.noticed = asyncio.Event()

    def run(self, work: Callable[["Server"], Awaitable[None]]) -> "Server":
        async def main() -> None:
            def tell(name: str, now: NowPlaying | None) -> None:
                assert name == "http"
                self.told.append(now)

            def notice(said: Notice) -> None:
                self.notices.append(said)
                self.noticed.set()

            serving = asyncio.create_task(post.serve(tell, self.port, notice))
            await self._until_open()
            await work(self)
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

        asyncio.run(main())
        return self

    async def _until_open(self) -> None:
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except ConnectionRefusedError:
                await asyncio.sleep(0)
            else:
                writer.close()
                return

    async def send(self, data: bytes) -> int:
        """The status of the answer, 0 for none."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(data)
            await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            answer = b""
        finally:
            writer.close()
        assert b"\r\nAccess-Control" not in answer
        return int(answer.split(b" ", 2)[1]) if answer else 0

    async def post(self, body: bytes, kind: str = "application/json", **headers: str) -> int:
        return await self.send(self.request(body, kind, **headers))

    def request(
        self,
        body: bytes,
        kind: str = "application/json",
        *,
        first: str = "POST /now-playing HTTP/1.1",
        **headers: str,
    ) -> bytes:
        lines = {"Host": f"127.0.0.1:{self.port}", "Content-Type": kind, "Content-Length": str(len(body))}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value != "-")
        return f"{first}\r\n{head}\r\n".encode("latin-1") + body


TITLE = json.dumps({"title": "Blue Monday", "artist": "New Order", "album": "12 inch"}).encode()


def test_json_and_forms_are_taken_cleaned_and_an_empty_title_is_the_end(port: int) -> None:
    async def work(server: Server) -> None:
        assert await server.post(TITLE) == 204
        form = b"title=D%E9j%C3%A0+Vu%00%1B&artist=Beyonc%C3%A9&x=1"
        assert await server.post(form, "application/x-www-form-urlencoded; charset=utf-8") == 204
        assert await server.post(b'{"title": " "}', Host=f"LOCALHOST:{port}") == 204

    told = Server(port).run(work).told
    assert told[0] == NowPlaying("Blue Monday", "New Order", "12 inch", playing=True, source="http")
    assert told[1] is not None
    assert (told[1].title, told[1].artist) == ("Djà Vu", "Beyoncé")
    assert told[2] is None


@pytest.mark.parametrize(
    "mark",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:80"},
        {"Referer": "https://evil.example/"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Mode": "no-cors"},
        {"Host": "evil.example"},  # a name that somebody points at 127.0.0.1
        {"Host": "127.0.0.1"},
        {"Host": "-"},
    ],
    ids=str,
)
def test_a_web_page_cannot_post(port: int, mark: dict[str, str]) -> None:
    async def work(server: Server) -> None:
        assert await server.post(b"title=x", "application/x-www-form-urlencoded", **mark) == 403
        assert await server.post(b"title=x", "text/plain", **mark) == 403

    assert Server(port).run(work).told == []


# fetch("http://127.0.0.1:PORT/now-playing", {method: "POST", mode: "no-cors", body: …}) of a page, as Chromium, Firefox
# and a browser before Fetch Metadata send it; then a page whose name has been pointed at 127.0.0.1 meanwhile, for
# which this is its own host; then a form of a file that was opened.
BROWSERS = {
    "Chromium": """Host: 127.0.0.1:PORT
Connection: keep-alive
Content-Length: 7
sec-ch-ua-platform: "Linux"
User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36
Content-Type: KIND
Accept: */*
Origin: http://localhost:8000
Sec-Fetch-Site: cross-site
Sec-Fetch-Mode: no-cors
Sec-Fetch-Dest: empty
Referer: http://localhost:8000/
Accept-Encoding: gzip, deflate, br, zstd""",
    "Firefox": """Host: 127.0.0.1:PORT
User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
Accept: */*
Accept-Encoding: gzip, deflate
Content-Type: KIND
Content-Length: 7
Origin: http://localhost:8000
Connection: keep-alive
Sec-Fetch-Dest: empty
Sec-Fetch-Mode: no-cors
Sec-Fetch-Site: cross-site""",
    "older": """Host: localhost:PORT
Content-Type: KIND
Origin: http://localhost:8000
Content-Length: 7""",
    "rebound": """Host: evil.example:PORT
Content-Type: KIND
Origin: http://evil.example:PORT
Sec-Fetch-Site: same-origin
Content-Length: 7""",
    "rebound, older": """Host: evil.example:PORT
Content-Type: KIND
Content-Length: 7""",
    "form of a file": """Host: 127.0.0.1:PORT
Content-Type: KIND
Origin: null
Upgrade-Insecure-Requests: 1
Content-Length: 7""",
}


@pytest.mark.parametrize("kind", ["text/plain;charset=UTF-8", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize("browser", BROWSERS)
def test_what_browsers_send_for_a_page_is_refused(port: int, browser: str, kind: str) -> None:
    head = BROWSERS[browser].replace("PORT", str(port)).replace("KIND", kind).replace("\n", "\r\n")

    async def work(server: Server) -> None:
        request = f"POST /now-playing HTTP/1.1\r\n{head}\r\n\r\ntitle=x"
        assert await server.send(request.encode()) == 403

    assert Server(port).run(work).told == []


def test_a_browser_that_asks_first_is_refused(port: int) -> None:
    async def work(server: Server) -> None:
        ask = "OPTIONS /now-playing HTTP/1.1"
        assert await server.send(server.request(b"", first=ask, Origin="https://evil.example")) == 403
        assert await server.send(server.request(b"", first=ask)) == 405

    assert Server(port).run(work).told == []


@pytest.mark.parametrize(
    ("status", "body", "changes"),
    [
        (404, TITLE, {"first": "POST / HTTP/1.1"}),
        (405, b"", {"first": "GET /now-playing HTTP/1.1"}),
        (411, TITLE, {"Content_Length": "-"}),
        (411, TITLE, {"Content_Length": "-5"}),
        (411, TITLE, {"Content_Length": "-", "Transfer_Encoding": "chunked"}),
        (413, TITLE, {"Content_Length": "16385"}),
        (413, TITLE, {"Content_Length": "9" * 5000}),
        (415, TITLE, {"kind": "text/plain"}),
        (415, TITLE, {"kind": "-"}),
        (400, b"{", {}),
        (400, b"[1]", {}),
        (400, b"[" * 16_000, {}),
        (400, b"&".join([b"a=1"] * 20), {"kind": "application/x-www-form-urlencoded"}),
        (400, TITLE, {"host": "127.0.0.1"}),  # a second one
        (400, TITLE, {"X": "a\r\nno header"}),
        (431, TITLE, {"X": "a" * 9000}),
        (403, b"", {"first": "\x00\xff\x16\x03"}),
    ],
)
def test_what_is_no_title_is_refused(port: int, status: int, body: bytes, changes: dict[str, str]) -> None:
    async def work(server: Server) -> None:
        if status == 403:
            assert await server.send(b"\x16\x03\x01\x00\xff\r\n\r\n") == 403
        else:
            assert await server.send(server.request(body, **changes)) == status
        assert await server.post(TITLE) == 204, "and the next one is served"

    assert len(Server(port).run(work).told) == 1


def test_wrong_types_inside_are_no_words(port: int) -> None:
    async def work(server: Server) -> None:
        assert await server.post(b'{"title": ["x"], "artist": 5}') == 204
        assert await server.post(b'{"title": "x", "artist": {"a": 1}, "album": null}') == 204

    told = Server(port).run(work).told
    assert told == [None, NowPlaying("x", playing=True, source="http")]


def test_slow_clients_are_turned_away_and_many_at_once_keep_nobody_out_for_long(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "PATIENCE_S", 0.3)

    async def work(server: Server) -> None:
        whole = server.request(TITLE)
        lazy = [
            asyncio.create_task(server.send(whole[:cut])) for cut in (1, 30, len(whole) - 1) for _ in range(3)
        ]
        await asyncio.sleep(0.05)  # until all of them have knocked
        assert await server.post(TITLE) == 0
        answers = await asyncio.gather(*lazy)
        assert sorted(answers) == [0] + [408] * 8
        assert await server.post(TITLE) == 204

    assert len(Server(port).run(work).told) == 1


def test_a_port_that_is_taken_is_said_and_ends_nothing_else(port: int) -> None:
    async def work(server: Server) -> None:
        await asyncio.wait_for(server.noticed.wait(), 5)

    with socket.create_server(("127.0.0.1", port)):
        server = Server(port).run(work)
    assert [notice.code for notice in server.notices] == ["now-playing-port"]
    assert str(port) in server.notices[0].text


def test_only_loopback_is_open(port: int) -> None:
    listening: list[str] = []

    async def work(server: Server) -> None:
        for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
            for line in table.read_text().splitlines()[1:] if table.exists() else ():
                address, _, number = line.split()[1].partition(":")
                if int(number, 16) == server.port and line.split()[3] == "0A":
                    listening.append(address)

    Server(port).run(work)
    assert listening == ["0100007F"]
