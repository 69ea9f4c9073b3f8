"""HTTP for image back ends: bounded in time and in size, ended from outside, and silent about keys.

One call is one request; it follows no redirect and tries nothing twice. The only importer of requests.
"""

import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from artvis import __version__
from artvis.errors import ProviderError, ProviderFault
from artvis.providers.door import CONNECT_S, AddressRule, Door, Exchange, anywhere, pool_classes

JSON_BYTES_MAX: Final = 64 * 2**20
IMAGE_BYTES_MAX: Final = 40 * 2**20
READ_S: Final = 180.0

Form = Mapping[str, tuple[str | None, bytes]]
"""Fields of a multipart form: name of a file or None, and what is in it."""

_CHUNK_BYTES: Final = 65_536
_TRANSLATIONS: Final[tuple[tuple[tuple[type[Exception], ...], ProviderFault, str], ...]] = (
    (
        (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
        ),
        "request",
        "The address of {who} is not one: check its base_url.",
    ),
    (
        (requests.exceptions.InvalidHeader, UnicodeError),
        "auth",
        "The key of {who} holds signs that cannot be part of one.",
    ),
    (
        (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError),
        "timeout",
        "{who} did not answer in time.",
    ),
    ((requests.exceptions.SSLError,), "network", "{who} has no certificate that this machine trusts."),
    ((requests.exceptions.ProxyError,), "network", "{who} cannot be reached through the proxy."),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whole. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Limits:
    """`deadline_s` is a moment of time.monotonic(), `bytes_max` counts what is unpacked."""

    deadline_s: float
    bytes_max: int
    rule: AddressRule = anywhere
    direct: bool = False
    """Past any proxy: a proxy would look the name up again, where no rule holds."""


class Wire:
    """One session to one back end; `who` is its name in sentences."""

    def __init__(self, who: str, *, ca_bundle: str = "") -> None:
        self._who = who
        self._door = Door(who)
        self._session = requests.Session()
        self._session.trust_env = False  # no .netrc: a key goes where we send it, and nowhere else
        self._session.verify = ca_bundle or True
        self._session.headers = requests.structures.CaseInsensitiveDict(
            # A picture a minute is not worth a kept connection; packed JSON of a packed picture is not smaller.
            {"User-Agent": f"artvis/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
        )
        self._session.mount("https://", _Adapter(self._door))
        self._session.mount("http://", _Adapter(self._door))
        self._lock = threading.Lock()
        self._running: set[Exchange] = set()
        self._closed = False

    def send(
        self,
        method: str,
        url: str,
        *,
        limits: Limits,
        headers: Mapping[str, str],
        payload: object = None,
        form: Form | None = None,
    ) -> Reply:
        """The answer, whatever its status. Raises ProviderError: timeout, network, cancelled, request, badimage.

        `payload` is sent as JSON, `form` as multipart/form-data.
        """
        with self._exchange(limits) as exchange:
            try:
                reply = self._send(method, url, limits=limits, headers=headers, payload=payload, form=form)
            except ProviderError as error:
                raise self._verdict(exchange, error) from error
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise self._verdict(exchange, self._translated(error)) from error
            if exchange.ended:  # to a reader, a socket that we shut looks like the end of the answer
                raise self._verdict(exchange, self._too_late())
            return reply

    def cancel(self) -> None:
        """Ends every exchange that runs."""
        with self._lock:
            running = list(self._running)
        for exchange in running:
            exchange.end("cancelled")

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self.cancel()
        self._session.close()

    @contextmanager
    def _exchange(self, limits: Limits) -> Iterator[Exchange]:
        """An exchange that is ended at the deadline, by whichever trickle of bytes it is kept alive."""
        exchange = Exchange(limits.rule)
        left_s = limits.deadline_s - time.monotonic()
        if left_s <= 0:
            raise self._too_late()
        alarm = threading.Timer(left_s, exchange.end, args=("timeout",))
        alarm.name, alarm.daemon = f"deadline of {self._who}", True
        with self._lock:
            if self._closed:
                raise ProviderError("cancelled", "The painting was cancelled.")
            self._running.add(exchange)
        alarm.start()
        self._door.enter(exchange)
        try:
            yield exchange
        finally:
            self._door.enter(None)
            alarm.cancel()
            alarm.join()
            with self._lock:
                self._running.discard(exchange)
            exchange.forget()

    def _send(
        self,
        method: str,
        url: str,
        *,
        limits: Limits,
        headers: Mapping[str, str],
        payload: object,
        form: Form | None,
    ) -> Reply:
        left_s = max(0.1, limits.deadline_s - time.monotonic())
        with self._session.request(
            method,
            url,
            json=payload,
            files=form,
            headers=dict(headers),
            stream=True,
            allow_redirects=False,
            timeout=(min(CONNECT_S, left_s), min(READ_S, left_s)),
            proxies={} if limits.direct else _proxies(url),
        ) as response:
            small = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, small, self._body(response.raw, small, limits))

    def _body(self, raw: urllib3.HTTPResponse, headers: Mapping[str, str], limits: Limits) -> bytes:
        unpack = self._unpacker(headers.get("content-encoding", ""))
        body = bytearray()
        while chunk := raw.read1(_CHUNK_BYTES, decode_content=False):
            body += unpack.decompress(chunk, limits.bytes_max + 1 - len(body)) if unpack else chunk
            if len(body) > limits.bytes_max:
                raise ProviderError(
                    "badimage", f"{self._who} sent more than {limits.bytes_max >> 20} MB.", billed=True
                )
        if unpack is not None and not unpack.eof:
            raise ValueError("the packed answer is cut off")
        return bytes(body)

    def _unpacker(self, encoding: str) -> "zlib._Decompress | None":
        """We ask for no packing; a server that packs all the same is understood where that is cheap to bound."""
        match encoding.strip().lower():
            case "" | "identity":
                return None
            case "gzip" | "x-gzip" | "deflate":
                return zlib.decompressobj(zlib.MAX_WBITS | 32)  # tells gzip and zlib apart by itself
            case other:
                raise ProviderError(
                    "server", f"{self._who} packed its answer as {other[:20]!r}.", billed=True
                )

    def _verdict(self, exchange: Exchange, error: ProviderError) -> ProviderError:
        """An exchange that was ended failed for that reason, whatever broke first."""
        match exchange.ended:
            case "timeout":
                return self._too_late()
            case "cancelled":
                return ProviderError("cancelled", "The painting was cancelled.", billed=True)
            case _:
                return error

    def _too_late(self) -> ProviderError:
        return ProviderError("timeout", f"{self._who} did not answer in time.", billed=True)

    def _translated(self, error: Exception) -> ProviderError:
        """Never the words of the library: they hold addresses, and those may hold keys."""
        for kinds, kind, template in _TRANSLATIONS:
            if isinstance(error, kinds):
                return ProviderError(kind, template.format(who=self._who), billed=kind == "timeout")
        return ProviderError("network", f"{self._who} broke off in the middle of its answer.", billed=True)


class _Adapter(HTTPAdapter):
    """requests' own, with connections that go through the door."""

    def __init__(self, door: Door) -> None:
        self._classes = pool_classes(door)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._classes

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._classes
        return manager


def _proxies(url: str) -> dict[str, str]:
    """The proxies of the environment; never for this machine itself."""
    host = urlsplit(url).hostname or ""
    if host in {"localhost", "::1"} or host.startswith("127."):
        return {}
    return {name: str(address) for name, address in get_environ_proxies(url).items()}
