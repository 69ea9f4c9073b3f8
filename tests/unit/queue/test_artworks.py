"""Artworks: placeholder, picture, list, deletion."""

import pytest
from libraries import Library

from artvis.errors import InputError
from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, jobs

DETAIL = ArtworkDetail(
    provider="openai",
    model="gpt-image-1-mini",
    seed=2**64 - 1,
    prompt="A quiet lake",
    negative="no text",
    palette=("#101010", "#f0f0f0"),
    cost_usd=0.005,
    reasons=("it is slow", "it is minor — so: blue"),
    valence=0.2,
    arousal=0.9,
    key="A minor",
    bpm=124.5,
    style="ink",
    subject="a lake",
    medium="ink wash",
    painter="",
    section="B",
    song="",
)


def test_a_placeholder_is_pending_and_in_no_queue(library: Library) -> None:
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert artworks.pending(library.db) == (begun,)
    assert library.next_ids() == []
    stored = artworks.get(library.db, begun)
    assert stored is not None
    assert (stored.state, stored.sha256, stored.session_id) == ("placeholder", "", library.session)


def test_a_completed_artwork_is_read_back_exactly(library: Library) -> None:
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    artworks.complete(
        library.db,
        begun,
        sha256="ab" * 32,
        size_bytes=7,
        width=1536,
        height=864,
        detail=DETAIL,
        now_ms=library.now_ms + 5000,
    )
    stored = artworks.get(library.db, begun)
    assert stored is not None
    assert stored.detail == DETAIL
    assert (stored.state, stored.sha256, stored.size_bytes) == ("live", "ab" * 32, 7)
    assert (stored.width, stored.height, stored.created_at_ms) == (1536, 864, library.now_ms + 5000)
    assert stored.pools == ("mine",)
    assert artworks.pending(library.db) == ()


def test_completing_twice_changes_nothing(library: Library) -> None:
    made = library.make()
    before = list(library.db.iterdump())
    library.complete(made)
    assert list(library.db.iterdump()) == before


def test_a_rollback_takes_the_placeholder_and_nothing_else(library: Library) -> None:
    made = library.make()
    before = list(library.db.iterdump())
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert artworks.roll_back(library.db, begun)
    assert not artworks.roll_back(library.db, made)
    assert list(library.db.iterdump()) == before


def test_a_late_answer_is_kept_although_its_placeholder_is_gone(library: Library) -> None:
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    artworks.roll_back(library.db, begun)
    library.complete(begun, session_id=library.session)
    assert library.next_ids() == [begun]
    assert library.faults() == []


def test_a_late_answer_of_an_unknown_session_belongs_to_the_one_used_last(library: Library) -> None:
    library.complete("0199c0de-0000-7000-8000-000000000009")
    assert [entry.session_id for entry in artworks.list_artworks(library.db)] == [library.session]


def test_beginning_in_an_unknown_session_is_refused(library: Library) -> None:
    with pytest.raises(InputError, match="no session nowhere"):
        artworks.begin(library.db, session_id="nowhere", now_ms=library.now_ms)


def test_no_placeholder_outlives_ten_minutes(library: Library) -> None:
    first = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    library.wait(jobs.LEASE_MS - 1)
    second = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert artworks.pending(library.db) == (first, second)
    library.wait(1)
    third = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert artworks.pending(library.db) == (second, third)


def test_the_placeholder_of_a_dead_process_is_swept_and_a_living_one_stays(library: Library) -> None:
    dead = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    library.db.execute("UPDATE job SET owner='1:0:another-boot'")
    alive = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert artworks.pending(library.db) == (alive,)
    assert artworks.get(library.db, dead) is None


def test_a_clock_that_was_set_back_by_an_hour_does_not_keep_a_placeholder_for_an_hour(
    library: Library,
) -> None:
    artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert jobs.sweep(library.db, now_ms=library.now_ms - 3_600_000) == 1


def test_the_list_is_newest_first_in_pages_and_of_one_state(library: Library) -> None:
    made = []
    for _ in range(5):
        made.append(library.make())
        library.wait(1)
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    page = artworks.list_artworks(library.db, limit=2, offset=1)
    assert [artwork.id for artwork in page] == [made[3], made[2]]
    placeholders = artworks.list_artworks(library.db, state="placeholder")
    assert [artwork.id for artwork in placeholders] == [begun]


def test_the_newest_subjects_are_remembered_for_the_next_prompt(library: Library) -> None:
    for _ in range(3):
        library.make()
    assert artworks.recent_subjects(library.db, 2) == [("subject 3", "ink"), ("subject 2", "ink")]


def test_deleting_leaves_a_tombstone_without_content(library: Library) -> None:
    made = library.make()
    library.see(made)
    sha256 = artworks.delete(library.db, made, library.now_ms)
    assert len(sha256) == 64
    stored = artworks.get(library.db, made)
    assert stored is not None
    assert (stored.state, stored.sha256, stored.detail.prompt, stored.detail.subject) == (
        "tombstone",
        "",
        "",
        "",
    )
    assert stored.pools == ()
    assert library.next_ids() == []
    assert library.faults() == []
    dump = "\n".join(library.db.iterdump())
    assert "a lake" not in dump
    with pytest.raises(InputError, match=made):
        artworks.delete(library.db, made, library.now_ms)


def test_bytes_that_another_artwork_has_are_not_given_free(library: Library) -> None:
    first, second = library.make(), library.make()
    library.db.execute("UPDATE artwork SET sha256=x'abab'")
    assert artworks.delete(library.db, first, library.now_ms) == ""
    assert artworks.delete(library.db, second, library.now_ms) == "abab"


def test_several_are_deleted_or_none(library: Library) -> None:
    first, second = library.make(), library.make()
    with pytest.raises(InputError, match="nowhere"):
        artworks.delete_all(library.db, [first, "nowhere"], library.now_ms)
    assert len(library.next_ids()) == 2
    assert len(artworks.delete_all(library.db, [first, second, first], library.now_ms)) == 2


def test_deleting_a_placeholder_rolls_it_back(library: Library) -> None:
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert artworks.delete(library.db, begun, library.now_ms) == ""
    assert artworks.get(library.db, begun) is None
