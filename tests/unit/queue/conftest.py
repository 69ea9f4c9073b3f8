"""Libraries in memory for the tests of the queue."""

from collections.abc import Callable, Iterator

import pytest
from libraries import Library, in_memory


@pytest.fixture
def new_library() -> Iterator[Callable[[], Library]]:
    """For tests that need many: each call is an empty library."""
    opened: list[Library] = []

    def make() -> Library:
        opened.append(Library(in_memory()))
        return opened[-1]

    yield make
    for library in opened:
        library.db.close()


@pytest.fixture
def library(new_library: Callable[[], Library]) -> Library:
    return new_library()
