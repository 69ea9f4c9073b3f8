"""What comes next on a screen, in memory."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from libraries import Library, in_memory

from artvis.model.artwork import QueueEntry
from artvis.queue import artworks, nextup
from artvis.queue.policy import QueueView

MINUTE_S = 60.0


def _entry(name: str, *, fresh: bool = False, rerun: bool = False, seen: bool = False) -> QueueEntry:
    return QueueEntry(id=name, sha256="", created_at_ms=0, fresh=fresh, rerun=rerun, seen=seen)


def _fresh(name: str) -> QueueEntry:
    return _entry(name, fresh=True)


def _read(view: QueueView, *entries: QueueEntry, now_s: float = 0.0) -> tuple[str, ...]:
    return view.library_read(view.ask_read(now_s), entries)


def _show_next(view: QueueView, now_s: float = 0.0) -> str:
    entry = view.choose(now_s)
    assert entry is not None
    view.shown(entry.id, now_s)
    return entry.id


def test_an_empty_library_has_nothing_to_show() -> None:
    assert QueueView().choose(0.0) is None


def test_a_picture_handed_over_is_next() -> None:
    view = QueueView()
    _read(view, _entry("a"), _entry("b"))
    view.handed_over(_fresh("new"))
    assert [_show_next(view) for _ in range(3)] == ["new", "a", "b"]


def test_of_two_handed_over_the_newer_comes_first_and_the_older_next() -> None:
    view = QueueView()
    view.handed_over(_fresh("older"))
    view.handed_over(_fresh("newer"))
    assert view.unseen_ahead() == 2
    assert [_show_next(view) for _ in range(2)] == ["newer", "older"]
    assert view.unseen_ahead() == 0


def test_a_read_that_was_started_before_a_hand_over_does_not_take_it_away() -> None:
    view = QueueView()
    version = view.ask_read(0.0)
    view.handed_over(_fresh("new"))
    assert view.library_read(version, [_entry("a")]) == ()
    assert _show_next(view) == "new"


def test_a_read_that_already_has_the_picture_does_not_double_it() -> None:
    view = QueueView()
    version = view.ask_read(0.0)
    view.handed_over(_fresh("new"))
    view.library_read(version, [_fresh("new"), _entry("a")])
    assert [_show_next(view) for _ in range(2)] == ["new", "a"]


def test_an_older_read_that_comes_late_is_ignored() -> None:
    view = QueueView()
    older, newer = view.ask_read(0.0), view.ask_read(0.0)
    view.library_read(newer, [_entry("new")])
    assert view.library_read(older, [_entry("old")]) == ()
    assert _show_next(view) == "new"
    assert _show_next(view) == "new"


def test_a_picture_that_the_library_has_no_more_is_taken_out_and_named() -> None:
    view = QueueView()
    view.handed_over(_fresh("gone"))
    _read(view, _fresh("gone"), _entry("a"))
    assert _read(view, _entry("a")) == ("gone",)
    assert _show_next(view) == "a"


def test_a_preview_stays_although_the_library_does_not_have_its_artwork_yet() -> None:
    view = QueueView()
    view.placeholder_begun("new")
    view.handed_over(_fresh("new"))
    assert _read(view, _entry("a")) == ()
    assert _show_next(view) == "new"


def test_a_preview_goes_when_its_painting_fails_after_all() -> None:
    view = QueueView()
    view.handed_over(_fresh("other"))
    view.handed_over(_fresh("new"))
    view.placeholder_rolled_back("new")
    assert [_show_next(view) for _ in range(2)] == ["other", "other"]


def test_what_may_only_have_been_cut_off_by_a_limit_is_kept() -> None:
    view = QueueView()
    view.handed_over(_fresh("kept"))
    _read(view, _fresh("kept"))
    assert _read(view, *(_fresh(f"f{n}") for n in range(20))) == ()
    assert _show_next(view) == "kept"


def test_a_failed_painting_takes_only_its_placeholder() -> None:
    view = QueueView()
    view.placeholder_begun("p")
    view.placeholder_begun("q")
    view.handed_over(_fresh("new"))
    _read(view, _fresh("new"))
    view.placeholder_rolled_back("p")
    view.placeholder_rolled_back("new")
    assert view.pending == ("q",)
    assert _show_next(view) == "new"


def test_a_hand_over_replaces_its_placeholder() -> None:
    view = QueueView()
    view.placeholder_begun("p")
    view.handed_over(_fresh("p"))
    assert view.pending == ()


def test_what_was_shown_is_seen_although_an_older_read_calls_it_unseen() -> None:
    view = QueueView()
    _read(view, _entry("a"), _entry("b"), _entry("c", rerun=True, seen=True))
    assert _show_next(view) == "a"
    _read(view, _entry("a"), _entry("b"), _entry("c", rerun=True, seen=True))
    assert [_show_next(view) for _ in range(3)] == ["b", "c", "a"]


def test_fresh_art_seen_before_a_restart_does_not_go_before_the_unseen() -> None:
    view = QueueView()
    _read(view, _entry("seen", fresh=True, seen=True), _fresh("unseen"), _entry("pool"))
    assert view.unseen_ahead() == 1
    assert [_show_next(view) for _ in range(3)] == ["unseen", "pool", "seen"]


def test_a_picture_voted_down_never_comes_again_whatever_a_read_says() -> None:
    view = QueueView()
    view.handed_over(_fresh("bad"))
    version = view.ask_read(0.0)
    view.vote("bad", -1)
    assert view.library_read(version, [_fresh("bad"), _entry("a")]) == ()
    assert [_show_next(view) for _ in range(3)] == ["a", "a", "a"]
    assert _read(view, _entry("a")) == ()


def test_a_vote_taken_back_brings_the_picture_back() -> None:
    view = QueueView()
    view.handed_over(_fresh("a"))
    view.vote("a", -1)
    assert view.choose(0.0) is None
    view.vote("a", 0)
    assert _show_next(view) == "a"


def test_fresh_pictures_come_again_for_15_minutes_and_then_are_the_librarys() -> None:
    view = QueueView()
    view.handed_over(_fresh("a"))
    view.shown("a", 0.0)
    assert view.choose(15 * MINUTE_S) is not None
    assert view.choose(15 * MINUTE_S + 1) is None


def test_a_fresh_picture_that_was_never_shown_waits_longer_than_15_minutes() -> None:
    view = QueueView()
    view.handed_over(_fresh("a"))
    assert view.choose(60 * MINUTE_S) is not None


def test_growing_old_is_no_difference_to_be_named() -> None:
    view = QueueView()
    view.handed_over(_fresh("a"))
    _read(view, _fresh("a"))
    view.shown("a", 0.0)
    assert _read(view, now_s=14.5 * MINUTE_S) == ()


@pytest.mark.parametrize("count", [2, 5, 21, 30])
def test_a_dry_pool_runs_500_changes_and_never_the_same_twice_in_a_row(count: int) -> None:
    view = QueueView()
    _read(view, *(_entry(f"a{n}") for n in range(count)))
    run = [_show_next(view, float(n)) for n in range(500)]
    assert sorted(run[:count]) == sorted(f"a{n}" for n in range(count))
    apart = min(count - 1, 20)
    for at in range(500):
        assert run[at] not in run[max(0, at - apart) : at]


def test_one_picture_alone_stays() -> None:
    view = QueueView()
    _read(view, _entry("only"))
    assert [_show_next(view) for _ in range(5)] == ["only"] * 5


def test_five_pictures_and_their_library_run_500_changes(library: Library) -> None:
    for _ in range(5):
        library.make()
    library.wait(16 * 60_000)
    library.vote(library.next_ids()[2], 1)
    view = QueueView()
    run = []
    for _ in range(500):
        version = view.ask_read(library.now_ms / 1000)
        view.library_read(version, _page(library))
        run.append(_show_next(view, library.now_ms / 1000))
        library.see(run[-1])
        library.wait(20_000)
    assert len(set(run[:5])) == 5
    assert all(one != other for one, other in pairwise(run))
    assert len(set(run[-5:])) == 5


def _page(library: Library) -> list[QueueEntry]:
    return nextup.next_artworks(
        library.db, session_id=library.session, now_ms=library.now_ms, limit=40, fresh_limit=20
    )


# --- any order of events ------------------------------------------------------------------------------------


class Evening:
    """A view, the library behind it, and everything that may be under way between the two."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.library = Library(in_memory())
        self.view = QueueView()
        self.painting: list[str] = []
        self.previewed: set[str] = set()
        self.completed: list[str] = []  # in the library, not yet handed over
        self.waiting: list[str] = []  # handed over, not shown: the oldest first
        self.reads: list[tuple[int, list[QueueEntry]]] = []  # answered, not delivered
        self.unrecorded: list[str] = []  # on the screen, impression not yet written
        self.shown: list[str] = []
        self.delivered = 0

    @property
    def now_s(self) -> float:
        return self.library.now_ms / 1000

    def step(self) -> None:
        events: list[Callable[[], None]] = [
            self.begin,
            self.complete,
            self.hand_over,
            self.fail,
            self.preview,
            self.ask,
            self.deliver,
            self.show,
            self.record,
        ]
        self.chance.choice(events)()
        self.library.wait(self.chance.randrange(4000))

    def begin(self) -> None:
        if len(self.painting) < 2:  # two generations at once
            begun = artworks.begin(
                self.library.db, session_id=self.library.session, now_ms=self.library.now_ms
            )
            self.view.placeholder_begun(begun)
            self.painting.append(begun)

    def preview(self) -> None:
        """A painter shows its picture before it is done, and so before the library has it."""
        early = [name for name in self.painting if name not in self.previewed]
        if early:
            self.previewed.add(early[0])
            self.view.handed_over(_fresh(early[0]))
            self.waiting.append(early[0])
            assert self.offered() == early[0]

    def complete(self) -> None:
        if self.painting:
            done = self.painting.pop(self.chance.randrange(len(self.painting)))
            self.library.complete(done)
            if done not in self.previewed:
                self.completed.append(done)

    def hand_over(self) -> None:
        if self.completed:
            done = self.completed.pop(0)
            self.view.handed_over(_fresh(done))
            assert done not in self.view.pending
            if done not in self.shown:  # a read may have brought it to the screen already
                self.waiting.append(done)
                assert self.offered() == done

    def fail(self) -> None:
        if self.painting:
            failed = self.painting.pop()
            before, pending = self.offered(), set(self.view.pending)
            artworks.roll_back(self.library.db, failed)
            self.view.placeholder_rolled_back(failed)
            if failed in self.previewed:
                self.waiting = [name for name in self.waiting if name != failed]
                assert self.offered() != failed
            else:
                assert self.offered() == before
            assert set(self.view.pending) == pending - {failed}

    def ask(self) -> None:
        version = self.view.ask_read(self.now_s)
        self.reads.append((version, _page(self.library)))

    def deliver(self) -> None:
        if self.reads:
            version, entries = self.reads.pop(self.chance.randrange(len(self.reads)))
            before = self.offered()
            assert self.view.library_read(version, entries) == ()
            if version < self.delivered:
                assert self.offered() == before
            self.delivered = max(self.delivered, version)

    def show(self) -> None:
        entry = self.view.choose(self.now_s)
        if entry is None:
            assert not self.waiting
            return
        if self.waiting:
            assert entry.id == self.waiting[-1]
        if entry.id in self.waiting:
            self.waiting.remove(entry.id)
        self.view.shown(entry.id, self.now_s)
        self.unrecorded.append(entry.id)
        self.shown.append(entry.id)

    def record(self) -> None:
        if self.unrecorded:
            self.library.see(self.unrecorded.pop(0))

    def offered(self) -> str | None:
        entry = self.view.choose(self.now_s)
        return entry.id if entry else None


@pytest.mark.parametrize("block", range(10))
def test_no_order_of_events_loses_a_fresh_picture(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        evening = Evening(seed)
        for _ in range(50):
            evening.step()
        while evening.painting:
            evening.complete()
        while evening.completed:
            evening.hand_over()
        left = list(evening.waiting)
        for expected in reversed(left):
            evening.show()
            assert evening.shown[-1] == expected, f"seed {seed}"
        while evening.unrecorded:
            evening.record()
        evening.ask()
        while evening.reads:
            evening.deliver()
        unseen = {entry.id for entry in _page(evening.library) if not entry.seen}
        assert unseen == set(), f"seed {seed}: {unseen} was never shown"
        evening.library.db.close()


def test_a_picture_that_was_let_go_comes_again_only_when_the_library_offers_it() -> None:
    view = QueueView()
    view.handed_over(_fresh("lost"))
    view.let_go("lost")
    assert view.choose(0.0) is None
    _read(view, _fresh("lost"))
    assert _show_next(view) == "lost"
