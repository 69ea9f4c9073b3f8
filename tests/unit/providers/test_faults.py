import json
from typing import Any

import pytest

from artvis.errors import ProviderError
from artvis.providers.faults import error_of, read_refusal

KEY = "sk-test-3fT9qLmZ0aVx7RbW2cYd"


def _error(status: int, body: object, headers: dict[str, str] | None = None) -> ProviderError:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return error_of(
        status, headers or {}, data, who="openai", model="gpt-image-2", secret=KEY, now_unix_s=0.0
    )


def _openai(message: str, **fields: Any) -> dict[str, Any]:
    return {
        "error": {"message": message, "type": "invalid_request_error", "param": None, "code": None, **fields}
    }


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, _openai("Incorrect API key", code="invalid_api_key"), "auth"),
        (403, _openai("Your organization must be verified to use the model"), "auth"),
        (400, _openai("Billing hard limit has been reached", code="billing_hard_limit_reached"), "billing"),
        (
            429,
            _openai("You exceeded your quota", code="insufficient_quota", type="insufficient_quota"),
            "billing",
        ),
        (429, _openai("Rate limit reached for limit gpt-image", code="rate_limit_exceeded"), "rate"),
        (429, {"error": "job queue is full"}, "rate"),
        (
            400,
            _openai("blocked", code="moderation_blocked", type="image_generation_user_error"),
            "moderation",
        ),
        (400, _openai("Your request was rejected by our safety system"), "moderation"),
        (400, _openai("no", code="content_policy_violation"), "moderation"),
        (404, _openai("The model does not exist", code="model_not_found"), "model"),
        (404, b"", "model"),
        (400, _openai("Invalid value: 'xx'", code="invalid_value", param="size"), "request"),
        (422, {"detail": [{"loc": ["body", "size"], "msg": "not a size", "type": "x"}]}, "request"),
        (500, _openai("The server had an error", type="server_error"), "server"),
        (500, {"error": "server_error", "message": "[json.exception]"}, "server"),
        (500, b"Internal Server Error", "server"),
        (500, {"error": {"message": "bad size", "code": "400"}}, "request"),
        (503, b"<html>busy, see billing</html>", "busy"),
        (502, b"<html>safety</html>", "server"),
        (408, b"", "timeout"),
        (402, b"", "billing"),
        (418, b"", "request"),
    ],
)
def test_each_refusal_has_its_kind(status: int, body: object, kind: str) -> None:
    assert _error(status, body).kind == kind


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "one"}}, "one"),
        ({"error": "two"}, "two"),
        ({"error": "server_error", "message": "three"}, "three"),
        ({"message": "four"}, "four"),
        ({"detail": "five"}, "five"),
        ({"detail": [{"msg": "six"}]}, "six"),
        ({"errors": [{"message": "seven"}]}, "seven"),
    ],
)
def test_the_message_is_found_in_every_shape(body: object, message: str) -> None:
    assert read_refusal(json.dumps(body).encode()).message == message


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"error": null}', b'{"detail": []}', b"[" * 100_000, b"\xff\xfe", b"{"]
)
def test_no_body_breaks_the_reading(body: bytes) -> None:
    assert _error(500, body).kind == "server"


def test_a_web_page_is_not_quoted() -> None:
    assert "<" not in str(_error(502, b"<html><body>Bad gateway</body></html>"))


def test_the_sentence_holds_no_key_and_no_query() -> None:
    error = _error(401, _openai(f"Incorrect key {KEY}, see https://example.com/x?token=abc"))
    assert KEY not in str(error)
    assert "token" not in str(error)
    assert "https://example.com/x" in str(error)


def test_a_rate_limit_says_how_long_to_wait() -> None:
    error = _error(429, _openai("Rate limit reached", code="rate_limit_exceeded"), {"retry-after": "7"})
    assert error.retry_after_s == 7
    assert "7 s" in str(error)


@pytest.mark.parametrize(
    ("status", "body", "billed"),
    [
        (401, b"", False),
        (404, b"", False),
        (429, b"", False),
        (
            400,
            _openai("no", code="moderation_blocked", moderation_details={"moderation_stage": "input"}),
            False,
        ),
        (
            400,
            _openai("no", code="moderation_blocked", moderation_details={"moderation_stage": "output"}),
            True,
        ),
        (500, b"", True),
    ],
)
def test_what_may_have_cost_money_is_marked(status: int, body: object, *, billed: bool) -> None:
    assert _error(status, body).billed is billed


def test_the_field_that_a_server_does_not_know_is_found() -> None:
    fastapi = {"detail": [{"loc": ["body", "background"], "msg": "extra", "type": "x"}]}
    assert read_refusal(json.dumps(fastapi).encode()).param == "background"
    assert read_refusal(json.dumps(_openai("no", param="size")).encode()).param == "size"
