from collections.abc import Callable

import pytest

from artvis.errors import ProviderError, ProviderFault
from artvis.providers.trying import Clock, tried


class FakeTime:
    """A clock that moves only by pauses and calls."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.pauses: list[float] = []

    def pause(self, wait_s: float) -> None:
        self.pauses.append(wait_s)
        self.now_s += wait_s

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now_s, self.pause, lambda: 0.5)


def _calls(time: FakeTime, *faults: ProviderError | None, takes_s: float = 0.0) -> Callable[[float], str]:
    left = list(faults)

    def call(_left_s: float) -> str:
        time.now_s += takes_s
        fault = left.pop(0)
        if fault is not None:
            raise fault
        return "picture"

    return call


def _fault(kind: ProviderFault, retry_after_s: float | None = None) -> ProviderError:
    return ProviderError(kind, kind, retry_after_s=retry_after_s)


def test_a_call_that_works_is_made_once() -> None:
    time = FakeTime()
    assert tried(_calls(time, None), calls=3, deadline_s=60, clock=time.clock) == "picture"
    assert time.pauses == []


def test_the_wait_is_the_one_asked_for_else_backoff_with_jitter() -> None:
    time = FakeTime()
    call = _calls(time, _fault("rate", 7.0), _fault("server"), None)
    assert tried(call, calls=3, deadline_s=60, clock=time.clock) == "picture"
    assert time.pauses == [7.0, 1.0]


@pytest.mark.parametrize(
    "kind", ["auth", "billing", "moderation", "request", "model", "network", "badimage", "cancelled"]
)
def test_what_will_not_pass_is_not_tried_again(kind: ProviderFault) -> None:
    time = FakeTime()
    with pytest.raises(ProviderError):
        tried(_calls(time, _fault(kind)), calls=3, deadline_s=60, clock=time.clock)


def test_three_calls_are_the_most() -> None:
    time = FakeTime()
    with pytest.raises(ProviderError, match="timeout"):
        tried(
            _calls(time, _fault("server"), _fault("busy"), _fault("timeout")),
            calls=3,
            deadline_s=60,
            clock=time.clock,
        )


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    time = FakeTime()
    with pytest.raises(ProviderError):
        tried(_calls(time, _fault("rate", 60.0)), calls=3, deadline_s=60, clock=time.clock)
    assert time.pauses == []


def test_the_last_call_is_told_what_time_is_left() -> None:
    time = FakeTime()
    left: list[float] = []

    def call(left_s: float) -> None:
        left.append(left_s)
        time.now_s += 20
        if len(left) == 1:
            raise _fault("rate", 10.0)

    tried(call, calls=3, deadline_s=60, clock=time.clock)
    assert left == [60.0, 30.0]
