"""What many measurements of one delay agree on, or why they do not.

It measures nothing; what is off in a single one is left out.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 8
FAR_OFF: Final = 3.5
"""Of the usual deviation: beyond it a measurement says nothing (the modified z-score of Iglewicz and Hoaglin, 1993)."""
FINEST_S: Final = 0.01
"""A usual deviation below it is taken as this: no hand is better, and a busy machine makes single ones late."""
WIDEST_S: Final = 0.06


@dataclass(frozen=True, slots=True)
class Agreement:
    """The median of what is left without outliers. `problem` is a sentence where it should not be believed, or ''."""

    median_s: float
    spread_s: float
    """Standard deviation."""
    count: int
    problem: str = ""


def agreement(values_s: Sequence[float], what: str, *, least: int = LEAST) -> Agreement:
    """`what` they are, for the sentence: 'taps', 'clicks'."""
    if len(values_s) < least:
        return Agreement(0.0, 0.0, len(values_s), f"There were {len(values_s)} {what}; {least} are needed.")
    middle_s = statistics.median(values_s)
    usual_s = max(FINEST_S, 1.4826 * statistics.median(abs(value - middle_s) for value in values_s))
    kept = [value for value in values_s if abs(value - middle_s) <= FAR_OFF * usual_s]
    found = Agreement(statistics.median(kept), statistics.pstdev(kept), len(kept))
    if len(kept) < least:
        problem = f"Only {len(kept)} of {len(values_s)} {what} agree; {least} are needed."
    elif found.spread_s > WIDEST_S:
        problem = f"The {what} are spread over {1e3 * found.spread_s:.0f} ms, too wide to tell a delay."
    else:
        return found
    return Agreement(found.median_s, found.spread_s, found.count, problem)
