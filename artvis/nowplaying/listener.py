"""The thread that asks every input and says what plays: one asyncio loop, with a clean stop.

It decides nothing (`policy`) and reads nothing itself: each input is a coroutine that tells until it is cancelled.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence

from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.policy import Desk, Settled

log = logging.getLogger(__name__)

STOP_S = 2.0
Tell = Callable[[str, NowPlaying | None], None]
"""Says what a player plays, by the name of the player; None when it is gone."""
Input = Callable[[Tell], Awaitable[None]]


class NowPlayingListener:
    """Runs `inputs` on a thread of its own; `on_change` is called there with each `Settled`.

    A daemon: a file on a network disk that does not answer cannot hold up the end of the program.
    """

    def __init__(self, inputs: Sequence[Input], *, on_change: Callable[[Settled], None]) -> None:
        self._inputs = inputs
        self._on_change = on_change
        self._desk = Desk()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._look: asyncio.TimerHandle | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="now-playing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; may be called twice, and without a start."""
        self._stopping = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._cancel)
        if self._thread.is_alive():
            self._thread.join(STOP_S)
            if self._thread.is_alive():
                log.error("the thread that asks what plays did not stop in %.0f s", STOP_S)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            try:
                runner.run(self._ask_all())
            except asyncio.CancelledError:
                log.debug("nobody is asked any more")

    async def _ask_all(self) -> None:
        self._main = asyncio.current_task()
        if not self._stopping:
            await asyncio.gather(*(self._ask(each) for each in self._inputs))

    async def _ask(self, one: Input) -> None:
        try:
            await one(self._tell)
        except Exception as error:  # noqa: BLE001 - the end of an input; the others go on
            # Neither message nor traceback: both may quote a title.
            log.error("an input that says what plays has ended: %s", type(error).__name__)  # noqa: TRY400

    def _cancel(self) -> None:
        if self._main is not None:
            self._main.cancel()

    def _tell(self, name: str, now: NowPlaying | None) -> None:
        if self._loop is not None:
            self._desk.tell(name, now, self._loop.time())
            self._look_when_due(self._loop)

    def _look_when_due(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._look is not None:
            self._look.cancel()
        due_s = self._desk.due_s
        self._look = None if due_s is None else loop.call_at(due_s, self._settle, loop)

    def _settle(self, loop: asyncio.AbstractEventLoop) -> None:
        settled = self._desk.settle(loop.time())
        self._look_when_due(loop)
        if settled is not None:
            self._on_change(settled)
