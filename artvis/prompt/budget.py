"""Whether one more paid picture stays under the caps, as arithmetic.

It does not count or keep what was spent: the library's purse does, in the same transaction in which it asks here.
"""

from dataclasses import dataclass
from typing import Final

from artvis.model.sections import BudgetSection

_HALF_A_MICRODOLLAR: Final = 5e-7
"""Sums of booked estimates carry rounding; a cap that is met exactly is not passed."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What is booked already, reservations included: of the last hour, and of this day and month in UTC."""

    hour_usd: float = 0.0
    day_usd: float = 0.0
    month_usd: float = 0.0
    hour_count: int = 0
    day_count: int = 0
    month_count: int = 0


def allowed(caps: BudgetSection, spent: Spent, estimate_usd: float | None) -> str | None:
    """None when one more picture is allowed, else the sentence that says which cap is reached.

    An unknown price (None) is held by the count caps alone. A cap of 0 is no cap.
    """
    counts = (
        ("hour", caps.per_hour_count, spent.hour_count),
        ("day", caps.per_day_count, spent.day_count),
        ("month", caps.per_month_count, spent.month_count),
    )
    for period, most, made in counts:
        if most and made + 1 > most:
            return f"The cap of {most} paid picture{'s' if most != 1 else ''} {_per(period)} is reached."
    if estimate_usd is None:
        return None
    money = (
        ("hour", caps.per_hour_usd, spent.hour_usd),
        ("day", caps.per_day_usd, spent.day_usd),
        ("month", caps.per_month_usd, spent.month_usd),
    )
    for period, cap_usd, spent_usd in money:
        if cap_usd and spent_usd + estimate_usd > cap_usd + _HALF_A_MICRODOLLAR:
            return (
                f"The cap of ${cap_usd:g} {_per(period)} is reached: ${spent_usd:.3f} is booked "
                f"and this picture may cost ${estimate_usd:.3f}."
            )
    return None


def _per(period: str) -> str:
    return f"{'an' if period == 'hour' else 'a'} {period}"
