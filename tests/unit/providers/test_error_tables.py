"""Every row of the error tables of the network back ends: its kind, its sentence, and whether it is tried again."""

from dataclasses import dataclass

import a1111server
import comfyuiserver
import geminiserver
import imageserver
import pytest
from backends import PROMPT, SECRETS, back_end
from comfyuiserver import ComfyUIServer
from imageserver import Answer, Reply, as_json, refusal

from artvis.errors import ProviderError
from artvis.providers.provider import ImageProvider
from artvis.providers.trying import Clock, tried

ONCE, AGAIN = 1, 3
TEXT = {"Content-Type": "text/plain"}


@dataclass(frozen=True)
class Row:
    """`words` stand in the sentence; `calls` are made for one picture, as the back end asks for it."""

    back_end: str
    name: str
    answer: Reply
    kind: str
    words: str
    calls: int = ONCE


def openai(name: str, answer: Reply, kind: str, words: str, calls: int = ONCE) -> Row:
    return Row("openai", name, answer, kind, words, calls)


def a1111(name: str, answer: Reply, kind: str, words: str, calls: int = ONCE) -> Row:
    return Row("a1111", name, answer, kind, words, calls)


def comfyui(name: str, answer: Reply, kind: str, words: str, calls: int = ONCE) -> Row:
    return Row("comfyui", name, answer, kind, words, calls)


def gemini(name: str, answer: Reply, kind: str, words: str, calls: int = ONCE) -> Row:
    return Row("gemini", name, answer, kind, words, calls)


USER = "image_generation_user_error"
PLAIN_500 = Answer(500, b"Internal Server Error", TEXT)
NO_TEXT = {"detail": [{"loc": ["body", "width"], "msg": "value is not a valid integer", "type": "int"}]}
FILTERED = {"code": "ResponsibleAIPolicyViolation", "content_filter_results": {}}

ROWS = [
    openai(
        "wrong key", refusal(401, "Incorrect key", code="invalid_api_key"), "auth", "providers login openai"
    ),
    openai("not verified", refusal(403, "Your organization must be verified"), "auth", "does not allow"),
    openai(
        "hard limit", refusal(400, "Limit", code="billing_hard_limit_reached", type=USER), "billing", "credit"
    ),
    openai("no quota", refusal(429, "Over", code="insufficient_quota"), "billing", "no credit"),
    openai(
        "rate",
        refusal(429, "Limit 5 input-images per min", {"Retry-After": "7"}, code="rate_limit_exceeded"),
        "rate",
        "wait 7 s",
        AGAIN,
    ),
    openai(
        "moderation", refusal(400, "Blocked", code="moderation_blocked", type=USER), "moderation", "declined"
    ),
    openai(
        "moderation of Azure",
        refusal(400, "Blocked", code="content_policy_violation", inner_error=FILTERED),
        "moderation",
        "declined",
    ),
    openai("retired model", refusal(404, "Gone", code="model_not_found"), "model", "does not know the model"),
    openai("bad value", refusal(400, "Invalid", code="invalid_value", param="prompt"), "request", "HTTP 400"),
    openai("server error", refusal(500, "Oh", type="server_error"), "server", "its own side", AGAIN),
    openai("overloaded", Answer(503, b"", {}), "busy", "wait 60 s", AGAIN),
    openai("LiteLLM without a key", PLAIN_500, "server", "HTTP 500", AGAIN),
    openai("LiteLLM's code", refusal(500, "bad size", code="400"), "request", "bad size"),
    openai(
        "LiteLLM's wrong key",
        refusal(400, "No connected db.", type="no_db_connection", code="400"),
        "auth",
        "providers login openai",
    ),
    openai(
        "LiteLLM's wrong model",
        refusal(
            400, "400: {'error': '/image/generations: Invalid model name passed in model=x'}", code="400"
        ),
        "model",
        "does not know the model",
    ),
    openai("LocalAI", as_json({"error": "prompt required"}, 400), "request", "prompt required"),
    openai(
        "sd.cpp",
        as_json({"error": "server_error", "message": "[json.exception.parse_error.101]"}, 500),
        "server",
        "json.exception",
        AGAIN,
    ),
    openai("sd.cpp's queue", as_json({"error": "job queue is full"}, 429), "rate", "queue is full", AGAIN),
    openai("a wrong path", Answer(404, b"", {}), "model", "not at this address"),
    openai("xAI's moderation", as_json({"created": 1, "data": []}), "moderation", "answer is empty"),
    openai("nothing", Answer(200, b"", {}), "badimage", "no JSON"),
    openai("a sign-in page", imageserver.PAGE, "badimage", "web page"),
    a1111(
        "no sampler",
        a1111server.fault(404, "HTTPException", "Sampler not found"),
        "model",
        "Sampler not found",
    ),
    a1111("wrong type", as_json(NO_TEXT, 422), "request", "not a valid integer"),
    a1111(
        "wrong password", as_json({"detail": "Incorrect username or password"}, 401), "auth", "login a1111"
    ),
    a1111(
        "out of memory",
        a1111server.fault(500, "OutOfMemoryError", errors="CUDA out of memory"),
        "server",
        "CUDA out of memory",
        AGAIN,
    ),
    a1111("its API is off", a1111server.NOT_FOUND, "model", "start it with --api"),
    a1111("no picture", a1111server.of_images([]), "badimage", "without a picture"),
    a1111("plain text", PLAIN_500, "server", "HTTP 500", AGAIN),
    a1111("nothing", Answer(200, b"", {}), "badimage", "no JSON"),
    comfyui(
        "no such model", comfyuiserver.invalid("value_not_in_list", "ckpt_name"), "model", "Value not in list"
    ),
    comfyui(
        "input missing",
        comfyuiserver.invalid("required_input_missing", "images", "images in /home/ann/x.json"),
        "request",
        "images in [path]",
    ),
    comfyui(
        "too large", comfyuiserver.invalid("value_bigger_than_max", "width"), "request", "bigger than max"
    ),
    comfyui(
        "no outputs",
        as_json(
            {"error": {"type": "prompt_no_outputs", "message": "Prompt has no outputs"}, "node_errors": {}},
            400,
        ),
        "request",
        "Prompt has no outputs",
    ),
    comfyui("one output sound, one not", comfyuiserver.half_queued, "request", "SaveImage"),
    comfyui("malformed JSON", Answer(500, b"500 Internal Server Error", TEXT), "server", "HTTP 500", AGAIN),
    comfyui("another origin", Answer(403, b"", {}), "auth", "HTTP 403"),
    comfyui("no ComfyUI", Answer(404, b"404: Not Found", TEXT), "model", "not at this address"),
    gemini(
        "wrong key",
        geminiserver.fault(
            400, "INVALID_ARGUMENT", "API key not valid.", geminiserver.reason("API_KEY_INVALID")
        ),
        "auth",
        "providers login gemini",
    ),
    gemini("key without right", geminiserver.fault(403, "PERMISSION_DENIED", "No"), "auth", "does not allow"),
    gemini("bad request", geminiserver.fault(400, "INVALID_ARGUMENT", "Bad ratio"), "request", "Bad ratio"),
    gemini(
        "no such model", geminiserver.fault(404, "NOT_FOUND", "models/x is not found"), "model", "not found"
    ),
    gemini(
        "rate",
        geminiserver.fault(
            429,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota, please check your plan and billing",
            geminiserver.quota("GenerateRequestsPerMinutePerProjectPerModel"),
            geminiserver.retry_in("12s"),
        ),
        "rate",
        "wait 12 s",
        AGAIN,
    ),
    gemini(
        "quota of the day",
        geminiserver.fault(
            429,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota",
            geminiserver.quota("GenerateRequestsPerDayPerProjectPerModel"),
            geminiserver.retry_in("32s"),
        ),
        "billing",
        "no credit",
    ),
    gemini(
        "overloaded", geminiserver.fault(503, "UNAVAILABLE", "The model is overloaded"), "busy", "busy", AGAIN
    ),
    gemini("internal", geminiserver.fault(500, "INTERNAL", "An error"), "server", "its own side", AGAIN),
    gemini("too slow", geminiserver.fault(504, "DEADLINE_EXCEEDED", "Late"), "timeout", "gave up", AGAIN),
    gemini("blocked prompt", geminiserver.blocked("PROHIBITED_CONTENT"), "moderation", "PROHIBITED_CONTENT"),
    *(
        gemini(f"finished by {why}", geminiserver.without_picture(why), "moderation", why)
        for why in ("IMAGE_SAFETY", "SAFETY", "PROHIBITED_CONTENT", "NO_IMAGE")
    ),
    gemini("only words", geminiserver.of_parts({"text": "Sorry."}), "badimage", "without a picture"),
    gemini("nothing", Answer(200, b"", {}), "badimage", "no JSON"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.back_end}: {row.name}")
def test_a_row_has_its_kind_its_sentence_and_its_retry(row: Row) -> None:
    with back_end(row.back_end) as (provider, server):
        server.answers = [row.answer]
        with pytest.raises(ProviderError) as caught:
            _tried(provider)
    sentence = str(caught.value)
    assert caught.value.kind == row.kind
    assert row.words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not any(secret in sentence for secret in SECRETS)
    assert len(server.calls) == row.calls


ENDINGS = [
    (
        comfyuiserver.failed("execution_interrupted"),
        "cancelled",
        "stopped",
        ONCE,
    ),
    (
        comfyuiserver.failed("execution_error", exception_message="mat1 and mat2"),
        "server",
        "mat1 and mat2",
        AGAIN,
    ),
]


@pytest.mark.parametrize(("status", "kind", "words", "calls"), ENDINGS)
def test_a_job_of_comfyui_that_ends_badly_has_its_kind(
    status: dict[str, object], kind: str, words: str, calls: int
) -> None:
    with back_end("comfyui") as (provider, server):
        assert isinstance(server, ComfyUIServer)
        server.status = status
        with pytest.raises(ProviderError, match=words) as caught:
            _tried(provider)
    assert (caught.value.kind, len(server.calls)) == (kind, calls)


def test_a_comfyui_without_a_model_and_a_workflow_without_a_picture_say_so() -> None:
    with back_end("comfyui") as (provider, server):
        assert isinstance(server, ComfyUIServer)
        server.outputs = {"1": {"text": ["x"]}}
        with pytest.raises(ProviderError, match="SaveImage node"):
            _tried(provider)
        server.checkpoints = []
        with pytest.raises(ProviderError, match="models/checkpoints"):
            _tried(provider)


def _tried(provider: ImageProvider) -> None:
    """As `paint` asks: at most three calls within a minute, on a clock on which waiting costs nothing."""
    clock = Clock(now_s=lambda: 0.0, pause=lambda _: None, random_unit=lambda: 0.5)
    tried(
        lambda _: provider.generate(PROMPT, deadline_s=10.0, idempotency_key="one"),
        calls=3,
        deadline_s=70.0,
        clock=clock,
    )
