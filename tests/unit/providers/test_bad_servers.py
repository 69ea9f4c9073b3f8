"""Servers that hang, drip, lead elsewhere, answer with nothing or die: each back end gives them up in time."""

import time

import imageserver
import pytest
from backends import NAMES, PROMPT, back_end
from comfyuiserver import ComfyUIServer
from imageserver import Answer

from artvis.errors import ProviderError

LONG = b'{"images": "' + b"x" * 2000
WORST = {
    "hangs": (imageserver.HANG, {"timeout"}),
    "drips": (Answer(200, LONG, trickle_s=0.05), {"timeout"}),
    "dies in the middle": (Answer(200, LONG, cut=1500), {"network"}),
    "has nothing to say": (Answer(200, b""), {"badimage"}),
    "leads to this machine": (Answer(302, b"", {"Location": "http://127.0.0.1:1/x"}), {"request"}),
    "leads to the metadata of a cloud": (
        Answer(307, b"", {"Location": "http://169.254.169.254/latest/"}),
        {"request"},
    ),
    "sends a list": (Answer(200, b"[1]"), {"badimage"}),
    "nests without end": (Answer(200, b"[" * 100_000), {"badimage"}),
}


@pytest.mark.parametrize("how", WORST)
@pytest.mark.parametrize("name", NAMES)
def test_a_bad_server_is_one_sentence_within_its_time(name: str, how: str) -> None:
    answer, kinds = WORST[how]
    with back_end(name) as (provider, server):
        server.answers = [answer]
        begun_s = time.monotonic()
        with pytest.raises(ProviderError) as caught:
            provider.generate(PROMPT, deadline_s=0.4, idempotency_key="one")
        assert time.monotonic() - begun_s < 2.5
        assert len(server.calls) == 1
    assert caught.value.kind in kinds
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize("name", NAMES)
def test_where_no_server_is_the_sentence_says_so(name: str) -> None:
    with back_end(name) as (provider, server):
        server.leave()
        with pytest.raises(ProviderError, match="cannot be reached at 127.0.0.1") as caught:
            provider.generate(PROMPT, deadline_s=2, idempotency_key="one")
    assert caught.value.kind == "network"


@pytest.mark.parametrize("data", [b"<svg/>", imageserver.picture((96, 64))[:900], b"GIF89a", b""])
def test_a_picture_of_comfyui_that_is_none_is_refused(data: bytes) -> None:
    with back_end("comfyui") as (provider, server):
        assert isinstance(server, ComfyUIServer)
        server.picture = data
        with pytest.raises(ProviderError) as caught:
            provider.generate(PROMPT, deadline_s=5, idempotency_key="one")
    assert caught.value.kind == "badimage"
