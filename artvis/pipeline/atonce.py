"""A library that answers before the question returns: for a film, whose clock waits for everything."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Concatenate, ParamSpec, TypeVar

from artvis.queue.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class AtOnce:
    """Passes each question on to a `Store` and waits for the answer, so that their order is always the same."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        answer = self._store.submit(question, *args, **kwargs)
        wait([answer])
        return answer

    def data_version_changed(self) -> Future[bool]:
        answer = self._store.data_version_changed()
        wait([answer])
        return answer
