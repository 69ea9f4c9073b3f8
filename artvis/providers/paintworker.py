"""The process in which the offline painters paint: reads orders from a pipe, answers with pixels.

It knows neither library nor network, and it never outlives the program that started it.
"""

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from artvis.errors import ArtvisError
from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.palette import Palette
from artvis.processes import end_with_parent

_NICE: Final = 10


@dataclass(frozen=True, slots=True)
class Order:
    """One picture to be painted; plain values, since they cross a process border."""

    number: int
    painter: str
    mood: PaintMood
    palette: Palette
    seed: int
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order. After one without `fault` the pixels follow in the pipe, as bytes."""

    number: int
    cpu_s: float
    """CPU time of the worker since it began."""
    fault: str = ""


def work(pipe: Connection, *, main_thread_of: int) -> None:
    """Paints what is ordered until the pipe ends. The first picture is wanted at once; then it steps back.

    `main_thread_of`: the process whose main thread has started this one, 0 for another thread. The kernel can end a
    worker with the *thread* that started it, so only a main thread may ask for that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    if main_thread_of:
        end_with_parent(main_thread_of)
    orders: deque[Order] = deque()
    ready = threading.Semaphore(0)
    threading.Thread(target=_take_orders, args=(pipe, orders, ready), daemon=True).start()
    from artvis.painters import paint  # 60 ms with numpy; the pipe is open meanwhile

    with contextlib.suppress(BrokenPipeError):  # nobody is left to look at it
        _paint_on(pipe, orders, ready, paint)


def _paint_on(
    pipe: Connection, orders: deque[Order], ready: threading.Semaphore, paint: Callable[..., Pixels]
) -> None:
    first = True
    while True:
        ready.acquire()
        order = orders.popleft()
        try:
            pixels = paint(order.painter, order.mood, order.palette, order.seed, order.size)
        except (ArtvisError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
            pipe.send(Answer(order.number, time.process_time(), fault=f"{type(error).__name__}: {error}"))
            continue
        pipe.send(Answer(order.number, time.process_time()))
        pipe.send_bytes(pixels.tobytes())
        if first and hasattr(os, "nice"):
            os.nice(_NICE)
        first = False


def _take_orders(pipe: Connection, orders: deque[Order], ready: threading.Semaphore) -> None:
    """Ends the process when the pipe ends, in the middle of a picture too: nobody is left to look at it."""
    try:
        while True:
            orders.append(pipe.recv())
            ready.release()
    except (EOFError, OSError):
        os._exit(0)
