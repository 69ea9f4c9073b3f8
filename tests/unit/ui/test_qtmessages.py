"""Where the messages of Qt go, also when C's `stderr` leads elsewhere: in a process of its own, as that is for good."""

import subprocess
import sys

PROGRAM = """
import logging
from PySide6.QtCore import qCritical, qFatal, qWarning
from artvis.audio import chatter
from artvis.ui.qtmessages import qt_messages_in_the_log
logging.basicConfig(format="%(levelname)s %(message)s")
chatter.divert()
with qt_messages_in_the_log():
    for _ in range(3):
        qWarning("a binding loop")
    qCritical("no context")
print(chatter.lines())
qWarning("afterwards")
print(chatter.lines(), flush=True)
with qt_messages_in_the_log():
    qFatal("no plugin")
"""


def test_what_qt_says_is_logged_once_a_minute_and_its_last_words_are_printed_too() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.stdout.splitlines() == ["[]", "['afterwards']"]
    said = ["WARNING default: a binding loop", "ERROR default: no context"]
    *lines, printed, logged = ran.stderr.splitlines()[:5]
    assert lines == [*said, "WARNING default: no plugin"]
    assert logged == f"CRITICAL default: {printed}"
    assert ran.returncode < 0
