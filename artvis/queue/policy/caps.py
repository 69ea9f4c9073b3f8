"""The purse as arithmetic: whether one more paid call is within the caps, and the sentence when it is not.

It books nothing; `usage` asks it inside the transaction that books.
"""

import math
from dataclasses import dataclass

from artvis.model.sections import BudgetSection

MICROUSD = 1_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Paid calls of the last hour (3,600 s), of this day and of this month in UTC; what is reserved counts as spent."""

    hour_count: int = 0
    day_count: int = 0
    month_count: int = 0
    hour_microusd: int = 0
    day_microusd: int = 0
    month_microusd: int = 0


def microusd(usd: float) -> int:
    """Millionths of a dollar, rounded up: sums of them are exact, and a price is never booked too low."""
    if not usd >= 0 or math.isinf(usd):
        raise ValueError(f"{usd} is no price")
    return math.ceil(round(usd * MICROUSD, 3))


def refusal(caps: BudgetSection, spent: Spent, estimate_microusd: int | None) -> str | None:
    """None when one more call is within every cap, else why not. A call of unknown price meets the count caps only."""
    counts = (
        ("hour", caps.per_hour_count, spent.hour_count),
        ("day", caps.per_day_count, spent.day_count),
        ("month", caps.per_month_count, spent.month_count),
    )
    for period, cap, count in counts:
        if cap > 0 and count + 1 > cap:
            return (
                f"The cap of {cap} paid pictures {_a(period)} is reached (budget.per_{period}_count); "
                f"the show goes on with art that costs nothing."
            )
    if estimate_microusd is None:
        return None
    money = (
        ("hour", caps.per_hour_usd, spent.hour_microusd),
        ("day", caps.per_day_usd, spent.day_microusd),
        ("month", caps.per_month_usd, spent.month_microusd),
    )
    for period, cap_usd, booked in money:
        if cap_usd > 0 and booked + estimate_microusd > round(cap_usd * MICROUSD):
            return (
                f"One more picture for about ${estimate_microusd / MICROUSD:.3f} would pass the cap of "
                f"${cap_usd:.2f} {_a(period)}, of which ${booked / MICROUSD:.3f} is spent "
                f"(budget.per_{period}_usd); the show goes on with art that costs nothing."
            )
    return None


def left_count(cap: int, count: int) -> int | None:
    """How many calls are left; None when there is no cap."""
    return max(0, cap - count) if cap > 0 else None


def left_usd(cap_usd: float, booked_microusd: int) -> float | None:
    """How much money is left; None when there is no cap."""
    return max(0, round(cap_usd * MICROUSD) - booked_microusd) / MICROUSD if cap_usd > 0 else None


def _a(period: str) -> str:
    return f"an {period}" if period == "hour" else f"a {period}"
