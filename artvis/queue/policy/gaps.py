"""Arithmetic of the unseen: ranges of sequence numbers of a pool that a viewer may not have seen yet.

The ranges cover a superset of the unseen numbers; they never say that something *is* unseen.
"""

from collections.abc import Iterable, Sequence

Gap = tuple[int, int]
"""(lo, hi), both inclusive."""


def split(gap: Gap, seq: int) -> tuple[Gap, ...]:
    """What is left of a gap when one number of it has been seen."""
    lo, hi = gap
    if not lo <= seq <= hi:
        raise ValueError(f"{seq} is not in the gap {lo}..{hi}")
    return tuple(part for part in ((lo, seq - 1), (seq + 1, hi)) if part[0] <= part[1])


def merged(unseen: Iterable[int], *, open_end: Gap) -> tuple[Gap, ...]:
    """The fewest gaps that cover the numbers (ascending, below `open_end`) one run at a time, and the open end."""
    gaps: list[Gap] = []
    for seq in unseen:
        if gaps and gaps[-1][1] == seq - 1:
            gaps[-1] = (gaps[-1][0], seq)
        else:
            gaps.append((seq, seq))
    return (*gaps, open_end)


def uncovered(unseen: Iterable[int], gaps: Sequence[Gap]) -> list[int]:
    """The numbers (ascending) that no gap (ascending by lo) covers: each breaks the invariant."""
    missing = []
    at = 0
    for seq in unseen:
        while at < len(gaps) and gaps[at][1] < seq:
            at += 1
        if at == len(gaps) or gaps[at][0] > seq:
            missing.append(seq)
    return missing
