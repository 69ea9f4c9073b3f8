"""Fetches a picture that a back end answered by address, as if the address came from an enemy.

https only, or the back end's own origin; public addresses only, or that same origin; redirects by hand, each judged
again. What was fetched is not judged here: `imagecheck` does.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes, urljoin, urlsplit, urlunsplit

from artvis.errors import ProviderError
from artvis.providers.door import anywhere, is_public
from artvis.providers.http import IMAGE_BYTES_MAX, Limits, Wire

REDIRECTS_MAX: Final = 3

_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_ADDRESS_CHARACTERS: Final = 8192


@dataclass(frozen=True, slots=True)
class _Place:
    """An address without a name, password or fragment."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return urlunsplit((self.scheme, f"{host}:{self.port}", self.path, self.query, ""))


def fetch(
    wire: Wire, url: str, *, base_url: str, own_headers: Mapping[str, str], deadline_s: float, who: str
) -> bytes:
    """The bytes behind an address in an answer of `base_url`. `own_headers` (a key) go to its origin alone.

    `deadline_s` is a moment of time.monotonic(). Raises ProviderError.
    """
    if url[:5].lower() == "data:":
        return from_data_url(url, who=who)
    home = _taken_apart(base_url, who)
    place = _taken_apart(url, who, base=base_url)
    for _ in range(REDIRECTS_MAX + 1):
        at_home = place.origin == home.origin
        if place.scheme != "https" and not at_home:
            raise _refused(who, "is not safe (no https)")
        limits = Limits(
            deadline_s, IMAGE_BYTES_MAX, rule=anywhere if at_home else is_public, direct=not at_home
        )
        reply = wire.send("GET", place.url, limits=limits, headers=own_headers if at_home else {})
        if reply.is_success:
            return reply.body
        if reply.status not in {301, 302, 303, 307, 308} or "location" not in reply.headers:
            raise ProviderError(
                "badimage", f"{who} gave an address that holds no picture, HTTP {reply.status}.", billed=True
            )
        place = _taken_apart(reply.headers["location"], who, base=place.url)
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


def _taken_apart(url: str, who: str, *, base: str = "") -> _Place:
    """An address in its parts, of which it is put together again: what is judged is what is asked for."""
    if len(url) > _ADDRESS_CHARACTERS:
        raise _refused(who, "is too long")
    try:
        parts = urlsplit(urljoin(base, url))
        scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
        port = parts.port or _PORTS.get(scheme, 0)
    except ValueError as error:
        raise _refused(who, "is not one") from error
    if scheme not in _PORTS or not _HOST.fullmatch(host):
        raise _refused(who, "is none of http or https")
    return _Place(scheme, host, port, parts.path or "/", parts.query)


def _refused(who: str, why: str) -> ProviderError:
    return ProviderError("badimage", f"{who} gave an address for its picture that {why}.", billed=True)
