"""What Qt has to say, led into the log while a window is open.

It shows nothing to a person. By itself Qt prints on C's `stderr`, which PortAudio's chatter has led elsewhere by then.
"""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

SAME_AGAIN_S: Final = (
    60.0  # a binding that breaks in every video frame would else push everything out of the log
)
MOST_KNOWN: Final = 100
LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextmanager
def qt_messages_in_the_log() -> Iterator[None]:
    """Until it is left, what Qt says is logged, the same words once a minute; from any thread, as Qt may say it."""
    said_s: dict[str, float] = {}

    def take(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        now_s = time.monotonic()
        if kind is QtMsgType.QtFatalMsg:  # Qt aborts after it
            sys.stderr.write(f"{text}\n")
        elif now_s - said_s.get(text, -SAME_AGAIN_S) < SAME_AGAIN_S:
            return
        if len(said_s) >= MOST_KNOWN:
            said_s.clear()
        said_s[text] = now_s
        log.log(LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "Qt", text)

    before = qInstallMessageHandler(take)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
