import base64
import socket
import time
from collections.abc import Iterator, Mapping

import imageserver
import pytest
from imageserver import Answer, ImageServer

from artvis.errors import ProviderError
from artvis.providers.door import anywhere, is_public
from artvis.providers.http import Limits, Reply, Wire
from artvis.providers.imagefetch import fetch, from_base64

PICTURE = imageserver.picture()


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire("openai")
    yield wire
    wire.close()


def _fetch(wire: Wire, url: str, base_url: str) -> bytes:
    return fetch(
        wire,
        url,
        base_url=base_url,
        own_headers={"Authorization": "Bearer key"},
        deadline_s=time.monotonic() + 5,
        who="openai",
    )


def test_a_picture_of_the_back_ends_own_origin_is_fetched_with_its_key(
    wire: Wire, image_server: ImageServer
) -> None:
    url = image_server.keep(PICTURE)
    assert _fetch(wire, url, image_server.base_url) == PICTURE
    assert image_server.fetches[0].headers["authorization"] == "Bearer key"


def test_a_relative_address_is_of_the_back_ends_own_origin(wire: Wire, image_server: ImageServer) -> None:
    image_server.keep(PICTURE)
    assert _fetch(wire, "/pictures/0", image_server.base_url) == PICTURE


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/pictures/0",
        "https://127.0.0.1:{port}/pictures/0",
        "https://localhost:{port}/pictures/0",
        "https://[::1]:{port}/pictures/0",
        "https://[::ffff:127.0.0.1]:{port}/pictures/0",
        "https://2130706433:{port}/pictures/0",
        "https://user:pw@127.0.0.1:{port}/pictures/0",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1:{port}/x",
        "https://127.0.0.1:99999/x",
        "https:///x",
        "https://127.0.0.1:{port}/" + "x" * 9000,
        "//[",
    ],
)
def test_another_origin_on_this_machine_is_never_asked(
    wire: Wire, image_server: ImageServer, url: str
) -> None:
    image_server.keep(PICTURE)
    with socket.create_server(("127.0.0.1", 0)) as other:
        with pytest.raises(ProviderError) as caught:
            _fetch(wire, url.format(port=other.getsockname()[1]), image_server.base_url)
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.accept()  # nobody has knocked
    assert caught.value.kind in {"badimage", "network"}


class Notebook:
    """In place of the network: notes what would be sent to hosts that a test must not reach."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.sent: list[tuple[str, Mapping[str, str], Limits]] = []

    def send(self, method: str, url: str, *, limits: Limits, headers: Mapping[str, str]) -> Reply:
        assert method == "GET"
        self.sent.append((url, headers, limits))
        return self.replies.pop(0)


def test_a_key_is_not_sent_to_another_origin_nor_by_a_redirect_to_one() -> None:
    away = Reply(302, {"location": "https://cdn.example/b?sig=1#x"}, b"")
    notebook = Notebook(away, Reply(200, {}, PICTURE))
    assert _fetch(notebook, "https://api.example/a", "https://api.example/v1") == PICTURE  # type: ignore[arg-type]
    (home, home_headers, home_limits), (cdn, cdn_headers, cdn_limits) = notebook.sent
    assert (home, cdn) == ("https://api.example:443/a", "https://cdn.example:443/b?sig=1")
    assert home_headers == {"Authorization": "Bearer key"}
    assert cdn_headers == {}
    assert (home_limits.rule, cdn_limits.rule) == (anywhere, is_public)
    assert (home_limits.direct, cdn_limits.direct) == (False, True)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.example@evil.example/x", "evil.example"),
        ("https://api.example:443@evil.example/x", "evil.example"),
        ("https://evil.example#@api.example/x", "evil.example"),
        ("https://evil.example?@api.example/x", "evil.example"),
    ],
)
def test_an_address_that_plays_the_own_origin_is_another_one(url: str, host: str) -> None:
    notebook = Notebook(Reply(200, {}, PICTURE))
    _fetch(notebook, url, "https://api.example/v1")  # type: ignore[arg-type]
    sent, headers, _ = notebook.sent[0]
    assert sent.startswith(f"https://{host}:443/")
    assert headers == {}


def test_redirects_are_followed_by_hand_and_three_at_most(wire: Wire, image_server: ImageServer) -> None:
    def hop(number: int) -> Answer:
        return Answer(302, b"", {"Location": f"/hops/{number}"})

    image_server.keep(PICTURE)
    image_server.redirects = {f"/hops/{n}": hop(n - 1) for n in range(1, 10)}
    image_server.redirects["/hops/0"] = Answer(302, b"", {"Location": "/pictures/0"})
    assert _fetch(wire, "/hops/2", image_server.base_url) == PICTURE
    with pytest.raises(ProviderError, match="more than 3 times"):
        _fetch(wire, "/hops/3", image_server.base_url)


def test_a_redirect_to_another_origin_is_judged_again_and_gets_no_key(
    wire: Wire, image_server: ImageServer
) -> None:
    with ImageServer() as other:
        image_server.redirects = {"/away": Answer(302, b"", {"Location": other.keep(PICTURE)})}
        with pytest.raises(ProviderError, match="no https"):
            _fetch(wire, "/away", image_server.base_url)
        assert other.fetches == []


def test_a_missing_picture_is_a_bad_image(wire: Wire, image_server: ImageServer) -> None:
    with pytest.raises(ProviderError, match="HTTP 404") as caught:
        _fetch(wire, "/pictures/7", image_server.base_url)
    assert caught.value.kind == "badimage"


def test_data_addresses_are_read_and_not_fetched(wire: Wire) -> None:
    packed = base64.b64encode(PICTURE).decode()
    assert _fetch(wire, f"data:image/png;base64,{packed}", "https://api.openai.com/v1") == PICTURE
    assert _fetch(wire, "data:text/plain,a%20b", "https://api.openai.com/v1") == b"a b"
    with pytest.raises(ProviderError):
        _fetch(wire, "data:image/png;base64", "https://api.openai.com/v1")


def test_base64_is_understood_with_prefix_line_breaks_and_url_letters() -> None:
    data = bytes(range(256)) * 3
    for packed in (base64.b64encode(data), base64.urlsafe_b64encode(data), base64.encodebytes(data)):
        assert from_base64(packed.decode(), who="openai") == data
        assert from_base64(packed.decode().rstrip("=\n"), who="openai") == data
    assert from_base64("data:image/png;base64," + base64.b64encode(data).decode(), who="openai") == data


@pytest.mark.parametrize("text", ["!!!!", "abc€", "a"])
def test_what_is_no_base64_is_a_bad_image(text: str) -> None:
    with pytest.raises(ProviderError) as caught:
        from_base64(text, who="openai")
    assert caught.value.kind == "badimage"
