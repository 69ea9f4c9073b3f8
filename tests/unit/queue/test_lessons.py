"""What votes teach, and taking it back."""

import sqlite3
from pathlib import Path

from libraries import Library

from artvis.model.artwork import ArtworkDetail
from artvis.prompt.taste import Taste, learnt
from artvis.queue import artworks, lessons, votes
from artvis.queue.connection import open_reader, open_writer


def _taste(library: Library) -> Taste:
    return learnt(lessons.lessons(library.db))


def test_a_vote_that_is_taken_back_leaves_the_very_weights_of_before_with_other_votes_between(
    library: Library,
) -> None:
    made = [library.make() for _ in range(5)]
    library.vote(made[0], 1)
    library.vote(made[1], -1)
    before = _taste(library)
    library.vote(made[2], 1)  # cleared below, after other votes
    with_three = _taste(library)
    library.vote(made[0], -1)
    library.vote(made[3], 1)
    assert lessons.undo(library.db, library.now_ms) == made[3]
    assert lessons.undo(library.db, library.now_ms) == made[0]
    assert _taste(library) == with_three != before
    library.vote(made[4], 1)
    library.vote(made[2], 0)
    library.vote(made[4], 0)
    assert _taste(library) == before


def test_only_the_last_vote_on_an_artwork_teaches(library: Library) -> None:
    one, other = library.make(), library.make("openai")
    for value in (1, -1, 1):
        library.vote(one, value)
        library.vote(other, -value)
    assert [(each.value, each.subject) for each in lessons.lessons(library.db)] == [
        (-1, "subject 2"),
        (1, "subject 1"),
    ]


def test_a_painter_is_judged_by_its_own_pictures_only(library: Library) -> None:
    for provider in ("painter", "openai"):
        begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
        detail = ArtworkDetail(provider, painter="flow", medium="ink", artists="nobody", palette=("#112233",))
        artworks.complete(
            library.db,
            begun,
            sha256="00" * 32,
            size_bytes=1,
            width=1,
            height=1,
            detail=detail,
            now_ms=library.now_ms,
        )
        library.vote(begun, 1)
    found = lessons.lessons(library.db)
    assert [each.painter for each in found] == ["", "flow"]
    assert {(each.artists, each.palette) for each in found} == {("nobody", ("#112233",))}


def test_forgetting_keeps_the_votes_and_can_be_taken_back(library: Library) -> None:
    one, other = library.make(), library.make()
    library.vote(one, -1)
    taught = _taste(library)
    assert lessons.forget(library.db, library.now_ms) == 1
    assert _taste(library) == Taste()
    assert one not in library.next_ids()
    library.vote(other, 1)
    assert _taste(library).votes == 1.0
    assert [lessons.undo(library.db, library.now_ms) for _ in range(2)] == [other, ""]
    assert _taste(library) == taught
    assert [lessons.undo(library.db, library.now_ms) for _ in range(2)] == [one, None]
    assert lessons.forget(library.db, library.now_ms) == 0
    assert one in library.next_ids()


def test_what_is_deleted_teaches_nothing_any_more(library: Library) -> None:
    made = library.make()
    library.vote(made, 1)
    artworks.delete(library.db, made, library.now_ms)
    assert lessons.lessons(library.db) == []


def test_another_process_learns_of_a_vote_at_once(tmp_path: Path) -> None:
    library = Library(open_writer(tmp_path))
    made = library.make()
    other = open_reader(tmp_path)
    assert isinstance(other, sqlite3.Connection)
    assert lessons.lessons(other) == []
    votes.cast(library.db, artwork_id=made, value=1, now_ms=library.now_ms)
    assert len(lessons.lessons(other)) == 1
    other.close()
    library.db.close()
