"""The pace at which prepared sound is played, its seams and its end."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.audio.played import PlayedSource, in_blocks
from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK
from artvis.errors import InputError
from artvis.model.music import SAMPLE_RATE_HZ, Samples
from artvis.model.notice import Notice


def _counting(count: int) -> Samples:
    return np.repeat(np.arange(1, count + 1, dtype=np.float32)[:, None], 2, axis=1)


def _source(sound: Samples, *, loop: bool) -> PlayedSource:
    return PlayedSource(
        source_id="file:x", kind="file", title="x", passes=lambda: iter((sound[:700], sound[700:])), loop=loop
    )


def _wait_until_finished(source: PlayedSource) -> None:
    end_s = time.monotonic() + 5.0
    waiting = threading.Event()
    while not source.finished and time.monotonic() < end_s:
        waiting.wait(0.002)
    assert source.finished


@given(st.lists(st.integers(0, 1500), max_size=8))
def test_pieces_of_any_size_become_whole_blocks_of_the_same_sound(sizes: list[int]) -> None:
    total = sum(sizes)
    sound = _counting(total)
    pieces = np.split(sound, np.cumsum(sizes)[:-1]) if sizes else []
    blocks = list(in_blocks(iter(pieces)))
    assert all(block.shape == (BLOCK, 2) for block in blocks)
    joined = np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)
    assert np.array_equal(joined[:total], sound)
    assert not joined[total:].any()
    assert len(joined) - total < BLOCK


def test_sound_is_played_at_the_pace_of_time_and_then_it_is_over() -> None:
    sound = _counting(SAMPLE_RATE_HZ // 2)
    source = _source(sound, loop=False)
    ring = Ring()
    begun_s = time.monotonic()
    source.start(ring, lambda _: None)
    _wait_until_finished(source)
    took_s = time.monotonic() - begun_s
    source.stop()
    assert 0.48 < took_s < 0.9  # the last of 43.07 blocks is due after 0.488 s
    heard = ring.read(len(sound))
    assert heard is not None
    assert np.array_equal(heard, sound)
    stats = source.stats()
    assert (stats.blocks, stats.dropped, stats.reconnects) == (44, 0, 0)


def test_a_loop_has_no_seam_and_no_end() -> None:
    source = _source(_counting(1000), loop=True)
    ring = Ring()
    source.start(ring, lambda _: None)
    waiting = threading.Event()
    while (heard := ring.read(3000)) is None:
        waiting.wait(0.002)
    assert not source.finished
    source.stop()
    assert heard[:, 0].tolist() == [n % 1000 + 1 for n in range(3000)]


def test_a_full_ring_costs_blocks_and_nothing_else() -> None:
    source = _source(_counting(4 * BLOCK), loop=False)
    source.start(Ring(1024), lambda _: None)
    _wait_until_finished(source)
    source.stop()
    assert source.stats().dropped == 2


def test_a_file_that_vanishes_is_said_and_ends_the_source() -> None:
    def passes() -> Iterator[Samples]:
        raise InputError("There is no file x.")
        yield

    said: list[Notice] = []
    source = PlayedSource(source_id="file:x", kind="file", title="x", passes=passes)
    source.start(Ring(), said.append)
    _wait_until_finished(source)
    source.stop()
    assert [(notice.code, notice.text) for notice in said] == [("source-ended", "There is no file x.")]


def test_the_opening_notice_is_said_at_the_start() -> None:
    notice = Notice("warning", "audio-demo", "This is the demo.")
    said: list[Notice] = []
    source = PlayedSource(
        source_id="demo", kind="demo", title="demo", passes=lambda: iter(()), opening_notice=notice
    )
    source.start(Ring(), said.append)
    source.stop()
    assert said == [notice]


def test_stopping_twice_or_without_a_start_does_nothing() -> None:
    source = _source(_counting(100), loop=True)
    source.stop()
    source.stop()


def test_a_source_starts_once() -> None:
    source = _source(_counting(100), loop=False)
    source.start(Ring(), lambda _: None)
    with pytest.raises(RuntimeError, match="started before"):
        source.start(Ring(), lambda _: None)
    source.stop()
