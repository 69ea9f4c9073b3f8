"""What goes through the door of a show: one line of JSON there, one back, and behind it the bytes that it announces.

Bytes of strangers become a word or nothing: they are bounded, and no object is made of them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REQUEST_BYTES = 1024
ANSWER_BYTES = 1 << 18
PAYLOAD_BYTES = 3 * 8192 * 8192
"""A picture of the largest window."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`ok` says whether it was done; `facts` is what else is to be known, such as the `size` of a payload."""

    text: str = ""
    ok: bool = True
    facts: Mapping[str, Any] | None = None
    payload: bytes = b""


def request_line(word: str, token: str) -> bytes:
    return json.dumps({"word": word, "token": token}).encode() + b"\n"


def read_request(line: bytes) -> tuple[str, str] | None:
    """(word, token); None for anything else."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    word, token = (said.get("word"), said.get("token")) if isinstance(said, dict) else (None, None)
    return (word, token) if isinstance(word, str) and isinstance(token, str) else None


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
