"""The deep listener as seen from the show: windows in, results out, nothing ever blocks.

It does not analyse: the child process does, with `analysis`. A child that dies comes back, and hears once more the
window over which it died, unless there is a newer one.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from artvis.audio.deepresult import DeepResult, DeepWindow
from artvis.backoff import steps_s
from artvis.processes import end_with_parent, start_deaf_to_ctrl_c

_log = logging.getLogger(__name__)

NICE: Final = 10
AFTER_A_KILL_S: Final = (0.25, 0.5, 1.0, 2.0, 5.0)
"""Waits before it is started again when a signal ended it (a person, or the kernel for want of memory)."""
AFTER_A_FAULT_S: Final = (0.25, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""When it ended by itself: a library that cannot be loaded today cannot be loaded in a second."""
LONGEST_ANALYSIS_S: Final = 120.0
"""Warming up is within the first one: 4 s of CPU on a cold cache; a child that takes longer is stuck."""
_LOOK_S: Final = 0.1
"""How often the keeper looks whether it is told to stop."""


class DeepWorker:
    """Keeps one listening process alive from a thread of its own, which does all the waiting."""

    def __init__(self, cache_folder: Path) -> None:
        """`cache_folder`: where compiled code is kept from run to run."""
        self._numba_folder = cache_folder / "numba"
        self._window: DeepWindow | None = None
        self._result: DeepResult | None = None
        self._wake = threading.Event()
        self._done = threading.Event()
        self._stopping = threading.Event()
        self._keeper: threading.Thread | None = None
        self._child: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._deaths = 0
        self._in_hand: DeepWindow | None = None
        self._twice = False
        self._began_s = 0.0
        self._answered = False

    @property
    def cold(self) -> bool:
        """Whether the first window has to wait for a compilation of some seconds."""
        return not any(self._numba_folder.rglob("*.nbi"))

    @property
    def pid(self) -> int | None:
        """The process that listens now, or None."""
        child = self._child
        return child.pid if child is not None and child.is_alive() else None

    def start(self) -> None:
        """Begins to warm up; returns at once."""
        if self._keeper is None:
            # A daemon, so that a child that is stuck in the kernel cannot hold up the end of the program.
            self._keeper = threading.Thread(target=self._keep, name="deep-listening", daemon=True)
            self._keeper.start()

    def submit(self, window: DeepWindow) -> None:
        """Hands a window over; one that still waits is replaced by it."""
        self._done.clear()
        self._window = window
        self._wake.set()

    def poll(self) -> DeepResult | None:
        """The newest result that was not taken yet, or None; never blocks."""
        result, self._result = self._result, None
        return result

    def wait(self, timeout_s: float) -> DeepResult | None:
        """The result of the window submitted last; None when the process died over it, or time is up."""
        self._done.wait(timeout_s)
        return self.poll()

    def stop(self) -> None:
        """Ends process and thread within a second; may be called twice."""
        self._stopping.set()
        self._wake.set()
        child = self._child
        if child is not None:
            child.kill()  # the keeper may be handing it a window that it does not take yet
        if self._keeper is not None:
            self._keeper.join(1.0)
            if self._keeper.is_alive():
                _log.error("the keeper of the deep listener did not stop in 1 s")
            self._keeper = None

    def _keep(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._serve()
                except Exception as fault:  # noqa: BLE001 - the boundary of this thread; the fault is logged
                    if self._stopping.is_set():
                        return
                    self._deaths += 1
                    _log.warning("the deep listener died; it is started again", exc_info=fault)
                    killed = self._end_child()
                    self._hear_again()
                    pause = steps_s(self._deaths, AFTER_A_KILL_S if killed else AFTER_A_FAULT_S)
                    self._stopping.wait(pause)
        finally:
            self._end_child()
            self._done.set()

    def _serve(self) -> None:
        """One turn: a window out, a result in. Raises OSError or EOFError when the child is gone."""
        pipe = self._pipe if self._pipe is not None else self._start_child()
        if not self._wake.wait(_LOOK_S):
            if self._child is not None and not self._child.is_alive():
                raise EOFError
            return
        self._wake.clear()
        window, self._window = self._window, None
        if window is None or self._stopping.is_set():
            return
        self._in_hand = window
        pipe.send(window)
        given_s = time.monotonic()
        while not pipe.poll(_LOOK_S):
            if self._stopping.is_set():
                return
            if time.monotonic() - given_s > LONGEST_ANALYSIS_S:
                raise TimeoutError
        result = pipe.recv()
        self._deaths = 0
        self._in_hand, self._twice = None, False
        self._result = result
        if not self._answered:
            self._answered = True
            _log.info(
                "the deep listener's first result, %.1f s after its start", time.monotonic() - self._began_s
            )
        if self._window is None:
            self._done.set()

    def _hear_again(self) -> None:
        """Gives the window in hand to the next child, once: it may be what the child died of."""
        window, self._in_hand = self._in_hand, None
        if window is not None and self._window is None and not self._twice:
            self._twice = True
            self._window = window
            self._wake.set()
        elif self._window is None:
            self._twice = False
            self._done.set()

    def _start_child(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(
            target=_listen, args=(theirs, self._numba_folder, os.getpid()), name="artvis-deep", daemon=True
        )
        start_deaf_to_ctrl_c(child)
        theirs.close()
        self._pipe, self._child = ours, child
        self._began_s, self._answered = time.monotonic(), False
        return ours

    def _end_child(self) -> bool:
        """Whether a signal had ended it before."""
        pipe, child = self._pipe, self._child
        self._pipe = self._child = None
        if pipe is not None:
            pipe.close()
        if child is None:
            return False
        child.join(0.1)  # the pipe breaks a moment before the child has ended
        killed = child.exitcode is not None and child.exitcode < 0
        child.kill()
        child.join(0.5)
        return killed


def _listen(pipe: Connection, numba_folder: Path, parent: int) -> None:
    """The life of the child: it ends with its parent, or when the pipe does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    end_with_parent(parent)
    if hasattr(os, "nice"):
        os.nice(NICE)
    numba_folder.mkdir(parents=True, exist_ok=True)
    os.environ["NUMBA_CACHE_DIR"] = str(numba_folder)
    from artvis.audio.deep.analysis import DeepAnalyst  # librosa: 1.5 s, 4 s on a cold cache

    analyst = DeepAnalyst()
    analyst.warm_up()
    while True:
        try:
            window = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(analyst.analyse(window))
