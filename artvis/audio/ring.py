"""The ring between the sound card and the listener: one writer, one reader, no lock.

It does not wait, wake anybody or convert anything; its reader polls, and a block without room is dropped.
"""

import numpy as np

from artvis.model.music import Samples

CHANNELS = 2


class Ring:
    """A fixed stretch of stereo samples that one thread fills and another one empties.

    Both indices only ever grow and are masked on access, so full and empty cannot be confused:

    - `_written` is changed by the writer alone, and only **after** the samples are in place: a reader that
      sees the new index sees the samples too.
    - `_taken` is changed by the reader alone, and only **after** it has copied the samples out: a writer that
      sees the new index may overwrite them.

    The interpreter lock makes an assignment of one int atomic and orders it after the copy before it.
    """

    def __init__(self, capacity: int = 131_072) -> None:
        """Make room for `capacity` sample pairs, a power of two (the default holds 2.97 s at 44,100 Hz)."""
        if capacity < 2 or capacity & (capacity - 1):
            raise ValueError(f"the capacity of a ring is a power of two, not {capacity}")
        self._samples = np.zeros((capacity, CHANNELS), np.float32)
        self._capacity = capacity
        self._mask = capacity - 1
        self._written = 0
        self._taken = 0
        self._dropped = 0
        self._skipped = 0

    @property
    def capacity(self) -> int:
        return self._capacity

    @property
    def available(self) -> int:
        """Sample pairs that can be read now."""
        return self._written - self._taken

    @property
    def dropped(self) -> int:
        """Blocks that found no room so far."""
        return self._dropped

    @property
    def skipped(self) -> int:
        """Sample pairs that the reader passed over so far, because it had fallen behind."""
        return self._skipped

    def write(self, block: Samples) -> bool:
        """Append `block`, shape (n, 2) or (n, 1) for mono; False when it found no room and was dropped whole.

        Only the writer's thread may call it. It takes no lock and allocates nothing but two views.
        """
        count = len(block)
        written = self._written
        if count > self._capacity - (written - self._taken):
            self._dropped += 1
            return False
        start = written & self._mask
        end = start + count
        if end <= self._capacity:
            self._samples[start:end] = block
        else:
            first = self._capacity - start
            self._samples[start:] = block[:first]
            self._samples[: count - first] = block[first:]
        self._written = written + count
        return True

    def read(self, count: int) -> Samples | None:
        """A copy of the next `count` sample pairs, shape (count, 2); None while fewer are there.

        Only the reader's thread may call it.
        """
        taken = self._taken
        if count > self._written - taken:
            return None
        start = taken & self._mask
        end = start + count
        if end <= self._capacity:
            block = self._samples[start:end].copy()
        else:
            block = np.concatenate((self._samples[start:], self._samples[: end - self._capacity]))
        self._taken = taken + count
        return block

    def skip_to_latest(self, keep: int) -> None:
        """Pass over everything but the last `keep` sample pairs. Only the reader's thread may call it."""
        behind = self._written - self._taken - keep
        if behind > 0:
            self._taken += behind
            self._skipped += behind
