"""A small real server that speaks the OpenAI Images API, and misbehaves to order.

    python tests/support/imageserver.py --port 0 --delay 5 [--answer url]      prints its base_url, then a line a call

It is no test; tests get it as the fixture `image_server`.
"""

import argparse
import base64
import io
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import numpy as np
from PIL import Image


@dataclass(frozen=True, slots=True)
class Call:
    """One request that arrived. Names of headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass(slots=True)
class Answer:
    """What is sent back: after `delay_s`, all of `body` or, with `cut`, so much less than its length says.

    `trickle_s`: one byte at a time, with so much time between them.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    delay_s: float = 0.0
    cut: int = 0
    trickle_s: float = 0.0
    hang: bool = False


Reply = Callable[[Call, "ImageServer"], Answer] | Answer


class ImageServer:
    """`answers` are given in order, the last one for ever; `pictures` are served under /pictures/N."""

    def __init__(self, port: int = 0) -> None:
        self.calls: list[Call] = []
        self.answers: list[Reply] = [b64]
        self.pictures: list[bytes] = []
        self.fetches: list[Call] = []
        self.redirects: dict[str, Answer] = {}
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.daemon_threads = False
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="image server")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Ends; from then on nobody listens at its address. To leave twice does nothing."""
        if self.stopping.is_set():
            return
        self.stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()  # waits for the threads of open requests

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def env(self, **more: str) -> dict[str, str]:
        """The environment of a command that is to use this server."""
        return {"ARTVIS_PROVIDERS__OPENAI__BASE_URL": self.base_url, "ARTVIS_OPENAI_API_KEY": KEY, **more}

    def answer(self, call: Call) -> Answer:
        if call.method == "GET":
            return self._picture(call)
        with self._lock:
            self.calls.append(call)
            reply = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return reply(call, self) if callable(reply) else reply

    def keep(self, picture: bytes) -> str:
        """Serves a picture; its address."""
        self.pictures.append(picture)
        return f"{self.origin}/pictures/{len(self.pictures) - 1}"

    def _picture(self, call: Call) -> Answer:
        self.fetches.append(call)
        if call.path in self.redirects:
            return self.redirects[call.path]
        number = call.path.rpartition("/")[2]
        if not number.isdigit() or int(number) >= len(self.pictures):
            return Answer(404, b"not here", {"Content-Type": "text/plain"})
        return Answer(200, self.pictures[int(number)], {"Content-Type": "image/png"})


KEY = "sk-test-3fT9qLmZ0aVx7RbW2cYd"
USAGE = {
    "total_tokens": 322,
    "input_tokens": 50,
    "output_tokens": 272,
    "input_tokens_details": {"text_tokens": 50, "image_tokens": 0},
}


def picture(size: tuple[int, int] = (96, 64), seed: int = 0, kind: str = "PNG") -> bytes:
    """A file with a picture that is not blank, another for each seed."""
    width, height = size
    rng = np.random.default_rng(seed)
    coarse = rng.integers(20, 255, (max(2, height // 16), max(2, width // 16), 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC).save(out, kind)
    return out.getvalue()


def as_json(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})


def of_picture(data: bytes) -> Answer:
    """A success with these bytes as the picture."""
    packed = base64.b64encode(data).decode()
    return as_json({"created": 1713833628, "data": [{"b64_json": packed}], "usage": USAGE})


def b64(call: Call, server: ImageServer) -> Answer:
    return of_picture(picture(_asked_size(call), len(server.calls)))


def url(call: Call, server: ImageServer) -> Answer:
    address = server.keep(picture(_asked_size(call), len(server.calls)))
    return as_json({"created": 1713833628, "data": [{"url": address, "revised_prompt": "a picture"}]})


def at(address: str) -> Answer:
    """A success that gives an address for its picture."""
    return as_json({"created": 1713833628, "data": [{"url": address}]})


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None, **fields: Any) -> Answer:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None, **fields}
    return as_json({"error": error}, status, headers)


PAGE = Answer(200, b"<!DOCTYPE html><html><title>Sign in</title></html>", {"Content-Type": "text/html"})
HANG = Answer(hang=True)


def later(delay_s: float, reply: Reply = b64) -> Reply:
    """The same answer, after a while."""

    def answer(call: Call, server: ImageServer) -> Answer:
        given = reply(call, server) if callable(reply) else reply
        given.delay_s = delay_s
        return given

    return answer


def _asked_size(call: Call) -> tuple[int, int]:
    """The proportions asked for, smaller: a picture that is painted for nobody should cost nothing."""
    width, _, height = str(call.json.get("size", "1024x1024")).partition("x")
    sides = (int(width), int(height)) if width.isdigit() and height.isdigit() else (1024, 1024)
    shrink = max(1.0, max(sides) / 384)
    return round(sides[0] / shrink), round(sides[1] / shrink)


class _Http(ThreadingHTTPServer):
    owner: ImageServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Http

    @property
    def owner(self) -> ImageServer:
        return self.server.owner

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, self.rfile.read(length))
        answer = self.owner.answer(call)
        self.close_connection = True
        if self.owner.stopping.wait(answer.delay_s if not answer.hang else 600):
            return
        try:
            self._send(answer)
        except OSError:
            return  # whoever asked has gone

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        length = {"Content-Length": str(len(answer.body)), "Connection": "close"}
        for name, value in {**length, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        body = answer.body[: len(answer.body) - answer.cut]
        if not answer.trickle_s:
            self.wfile.write(body)
            return
        for byte in body:
            if self.owner.stopping.wait(answer.trickle_s):
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description="an image server for trying artvis")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument(
        "--answer", choices=("b64", "url", "500", "401", "429", "hang", "html"), default="b64"
    )
    args = parser.parse_args()
    replies: dict[str, Reply] = {
        "b64": later(args.delay),
        "url": later(args.delay, url),
        "500": refusal(500, "The server had an error", type="server_error"),
        "401": refusal(401, "Incorrect API key provided", code="invalid_api_key"),
        "429": refusal(429, "Rate limit reached", {"Retry-After": "20"}, code="rate_limit_exceeded"),
        "hang": HANG,
        "html": PAGE,
    }
    with ImageServer(args.port) as server:
        server.answers = [replies[args.answer]]
        print(server.base_url, flush=True)
        seen = 0
        try:
            while True:
                time.sleep(0.1)
                for call in server.calls[seen:]:
                    seen += 1
                    print(f"call {seen}: {call.body[:200].decode(errors='replace')}", flush=True)
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
