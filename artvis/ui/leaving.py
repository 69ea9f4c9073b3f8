"""How the window's process is told to leave, by SIGINT, SIGTERM or SIGHUP; what is done then is not decided here."""

import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Slot

from artvis.processes import ending_signals


class SignalQuit(QObject):
    """Calls `leave` on the GUI thread when a signal arrives.

    Python runs a handler only between two of its own instructions, and Qt's loop may wait for seconds in C++; so the
    wake-up file descriptor of the signal module is watched by Qt itself.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave
        self.signalled = False
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_woken)
        self._before_fd = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._before: dict[int, Any] = {number: signal.signal(number, _noted) for number in ending_signals()}

    @Slot()
    def on_woken(self) -> None:
        numbers = self._reading.recv(64)
        if any(number in numbers for number in self._before):
            self.signalled = True
            self._leave()

    def close(self) -> None:
        """Signals mean again what they meant before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The file descriptor says it."""
