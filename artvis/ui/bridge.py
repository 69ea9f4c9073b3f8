"""The one way back from worker threads to the GUI thread; it carries messages and understands none of them."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)


class Bridge(QObject):
    """Lives on the thread that makes it; `post` may be called from any.

    Messages arrive in the order in which they were posted, one turn of the event loop later. A lambda connected to a
    signal of another thread's object would run on that other thread: therefore a slot of this object.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on_event: Callable[[Any], None] | None = None
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def post(self, event: object) -> None:
        """Hands `event` to `on_event` on the GUI thread. Never blocks."""
        self._posted.emit(event)

    @Slot(object)
    def _on_posted(self, event: object) -> None:
        if self.on_event is None:
            return
        try:
            self.on_event(event)
        except Exception:
            log.exception("an event of %s was lost", type(event).__name__)
