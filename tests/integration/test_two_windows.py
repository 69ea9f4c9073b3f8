"""Two windows on one home: they share a session, and each shows what the other has had made."""

import io
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import imageserver
import numpy as np
import pytest
import xvfb
from commandline import RunArtvis
from imageserver import ImageServer
from PIL import Image
from showrun import Shows

from artvis.app.scenes import SceneChoice
from artvis.app.show import Show
from artvis.model.sections import Settings
from artvis.paths import home
from artvis.providers.painter import PainterProvider
from artvis.queue.store import Store

pytestmark = pytest.mark.window
FRAME_S = 1 / 30


def rows(folder: Path, question: str) -> list[tuple[str, ...]]:
    db = sqlite3.connect(f"file:{folder}/data/library.db?mode=ro", uri=True)
    try:
        return db.execute(question).fetchall()
    finally:
        db.close()


def magenta() -> bytes:
    """A picture that no painter of ours would paint."""
    rows, columns = np.mgrid[0:256, 0:384]
    wave = 20 * np.sin(rows / 9) * np.cos(columns / 13)
    pixels = np.stack([225 + wave, 10 + wave / 3, 215 + wave], axis=2)
    out = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(out, "PNG")
    return out.getvalue()


class Joined:
    """A second show on the same home, all of it but its window; the test looks into its queue."""

    def __init__(self, artvis_home: Path) -> None:
        where = home({"ARTVIS_HOME": str(artvis_home)})
        self._store = Store(where.data)
        self._painter = PainterProvider()
        self.show = Show(
            Settings(),
            where,
            environ=os.environ,
            store=self._store,
            painter=self._painter,
            source="demo",
            scene=SceneChoice(),
            network="",
            can_choose=True,
        )
        self._held: frozenset[str] = frozenset()

    @property
    def session(self) -> str:
        return self.show.library.session().id

    def queued(self) -> set[str]:
        """Draws one video frame; the artworks that are in the queue of this show after it."""
        frame = self.show.showing.tick(time.monotonic(), FRAME_S, held=self._held)
        self._held = frozenset(picture.key for picture in frame.wanted)
        return {entry.id for entry in self.show.showing._playlist.view._offered()}

    def await_in_queue(self, artwork_id: str, within_s: float) -> None:
        begun_s = time.monotonic()
        while artwork_id not in self.queued():
            assert time.monotonic() - begun_s < within_s
            time.sleep(FRAME_S)

    def stop(self) -> None:
        self.show.stop()
        self._store.close()
        self._painter.close()


@pytest.fixture
def joined(artvis_home: Path) -> Iterator[Joined]:
    show = Joined(artvis_home)
    yield show
    show.stop()


def test_a_picture_made_in_the_first_window_is_in_the_queue_of_the_second_within_two_seconds(
    shows: Shows, run_artvis: RunArtvis, artvis_home: Path, image_server: ImageServer, joined: Joined
) -> None:
    image_server.answers = [imageserver.of_picture(magenta())]
    first = shows.start("--provider", "openai", "--source", "demo", env=image_server.env())
    theirs: str = ""
    begun_s = stored_s = time.monotonic()
    while not theirs:  # as a third process sees it
        joined.queued()
        made = rows(
            artvis_home, "SELECT id FROM artwork JOIN artwork_detail USING(aid) WHERE provider='openai'"
        )
        theirs, stored_s = (made[0][0] if made else ""), time.monotonic()
        assert stored_s - begun_s < 20
        assert first.process.poll() is None
        time.sleep(FRAME_S)
    joined.await_in_queue(theirs, 2.0 - (time.monotonic() - stored_s))
    first.end()
    joined.show.set_hidden(True)  # it paints no more, which would have it read the library
    for _ in range(3):
        painted = json.loads(run_artvis("paint", "--size", "160x96", "--json").stdout)["id"]
        joined.await_in_queue(painted, 2.0)
    assert rows(artvis_home, "SELECT id FROM session") == [(joined.session,)]


@pytest.mark.parametrize("within_s", [pytest.param(45, marks=pytest.mark.full)])
def test_a_picture_made_in_one_window_hangs_in_the_other(
    shows: Shows, run_artvis: RunArtvis, artvis_home: Path, image_server: ImageServer, within_s: float
) -> None:
    image_server.answers = [imageserver.of_picture(magenta())]
    with xvfb.running("640x360") as other_screen:
        second = shows.start("--source", "demo", env=other_screen)
        second.until(second.is_drawn, 15, "a picture")
        first = shows.start("--provider", "openai", "--source", "demo", env=image_server.env())
        first.until(lambda: bool(image_server.calls), 15, "a paid call")

        def hangs_in_second() -> bool:
            red, green, blue = second.look().reshape(-1, 3).mean(axis=0)
            return bool(min(red, blue) > 2.5 * green and min(red, blue) > 80)

        second.until(hangs_in_second, within_s, "the picture of the other window")
        assert rows(artvis_home, "SELECT count(*) FROM session") == [(1,)]
        for run in (first, second):
            run.process.terminate()
            assert run.process.wait(10) in (0, 130)
    assert run_artvis("library", "verify").rc == 0
