"""What a refusal of an image server means: one kind, one sentence, and the wait that it asks for.

Servers disagree about every field, so the body is read, never validated. Nothing is retried here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from artvis.errors import ProviderError, ProviderFault
from artvis.providers.redaction import cleaned
from artvis.providers.waiting import retry_after_s

_BY_CODE: Final[Mapping[str, ProviderFault]] = {
    "invalid_api_key": "auth",
    "invalid_authentication": "auth",
    "missing_api_key": "auth",
    "api_key_invalid": "auth",
    "permission_denied": "auth",
    "no_db_connection": "auth",  # LiteLLM without a database, of every key but its own
    "billing_hard_limit_reached": "billing",
    "billing_not_active": "billing",
    "insufficient_quota": "billing",
    "insufficient_funds": "billing",
    "payment_required": "billing",
    "rate_limit_exceeded": "rate",
    "rate_limit_error": "rate",
    "too_many_requests": "rate",
    "moderation_blocked": "moderation",
    "content_policy_violation": "moderation",
    "content_filter": "moderation",
    "contentfilter": "moderation",
    "safety": "moderation",
    "model_not_found": "model",
    "model_not_available": "model",
    "deploymentnotfound": "model",
}
_BY_STATUS: Final[Mapping[int, ProviderFault]] = {
    400: "request",
    401: "auth",
    402: "billing",
    403: "auth",
    404: "model",
    408: "timeout",
    409: "busy",
    422: "request",
    423: "busy",
    425: "busy",
    429: "rate",
    503: "busy",
    504: "timeout",
    529: "busy",
}
_BY_WORDS: Final[tuple[tuple[ProviderFault, re.Pattern[str]], ...]] = (
    ("moderation", re.compile(r"(?i)safety|moderat|content.?(?:policy|filter)")),
    ("billing", re.compile(r"(?i)quota|billing|credit balance|payment")),
    ("model", re.compile(r"(?i)invalid model name|model.{0,60}(?:does not exist|not found)")),
    ("auth", re.compile(r"(?i)api.?key|authenticat|unauthori[sz]ed")),
)
_UNSURE: Final = frozenset({200, 400, 403, 422, 429})
"""Statuses behind which servers hide other things; there the words decide."""
_UNBILLED: Final = frozenset({"auth", "billing", "rate", "request", "model", "busy"})

_SENTENCES: Final[Mapping[ProviderFault, str]] = {
    "auth": "{who} does not accept the key, HTTP {status}: see `artvis providers login {who}`",
    "billing": "{who} has no credit left on this account: look at its billing page",
    "rate": "{who} gets too many requests and asks to wait {wait_s:.0f} s",
    "busy": "{who} is busy and asks to wait {wait_s:.0f} s",
    "moderation": "{who} declined to paint this prompt",
    "model": "{who} does not know the model {model}, or is not at this address, HTTP {status}",
    "timeout": "{who} gave up waiting, HTTP {status}",
    "server": "{who} failed on its own side, HTTP {status}",
    "request": "{who} could not use the request, HTTP {status}",
}
_NOT_ALLOWED: Final = "{who} does not allow this account to use {model}, HTTP {status}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server said, as far as it can be read. `param` names the field that it did not like."""

    message: str = ""
    code: str = ""
    type: str = ""
    param: str = ""
    stage: str = ""
    """Of a moderation: 'input' or 'output'."""
    wait: str = ""
    """How long to wait, where the body says so: '32s'."""


def read_refusal(body: bytes) -> Refusal:
    """The fields of an error in any of the shapes that servers use."""
    text = body[:65_536].decode("utf-8", "replace").strip()
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        return Refusal(message="" if text.startswith("<") else text)
    if not isinstance(reply, dict):
        return Refusal(message=reply if isinstance(reply, str) else "")
    error = reply.get("error")
    fields = error if isinstance(error, dict) else reply
    moderation = fields.get("moderation_details")
    google = _google_details(fields.get("details"))
    return Refusal(
        message=_message(reply),
        code=google.get("code") or _text(fields.get("code")),
        type=_text(fields.get("type")) or _text(fields.get("status")),
        param=_text(fields.get("param")) or _located(reply.get("detail")),
        stage=_text(moderation.get("moderation_stage")) if isinstance(moderation, dict) else "",
        wait=google.get("wait", ""),
    )


def fault_of(status: int, refusal: Refusal) -> ProviderFault:
    """By code, then by HTTP status, then by words where the status is one behind which other things hide."""
    for name in (refusal.code, refusal.type):
        known = _BY_CODE.get(name.strip().lower())
        if known is not None:
            return known
    code_status = int(refusal.code) if re.fullmatch("[45][0-9][0-9]", refusal.code) else 0
    effective = (
        code_status if 400 <= code_status <= 599 else status
    )  # a proxy may hide the status in the code
    if effective in _UNSURE:
        for kind, words in _BY_WORDS:
            if words.search(f"{refusal.message[:2000]} {refusal.type[:200]}"):
                return kind
    return _BY_STATUS.get(effective, "server" if effective >= 500 else "request")


def error_of(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    who: str,
    model: str,
    secret: str,
    now_unix_s: float,
) -> ProviderError:
    """The error for an answer that is no success. `headers` are in small letters."""
    refusal = read_refusal(body)
    kind = fault_of(status, refusal)
    words = f"try again in {refusal.wait}" if refusal.wait else refusal.message
    wait_s = retry_after_s(headers, words, now_unix_s) if kind in {"rate", "busy"} else None
    said = cleaned(refusal.message, secret).rstrip(".")
    template = (
        _NOT_ALLOWED if kind == "auth" and status == 403 else _SENTENCES.get(kind, _SENTENCES["request"])
    )
    sentence = template.format(who=who, model=model, status=status, wait_s=wait_s or 0.0)
    billed = kind not in _UNBILLED and not (kind == "moderation" and refusal.stage != "output")
    return ProviderError(
        kind,
        f"{sentence} ({said})." if said else f"{sentence}.",
        retry_after_s=wait_s,
        http_status=status,
        billed=billed,
    )


def _message(reply: Mapping[str, Any]) -> str:
    """The first sentence for a person that the body holds."""
    error, detail, errors = reply.get("error"), reply.get("detail"), reply.get("errors")
    candidates: tuple[object, ...] = (reply.get("message"), detail, _first(detail, "msg"), errors)
    if isinstance(error, dict):
        candidates = (error.get("message"), *candidates)
    elif isinstance(error, str) and error.replace("_", "").isalpha():
        candidates = (*candidates, error)  # one word is a name (server_error, HTTPException): others say more
    else:
        candidates = (error, *candidates)
    found = (*candidates, _first(errors, "message"))
    return next((text for text in found if isinstance(text, str) and text), "")


def _first(rows: object, name: str) -> object:
    return rows[0].get(name) if isinstance(rows, list) and rows and isinstance(rows[0], dict) else None


def _google_details(details: object) -> dict[str, str]:
    """`code` and `wait` out of Google's list of details, whose message says 'quota' for every 429.

    A quota of a day is used up like an account; any other one passes with the wait that stands beside it.
    """
    rows = [row for row in details if isinstance(row, dict)] if isinstance(details, list) else []
    reasons = [_text(row.get("reason")) for row in rows if row.get("reason")]
    waits = [_text(row.get("retryDelay")) for row in rows if row.get("retryDelay")]
    if "PerDay" in json.dumps([row.get("violations") for row in rows]):
        return {"code": "insufficient_quota"}
    if waits:
        return {"code": "rate_limit_exceeded", "wait": waits[0]}
    return {"code": reasons[0]} if reasons else {}


def _located(detail: object) -> str:
    """The field in FastAPI's `detail: [{loc: ['body', 'size'], …}]`."""
    if isinstance(detail, list) and detail and isinstance(detail[0], dict):
        place = detail[0].get("loc")
        if isinstance(place, list) and place:
            return _text(place[-1])
    return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
