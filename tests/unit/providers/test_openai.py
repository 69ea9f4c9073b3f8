import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import imageserver
import numpy as np
import pytest
from imageserver import Answer, ImageServer, as_json, at, of_picture, refusal

from artvis.errors import ProviderError
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection, OpenAISection
from artvis.prompt.compose import compose
from artvis.providers.openai import OpenAIProvider
from artvis.providers.provider import GeneratedImage

PROMPT = replace(compose(MusicState(), ArtSection(), history=(), seed=5), size=(96, 54))


@pytest.fixture
def provider(image_server: ImageServer) -> Iterator[OpenAIProvider]:
    provider = OpenAIProvider(OpenAISection(base_url=image_server.base_url), key=imageserver.KEY)
    yield provider
    provider.close()


def _generate(provider: OpenAIProvider, *, seconds: float = 10.0) -> GeneratedImage:
    return provider.generate(PROMPT, deadline_s=seconds, idempotency_key="one")


def _fault(provider: OpenAIProvider, *, seconds: float = 10.0) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        _generate(provider, seconds=seconds)
    assert imageserver.KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("reply", [imageserver.b64, imageserver.url])
def test_a_picture_comes_in_the_size_that_was_asked_for(
    image_server: ImageServer, provider: OpenAIProvider, reply: imageserver.Reply
) -> None:
    image_server.answers = [reply]
    image = _generate(provider)
    assert image.pixels.shape == (54, 96, 3)
    assert np.ptp(image.pixels) > 50
    assert (image.provider, image.model, image.seed) == ("openai", "gpt-image-1-mini", 5)


def test_the_request_is_what_such_servers_know(image_server: ImageServer, provider: OpenAIProvider) -> None:
    _generate(provider)
    call = image_server.calls[0]
    assert call.path == "/v1/images/generations"
    assert call.json == {
        "model": "gpt-image-1-mini",
        "prompt": PROMPT.positive,
        "n": 1,
        "size": "1536x1024",
        "quality": "low",
    }
    assert call.headers["authorization"] == f"Bearer {imageserver.KEY}"
    assert call.headers["idempotency-key"] == "one"


def test_another_model_is_asked_for_base64_and_its_own_size(image_server: ImageServer) -> None:
    settings = OpenAISection(base_url=image_server.base_url + "/", model="flux-schnell")
    provider = OpenAIProvider(settings, key="")
    image = provider.generate(replace(PROMPT, size=(96, 64)), deadline_s=10, idempotency_key="one")
    provider.close()
    assert image_server.calls[0].json["response_format"] == "b64_json"
    assert image_server.calls[0].json["size"] == "96x64"
    assert "authorization" not in image_server.calls[0].headers
    assert image.pixels.shape == (64, 96, 3)


def test_what_was_used_is_settled_by_the_tokens_of_the_answer(
    image_server: ImageServer, provider: OpenAIProvider
) -> None:
    assert _generate(provider).cost_usd == pytest.approx(50 * 2e-6 + 272 * 8e-6)
    image_server.answers = [imageserver.url]
    assert _generate(provider).cost_usd is None


def test_a_field_that_the_server_does_not_know_is_left_out_once_and_for_all(
    image_server: ImageServer, provider: OpenAIProvider
) -> None:
    image_server.answers = [
        refusal(400, "Unknown parameter", param="quality", code="invalid_value"),
        imageserver.b64,
    ]
    _generate(provider)
    _generate(provider)
    assert ["quality" in call.json for call in image_server.calls] == [True, False, False]


@pytest.mark.parametrize(
    "words",
    ["Additional properties are not allowed: 'size'", "Setting `size` is not supported by openai, x."],
)
def test_a_field_that_is_only_quoted_is_left_out_too(
    image_server: ImageServer, provider: OpenAIProvider, words: str
) -> None:
    image_server.answers = [refusal(400, words), imageserver.b64]
    assert _generate(provider).pixels.shape == (54, 96, 3)


def test_a_server_that_always_finds_another_fault_is_asked_twice(
    image_server: ImageServer, provider: OpenAIProvider
) -> None:
    image_server.answers = [
        refusal(400, "no", param="size"),
        refusal(400, "no", param="quality"),
        imageserver.b64,
    ]
    assert _fault(provider).kind == "request"
    assert len(image_server.calls) == 2


def test_a_refused_prompt_is_not_tried_with_fewer_fields(
    image_server: ImageServer, provider: OpenAIProvider
) -> None:
    image_server.answers = [refusal(400, "Your request was blocked", code="moderation_blocked")]
    assert _fault(provider).kind == "moderation"
    assert len(image_server.calls) == 1


WHOLE = imageserver.picture((96, 64), 3)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(401, f"Incorrect API key provided: {imageserver.KEY}", code="invalid_api_key"), "auth"),
        (refusal(429, "slow down", {"Retry-After": "7"}, code="rate_limit_exceeded"), "rate"),
        (refusal(500, "The server had an error", type="server_error"), "server"),
        (Answer(500, b"Internal Server Error", {"Content-Type": "text/plain"}), "server"),
        (Answer(503, b"", {}), "busy"),
        (imageserver.PAGE, "badimage"),
        (Answer(200, b"", {}), "badimage"),
        (Answer(200, b"null"), "badimage"),
        (Answer(200, b"[]"), "badimage"),
        (Answer(200, b"[" * 200_000), "badimage"),
        (Answer(301, b"", {"Location": "https://example.com/"}), "request"),
        (as_json({"created": 1, "data": []}), "moderation"),
        (as_json({"created": 1}), "moderation"),
        (as_json({"data": [{"b64_json": ""}]}), "moderation"),
        (as_json({"data": [None]}), "moderation"),
        (as_json({"error": {"message": "content policy", "code": "content_policy_violation"}}), "moderation"),
        (of_picture(WHOLE[:2000]), "badimage"),
        (of_picture(b"<html>"), "badimage"),
        (as_json({"data": [{"b64_json": "%%%"}]}), "badimage"),
        (at("http://169.254.169.254/latest/meta-data"), "badimage"),
        (at("https://127.0.0.1:1/x.png"), "network"),
    ],
)
def test_every_fault_is_one_sentence_of_its_kind(
    image_server: ImageServer, provider: OpenAIProvider, answer: Answer, kind: str
) -> None:
    image_server.answers = [answer]
    assert _fault(provider).kind == kind
    assert len(image_server.calls) == 1


def test_a_hang_ends_at_the_deadline(image_server: ImageServer, provider: OpenAIProvider) -> None:
    image_server.answers = [imageserver.HANG]
    error = _fault(provider, seconds=0.4)
    assert (error.kind, error.billed) == ("timeout", True)


def test_the_key_is_in_no_log_and_no_repr(
    image_server: ImageServer, provider: OpenAIProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _generate(provider)
    assert imageserver.KEY not in caplog.text
    assert imageserver.KEY not in repr(provider)
    assert imageserver.KEY not in provider.health()


def test_cancel_ends_the_call_and_the_next_one_works(
    image_server: ImageServer, provider: OpenAIProvider
) -> None:
    image_server.answers = [imageserver.HANG, imageserver.b64]
    timer = threading.Timer(0.3, provider.cancel)
    timer.start()
    begun_s = time.monotonic()
    assert _fault(provider, seconds=30).kind == "cancelled"
    assert time.monotonic() - begun_s < 2
    timer.join()
    assert _generate(provider).pixels.shape == (54, 96, 3)


def test_a_picture_costs_its_estimate_when_the_price_is_known() -> None:
    wide = replace(PROMPT, size=(1536, 864))
    known = OpenAIProvider(OpenAISection(), key="k")
    unknown = OpenAIProvider(OpenAISection(model="house-model"), key="k")
    assert known.estimate_usd(wide) == pytest.approx(0.005 * 1.5)
    assert unknown.estimate_usd(wide) is None
    known.close()
    unknown.close()


def test_openai_itself_is_sent_no_response_format() -> None:
    provider = OpenAIProvider(OpenAISection(model="gpt-image-2"), key="k")
    request = provider._request(replace(PROMPT, size=(1920, 1080)))
    provider.close()
    assert "response_format" not in request
    assert request["size"] == "1920x1088"
    assert request["output_format"] == "webp"
