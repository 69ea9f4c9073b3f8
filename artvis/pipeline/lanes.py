"""The painting threads: one for the offline painter, one for a network back end when there is one.

Two, so that a network that hangs never keeps an offline picture from being painted.
"""

import logging
import threading
import time
from collections.abc import Callable

from artvis.errors import ArtvisError, ProviderError
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
STOP_S = 2.0


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
        # A daemon: a back end that does not let go cannot hold up the end of the program.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """What is being painted ends soon, and nothing more is begun; does not wait."""
        self._stopping = True
        self._wake.set()
        if self._provider is not None:
            self._provider.cancel()

    def stop(self) -> None:
        """Cancels what is being painted and ends the thread."""
        self.cancel()
        deadline_s = time.monotonic() + STOP_S
        while self._thread.is_alive() and time.monotonic() < deadline_s:
            self._thread.join(0.1)
            self.cancel()  # again: it may have begun its next call since
        if self._thread.is_alive():
            log.error("the thread %s did not stop in %.0f s", self._thread.name, STOP_S)
        if self._provider is not None:
            self._provider.close()

    def paint_instead(self) -> None:
        """Another lane could not paint: this one does."""
        self._conductor.owe()
        self._wake.set()

    def _run(self) -> None:
        provider = self._provider = self._opened()
        while not self._stopping:
            try:
                self._look(provider)
            except Exception:
                log.exception("a painting was lost")
                self._failed()
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _opened(self) -> ImageProvider | None:
        """The back end; None where it has no key, or an address that is none: that stays so for this show."""
        try:
            return self._open_provider()
        except ArtvisError as error:
            self._studio.turned_away(error)
        except Exception:
            log.exception("a back end could not be opened")
            self._studio.turned_away(ProviderError("request", "The image back end could not be opened."))
        return None

    def _look(self, provider: ImageProvider | None) -> None:
        now_s, stock = time.monotonic(), self._stock.get()
        commission = self._conductor.consider(now_s, self._heard.get().state, stock)
        if commission is None:
            return
        if provider is None or self._is_resting(commission, now_s):
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
