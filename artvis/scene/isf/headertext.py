"""The header of a scene file as JSON, as forgiving as the files that are about need it.

It knows nothing of what the header means (`header`).
"""

import json
import re
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r'("(?:[^"\\]|\\.)*")|(//[^\n]*|/\*.*?\*/)', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def split_header(text: str) -> tuple[dict[str, Any], str]:
    """The JSON object in the first comment, and the text with as many empty lines in its place.

    Raises ValueError with the reason where there is none.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _COMMENT.search(text)
    if found is None:
        raise ValueError("it does not begin with an ISF header, /*{ … }*/")
    body = found.group()[2:-2]
    start, end = body.find("{"), body.rfind("}")
    if start < 0 or end < start:
        raise ValueError("its first comment is no ISF header: there is no { … } in it")
    return _read(body[start : end + 1]), text[: found.start()] + "\n" * body.count("\n") + text[found.end() :]


def _read(body: str) -> dict[str, Any]:
    try:
        return _object(body)
    except ValueError as first:
        try:
            bare = _PIECE.sub(lambda piece: piece[1] or " ", body)
            return _object(_TRAILING_COMMA.sub(lambda piece: piece[1] or "", bare))
        except ValueError:
            raise first from None


def _object(body: str) -> dict[str, Any]:
    try:
        read = json.loads(body, strict=False)
    except json.JSONDecodeError as error:
        raise ValueError(f"its header is not JSON: {error.msg} in line {error.lineno} of it") from error
    except RecursionError as error:
        raise ValueError("its header is nested too deep") from error
    if not isinstance(read, dict):
        raise ValueError("its header is not a JSON object")
    return read
