"""A causal streaming resampler to the one rate that the analysis works at.

It does not mix channels or change levels, and it never waits for sound that has not been heard yet.
"""

from typing import Any

import numpy as np

from artvis.model.music import SAMPLE_RATE_HZ, Samples


class StreamResampler:
    """Turns blocks of any size at `rate_in_hz` into blocks at 44,100 Hz; equal rates pass through untouched.

    Positions are kept: output sample k is the sound at k / 44,100 seconds of the input, so times that are
    counted in output samples need no correction. What is still inside is late, by `delay_s` at most.
    """

    def __init__(self, rate_in_hz: int) -> None:
        self._stream: Any = None
        self.delay_s = 0.0
        """The longest that a sound stays inside (19 ms from 48,000 Hz: the filter works in bursts)."""
        if rate_in_hz != SAMPLE_RATE_HZ:
            self._stream = _open(rate_in_hz)
            self.delay_s = _longest_delay_s(rate_in_hz)

    def push(self, block: Samples) -> Samples:
        """What comes out for `block`, shape (n, 2); it is empty now and then."""
        if self._stream is None:
            return block
        out: Samples = self._stream.resample_chunk(np.ascontiguousarray(block, np.float32))
        return out


def _open(rate_in_hz: int) -> Any:
    import soxr  # 15 ms, and rarely needed

    return soxr.ResampleStream(rate_in_hz, SAMPLE_RATE_HZ, 2, dtype="float32", quality="HQ")


def _longest_delay_s(rate_in_hz: int) -> float:
    """The most input that is ever held back, found by pushing two seconds of silence through (10 ms)."""
    stream = _open(rate_in_hz)
    block = np.zeros((512, 2), np.float32)
    produced = 0
    longest_s = 0.0
    for pushed in range(len(block), 2 * rate_in_hz, len(block)):
        produced += len(stream.resample_chunk(block))
        longest_s = max(longest_s, pushed / rate_in_hz - produced / SAMPLE_RATE_HZ)
    return longest_s
