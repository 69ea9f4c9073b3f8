"""What is decided after 8 hours of sleep, on clocks that are numbers: one that stood still, and one that ran on."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from artvis.model.artwork import ArtworkDetail, Picture, QueueEntry
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.pipeline.atonce import AtOnce
from artvis.pipeline.conducting import Conductor, Memory
from artvis.pipeline.events import ArtworkReady, Mailbox, StageEvent
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import ImmediateLoader
from artvis.pipeline.showing import Showing, ShowingPorts, Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.providers import imagecheck
from artvis.queue import artworks
from artvis.queue.store import Store

FRAME_S = 1 / 60
EIGHT_H = 8 * 3600.0
BPM = 120.0


class Evening:
    """A show with a real library and a steady beat, on a clock for the program and one for the wall."""

    def __init__(self, folder: Path) -> None:
        self.now_s, self.wall_s, self._played_s = 100.0, 1_800_000_000.0, 0.0
        self.store = Store(folder)
        self.mailbox: Mailbox[StageEvent] = Mailbox()
        self.heard, self.stock = Latest(Heard()), Latest(Stock())
        self.library = ShowLibrary(AtOnce(self.store), mailbox=self.mailbox, now_ms=self.now_ms)
        self.conductor = Conductor(ArtSection(), seed=1, memory=Memory())
        self.showing = Showing(
            ShowingPorts(
                heard=self.heard,
                mailbox=self.mailbox,
                stock=self.stock,
                library=self.library,
                loader=ImmediateLoader(self.store.blobs.path, self.mailbox),
                order=lambda act: True,
                now_s=lambda: self.now_s,
            ),
            built_in=Picture("", np.zeros((64, 96, 3), np.uint8), ()),
        )
        self.painted = self.hung = 0
        self._wanted: tuple[Picture, ...] = ()

    def now_ms(self) -> int:
        return round(self.wall_s * 1e3)

    def play(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME_S)):
            self.frame(FRAME_S)

    def frame(self, step_s: float) -> None:
        """One video frame; the window never says more than 0.1 s of it, however long it took."""
        self.now_s += step_s
        self.wall_s += step_s
        self._played_s += FRAME_S
        beats = self._played_s * BPM / 60
        music = MusicState(
            t_s=self._played_s,
            silent=False,
            level=0.8,
            bpm=BPM,
            confidence=0.9,
            beat_count=int(beats),
            beat_phase=beats % 1.0,
            bar_count=int(beats / 4),
            bar_phase=beats / 4 % 1.0,
        )
        self.heard.set(Heard(music, self.now_s))
        before = self.showing.wall.incoming
        held = frozenset(picture.key for picture in self._wanted)
        self._wanted = self.showing.tick(self.now_s, min(step_s, 0.1), held=held).wanted
        self.hung += self.showing.wall.incoming is not None and before is None
        if self.conductor.consider(self.now_s, music, self.stock.get()) is not None:
            self._paint()

    def _paint(self) -> None:
        self.painted += 1
        pixels = np.random.default_rng(self.painted).integers(0, 255, (64, 96, 3)).astype(np.uint8)
        detail = ArtworkDetail("painter", palette=("#102030",) * 6)
        data = imagecheck.encode(pixels, detail)
        artwork_id = self.store.run(
            artworks.begin, session_id=self.library.session().id, now_ms=self.now_ms()
        )
        sha256 = self.store.blobs.put(data)
        self.store.run(
            artworks.complete,
            artwork_id,
            sha256=sha256,
            size_bytes=len(data),
            width=96,
            height=64,
            detail=detail,
            now_ms=self.now_ms(),
        )
        entry = QueueEntry(artwork_id, sha256, self.now_ms(), fresh=True, rerun=False)
        self.mailbox.post(ArtworkReady(Picture(artwork_id, pixels, ()), entry, asked=False))

    def durations_s(self) -> list[float]:
        def ask(db: object) -> list[float]:
            rows = db.execute("SELECT duration_ms FROM showing").fetchall()  # type: ignore[attr-defined]
            return [ms / 1e3 for (ms,) in rows if ms is not None]

        return self.store.run(ask)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    made = Evening(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize("clock", ["stood still", "ran on"])
def test_eight_hours_of_sleep_bring_no_burst_and_count_for_nobody(evening: Evening, clock: str) -> None:
    evening.play(30.0)
    session, made = evening.library.session().id, (evening.painted, evening.hung, evening.library.impressions)
    if clock == "ran on":
        evening.frame(EIGHT_H)
    else:
        evening.wall_s += EIGHT_H
    evening.play(3.0)
    after = (evening.painted, evening.hung, evening.library.impressions)
    assert all(now - then <= 1 for now, then in zip(after, made, strict=True))
    evening.play(30.0)
    evening.showing.stop()
    durations_s = evening.durations_s()
    assert len(durations_s) >= 3
    assert max(durations_s) < 45.0
    assert sum(durations_s) < 1.5 * 63.0
    assert evening.library.session().id == session
