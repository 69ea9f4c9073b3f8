import gzip
import logging
import socket
import threading
import time
import zlib

import imageserver
import pytest
from imageserver import Answer, ImageServer

from artvis.errors import ProviderError
from artvis.providers.door import anywhere, is_public
from artvis.providers.http import Limits, Reply, Wire

URL_KEY = "query-secret"


def _get(
    server: ImageServer, *, seconds: float = 5.0, bytes_max: int = 10_000, wire: Wire | None = None
) -> Reply:
    wire = wire or Wire("openai")
    try:
        return wire.send(
            "POST",
            f"{server.base_url}/x?key={URL_KEY}",
            limits=Limits(time.monotonic() + seconds, bytes_max),
            headers={"Authorization": "Bearer abc"},
            payload={"prompt": "a picture"},
        )
    finally:
        wire.close()


def _fault(server: ImageServer, **options: float) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        _get(server, **options)
    assert URL_KEY not in str(caught.value)
    return caught.value


def test_an_answer_comes_whole_and_says_who_asked(image_server: ImageServer) -> None:
    image_server.answers = [Answer(201, b"hello", {"X-Odd": "1"})]
    reply = _get(image_server)
    assert (reply.status, reply.body, reply.headers["x-odd"]) == (201, b"hello", "1")
    call = image_server.calls[0]
    assert call.headers["user-agent"].startswith("artvis/")
    assert call.headers["authorization"] == "Bearer abc"
    assert call.json == {"prompt": "a picture"}


def test_a_server_that_hangs_is_left_at_the_deadline(image_server: ImageServer) -> None:
    image_server.answers = [imageserver.HANG]
    begun_s = time.monotonic()
    assert _fault(image_server, seconds=0.4).kind == "timeout"
    assert time.monotonic() - begun_s < 2


@pytest.mark.parametrize("body", [b"x" * 1000])
def test_a_server_that_trickles_is_left_at_the_deadline(image_server: ImageServer, body: bytes) -> None:
    image_server.answers = [Answer(200, body, trickle_s=0.05)]
    begun_s = time.monotonic()
    assert _fault(image_server, seconds=0.5).kind == "timeout"
    assert time.monotonic() - begun_s < 2


def test_a_server_that_trickles_its_headers_is_left_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()

        def trickle() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not stop.wait(0.05):
                    try:
                        connection.sendall(b"y")
                    except OSError:
                        return

        thread = threading.Thread(target=trickle)
        thread.start()
        begun_s = time.monotonic()
        wire = Wire("openai")
        with pytest.raises(ProviderError, match="in time") as caught:
            wire.send(
                "GET",
                f"http://127.0.0.1:{listener.getsockname()[1]}/",
                limits=Limits(time.monotonic() + 0.5, 1000),
                headers={},
            )
        stop.set()
        thread.join()
        wire.close()
    assert caught.value.kind == "timeout"
    assert time.monotonic() - begun_s < 2


def test_an_answer_that_breaks_off_is_a_network_fault_that_may_have_cost(image_server: ImageServer) -> None:
    image_server.answers = [Answer(200, b"x" * 1000, cut=500)]
    error = _fault(image_server)
    assert (error.kind, error.billed) == ("network", True)


def test_an_answer_over_the_cap_is_refused(image_server: ImageServer) -> None:
    image_server.answers = [Answer(200, b"x" * 10_001)]
    assert _fault(image_server).kind == "badimage"


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_packed_answer_is_understood_and_counted_unpacked(image_server: ImageServer, name: str) -> None:
    pack = gzip.compress if name == "gzip" else zlib.compress
    image_server.answers = [
        Answer(200, pack(b"hello" * 100), {"Content-Encoding": name}),
        Answer(200, pack(bytes(50_000_000)), {"Content-Encoding": name}),
    ]
    assert _get(image_server).body == b"hello" * 100
    assert _fault(image_server).kind == "badimage"


def test_an_unknown_packing_is_refused(image_server: ImageServer) -> None:
    image_server.answers = [Answer(200, b"??", {"Content-Encoding": "br"})]
    assert _fault(image_server).kind == "server"


def test_a_redirect_is_answered_to_the_caller_and_not_followed(image_server: ImageServer) -> None:
    image_server.answers = [Answer(302, b"", {"Location": f"{image_server.origin}/elsewhere"})]
    assert _get(image_server).status == 302
    assert len(image_server.calls) == 1


def test_nobody_there_is_said_without_cost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    wire = Wire("openai")
    with pytest.raises(ProviderError, match=f"127.0.0.1:{port}: connection refused") as caught:
        wire.send("GET", f"http://127.0.0.1:{port}/", limits=Limits(time.monotonic() + 5, 10), headers={})
    wire.close()
    assert (caught.value.kind, caught.value.billed) == ("network", False)


def test_cancelling_from_another_thread_ends_the_call_at_once(image_server: ImageServer) -> None:
    image_server.answers = [imageserver.HANG]
    wire = Wire("openai")
    timer = threading.Timer(0.3, wire.cancel)
    timer.start()
    begun_s = time.monotonic()
    with pytest.raises(ProviderError) as caught:
        _get(image_server, seconds=30, wire=wire)
    timer.join()
    assert caught.value.kind == "cancelled"
    assert time.monotonic() - begun_s < 2


def test_a_closed_wire_makes_no_call(image_server: ImageServer) -> None:
    wire = Wire("openai")
    wire.close()
    with pytest.raises(ProviderError) as caught:
        _get(image_server, wire=wire)
    assert caught.value.kind == "cancelled"
    assert image_server.calls == []


@pytest.mark.parametrize("key", ["ключ", "a\r\nX-Evil: 1"])
def test_a_key_that_http_cannot_carry_is_a_sentence(image_server: ImageServer, key: str) -> None:
    wire = Wire("openai")
    with pytest.raises(ProviderError) as caught:
        wire.send(
            "GET",
            image_server.base_url,
            limits=Limits(time.monotonic() + 5, 10),
            headers={"Authorization": f"Bearer {key}"},
        )
    wire.close()
    assert caught.value.kind == "auth"
    assert key not in str(caught.value)


def test_neither_key_nor_query_is_logged(image_server: ImageServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    _get(image_server, bytes_max=10**7)
    assert URL_KEY not in caplog.text
    assert "abc" not in caplog.text


def test_a_proxy_of_the_environment_is_not_used_for_this_machine(
    image_server: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert _get(image_server, bytes_max=10**7).status == 200


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, *, public: bool) -> None:
    import ipaddress

    assert is_public(ipaddress.ip_address(address)) is public
    assert anywhere(ipaddress.ip_address(address))
