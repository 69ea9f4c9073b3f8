"""Takes keys, addresses with their queries, and file paths out of what a server says, before anyone reads it.

It shortens and cleans; what the words mean is judged in `faults`.
"""

import re
from typing import Final

QUOTE_CHARACTERS: Final = 200
_READ_CHARACTERS: Final = 1000

_KEYLIKE: Final = re.compile(
    r"(?i)\b(?:sk|pk|rk)-[A-Za-z0-9*._-]{6,}"  # as image services make them
    r"|(?<=bearer )\S{6,}|(?<=basic )[A-Za-z0-9+/=]{8,}"
    r"|(?<=key=)[^\s&]+|(?<=token=)[^\s&]+"
    r"|[^\s'\"]*\*{3,}[^\s'\".,]*"  # already half hidden by the server
)
_URL: Final = re.compile(
    r"(?i)\b([a-z][a-z0-9+.-]{1,12}://)(?:[^\s/@\"'<>]*@)?([^\s?#\"'<>]*)(?:[?#][^\s\"'<>]*)?"
)
_WINDOWS_PATH: Final = re.compile(r"\b[A-Za-z]:\\[^\s\"'<>|]+")
_UNIX_PATH: Final = re.compile(r"(?<![\w:/.])~?(?:/[\w.+@%-]+){2,}/?")
_WORD: Final = re.compile(r"[A-Za-z0-9_-]{6,}")


def cleaned(text: str, secret: str = "") -> str:
    """One line of at most 200 characters, fit for a person and a log. `secret` goes, and so do long parts of it."""
    # What is cut off first cannot slow the patterns down: some of them take the square of its length.
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:_READ_CHARACTERS]).split())
    if len(secret) >= 4:
        line = line.replace(secret, "[key]")
        line = _WORD.sub(lambda word: "[key]" if word[0] in secret else word[0], line)
    line = _KEYLIKE.sub("[key]", line)
    line = _URL.sub(r"\1\2", line)
    line = _WINDOWS_PATH.sub("[path]", line)
    line = _UNIX_PATH.sub("[path]", line)
    return line if len(line) <= QUOTE_CHARACTERS else f"{line[: QUOTE_CHARACTERS - 1]}…"
