"""Scenes tried out in a process of their own, which is ended and begun anew where one hangs or breaks it.

It knows nothing of OpenGL: what happens in the process is handed in (`render.rehearsal`).
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from artvis.errors import GraphicsUnavailable
from artvis.processes import start_deaf_to_ctrl_c
from artvis.scene.isf.document import StagedScene
from artvis.scene.trial import READY, Compiled, Limits, Trial

log = logging.getLogger(__name__)

Perform = Callable[[Connection, int, Limits], None]
"""What the process does, given its end of the pipe and the process that started it."""

START_S: Final = 30.0
CLOCK_FACTOR: Final = 3.0
"""A limit of processor time is this much longer by the clock: the show itself leaves little of the processor."""
_LOOK_S: Final = 0.05


class Rehearsal:
    """One process, begun by the first scene. Used by one thread, which lasts as long; any may call `cancel`."""

    def __init__(self, perform: Perform, limits: Limits | None = None) -> None:
        self._perform = perform
        self._limits = limits or Limits()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._tried = 0
        self._cancelled = threading.Event()

    @property
    def pid(self) -> int | None:
        """The process that is there now, or None."""
        return self._child.pid if self._child is not None and self._child.is_alive() else None

    def try_out(self, staged: StagedScene) -> Trial:
        """What became of it. Raises GraphicsUnavailable where nothing can be tried out; `cancel` ends it as `hung`."""
        while True:
            if self._pipe is None:
                self._start()
            phase = "compile"
            try:
                self._send(staged)
                answer = self._await(self._limits.compile_s)
                if isinstance(answer, Compiled):
                    phase = "draw"
                    answer = self._await(answer.draw_s)
                self._tried += 1
            except TimeoutError:
                self._end()
                return Trial(fault=f"it takes too long to {phase}", hung=True)
            except (EOFError, OSError):
                alone, by_signal = self._tried == 0, self._end()
                if by_signal == getattr(signal, "SIGXCPU", -1):
                    return Trial(fault=f"it takes too long to {phase}", hung=True)
                if alone:
                    return Trial(fault="the graphics driver breaks over it, or memory does not suffice")
                continue  # it may have been those before: once more, in a process that has seen no other
            if isinstance(answer, Trial):
                return answer
            raise TypeError(answer)

    def cancel(self) -> None:
        """Ends what is being tried out; nothing is tried out after that."""
        self._cancelled.set()

    def rest(self) -> None:
        """Ends the process until there is another scene to try out."""
        self._end()

    def close(self) -> None:
        self._cancelled.set()
        self._end()

    def _send(self, staged: StagedScene) -> None:
        document = replace(staged.document, imported=dict(staged.document.imported))
        plain = replace(
            staged, document=document, images=dict(staged.images)
        )  # a mapping proxy cannot travel
        if self._pipe is not None:
            self._pipe.send(plain)

    def _await(self, limit_s: float) -> object:
        """The next word of the process. Raises TimeoutError, also when cancelled, and EOFError when it is gone."""
        until_s = time.monotonic() + CLOCK_FACTOR * limit_s
        while self._pipe is not None and not self._pipe.poll(_LOOK_S):
            if self._cancelled.is_set() or time.monotonic() > until_s:
                raise TimeoutError
        if self._pipe is None:
            raise EOFError
        return self._pipe.recv()

    def _start(self) -> None:
        """Begins a process and waits until it can draw. Raises GraphicsUnavailable."""
        if self._cancelled.is_set():
            raise GraphicsUnavailable("The show ends.")
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(
            target=self._perform, args=(theirs, os.getpid(), self._limits), name="artvis scenes", daemon=True
        )
        start_deaf_to_ctrl_c(self._child)
        theirs.close()  # else the end of the process would not end the pipe
        self._tried = 0
        try:
            answer = self._await(START_S / CLOCK_FACTOR)
        except (EOFError, OSError) as error:
            self._end()
            raise GraphicsUnavailable("The graphics driver breaks where there is no window.") from error
        if answer != READY:
            self._end()
            raise GraphicsUnavailable(str(answer))

    def _end(self) -> int:
        """Ends the process; the number of the signal that had ended it before, or 0."""
        pipe, child = self._pipe, self._child
        self._pipe = self._child = None
        if pipe is not None:
            pipe.close()
        if child is None:
            return 0
        child.join(0.2)  # the pipe breaks a moment before the process has ended
        code = child.exitcode or 0
        child.kill()
        child.join(1.0)
        return max(0, -code)
