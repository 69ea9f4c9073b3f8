"""The scenes of a show, from real files and through a real rehearsal: hot reload, and what is put aside."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ownscenes
import pytest
from ownscenes import written

from artvis.app.scenes import new_rehearsal
from artvis.model.notice import Notice
from artvis.pipeline.scenery import ScenePlaces, Scenery
from artvis.scene.isf.document import StagedScene
from artvis.scene.trial import Limits

pytestmark = pytest.mark.gl

PATIENCE_S = 30.0


class Workshop:
    """A folder of built-in scenes, one of the user's, and a show's scenery that watches both."""

    def __init__(self, folder: Path) -> None:
        self.built_in, self.own = written(folder / "ours"), written(folder / "own")
        self.notices: list[Notice] = []
        self.rehearsal = new_rehearsal(Limits(compile_s=20.0, draw_s=1.0))
        self.scenery = Scenery(
            ScenePlaces(self.built_in, self.own), rehearsal=self.rehearsal, on_notice=self.notices.append
        )

    def find(self, name: str) -> StagedScene | None:
        return self.scenery.roster.get().find(name)

    def key(self, name: str) -> str:
        found = self.find(name)
        return found.key if found else ""

    def until(self, condition: Callable[[], object], within_s: float = PATIENCE_S) -> None:
        end_s, pause = time.monotonic() + within_s, threading.Event()
        while not condition() and time.monotonic() < end_s:
            pause.wait(0.02)
        assert condition(), (self.scenery.roster.get(), self.notices)

    def said(self, code: str) -> list[str]:
        return [notice.text for notice in self.notices if notice.code == code]


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    made = Workshop(tmp_path)
    yield made
    made.scenery.stop()


def test_a_saved_file_is_in_the_show_at_once_and_a_broken_one_leaves_the_old_there(
    workshop: Workshop,
) -> None:
    written(workshop.own, ripple=ownscenes.RIPPLE)
    workshop.scenery.start()
    workshop.until(lambda: workshop.find("ripple"))
    first = workshop.key("ripple")

    written(workshop.own, ripple=ownscenes.RIPPLE.replace("20.0", "30.0"))
    workshop.until(lambda: workshop.key("ripple") not in ("", first))
    second = workshop.key("ripple")

    assert workshop.rehearsal.pid
    os.kill(workshop.rehearsal.pid, signal.SIGKILL)  # as for want of memory: another one takes its place
    written(workshop.own, ripple=ownscenes.BROKEN)
    workshop.until(lambda: workshop.said("scene-ripple"))
    assert workshop.said("scene-ripple")[0].startswith("ripple.fs:6: ")
    assert workshop.key("ripple") == second

    written(workshop.own, ripple=ownscenes.RIPPLE)
    workshop.until(lambda: workshop.key("ripple") == first)
    assert workshop.notices[-1].over, "what was wrong is taken off the screen"

    (workshop.own / "ripple.fs").unlink()
    workshop.until(lambda: workshop.find("ripple") is None)


def test_a_scene_that_hangs_is_put_aside_and_the_next_one_still_works(workshop: Workshop) -> None:
    written(workshop.own, a_hanging=ownscenes.HANGING, b_flat=ownscenes.FLAT, c_ripple=ownscenes.RIPPLE)
    workshop.scenery.start()
    workshop.until(lambda: workshop.find("c_ripple"))
    assert workshop.said("scene-a_hanging") == ["Scene a_hanging takes too long to draw and is put aside."]
    assert workshop.said("scene-b_flat") == ["Scene b_flat draws one colour only and is put aside."]
    assert len(workshop.scenery.roster.get().scenes) == 1


def test_a_scene_of_the_user_takes_the_place_of_ours_while_it_is_there(workshop: Workshop) -> None:
    written(workshop.built_in, ripple=ownscenes.RIPPLE, wipe=ownscenes.WIPE)
    written(workshop.own, ripple=ownscenes.RIPPLE.replace("20.0", "25.0"))
    workshop.scenery.start()
    workshop.until(lambda: workshop.find("wipe") and not _ours(workshop.find("ripple")))
    roster = workshop.scenery.roster.get()
    assert [each.name for each in roster.scenes] == ["ripple"]
    assert [each.name for each in roster.transitions] == ["wipe"]
    (workshop.own / "ripple.fs").unlink()
    workshop.until(lambda: _ours(workshop.find("ripple")))


def test_where_nothing_can_be_tried_out_ours_play_and_others_are_left_out(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "__EGL_VENDOR_LIBRARY_FILENAMES", "/nowhere.json"
    )  # of libglvnd: no EGL for a new process
    written(workshop.built_in, wipe=ownscenes.WIPE)
    written(workshop.own, ripple=ownscenes.RIPPLE)
    workshop.scenery.start()
    workshop.until(lambda: workshop.find("wipe") and workshop.notices)
    assert workshop.find("ripple") is None
    assert [notice.code for notice in workshop.notices] == ["scenes-untried"]


def test_the_process_ends_with_the_show(workshop: Workshop) -> None:
    written(workshop.own, a_hanging=ownscenes.HANGING)
    workshop.scenery.start()
    workshop.until(lambda: workshop.rehearsal.pid)
    pid = workshop.rehearsal.pid
    workshop.scenery.stop()
    assert not Path(f"/proc/{pid}").exists()


def _ours(staged: StagedScene | None) -> bool:
    return staged is not None and staged.built_in
