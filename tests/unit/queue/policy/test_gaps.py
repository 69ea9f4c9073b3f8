"""Arithmetic of unseen ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.queue.policy import merged, split, uncovered

numbers = st.sets(st.integers(1, 200)).map(sorted)


def test_a_split_leaves_what_is_on_both_sides() -> None:
    assert split((3, 9), 5) == ((3, 4), (6, 9))


def test_a_split_at_an_edge_leaves_one_side() -> None:
    assert split((3, 9), 3) == ((4, 9),)
    assert split((3, 9), 9) == ((3, 8),)


def test_a_split_of_one_number_leaves_nothing() -> None:
    assert split((4, 4), 4) == ()


def test_a_number_outside_a_gap_cannot_split_it() -> None:
    with pytest.raises(ValueError, match="10 is not in"):
        split((3, 9), 10)


@given(numbers)
def test_merged_gaps_cover_the_numbers_and_nothing_else(unseen: list[int]) -> None:
    gaps = merged(unseen, open_end=(201, 300))
    covered = [seq for lo, hi in gaps[:-1] for seq in range(lo, hi + 1)]
    assert covered == unseen
    assert gaps[-1] == (201, 300)
    assert uncovered(unseen, gaps) == []


@given(numbers, numbers)
def test_uncovered_is_exactly_what_is_in_no_gap(unseen: list[int], covered: list[int]) -> None:
    gaps = merged(covered, open_end=(201, 300))
    assert uncovered(unseen, gaps) == [seq for seq in unseen if seq not in covered]
