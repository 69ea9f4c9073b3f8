"""The newest value of something that changes often: overwritten, never queued."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """One immutable value, written by one thread and read by any.

    Setting and getting an attribute is atomic in CPython, so neither side takes a lock.
    """

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def set(self, value: T) -> None:
        self._value = value

    def get(self) -> T:
        return self._value
