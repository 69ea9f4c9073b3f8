"""Hearing where time is the audio's own: deep results are waited for and count 2.0 s after their window, always.

For files and films, so that the same sound gives the same events; live listening takes results as they come.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Protocol

import numpy as np

from artvis.audio.deepresult import DEEP_DELAY_S, DeepResult, DeepWindow
from artvis.audio.hearing import Hearing
from artvis.model.music import HOP, HOP_S, MusicEvent, MusicState, Samples

LONGEST_WAIT_S: Final = 300.0


class DeepListener(Protocol):
    """What is needed of a DeepWorker."""

    def submit(self, window: DeepWindow) -> None: ...
    def wait(self, timeout_s: float) -> DeepResult | None: ...


class PatientHearing:
    """Feeds a Hearing, and waits for the deep listener where its result is due."""

    def __init__(self, hearing: Hearing, *, deep: DeepListener | None) -> None:
        self.hearing = hearing
        self._deep = deep
        self._hops = 0
        self._awaited_s: float | None = None

    def before(self) -> tuple[MusicEvent, ...]:
        """Deep events that are due before the next hop has been heard; may wait long."""
        due_s = self._awaited_s
        if self._deep is None or due_s is None or (self._hops + 1) * HOP_S < due_s:
            return ()
        self._awaited_s = None
        result = self._deep.wait(LONGEST_WAIT_S)
        if result is None:
            return ()
        return tuple(replace(event, t_s=due_s) for event in self.hearing.deep_result(result))

    def feed(self, hop: Samples) -> tuple[MusicState, tuple[MusicEvent, ...]]:
        """One hop of the live path."""
        self._hops += 1
        return self.hearing.feed(hop)

    def after(self) -> None:
        """Hands over the window that the hop has completed, if it has."""
        window = self.hearing.due_window()
        if self._deep is not None and window is not None:
            self._deep.submit(window)
            self._awaited_s = window.end_s + DEEP_DELAY_S


def in_hops(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Blocks of any size, shape (n, 2), cut into hops of 512; what is left at the end is dropped."""
    kept: Samples = np.zeros((0, 2), np.float32)
    for block in blocks:
        kept = np.concatenate([kept, block]) if len(kept) else block
        whole = len(kept) // HOP * HOP
        for start in range(0, whole, HOP):
            yield kept[start : start + HOP]
        kept = kept[whole:]
