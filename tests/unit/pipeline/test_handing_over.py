"""From a finished picture to the wall, with a real library: nothing fresh is lost, nothing waits for a read."""

import itertools
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from stand import FRAME_S, Stand, pixels

from artvis.audio.source import SourceInfo
from artvis.model.artwork import Picture, QueueEntry
from artvis.model.command import Command, ListMove
from artvis.model.notice import Notice
from artvis.pipeline.events import (
    ArtworkReady,
    NoticeRaised,
    PaintingBegan,
    PaintingFailed,
)
from artvis.pipeline.sourcechooser import ChooserPorts, SourceChooser
from artvis.queue import artworks, votes


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Callable[[], Stand]]:
    """Makes shows on one library; a second one is a second window, a later one a restart."""
    made: list[Stand] = []

    def make() -> Stand:
        made.append(Stand(tmp_path))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


def test_a_picture_that_was_asked_for_is_visible_in_the_second_frame_after_its_hand_over(
    stand: Callable[[], Stand],
) -> None:
    show = stand()
    show.paint()
    show.tick(2.0)
    asked = show.paint(asked=True)
    show.tick()  # the engine is offered the picture
    frame = show.tick()
    assert show.on_wall == asked
    assert frame.uniforms.fade > 0
    assert frame.uniforms.art_b.startswith(asked)


def test_the_first_picture_replaces_the_built_in_one_at_once(stand: Callable[[], Stand]) -> None:
    show = stand()
    assert show.tick(0.5).uniforms.art_a == ""
    first = show.paint()
    show.tick(3 * FRAME_S)
    assert show.on_wall == first


def test_a_picture_is_handed_over_while_the_library_is_being_read(stand: Callable[[], Stand]) -> None:
    show = stand()
    show.tick()
    fresh = show.paint()
    show.tick(2.5)  # the reconciling read has been answered by now
    assert list(show.showing.wall.shown_ids) == [fresh]
    assert show.store.run(artworks.get, fresh) is not None


def test_two_seconds_on_the_wall_are_an_impression_and_its_duration_is_filled_in_at_the_end(
    stand: Callable[[], Stand],
) -> None:
    show = stand()
    first = show.paint()
    show.tick(1.5)
    assert show.library.impressions == 0
    show.tick(1.0)
    assert show.library.impressions == 1
    show.tick(4.0)
    second = show.paint(asked=True)
    show.tick(3.0)
    assert show.on_wall == second
    rows = show.store.run(
        lambda db: db.execute(
            "SELECT a.id, s.duration_ms FROM showing s JOIN artwork a USING(aid) ORDER BY showing_id"
        ).fetchall()
    )
    assert [row[0] for row in rows] == [first, second]
    assert rows[0][1] == pytest.approx(6500 + 600, abs=150)  # until the fade of 0.6 s was over
    show.showing.stop()


def test_a_failed_painting_takes_nothing_but_its_placeholder_out(stand: Callable[[], Stand]) -> None:
    show = stand()
    failing = show.begin()
    show.mailbox.post(PaintingBegan(failing, "a test"))
    arrived = show.paint()
    assert "painting" in show.tick().overlay.painting
    show.store.run(artworks.roll_back, failing)
    show.mailbox.post(PaintingFailed(failing))
    show.tick(3.0)
    assert show.on_wall == arrived
    assert show.tick().overlay.painting == ""
    assert show.store.run(artworks.get, failing) is None


def test_a_restart_keeps_the_session_and_shows_what_was_made_before(stand: Callable[[], Stand]) -> None:
    show = stand()
    made = show.paint()
    session = show.library.session().id
    show.store.close()
    again = stand()
    again.now_s = show.now_s + 60
    assert again.library.session().id == session
    again.tick(3.0)
    assert again.on_wall == made


def test_a_second_window_joins_the_session_and_has_the_first_ones_picture_within_two_seconds(
    stand: Callable[[], Stand],
) -> None:
    first, second = stand(), stand()
    assert first.library.session().id == second.library.session().id
    own = second.paint()
    second.tick(5.0)
    made_there = first.paint()
    second.tick(2.0)
    assert second.on_wall in (own, made_there)
    assert made_there in {picture.id for picture in second.wanted}


def test_never_again_is_obeyed_at_once_and_by_the_library(stand: Callable[[], Stand]) -> None:
    show = stand()
    hated = show.paint()
    show.tick(3.0)
    show.paint()
    show.tick(0.5)
    show.showing.command(Command.NEVER)
    show.tick(1.0)
    assert show.on_wall != hated
    stored = show.store.run(artworks.get, hated)
    assert stored is not None
    assert stored.vote == -1
    show.tick(900.0, step_s=0.5)
    assert show.showing.wall.shown_ids.count(hated) == 1


def test_five_pictures_run_a_whole_evening_without_a_blank_and_never_twice_in_a_row(
    stand: Callable[[], Stand],
) -> None:
    show = stand()
    made = [show.paint() for _ in range(5)]
    show.tick(3 * 3600.0, step_s=1.0)  # well past the 15 minutes in which they are fresh
    shown = show.showing.wall.shown_ids
    assert len(shown) > 250
    assert set(shown) == set(made)
    assert all(one != following for one, following in itertools.pairwise(shown))


def test_a_fresh_picture_that_memory_has_let_go_is_read_from_the_library(
    stand: Callable[[], Stand],
) -> None:
    show = stand()
    made = [show.paint() for _ in range(9)]  # more than are kept in memory
    show.tick(14 * 60.0, step_s=0.5)
    shown = list(show.showing.wall.shown_ids)
    assert set(shown) == set(made)
    assert min(shown.count(artwork_id) for artwork_id in made) >= 2
    assert [notice.code for notice in show.showing.notices] == []


def test_left_brings_the_picture_before_back(stand: Callable[[], Stand]) -> None:
    show = stand()
    first = show.paint()
    show.tick(2.0)
    show.paint(asked=True)
    show.tick(2.0)
    show.showing.command(Command.PREVIOUS)
    show.tick(1.0)
    assert show.on_wall == first


def test_a_vote_on_a_preview_is_cast_when_the_picture_is_complete(stand: Callable[[], Stand]) -> None:
    from artvis.pipeline.events import ArtworkRefined

    show = stand()
    artwork_id, picture = show.begin(), pixels()
    entry = QueueEntry(artwork_id, "", show.now_ms(), fresh=True, rerun=False)
    preview = Picture(artwork_id, picture[::2, ::2], (), refining=True)
    show.mailbox.post(ArtworkReady(preview, entry, asked=False))
    show.tick(1.0)
    assert show.showing.command(Command.LOVE) == "Loved"
    show.keep(artwork_id, picture)
    show.mailbox.post(ArtworkRefined(replace(preview, pixels=picture, refining=False), entry))
    show.tick(0.1)
    stored = show.store.run(artworks.get, artwork_id)
    assert stored is not None
    assert stored.vote == 1
    assert show.tick().uniforms.art_a.endswith("@96x64") or show.tick().uniforms.art_b.endswith("@96x64")


def test_a_vote_is_taken_back_exactly(stand: Callable[[], Stand]) -> None:
    show = stand()
    artwork_id = show.paint()
    show.tick(2.0)
    show.showing.command(Command.NEVER)
    show.tick(0.1)
    show.showing.command(Command.UNDO_VOTE)
    show.tick(0.2)
    assert show.tick().overlay.vote == 0
    assert show.store.run(votes.undo_last, show.now_ms()) is None
    stored = show.store.run(artworks.get, artwork_id)
    assert stored is not None
    assert stored.vote == 0


def test_left_brings_back_a_picture_that_memory_has_let_go(stand: Callable[[], Stand]) -> None:
    show = stand()
    made = [show.paint() for _ in range(9)]
    show.tick(5 * 60.0, step_s=0.5)
    shown = list(show.showing.wall.shown_ids)
    assert set(shown) == set(made)
    show.paint(asked=True)  # not one of the history
    show.tick(1.5)
    steps = next(
        n for n, artwork_id in enumerate(reversed(shown)) if shown[-1 - n :].count(artwork_id) == 1 and n > 6
    )
    for _ in range(steps + 1):
        assert show.showing.command(Command.PREVIOUS) == "Previous picture"
    show.tick(1.0)
    assert show.on_wall == shown[-1 - steps]


def test_on_a_full_disk_pictures_do_not_pile_up_in_memory(stand: Callable[[], Stand]) -> None:
    show = stand()
    for _ in range(60):
        artwork_id, picture = show.begin(), pixels()
        show.hand_over(artwork_id, picture, "", asked=True)
        show.tick(1.5, step_s=0.05)
        assert show.on_wall == artwork_id
    assert len(show.showing._playlist._pictures) <= 14
    show.tick(60.0, step_s=0.05)
    assert len(set(list(show.showing.wall.shown_ids)[-5:])) > 1, "the wall goes on changing"


def test_an_event_that_breaks_takes_no_other_along(
    stand: Callable[[], Stand], caplog: pytest.LogCaptureFixture
) -> None:
    show = stand()
    broken: QueueEntry = None  # type: ignore[assignment]
    show.mailbox.post(ArtworkReady(Picture("broken", pixels(), ()), broken, asked=False))
    after = show.paint()
    show.tick(3 * FRAME_S)
    assert show.on_wall == after
    assert "an event was lost" in caplog.text


def test_without_a_vote_there_is_none_to_take_back_and_it_is_said(stand: Callable[[], Stand]) -> None:
    show = stand()
    show.showing.command(Command.UNDO_VOTE)
    show.tick(0.1)
    assert [notice.text for notice in show.showing.notices] == ["There is no vote to take back."]


def test_that_a_chosen_source_is_heard_is_said_in_one_frame(stand: Callable[[], Stand]) -> None:
    demo = SourceInfo("demo", "demo", "Demo", default=False, chosen=False, reason="")
    chosen: list[str] = []
    chooser = SourceChooser(
        ChooserPorts(
            look=lambda: [demo],
            meters=lambda: None,
            current=lambda: "",
            spec=lambda: "auto",
            choose=lambda row: chosen.append(row.spec),
            hears=lambda spec: spec in chosen,
        )
    )
    show = stand()
    show.showing._ports = replace(show.showing._ports, chooser=chooser)
    show.showing.command(Command.SOURCES)
    waiting = threading.Event()
    while not (seen := chooser.seen()) or not seen.rows:
        waiting.wait(0.005)
    assert show.tick().overlay.said == ""
    chooser.press(ListMove.CHOOSE)
    assert [show.tick().overlay.said for _ in range(3)] == ["Listening to Demo", "", ""]
    chooser.stop()


def test_what_is_said_after_the_last_frame_is_in_the_report(stand: Callable[[], Stand]) -> None:
    show = stand()
    show.tick()
    notice = Notice("warning", "late", "It was said late.")
    show.mailbox.post(NoticeRaised(notice))
    show.showing.stop()
    assert show.showing.notices == (notice,)
