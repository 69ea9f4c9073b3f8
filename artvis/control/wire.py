"""What goes through the door of a show: one line of JSON there, one back, and behind it the bytes that it announces.

Bytes of strangers become a word or nothing: they are bounded, and no object is made of them.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

REQUEST_BYTES = 1024
ANSWER_BYTES = 1 << 18
PAYLOAD_BYTES = 3 * 8192 * 8192
"""A picture of the largest window."""


LONGEST_AGO_S = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`ok` says whether it was done; `facts` is what else is to be known, such as the `size` of a payload."""

    text: str = ""
    ok: bool = True
    facts: Mapping[str, Any] | None = None
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class Request:
    word: str
    token: str
    ago_s: float = 0.0
    """Since it was asked: a program that says a word is an eighth of a second old before it can speak."""


def request_line(request: Request) -> bytes:
    return json.dumps(asdict(request)).encode() + b"\n"


def read_request(line: bytes) -> Request | None:
    """None for anything else. What cannot be true of a moment is taken as now."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    word, token, ago_s = said.get("word"), said.get("token"), said.get("ago_s")
    if not (isinstance(word, str) and isinstance(token, str)):
        return None
    if isinstance(ago_s, float) and 0.0 <= ago_s <= LONGEST_AGO_S:
        return Request(word, token, ago_s)
    return Request(word, token)


def answer_head(answer: Answer) -> bytes:
    """The line before the payload."""
    said = {"ok": answer.ok, "text": answer.text, "facts": answer.facts, "bytes": len(answer.payload)}
    return json.dumps(said).encode() + b"\n"


def read_answer(line: bytes) -> tuple[Answer, int]:
    """The answer without its payload, and the size of that in bytes. Raises ValueError for anything else."""
    said = json.loads(line)
    if not isinstance(said, dict):
        raise ValueError("no answer")  # noqa: TRY004 - a value of the wire, not of the program
    size, facts = said.get("bytes"), said.get("facts")
    if not isinstance(size, int) or not 0 <= size <= PAYLOAD_BYTES or not isinstance(facts, dict | None):
        raise ValueError("no answer")
    return Answer(str(said.get("text", "")), ok=said.get("ok") is True, facts=facts), size
