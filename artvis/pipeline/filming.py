"""Listening and painting on the clock of a film: the same work as in a show, at moments that never depend on speed.

Painting takes 1.0 s and deep listening 2.0 s of the film, however long they really take. It starts no thread of its
own but the one that waits for the painter.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from artvis.audio.deep import DeepWorker
from artvis.audio.hearing import Hearing
from artvis.audio.patience import PatientHearing, in_hops
from artvis.errors import ArtvisError
from artvis.model.music import HOP_S, MusicEvent, Samples
from artvis.pipeline.conducting import Commission, Conductor
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.painting import Placeholder, Studio
from artvis.pipeline.showing import Stock
from artvis.providers.provider import GeneratedImage, ImageProvider

log = logging.getLogger(__name__)

PAINTING_TAKES_S = 1.0
LISTENS_FIRST_S = 2.0  # a film has no viewer who waits: its first picture fits the song already


class FilmListening:
    """Hears decoded blocks up to a moment of the film and keeps them for the sound track."""

    def __init__(self, blocks: Iterator[Samples], *, heard: Latest[Heard], deep: DeepWorker | None) -> None:
        self._hops = in_hops(blocks)
        self._heard = heard
        self._hearing = PatientHearing(Hearing(deep=deep is not None), deep=deep)
        self._count = 0

    def hear_until(self, t_s: float) -> tuple[Samples, list[MusicEvent]]:
        """Everything from the last call's moment to `t_s`: the samples that were heard, and what was learnt."""
        heard: list[Samples] = []
        learnt: list[MusicEvent] = []
        while (self._count + 1) * HOP_S <= t_s:
            hop = next(self._hops, None)
            if hop is None:
                break
            learnt += self._hearing.before()
            state, events = self._hearing.feed(hop)
            self._hearing.after()
            self._count += 1
            learnt += events
            heard.append(hop)
            self._heard.set(Heard(state, self._count * HOP_S))
        sound = np.concatenate(heard) if heard else np.zeros((0, 2), np.float32)
        return sound, learnt

    def order(self, act: Callable[[Hearing], None]) -> bool:
        act(self._hearing.hearing)
        return True


@dataclass(frozen=True, slots=True)
class _Underway:
    placeholder: Placeholder
    image: Future[tuple[Commission, GeneratedImage]]
    due_s: float


class FilmPainting:
    """One picture at a time; each is there exactly 1.0 s of film after it was begun."""

    def __init__(self, *, conductor: Conductor, studio: Studio, provider: ImageProvider) -> None:
        self._conductor = conductor
        self._studio = studio
        self._provider = provider
        self._painter = ThreadPoolExecutor(1, thread_name_prefix="film-painting")
        self._underway: _Underway | None = None

    def step(self, t_s: float, *, heard: Heard, stock: Stock) -> None:
        """What there is to do at `t_s`: take a finished picture, or begin one."""
        if self._underway is not None:
            if t_s >= self._underway.due_s:
                self._finish(self._underway)
                self._underway = None
            return
        if heard.state.t_s < LISTENS_FIRST_S:
            return
        commission = self._conductor.consider(t_s, heard.state, stock)
        if commission is not None:
            placeholder = self._studio.announce(commission)
            image = self._painter.submit(self._studio.produce, commission, self._provider, placeholder)
            self._underway = _Underway(placeholder, image, t_s + PAINTING_TAKES_S)

    def close(self) -> None:
        if self._underway is not None:
            self._provider.cancel()
        self._painter.shutdown(wait=True, cancel_futures=True)

    def _finish(self, underway: _Underway) -> None:
        try:
            commission, image = underway.image.result()
        except ArtvisError as error:
            self._studio.give_up(underway.placeholder, self._provider, error)
            return
        self._studio.deliver(underway.placeholder, commission, image)
