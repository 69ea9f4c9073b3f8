import base64
import io
import threading
from collections.abc import Iterator
from dataclasses import replace

import a1111server
import imageserver
import numpy as np
import pytest
from a1111server import A1111Server
from PIL import Image

from artvis.errors import ProviderError
from artvis.model.music import MusicState
from artvis.model.sections import A1111Section, ArtSection
from artvis.prompt.compose import compose
from artvis.providers.a1111 import A1111Provider
from artvis.providers.provider import GeneratedImage

PROMPT = replace(compose(MusicState(), ArtSection(), history=(), seed=5), size=(512, 288))


@pytest.fixture
def server() -> Iterator[A1111Server]:
    with A1111Server() as server:
        yield server


@pytest.fixture
def provider(server: A1111Server) -> Iterator[A1111Provider]:
    provider = A1111Provider(A1111Section(base_url=server.origin), login="ann:pass word")
    yield provider
    provider.close()


def _generate(provider: A1111Provider, *, seconds: float = 10.0) -> GeneratedImage:
    return provider.generate(PROMPT, deadline_s=seconds, idempotency_key="one")


def test_a_picture_comes_with_the_model_and_the_seed_of_the_server(
    server: A1111Server, provider: A1111Provider
) -> None:
    image = _generate(provider)
    assert image.pixels.shape == (288, 512, 3)
    assert (image.provider, image.model, image.seed, image.cost_usd) == (
        "a1111",
        "dreamer_v8",
        PROMPT.seed,
        0,
    )
    call = server.calls[0]
    assert call.path == "/sdapi/v1/txt2img"
    assert (call.json["width"], call.json["height"], call.json["seed"]) == (512, 288, PROMPT.seed)
    assert "sampler_name" not in call.json
    assert base64.b64decode(call.headers["authorization"].removeprefix("Basic ")) == b"ann:pass word"


def test_sd_cpp_which_says_nothing_of_a_picture_is_understood(
    server: A1111Server, provider: A1111Provider
) -> None:
    packed = base64.b64encode(imageserver.picture()).decode()
    server.answers = [a1111server.of_images([f"data:image/png;base64,{packed}"], "")]
    image = _generate(provider)
    assert (image.model, image.seed) == ("a1111", PROMPT.seed)


def test_a_picture_is_painted_on_the_one_before(server: A1111Server, provider: A1111Provider) -> None:
    before = np.random.default_rng(1).integers(0, 255, (96, 128, 3), np.uint8)
    provider.generate(PROMPT, deadline_s=10, idempotency_key="one", image=before)
    call = server.calls[0]
    assert call.path == "/sdapi/v1/img2img"
    assert 0.40 <= call.json["denoising_strength"] <= 0.55
    sent = Image.open(io.BytesIO(base64.b64decode(call.json["init_images"][0])))
    assert np.array_equal(np.asarray(sent), before)


@pytest.mark.parametrize("sd_cpp", [False, True])
def test_a_picture_that_is_given_up_is_stopped_on_the_server(
    server: A1111Server, provider: A1111Provider, *, sd_cpp: bool
) -> None:
    server.answers, server.sd_cpp = [imageserver.HANG], sd_cpp
    with pytest.raises(ProviderError) as late:
        _generate(provider, seconds=0.3)
    timer = threading.Timer(0.2, provider.cancel)
    timer.start()
    with pytest.raises(ProviderError) as cancelled:
        _generate(provider)
    timer.join()
    assert [late.value.kind, cancelled.value.kind] == ["timeout", "cancelled"]
    assert server.told == ["/sdapi/v1/interrupt"] * 2


def test_a_picture_larger_than_such_models_can_is_asked_for_smaller(
    server: A1111Server, provider: A1111Provider
) -> None:
    provider.generate(replace(PROMPT, size=(3840, 2160)), deadline_s=10, idempotency_key="one")
    width, height = server.calls[0].json["width"], server.calls[0].json["height"]
    assert width * height <= 1.35e6
    assert width % 16 == height % 16 == 0
    assert width / height == pytest.approx(16 / 9, rel=0.02)
