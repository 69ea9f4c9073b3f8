"""Composition for `artvis analyze`: a file, the live hearing, and the deep listener that is waited for.

It prints nothing and decides nothing about the music.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from artvis.audio.deep import DeepWorker
from artvis.audio.filesource import decode, probe
from artvis.audio.hearing import Hearing
from artvis.audio.patience import PatientHearing, in_hops
from artvis.model.music import HOP, HOP_S, MusicEvent


@dataclass(frozen=True, slots=True)
class ListeningCost:
    """What the live loop alone has cost; the last thing that `listen` yields.

    All in CPU time of the loop's own thread: what other programs and the deep listener take is not its cost.
    """

    seconds: float
    cpu_s: float
    hop_ms_p99: float
    hop_ms_max: float
    hop: int = HOP


def listen(
    path: Path, *, deep_cache: Path | None, on_wait: Callable[[str], None]
) -> Iterator[MusicEvent | ListeningCost]:
    """Hears `path` as the live path would and yields events in order of `t_s`, then the cost.

    `deep_cache` is the deep listener's folder, or None to leave it out. `on_wait` is told what takes long.
    Raises InputError for what is no sound file.
    """
    probe(path)
    hop_s: list[float] = []
    with ExitStack() as leaving:
        worker: DeepWorker | None = None
        if deep_cache is not None:
            worker = DeepWorker(deep_cache)
            if worker.cold:
                on_wait("The deep listener is compiled on its first use; that takes some seconds.")
            leaving.callback(worker.stop)
            worker.start()
        hearing = PatientHearing(Hearing(deep=worker is not None), deep=worker)
        for hop in in_hops(decode(path)):
            yield from hearing.before()
            begun_s = time.thread_time()
            _, events = hearing.feed(hop)
            hop_s.append(time.thread_time() - begun_s)
            yield from events
            hearing.after()
    slow = np.array(hop_s or [0.0]) * 1e3
    yield ListeningCost(len(hop_s) * HOP_S, sum(hop_s), float(np.percentile(slow, 99)), float(slow.max()))
