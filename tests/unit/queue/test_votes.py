"""Votes, and taking them back."""

import pytest
from libraries import Library

from artvis.errors import InputError
from artvis.queue import artworks, gaps, votes


def test_the_last_vote_counts(library: Library) -> None:
    made = library.make()
    for value in (1, -1, 0, 1):
        library.vote(made, value)
        stored = artworks.get(library.db, made)
        assert stored is not None
        assert (stored.vote, stored.hidden) == (value, value < 0)
    assert library.db.execute("SELECT lamport FROM vote").fetchone() == (4,)


def test_a_vote_on_nothing_is_refused(library: Library) -> None:
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    for artwork_id in ("nothing", begun):
        with pytest.raises(InputError, match="no artwork"):
            library.vote(artwork_id, 1)


def test_a_vote_has_three_values(library: Library) -> None:
    with pytest.raises(ValueError, match="not 2"):
        library.vote(library.make(), 2)


def test_undoing_a_down_vote_brings_the_picture_back_to_its_very_place(library: Library) -> None:
    ids = [library.make() for _ in range(4)]
    library.wait(16 * 60_000)
    before = library.next_ids()
    library.vote(ids[1], -1)
    assert ids[1] not in library.next_ids()
    assert votes.undo_last(library.db, library.now_ms) == ids[1]
    assert library.next_ids() == before


def test_undoing_brings_back_what_was_before_it_and_goes_on_backwards(library: Library) -> None:
    first, second = library.make(), library.make()
    library.vote(first, 1)
    library.vote(second, -1)
    library.vote(first, -1)
    assert votes.undo_last(library.db, library.now_ms) == first
    assert _values(library, first, second) == [1, -1]
    assert votes.undo_last(library.db, library.now_ms) == second
    assert votes.undo_last(library.db, library.now_ms) == first
    assert _values(library, first, second) == [0, 0]
    assert votes.undo_last(library.db, library.now_ms) is None


def test_undoing_passes_over_what_was_deleted(library: Library) -> None:
    first, second = library.make(), library.make()
    library.vote(first, 1)
    library.vote(second, 1)
    artworks.delete(library.db, second, library.now_ms)
    assert votes.undo_last(library.db, library.now_ms) == first


def test_a_picture_voted_down_unseen_is_unseen_again_although_its_range_was_dropped(library: Library) -> None:
    ids = [library.make() for _ in range(3)]
    library.vote(ids[1], -1)
    library.see(ids[0])
    library.see(ids[2])
    gaps.compact(library.db, pool=1)
    votes.undo_last(library.db, library.now_ms)
    library.wait(16 * 60_000)
    assert library.next_ids()[0] == ids[1]
    assert library.faults() == []


def test_a_seen_picture_comes_back_as_a_rerun_only(library: Library) -> None:
    made, other = library.make(), library.make()
    library.see(made)
    library.vote(made, -1)
    library.see(made)
    library.vote(made, 0)
    library.wait(16 * 60_000)
    assert library.next_ids() == [other, made]
    assert library.faults() == []


def _values(library: Library, *artwork_ids: str) -> list[int]:
    stored = [artworks.get(library.db, artwork_id) for artwork_id in artwork_ids]
    return [artwork.vote for artwork in stored if artwork is not None]
