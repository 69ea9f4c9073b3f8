"""The log for developers: one file that turns over at 1 MB, five of them at most, with no secret in it.

It shows nothing to a person; that is what notices are for. What nobody has caught can be led into it.
"""

import contextlib
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from artvis.errors import ArtvisError

MAX_FILE_BYTES = 1_000_000
OLD_FILES = 4
FILE_NAME = "artvis.log"
SAME_AGAIN_S = 60.0  # a slot that breaks in every video frame would else push everything out of the log

# What a key looks like in a header, a URL or the message of a library's exception.
_SECRET = re.compile(r"(?i)(\bbearer\s+|\bsk-|\bkey=|\bapi[_-]?key\W{1,3}|//[^/\s:@]+:)[^\s\"'&@,;]{4,}")
_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"


class _Discreet(logging.Formatter):
    """A line with its traceback, in which nothing that looks like a key is readable."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1***", super().format(record))


class _SharedFile(RotatingFileHandler):
    """A file that several processes write: one of them turns it over at a time, and the others follow.

    Else each would turn over what another has just begun, and push lines out before their time.
    """

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 - the name is of the standard library
        self._follow()
        return bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # noqa: N802 - as above
        with _alone_in(Path(self.baseFilename).parent):
            if not self._follow():
                super().doRollover()

    def _follow(self) -> bool:
        """Opens the file again where its name means another one by now."""
        if self.stream:
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(Path(self.baseFilename).stat(), os.fstat(self.stream.fileno())):
                    return False
            self.stream.close()
        self.stream = self._open()
        return True


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """No other process is in this block for the same folder. Windows needs none: there an open file keeps its name."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def start_logging(folder: Path, *, to_stderr: bool = False) -> None:
    """Send the log of this process to a file in `folder`, and to stderr too where that is asked for.

    A second call takes the place of the first. Where the folder cannot be written, stderr is all there is.
    """
    stop_logging()
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    formatter = _Discreet(_LINE, datefmt="%Y-%m-%dT%H:%M:%S")
    problem = _add_file(root, folder, formatter)
    if to_stderr or problem:
        stream = logging.StreamHandler(sys.stderr)
        stream.set_name("artvis-stderr")
        stream.setFormatter(formatter)
        root.addHandler(stream)
    if problem:
        logging.getLogger(__name__).warning("no log file: %s", problem)


def stop_logging() -> None:
    """Close what start_logging opened; handlers of others stay."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if (handler.name or "").startswith("artvis-"):
            root.removeHandler(handler)
            handler.close()


@contextmanager
def catching_the_uncaught(tell: Callable[[], None]) -> Iterator[None]:
    """Until it is left, what nobody catches in a thread, a Qt slot or a destructor ends in the log; `tell` hears of it.

    The same fault is logged once a minute. An exception that leaves the block itself is logged and goes on, unless it
    is a sentence for a person.
    """
    net = _Net(tell)
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = net.in_main, net.in_thread, net.in_destructor
    try:
        yield
    except ArtvisError:
        raise
    except Exception:
        logging.getLogger(__name__).critical("nobody has caught this, and it ends the program", exc_info=True)
        raise
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


class _Net:
    """The three hooks of Python for exceptions that nobody has caught."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._said_s: dict[tuple[str, str, int], float] = {}

    def in_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Also where a slot of Qt breaks: PySide hands its exceptions to sys.excepthook."""
        self._log("the main thread", kind, error, trace)

    def in_thread(self, fault: threading.ExceptHookArgs) -> None:
        if fault.exc_type is not SystemExit:
            name = fault.thread.name if fault.thread is not None else "a thread"
            self._log(name, fault.exc_type, fault.exc_value, fault.exc_traceback)

    def in_destructor(self, fault: "sys.UnraisableHookArgs") -> None:
        self._log(fault.err_msg or "a destructor", fault.exc_type, fault.exc_value, fault.exc_traceback)

    def _log(
        self,
        where: str,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        now_s, what = time.monotonic(), (where, *_place(kind, trace))
        if now_s - self._said_s.get(what, -SAME_AGAIN_S) < SAME_AGAIN_S:
            return
        self._said_s[what] = now_s
        fault = (kind, error if error is not None else kind(), trace)
        logging.getLogger(__name__).critical("nobody has caught this in %s", where, exc_info=fault)
        self._tell()


def _place(kind: type[BaseException], trace: TracebackType | None) -> tuple[str, int]:
    """What broke, and in which line of its innermost function."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        f"{kind.__name__} in {trace.tb_frame.f_code.co_filename if trace else ''}",
        trace.tb_lineno if trace else 0,
    )


def _add_file(root: logging.Logger, folder: Path, formatter: logging.Formatter) -> OSError | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _SharedFile(
            folder / FILE_NAME, maxBytes=MAX_FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8"
        )
    except OSError as problem:
        return problem
    handler.set_name("artvis-file")
    handler.setFormatter(formatter)
    root.addHandler(handler)
    return None
