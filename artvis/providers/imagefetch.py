"""Fetches a picture that a back end answered by address, as if the address came from an enemy.

https only, or the back end's own origin; public addresses only, or that same origin; redirects by hand, each judged
again. What was fetched is not judged here: `imagecheck` does.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, unquote_to_bytes, urljoin, urlsplit

from artvis.errors import ProviderError
from artvis.providers.door import anywhere, is_public
from artvis.providers.http import IMAGE_BYTES_MAX, Limits, Wire

REDIRECTS_MAX: Final = 3

_PORTS: Final = {"http": 80, "https": 443}
_Origin = tuple[str, str, int]


def fetch(
    wire: Wire, url: str, *, base_url: str, own_headers: Mapping[str, str], deadline_s: float, who: str
) -> bytes:
    """The bytes behind an address in an answer of `base_url`. `own_headers` (a key) go to its origin alone.

    `deadline_s` is a moment of time.monotonic(). Raises ProviderError.
    """
    if url[:5].lower() == "data:":
        return from_data_url(url, who=who)
    home = _origin(urlsplit(base_url), who)
    url = urljoin(base_url, url)
    for _ in range(REDIRECTS_MAX + 1):
        parts = urlsplit(url)
        origin = _origin(parts, who)
        at_home = origin == home
        if parts.scheme.lower() != "https" and not at_home:
            raise _refused(who, "is not safe (no https)")
        if (parts.username or parts.password) and not at_home:
            raise _refused(who, "carries a name and a password")
        limits = Limits(
            deadline_s, IMAGE_BYTES_MAX, rule=anywhere if at_home else is_public, direct=not at_home
        )
        reply = wire.send("GET", url, limits=limits, headers=own_headers if at_home else {})
        if reply.is_success:
            return reply.body
        if reply.status not in {301, 302, 303, 307, 308} or "location" not in reply.headers:
            raise ProviderError(
                "badimage", f"{who} gave an address that holds no picture, HTTP {reply.status}.", billed=True
            )
        url = urljoin(url, reply.headers["location"])
    raise _refused(who, f"leads on more than {REDIRECTS_MAX} times")


def from_data_url(url: str, *, who: str) -> bytes:
    """The bytes of a data: address, which is read and never fetched."""
    head, comma, data = url.partition(",")
    if not comma:
        raise _refused(who, "is cut off")
    return from_base64(data, who=who) if head.lower().endswith(";base64") else unquote_to_bytes(data)


def from_base64(text: str, *, who: str) -> bytes:
    """Decoded, within the size of a picture; a data: prefix, white space and URL letters are understood."""
    if text[:5].lower() == "data:":
        return from_data_url(text, who=who)
    if len(text) > IMAGE_BYTES_MAX * 4 // 3 + 4096:
        raise ProviderError("badimage", f"{who} sent more than {IMAGE_BYTES_MAX >> 20} MB.", billed=True)
    letters = "".join(text.split()).translate({ord("-"): "+", ord("_"): "/"}).rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProviderError(
            "badimage", f"{who} sent a picture that cannot be unpacked.", billed=True
        ) from error


def _origin(parts: SplitResult, who: str) -> _Origin:
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        raise _refused(who, "is none of http or https")
    try:
        port = parts.port or _PORTS[scheme]
    except ValueError as error:
        raise _refused(who, "has no port that exists") from error
    return scheme, parts.hostname.lower(), port


def _refused(who: str, why: str) -> ProviderError:
    return ProviderError("badimage", f"{who} gave an address for its picture that {why}.", billed=True)
