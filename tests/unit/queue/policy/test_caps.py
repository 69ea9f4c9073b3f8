"""The caps as arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.model.sections import BudgetSection
from artvis.queue.policy.caps import Spent, left_count, left_usd, microusd, refusal

NO_CAPS = BudgetSection(per_day_usd=0, per_month_usd=0, per_hour_count=0)


def test_without_caps_everything_is_allowed() -> None:
    spent = Spent(10**6, 10**6, 10**6, 10**12, 10**12, 10**12)
    assert refusal(NO_CAPS, spent, 10**9) is None


@pytest.mark.parametrize("period", ["hour", "day", "month"])
def test_a_count_cap_allows_exactly_so_many_calls(period: str) -> None:
    caps = BudgetSection(**{"per_hour_count": 0, f"per_{period}_count": 3})
    assert refusal(caps, Spent(**{f"{period}_count": 2}), None) is None
    sentence = refusal(caps, Spent(**{f"{period}_count": 3}), None)
    assert sentence is not None
    assert f"budget.per_{period}_count" in sentence


@pytest.mark.parametrize("period", ["hour", "day", "month"])
def test_a_money_cap_may_be_reached_and_not_passed(period: str) -> None:
    caps = BudgetSection(**{"per_day_usd": 0, "per_month_usd": 0, f"per_{period}_usd": 0.5})
    spent = Spent(**{f"{period}_microusd": 490_000})
    assert refusal(caps, spent, 10_000) is None
    sentence = refusal(caps, spent, 10_001)
    assert sentence is not None
    assert f"budget.per_{period}_usd" in sentence


def test_a_call_of_unknown_price_meets_the_count_caps_only() -> None:
    assert refusal(BudgetSection(), Spent(day_microusd=10**9), None) is None
    assert refusal(BudgetSection(), Spent(hour_count=12), None) is not None


@pytest.mark.parametrize(("usd", "expected"), [(0, 0), (0.1 + 0.2, 300_000), (0.0000001, 1), (0.067, 67_000)])
def test_prices_are_rounded_up_to_millionths_and_not_by_float_dust(usd: float, expected: int) -> None:
    assert microusd(usd) == expected


@pytest.mark.parametrize("usd", [-0.01, float("nan"), float("inf")])
def test_what_is_no_price_is_a_mistake(usd: float) -> None:
    with pytest.raises(ValueError, match="no price"):
        microusd(usd)


@given(st.integers(1, 50), st.floats(0.001, 5), st.floats(0.0001, 1))
def test_booking_until_refused_never_passes_a_cap(count: int, cap_usd: float, price_usd: float) -> None:
    caps = BudgetSection(per_hour_count=count, per_day_usd=cap_usd)
    booked = calls = 0
    while refusal(caps, Spent(hour_count=calls, day_microusd=booked), microusd(price_usd)) is None:
        calls += 1
        booked += microusd(price_usd)
    assert calls <= count
    assert booked <= cap_usd * 1_000_000 + 1


def test_what_is_left_is_none_without_a_cap_and_never_negative() -> None:
    assert left_count(0, 5) is None
    assert left_count(3, 5) == 0
    assert left_usd(0, 5) is None
    assert left_usd(0.5, 120_000) == 0.38
    assert left_usd(0.5, 10**9) == 0
