"""The header of a scene file as JSON, as forgiving as the files that are about need it.

It knows nothing of what the header means (`header`).
"""

import json
import re
from typing import Any

_STRING = r'(?P<string>"(?:[^"\\]|\\.)*(?:"|\Z))'
_COMMENTS = re.compile(_STRING + r"|(?P<comment>//[^\n]*|/\*(?:.*?\*/|.*))", re.DOTALL)
_LOOSE = re.compile(
    _STRING + r"|(?P<comma>,(?=\s*[}\]]))|(?P<no_units>(?<!\d)\.(?=\d))|(?P<no_tenths>(?<=\d)\.(?!\d))",
    re.DOTALL,
)
_MEANT = {"comment": " ", "comma": "", "no_units": "0.", "no_tenths": ".0"}
"""What stands in a file and is no JSON, and what was meant."""


def split_header(text: str) -> tuple[dict[str, Any], str]:
    """The JSON object in the first comment that has one, and the text with as many empty lines in its place.

    Raises ValueError with the reason where there is none.
    """
    start = text.find("/*")
    while start >= 0:
        end = text.find("*/", start + 2)
        if end < 0:
            raise ValueError("its first comment is not closed")
        body = text[start + 2 : end]
        if "{" in body and "}" in body:
            header = _read(body[body.find("{") : body.rfind("}") + 1])
            return header, text[:start] + "\n" * body.count("\n") + text[end + 2 :]
        start = text.find("/*", end + 2)
    raise ValueError("it does not begin with an ISF header, /*{ … }*/")


def plain(text: str) -> str:
    """Without a byte order mark, and with line ends of one kind."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _read(body: str) -> dict[str, Any]:
    try:
        return _object(body)
    except ValueError as first:
        try:
            return _object(_LOOSE.sub(_mended, _COMMENTS.sub(_mended, body)))
        except ValueError:
            raise first from None


def _mended(piece: re.Match[str]) -> str:
    return _MEANT.get(piece.lastgroup or "", piece[0])


def _object(body: str) -> dict[str, Any]:
    try:
        read = json.loads(body, strict=False)
    except json.JSONDecodeError as error:
        raise ValueError(f"its header is not JSON: {error.msg} in line {error.lineno} of it") from error
    except RecursionError as error:
        raise ValueError("its header is nested too deep") from error
    except ValueError as error:  # a number of thousands of digits
        raise ValueError(f"its header is not JSON: {error}") from error
    if not isinstance(read, dict):
        raise ValueError("its header is not a JSON object")  # noqa: TRY004 # a fault of the file, as all the others
    return read
