"""How long a back end asks to wait, from its headers or its words.

It only reads; whether anybody waits is the caller's decision.
"""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

UNSAID_S: Final = 60.0
LONGEST_S: Final = 86_400.0

_PARTS: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_WHOLE: Final = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_IN_WORDS: Final = re.compile(r"(?i)(?:try|retry) again in\s+((?:\d+(?:\.\d+)?\s*(?:ms|s|m|h)\w*\s*)+)")
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def retry_after_s(headers: Mapping[str, str], text: str, now_unix_s: float) -> float:
    """Seconds to wait: the first of four places that can be read, else a minute. `headers` are in small letters."""
    found = (
        _header(headers.get("retry-after", ""), now_unix_s),
        _milliseconds(headers.get("retry-after-ms", "")),
        _duration(headers.get("x-ratelimit-reset-requests", "")),
        _words(text),
    )
    wait_s = next((value for value in found if value is not None), UNSAID_S)
    return min(max(wait_s, 0.0), LONGEST_S)


def _header(value: str, now_unix_s: float) -> float | None:
    """Seconds, or the date until which to wait (RFC 9110, 10.2.3)."""
    seconds = _number(value)
    if seconds is not None:
        return seconds
    try:
        return parsedate_to_datetime(value.strip()).timestamp() - now_unix_s
    except (ValueError, OverflowError):
        return None


def _milliseconds(value: str) -> float | None:
    number = _number(value)
    return None if number is None else number / 1000


def _duration(value: str) -> float | None:
    """'12s', '6m0s', '850ms'."""
    text = value.strip().lower()
    if not _WHOLE.fullmatch(text):
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in _PARTS.findall(text))


def _words(text: str) -> float | None:
    """'Please try again in 12s', 'try again in 20 seconds'."""
    match = _IN_WORDS.search(text[:2000])
    if match is None:
        return None
    return sum(
        float(number) * _SECONDS[unit]
        for number, unit in re.findall(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h)", match[1].lower())
    )


def _number(value: str) -> float | None:
    try:
        number = float(value.strip())
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None  # not nan, not inf
