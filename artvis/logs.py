"""The log for developers: one file that turns over at 1 MB, five of them at most, with no secret in it.

It shows nothing to a person; that is what notices are for.
"""

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

MAX_FILE_BYTES = 1_000_000
OLD_FILES = 4
FILE_NAME = "artvis.log"

# What a key looks like in a header, a URL or the message of a library's exception.
_SECRET = re.compile(r"(?i)(\bbearer\s+|\bsk-|\bkey=|\bapi[_-]?key\W{1,3}|//[^/\s:@]+:)[^\s\"'&@,;]{4,}")
_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"


class _Discreet(logging.Formatter):
    """A line with its traceback, in which nothing that looks like a key is readable."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1***", super().format(record))


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


def _add_file(root: logging.Logger, folder: Path, formatter: logging.Formatter) -> OSError | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / FILE_NAME, maxBytes=MAX_FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8"
        )
    except OSError as problem:
        return problem
    handler.set_name("artvis-file")
    handler.setFormatter(formatter)
    root.addHandler(handler)
    return None
