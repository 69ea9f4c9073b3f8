"""A show without a window, a painter or sound: the library is real, the clock is a number."""

import itertools
from pathlib import Path

import numpy as np

from artvis.model.artwork import ArtworkDetail, Picture, QueueEntry
from artvis.pipeline.atonce import AtOnce
from artvis.pipeline.events import ArtworkReady, Mailbox, PaintingBegan, StageEvent
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import ImmediateLoader
from artvis.pipeline.showing import Showing, ShowingPorts, StageFrame, Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.providers import imagecheck
from artvis.queue import artworks
from artvis.queue.store import Store

FRAME_S = 1 / 60
HUES = itertools.count()


def pixels() -> np.ndarray:
    """A small picture that no other test picture equals."""
    ramp = np.linspace(0, 255, 64 * 96 * 3).reshape(64, 96, 3)
    return np.roll(ramp, 37 * next(HUES)).astype(np.uint8)


BUILT_IN = Picture("", pixels(), ("#102030",) * 6)


class Stand:
    """The engine holds whatever was wanted in the frame before."""

    def __init__(self, folder: Path) -> None:
        self.now_s = 100.0
        self.wanted: tuple[Picture, ...] = ()
        self.playable: frozenset[str] = frozenset()
        self.store = Store(folder)
        self.mailbox: Mailbox[StageEvent] = Mailbox()
        self.stock = Latest(Stock())
        self.library = ShowLibrary(AtOnce(self.store), mailbox=self.mailbox, now_ms=self.now_ms)
        self.showing = Showing(
            ShowingPorts(
                heard=Latest(Heard()),
                mailbox=self.mailbox,
                stock=self.stock,
                library=self.library,
                loader=ImmediateLoader(self.store.blobs.path, self.mailbox),
                order=lambda act: True,
                now_s=lambda: self.now_s,
            ),
            built_in=BUILT_IN,
        )

    def now_ms(self) -> int:
        return 1_800_000_000_000 + round(self.now_s * 1e3)

    def tick(self, seconds: float = FRAME_S, *, step_s: float = FRAME_S) -> StageFrame:
        """Video frames for `seconds`; the engine holds whatever was wanted in the frame before."""
        frame = self._frame(step_s)
        for _ in range(round(seconds / step_s) - 1):
            frame = self._frame(step_s)
        return frame

    def _frame(self, step_s: float) -> StageFrame:
        self.now_s += step_s
        held = frozenset(picture.key for picture in self.wanted)
        frame = self.showing.tick(self.now_s, step_s, held=held, playable=self.playable)
        self.wanted = frame.wanted
        return frame

    def begin(self) -> str:
        return self.store.run(artworks.begin, session_id=self.library.session().id, now_ms=self.now_ms())

    def keep(self, artwork_id: str, picture: np.ndarray) -> str:
        detail = ArtworkDetail("painter", palette=("#102030",) * 6)
        data = imagecheck.encode(picture, detail)
        sha256 = self.store.blobs.put(data)
        self.store.run(
            artworks.complete,
            artwork_id,
            sha256=sha256,
            size_bytes=len(data),
            width=picture.shape[1],
            height=picture.shape[0],
            detail=detail,
            now_ms=self.now_ms(),
        )
        return sha256

    def hand_over(self, artwork_id: str, picture: np.ndarray, sha256: str, *, asked: bool = False) -> None:
        entry = QueueEntry(artwork_id, sha256, self.now_ms(), fresh=True, rerun=False)
        self.mailbox.post(ArtworkReady(Picture(artwork_id, picture, ()), entry, asked=asked))

    def paint(self, *, asked: bool = False) -> str:
        """A picture from begin to hand-over, as a painting thread does it."""
        artwork_id, picture = self.begin(), pixels()
        self.mailbox.post(PaintingBegan(artwork_id, "a test"))
        sha256 = self.keep(artwork_id, picture)
        self.hand_over(artwork_id, picture, sha256, asked=asked)
        return artwork_id

    @property
    def on_wall(self) -> str:
        return self.showing.wall.facing.picture.id
