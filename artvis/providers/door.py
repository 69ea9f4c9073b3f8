"""Opens the sockets of one exchange: to checked addresses only, and so that the exchange can be ended from outside.

It speaks no HTTP; `http` does, through the connection classes that stand here.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable
from typing import Any, Final, Literal

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from artvis.errors import ProviderError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressRule = Callable[[IPAddress], bool]
CONNECT_S: Final = 10.0

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


def anywhere(_address: IPAddress) -> bool:
    """The rule for an address that the person has configured."""
    return True


def is_public(address: IPAddress) -> bool:
    """Not private, loopback, link-local, carrier-grade NAT, unique local, multicast, or one of these in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if hidden is None and address in _NAT64:
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(hidden)
    return address.is_global and not address.is_multicast


class Exchange:
    """One request and its answer, as something that can be ended from another thread."""

    def __init__(self, rule: AddressRule) -> None:
        self.rule = rule
        self.ended: Literal["", "timeout", "cancelled"] = ""
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []

    def adopt(self, connection: socket.socket) -> None:
        """Remembers a second handle of the socket: TLS takes the first one over."""
        with self._lock:
            self._handles.append(connection.dup())
            ended = self.ended
        if ended:
            self._shut()

    def end(self, why: Literal["timeout", "cancelled"]) -> None:
        """Wakes whoever reads or writes; the first reason stays."""
        with self._lock:
            self.ended = self.ended or why
        self._shut()

    def forget(self) -> None:
        """Gives the handles back; the exchange is over."""
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def _shut(self) -> None:
        with self._lock:
            for handle in self._handles:
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it has ended by itself


class Door:
    """Connects for the exchange of the calling thread."""

    def __init__(self, who: str) -> None:
        self._who = who
        self._current = threading.local()

    def enter(self, exchange: Exchange | None) -> None:
        self._current.exchange = exchange

    def connect(self, host: str, port: int, timeout_s: float) -> socket.socket:
        """A connected socket. Raises ProviderError when the name, the rule or the other side says no."""
        exchange: Exchange = self._current.exchange
        addresses = [found for found in self._resolve(host, port, timeout_s) if exchange.rule(found)]
        if not addresses:
            raise ProviderError(
                "network", f"{self._who} points to {host}, which is not an address on the open internet."
            )
        problem: OSError | None = None
        for address in addresses:
            try:
                connection = socket.create_connection((str(address), port), timeout=timeout_s)
            except OSError as error:
                problem = error
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            exchange.adopt(connection)
            return connection
        kind: Literal["timeout", "network"] = "timeout" if isinstance(problem, TimeoutError) else "network"
        why = (
            "it does not answer"
            if kind == "timeout"
            else (problem.strerror if problem else "") or "no connection"
        )
        raise ProviderError(
            kind, f"{self._who} cannot be reached at {host}:{port}: {why.lower()}."
        ) from problem

    def _resolve(self, host: str, port: int, timeout_s: float) -> list[IPAddress]:
        """All addresses of a name. On a thread of its own: the system's resolver knows no time limit."""
        try:
            return [ipaddress.ip_address(host.strip("[]"))]
        except ValueError:
            pass
        found: list[IPAddress] = []

        def look_up() -> None:
            try:
                rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError):
                return
            found.extend(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)

        thread = threading.Thread(target=look_up, name="look up a host", daemon=True)
        thread.start()
        thread.join(timeout_s)
        if not found:
            raise ProviderError("network", f"{self._who} cannot be reached: there is no host {host}.")
        return list(dict.fromkeys(found))


def pool_classes(door: Door) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools with connections that go through `door`."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return door.connect(self.host, self.port or 80, _seconds(self.timeout))

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return door.connect(self.host, self.port or 443, _seconds(self.timeout))

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _seconds(timeout: Any) -> float:
    return float(timeout) if isinstance(timeout, int | float) else CONNECT_S
