"""The built-in demo: a minute of music of our own that loops without a seam, and the truth about its beats.

It needs no file and no device; it makes its sound while it plays, four bars ahead.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from artvis.audio.demo import arrangement, score
from artvis.audio.demo.arrangement import CHUNK_SAMPLES, CHUNKS
from artvis.audio.played import PlayedSource
from artvis.model.music import SAMPLE_RATE_HZ, Samples
from artvis.model.notice import Notice

DURATION_S = score.LOOP_SAMPLES / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class DemoTruth:
    """What is known of the track because we wrote it; times in seconds from its start, one time through."""

    bpm: float
    key: str
    duration_s: float
    beats_s: tuple[float, ...]
    downbeats_s: tuple[float, ...]
    sections: tuple[tuple[float, str], ...]
    """Start and name of each part."""


def demo_truth() -> DemoTruth:
    beat_s = score.BEAT_SAMPLES / SAMPLE_RATE_HZ
    bar_s = score.BAR_SAMPLES / SAMPLE_RATE_HZ
    return DemoTruth(
        bpm=score.BPM,
        key=score.KEY,
        duration_s=DURATION_S,
        beats_s=tuple(beat * beat_s for beat in range(score.BARS * score.BEATS_A_BAR)),
        downbeats_s=tuple(bar * bar_s for bar in range(score.BARS)),
        sections=tuple((part.first_bar * bar_s, part.name) for part in score.FORM),
    )


def demo_source(*, loop: bool = True, opening_notice: Notice | None = None) -> PlayedSource:
    """A source that plays the demo track; `opening_notice` says why, when nobody asked for it."""
    return PlayedSource(
        source_id="demo",
        kind="demo",
        title="built-in demo track",
        passes=_Performance().passes,
        loop=loop,
        opening_notice=opening_notice,
    )


def demo_track() -> Samples:
    """The whole loop, shape (2,646,000, 2), float32: what rings on at its end is already in its beginning."""
    mix = np.zeros((score.LOOP_SAMPLES, 2), np.float32)
    for number in range(CHUNKS):
        four_bars = arrangement.chunk(number)
        start = number * CHUNK_SAMPLES
        here = min(len(four_bars), len(mix) - start)
        mix[start : start + here] += four_bars[:here]
        mix[: len(four_bars) - here] += four_bars[here:]
    return arrangement.mastered(mix)


class _Performance:
    """Makes the track four bars at a time, always one piece ahead, and keeps it for the next time through."""

    def __init__(self) -> None:
        self._pieces: list[Samples] = []

    def passes(self) -> Iterator[Samples]:
        """Once through. The first time nothing has sounded before; later the end rings into the beginning."""
        if len(self._pieces) < CHUNKS:
            yield from self._first_time()
        else:
            yield from self._pieces

    def _first_time(self) -> Iterator[Samples]:
        self._pieces = []
        with ThreadPoolExecutor(1, thread_name_prefix="demo-maker") as maker:
            coming = maker.submit(arrangement.chunk, 0)
            ringing_on: Samples = np.zeros((0, 2), np.float32)
            for number in range(CHUNKS):
                four_bars = coming.result()
                if number + 1 < CHUNKS:
                    coming = maker.submit(arrangement.chunk, number + 1)
                if number == 0:
                    opening = four_bars[:CHUNK_SAMPLES].copy()
                four_bars[: len(ringing_on)] += ringing_on
                ringing_on = four_bars[CHUNK_SAMPLES:]
                self._pieces.append(arrangement.mastered(four_bars[:CHUNK_SAMPLES]))
                yield self._pieces[number]
        opening[: len(ringing_on)] += ringing_on
        self._pieces[0] = arrangement.mastered(opening)
