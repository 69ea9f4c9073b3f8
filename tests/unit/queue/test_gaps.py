"""The ranges of unseen numbers, through every change that touches them."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from libraries import Library, in_memory

from artvis.queue import artworks, gaps, votes


class Unseen(RuleBasedStateMachine):
    """Whatever happens, the ranges cover all that is unseen, and every derived row agrees with what it is made of."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.library = Library(in_memory())

    @rule(target=ids)
    def make(self) -> str:
        return self.library.make()

    @rule(artwork_id=ids)
    def see(self, artwork_id: str) -> None:
        self.library.see(artwork_id)

    @rule(artwork_id=ids, value=st.sampled_from([-1, 0, 1]))
    def vote(self, artwork_id: str, value: int) -> None:
        self.library.vote(artwork_id, value)

    @rule()
    def undo(self) -> None:
        votes.undo_last(self.library.db, self.library.now_ms)

    @rule(artwork_id=consumes(ids))
    def delete(self, artwork_id: str) -> None:
        artworks.delete(self.library.db, artwork_id, self.library.now_ms)

    @rule()
    def compact(self) -> None:
        gaps.compact(self.library.db, pool=1)

    @rule()
    def rebuild(self) -> None:
        gaps.rebuild(self.library.db, pool=1)

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self.library.faults() == []

    def teardown(self) -> None:
        self.library.db.close()


TestUnseen = Unseen.TestCase
TestUnseen.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_ranges_are_compacted_when_a_mass_removal_left_hundreds_of_them_empty(library: Library) -> None:
    ids = [library.make() for _ in range(900)]
    for artwork_id in ids[::2]:
        library.see(artwork_id)
    assert len(gaps.all_gaps(library.db, pool=1)) == 451
    artworks.delete_all(library.db, ids[3:], library.now_ms)
    assert len(gaps.all_gaps(library.db, pool=1)) < 210
    library.wait(16 * 60_000)
    assert library.next_ids() == [ids[1], ids[0], ids[2]]
    assert library.faults() == []


def test_ranges_that_hold_unseen_art_are_never_compacted(library: Library) -> None:
    ids = [library.make() for _ in range(500)]
    for artwork_id in ids[::2]:
        library.see(artwork_id)
    before = gaps.all_gaps(library.db, pool=1)
    assert gaps.compact_if_sparse(library.db) == 0
    assert gaps.all_gaps(library.db, pool=1) == before
