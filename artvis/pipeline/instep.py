"""When the queue is read from the library: a while after each change of ours, and soon after one of another process.

It takes no answer: that comes as an event.
"""

from artvis.pipeline.showlibrary import ShowLibrary
from artvis.queue.policy import QueueView

RECONCILE_AFTER_S = 2.0
LOOK_FOR_OTHERS_S = 1.0


class InStep:
    """Used by the thread that draws."""

    def __init__(self, library: ShowLibrary, view: QueueView) -> None:
        self._library = library
        self._view = view
        self._read_due_s: float | None = 0.0
        self._look_due_s = 0.0

    def changed(self, now_s: float) -> None:
        """We have changed something: the library will know it in a while."""
        self._read_due_s = now_s + RECONCILE_AFTER_S

    def ask_now(self, now_s: float) -> None:
        """The library has changed."""
        self._read_due_s = now_s

    def step(self, now_s: float) -> None:
        """One video frame."""
        if now_s >= self._look_due_s:
            self._look_due_s = now_s + LOOK_FOR_OTHERS_S / 2
            if self._library.others_wrote():
                self.ask_now(now_s)
        if self._read_due_s is not None and now_s >= self._read_due_s:
            self._read_due_s = None
            self._library.read_queue(self._view.ask_read(now_s))
