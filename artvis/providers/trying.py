"""Tries a call again where that can help, within a number of calls and a time for all of them.

It makes no call itself and books none: what one call is, its caller says.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from artvis.backoff import full_jitter_s
from artvis.errors import ProviderError

T = TypeVar("T")

RETRIED: Final = frozenset({"rate", "busy", "server", "timeout"})
"""Kinds of fault that may be gone the next time; a refused prompt, key or account is not among them."""
_LEAST_S: Final = 1.0
"""A call that has less time than this is not begun."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, handed in so that tests need neither."""

    now_s: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    random_unit: Callable[[], float] = random.random


def tried(call: Callable[[float], T], *, calls: int, deadline_s: float, clock: Clock | None = None) -> T:
    """What `call` gives; it is told how many seconds it has. Raises the ProviderError of the last call.

    After a fault that may pass it is made again, at most `calls` times and `deadline_s` seconds in all: after the
    wait that the back end asks for, else after exponential backoff with full jitter.
    """
    clock = clock or Clock()
    ends_s = clock.now_s() + deadline_s
    attempt = 1
    while True:
        try:
            return call(ends_s - clock.now_s())
        except ProviderError as error:
            wait_s = error.retry_after_s
            if wait_s is None:
                wait_s = full_jitter_s(attempt, clock.random_unit())
            is_out_of_time = clock.now_s() + wait_s + _LEAST_S > ends_s
            if error.kind not in RETRIED or attempt >= calls or is_out_of_time:
                raise
        clock.pause(wait_s)
        attempt += 1
