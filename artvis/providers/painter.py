"""The offline back end: our own painters, in a process of their own.

It needs no key, no network and no money. How the pictures look is the business of `artvis.painters`.
"""

import logging
import multiprocessing
import os
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

import numpy as np

from artvis.errors import ProviderError
from artvis.model.artwork import Pixels
from artvis.processes import start_deaf_to_ctrl_c
from artvis.prompt.compose import Prompt
from artvis.providers.paintworker import Answer, Order, work
from artvis.providers.provider import GeneratedImage

log = logging.getLogger(__name__)

_PREVIEW_DEADLINE_S: Final = 20.0
_LOOK_S: Final = 0.05
"""How soon a cancelled call ends."""
_END_S: Final = 0.8


class PainterProvider:
    """One worker process, started by `start` or by the first picture; when it dies it is started again, once."""

    name = "painter"
    paid = False
    networked = False
    continues = False

    def __init__(self) -> None:
        self.model = "painters-1"
        self._call = threading.Lock()  # one order at a time in the pipe
        self._worker: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._number = 0
        self._cpu_before_s = 0.0
        self._cpu_s = 0.0
        self._cancelled = threading.Event()
        self._closed = False

    def start(self) -> None:
        """Starts the worker and returns at once: it gets ready while the program does."""
        if self._worker is None and not self._closed:
            self._spawn()

    @property
    def workers_cpu_s(self) -> float:
        """CPU time of all workers so far, as of their last pictures."""
        return self._cpu_before_s + self._cpu_s

    @property
    def worker_pid(self) -> int | None:
        return self._worker.pid if self._worker is not None else None

    def estimate_usd(self, _prompt: Prompt) -> float:
        return 0.0

    def generate(
        self,
        prompt: Prompt,
        *,
        deadline_s: float,
        idempotency_key: str,  # noqa: ARG002 - a painter repeats itself exactly
        image: Pixels | None = None,  # noqa: ARG002 - it paints anew
    ) -> GeneratedImage:
        pixels = self._paint(prompt, prompt.size, deadline_s)
        return GeneratedImage(pixels, self.name, self.model, prompt.seed, 0.0)

    def generate_preview(self, prompt: Prompt) -> Pixels:
        """The same picture in half its width and height, in a third of the time."""
        width, height = prompt.size
        return self._paint(prompt, (max(64, width // 2), max(64, height // 2)), _PREVIEW_DEADLINE_S)

    def health(self) -> str:
        return "painter: ready, paints on this machine without network or cost"

    def cancel(self) -> None:
        self._cancelled.set()

    def close(self) -> None:
        self._closed = True
        self.cancel()
        with self._call:
            self._end_worker()

    def _paint(self, prompt: Prompt, size: tuple[int, int], deadline_s: float) -> Pixels:
        ends_s = time.monotonic() + deadline_s
        with self._call:
            self._cancelled.clear()
            for last in (False, True):
                if self._closed:
                    raise _cancelled()
                try:
                    return self._exchange(prompt, size, ends_s)
                except ProviderError as error:
                    if error.kind == "timeout":  # it hangs, and would keep every later picture waiting
                        self._end_worker()
                    raise
                except (EOFError, OSError) as error:
                    log.warning("the painting process died", exc_info=error)
                    self._end_worker()
                    if last:
                        raise ProviderError(
                            "server", "The offline painter stopped twice in one picture."
                        ) from error
        raise AssertionError("unreachable")

    def _exchange(self, prompt: Prompt, size: tuple[int, int], ends_s: float) -> Pixels:
        """One order and its answer. EOFError or OSError when the worker is gone."""
        pipe = self._pipe or self._spawn()
        self._number += 1
        pipe.send(Order(self._number, prompt.painter, prompt.mood, prompt.palette, prompt.seed, size))
        while True:
            self._await(pipe, ends_s)
            answer: Answer = pipe.recv()
            self._cpu_s = answer.cpu_s
            pixels = b"" if answer.fault else pipe.recv_bytes()
            if answer.number != self._number:
                continue  # of an order that was cancelled
            if answer.fault:
                raise ProviderError(
                    "request", f"The offline painter could not paint this ({answer.fault.rstrip('.')})."
                )
            return np.frombuffer(pixels, np.uint8).reshape(size[1], size[0], 3)

    def _await(self, pipe: Connection, ends_s: float) -> None:
        while not pipe.poll(_LOOK_S):
            if self._cancelled.is_set():
                raise _cancelled()
            if time.monotonic() > ends_s:
                raise ProviderError("timeout", "The offline painter did not finish in time.")

    def _spawn(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        in_main_thread = threading.current_thread() is threading.main_thread()
        self._worker = context.Process(
            target=work,
            args=(theirs,),
            kwargs={"main_thread_of": os.getpid() if in_main_thread else 0},
            name="artvis painter",
            daemon=True,
        )
        start_deaf_to_ctrl_c(self._worker)
        theirs.close()  # else the end of the worker would not end the pipe
        self._pipe = ours
        return ours

    def _end_worker(self) -> None:
        """Closes the pipe, by which the worker ends itself; kills it where it does not."""
        if self._worker is None or self._pipe is None:
            return
        self._pipe.close()
        self._worker.join(_END_S)
        if self._worker.is_alive():
            self._worker.kill()
            self._worker.join(_END_S)
        self._cpu_before_s, self._cpu_s = self.workers_cpu_s, 0.0
        self._worker = self._pipe = None


def _cancelled() -> ProviderError:
    return ProviderError("cancelled", "The painting was cancelled.")
