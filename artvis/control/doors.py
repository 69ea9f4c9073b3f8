"""The door of a running show: a socket that only its own user can reach; how it is opened, found and knocked at.

What is said through it is not known here (`wire`).
"""

import contextlib
import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from artvis.errors import InputError

HAS_UNIX = hasattr(socket, "AF_UNIX")
LONGEST_BYTES = 103
"""Of the address of a Unix socket, which macOS and the BSDs keep in 104 bytes and Linux in 108."""
WAITING = 64
CONNECT_S = 2.0


@dataclass(frozen=True, slots=True)
class Door:
    """A socket that listens, and the file by which it is found."""

    socket: socket.socket
    path: Path
    token: str
    """What a caller has to say; '' where the mode of the socket itself keeps others out."""

    def close(self) -> None:
        self.path.unlink(missing_ok=True)
        self.socket.close()


@dataclass(frozen=True, slots=True)
class Caller:
    """A connection to a show that lives."""

    socket: socket.socket
    token: str


def open_door(folder: Path, *, unix: bool = HAS_UNIX) -> Door:
    """A door of its own for each show; what dead shows have left is taken away. Raises OSError and InputError.

    Without `unix` it is a port of 127.0.0.1 and a file with a token.
    """
    _own_folder(folder)
    for living in _living(folder):
        living.socket.close()
    name = f"show-{secrets.token_hex(4)}"
    # It gets its name once it listens: who finds it before would take it for a dead one.
    unfinished = folder / f"{name}.new"
    path, token = folder / f"{name}.sock", ""
    listening = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
    try:
        if unix:
            with _address(unfinished) as address:
                listening.bind(address)
            unfinished.chmod(0o600)
        else:
            path, token = folder / f"{name}.json", secrets.token_hex(16)
            listening.bind(("127.0.0.1", 0))
            unfinished.touch(0o600)
            unfinished.write_text(json.dumps({"port": listening.getsockname()[1], "token": token}))
        listening.listen(WAITING)
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        listening.close()
        raise
    return Door(listening, path, token)


def knock(folder: Path) -> Caller | None:
    """A connection to the newest show that lives; None when there is none."""
    return next(_living(folder), None)


def _living(folder: Path) -> Iterator[Caller]:
    """The shows that can be reached, newest first; the doors of dead ones are taken away."""
    for path in sorted(folder.glob("show-*.[sj]*"), key=_made_ns, reverse=True):
        try:
            yield _connect(path)
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it may live and be too busy, or be no door at all


def _made_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _connect(path: Path) -> Caller:
    if path.suffix == ".sock":
        caller = Caller(socket.socket(socket.AF_UNIX), "")
    else:
        said = json.loads(path.read_text())
        port, token = int(said["port"]), str(said["token"])
        caller = Caller(socket.socket(socket.AF_INET), token)
    try:
        caller.socket.settimeout(CONNECT_S)
        if path.suffix == ".sock":
            with _address(path) as address:
                caller.socket.connect(address)
        else:
            caller.socket.connect(("127.0.0.1", port))
    except BaseException:
        caller.socket.close()
        raise
    return caller


def _own_folder(folder: Path) -> None:
    """Makes it, for this user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":  # a user's folders are his own there
        return
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise InputError(f"{folder} belongs to somebody else.")
    folder.chmod(0o700)


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """The path as the address of a socket. Linux reaches one that is too long by its opened folder."""
    if len(os.fsencode(path)) <= LONGEST_BYTES:
        yield os.fspath(path)
        return
    if sys.platform != "linux":
        raise InputError(f"The path {path.parent} is too long for a socket; a shorter ARTVIS_HOME helps.")
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
