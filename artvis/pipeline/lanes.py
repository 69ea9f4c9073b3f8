"""The painting threads: one for the offline painter, one for a network back end when there is one.

Two, so that a network that hangs never keeps an offline picture from being painted.
"""

import logging
import threading
import time
from collections.abc import Callable

from artvis.errors import ArtvisError
from artvis.pipeline.conducting import Commission, Conductor
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.painting import Studio
from artvis.pipeline.showing import Stock
from artvis.providers.provider import ImageProvider

log = logging.getLogger(__name__)

LOOK_S = 0.1
FAILURES = 3
REST_S = 300.0


class Lane:
    """One back end, painted for by one thread, one picture at a time.

    After three failures in a row it rests for five minutes; a person who asks is served all the same. `on_failure` is
    told each time, so that another lane can paint instead.
    """

    def __init__(
        self,
        name: str,
        *,
        conductor: Conductor,
        studio: Studio,
        provider: Callable[[], ImageProvider],
        heard: Latest[Heard],
        stock: Latest[Stock],
        on_failure: Callable[[], None] = lambda: None,
    ) -> None:
        self._conductor = conductor
        self._studio = studio
        self._open_provider = provider
        self._provider: ImageProvider | None = None
        self._heard = heard
        self._stock = stock
        self._on_failure = on_failure
        self._failures = 0
        self._resting_until_s = 0.0
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Cancels what is being painted and ends the thread."""
        self._stopping = True
        self._wake.set()
        if self._provider is not None:
            self._provider.cancel()
        if self._thread.is_alive():
            self._thread.join(2.0)
            if self._thread.is_alive():
                log.error("the thread %s did not stop in 2 s", self._thread.name)
        if self._provider is not None:
            self._provider.close()

    def nudge(self) -> None:
        """Looks at once: a key was pressed."""
        self._wake.set()

    def paint_instead(self) -> None:
        """Another lane could not paint: this one does."""
        self._conductor.owe()
        self.nudge()

    def pause(self, wait_s: float) -> None:
        """Waits between two tries, but not longer than the show lasts."""
        deadline_s = time.monotonic() + wait_s
        while not self._stopping and time.monotonic() < deadline_s:
            self._wake.wait(min(0.2, max(0.0, deadline_s - time.monotonic())))
            self._wake.clear()

    def _run(self) -> None:
        try:
            self._provider = self._open_provider()
        except (
            ArtvisError
        ) as error:  # no key, or an address that is none: nothing will change that in this show
            self._studio.turned_away(error)
            self._on_failure()
            return
        while not self._stopping:
            try:
                self._look(self._provider)
            except Exception:
                log.exception("a painting was lost")
                self._failed()
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _look(self, provider: ImageProvider) -> None:
        now_s, stock = time.monotonic(), self._stock.get()
        commission = self._conductor.consider(now_s, self._heard.get().state, stock)
        if commission is None:
            return
        if self._is_resting(commission, now_s):
            self._on_failure()
        elif self._studio.paint(commission, provider):
            self._failures = 0
        elif not self._stopping:
            self._failed()

    def _is_resting(self, commission: Commission, now_s: float) -> bool:
        return now_s < self._resting_until_s and not commission.asked

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._resting_until_s = time.monotonic() + REST_S
        self._on_failure()
