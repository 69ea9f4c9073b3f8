"""The ring against a plain list of samples, in any order of writes and reads, and across two threads."""

import threading
from collections import deque

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from artvis.audio.ring import Ring
from artvis.model.music import Samples


def _numbered(first: int, count: int) -> Samples:
    """Samples that say their own position: the left channel counts up, the right one down."""
    numbers = np.arange(first, first + count, dtype=np.float32)
    return np.stack((numbers, -numbers), axis=1)


class RingAgainstList(RuleBasedStateMachine):
    @initialize(power=st.integers(1, 6))
    def begin(self, power: int) -> None:
        self.capacity = 2**power
        self.ring = Ring(self.capacity)
        self.expected: deque[int] = deque()
        self.next = self.dropped = self.skipped = 0

    @rule(count=st.integers(0, 70))
    def write(self, count: int) -> None:
        fits = count <= self.capacity - len(self.expected)
        assert self.ring.write(_numbered(self.next, count)) is fits
        if fits:
            self.expected.extend(range(self.next, self.next + count))
        else:
            self.dropped += 1
        self.next += count

    @rule(count=st.integers(0, 70))
    def read(self, count: int) -> None:
        block = self.ring.read(count)
        if count > len(self.expected):
            assert block is None
            return
        assert block is not None
        assert block.shape == (count, 2)
        assert block.dtype == np.float32
        expected = [self.expected.popleft() for _ in range(count)]
        assert block[:, 0].tolist() == expected
        assert block[:, 1].tolist() == [-n for n in expected]

    @rule(keep=st.integers(0, 70))
    def skip(self, keep: int) -> None:
        self.ring.skip_to_latest(keep)
        while len(self.expected) > keep:
            self.expected.popleft()
            self.skipped += 1

    @invariant()
    def counts_agree(self) -> None:
        assert self.ring.available == len(self.expected)
        assert self.ring.dropped == self.dropped
        assert self.ring.skipped == self.skipped


TestRingAgainstList = RingAgainstList.TestCase
TestRingAgainstList.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_a_block_that_was_read_is_not_changed_by_later_writes() -> None:
    ring = Ring(4)
    ring.write(_numbered(1, 4))
    block = ring.read(4)
    ring.write(_numbered(100, 4))
    assert block is not None
    assert block[:, 0].tolist() == [1, 2, 3, 4]


def test_a_mono_block_fills_both_channels() -> None:
    ring = Ring(8)
    ring.write(np.array([[0.25], [0.5]], np.float32))
    block = ring.read(2)
    assert block is not None
    assert block.tolist() == [[0.25, 0.25], [0.5, 0.5]]


def test_a_capacity_that_is_no_power_of_two_is_refused() -> None:
    with pytest.raises(ValueError, match="power of two"):
        Ring(1000)


def test_two_threads_hand_over_every_sample_in_order() -> None:
    ring = Ring(1024)
    total = 40_000
    over = threading.Event()

    def write_all() -> None:
        written = 0
        while written < total and not over.is_set():
            count = min(1 + written % 300, total - written)
            if ring.write(_numbered(written, count)):
                written += count

    writer = threading.Thread(target=write_all)
    writer.start()
    read = 0
    wrong: list[tuple[int, float, float]] = []
    while read < total and not wrong:
        count = min(1 + read % 170, total - read)
        block = ring.read(count)
        if block is not None:
            if (block[0, 0], block[-1, 0]) != (read, read + count - 1):
                wrong.append((read, float(block[0, 0]), float(block[-1, 0])))
            read += count
    over.set()
    writer.join()
    assert not wrong
    assert ring.available == 0
