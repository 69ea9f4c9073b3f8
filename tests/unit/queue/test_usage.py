"""The purse."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import Library, in_memory

from artvis.model.sections import BudgetSection
from artvis.queue import artworks, usage

CAPS = BudgetSection()
HOUR_MS = 3_600_000


def _ask(library: Library, caps: BudgetSection = CAPS, usd: float | None = 0.01) -> usage.Reservation | None:
    answer = usage.reserve(
        library.db, provider="openai", artwork_id="a", estimate_usd=usd, caps=caps, now_ms=library.now_ms
    )
    return answer if isinstance(answer, usage.Reservation) else None


def _at(library: Library, text: str) -> None:
    library.now_ms = int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_twelve_an_hour_are_twelve_whatever_happens_to_the_calls(library: Library) -> None:
    booked = [_ask(library) for _ in range(13)]
    assert [bool(booking) for booking in booked] == [True] * 12 + [False]
    usage.settle(library.db, booked[0].id, 0.0)
    assert _ask(library) is None


def test_the_hour_slides(library: Library) -> None:
    for _ in range(12):
        assert _ask(library)
        library.wait(1000)
    library.wait(HOUR_MS - 12_000 - 1)
    assert _ask(library) is None
    library.wait(1)
    assert _ask(library)
    assert _ask(library) is None


def test_what_is_reserved_counts_at_the_estimate_until_it_is_settled(library: Library) -> None:
    caps = BudgetSection(per_hour_count=0, per_day_usd=0.1)
    booking = _ask(library, caps, 0.06)
    assert booking is not None
    assert _ask(library, caps, 0.06) is None
    usage.settle(library.db, booking.id, 0.03)
    assert _ask(library, caps, 0.06)
    assert _ask(library, caps, 0.02) is None


def test_a_refusal_that_cost_nothing_frees_what_was_booked_once(library: Library) -> None:
    caps = BudgetSection(per_hour_count=1)
    booking = _ask(library, caps)
    assert booking is not None
    usage.release(library.db, booking.id)
    usage.release(library.db, booking.id)
    assert _ask(library, caps)
    assert _ask(library, caps) is None


def test_a_call_is_settled_once(library: Library) -> None:
    booking = _ask(library)
    assert booking is not None
    usage.settle(library.db, booking.id, None)
    usage.settle(library.db, booking.id, 0.0)
    usage.release(library.db, booking.id)
    assert usage.report(library.db, CAPS, library.now_ms)["days"][0]["spent_usd"] == 0.01


def test_day_and_month_are_calendar_in_utc(library: Library) -> None:
    day = BudgetSection(per_hour_count=0, per_day_count=1)
    month = BudgetSection(per_hour_count=0, per_month_count=2)
    _at(library, "2026-01-30T23:59:59")
    assert _ask(library, day)
    assert _ask(library, day) is None
    library.wait(1000)
    assert _ask(library, day)
    assert _ask(library, month) is None
    _at(library, "2026-02-01T00:00:00")
    assert _ask(library, month)


def test_a_clock_set_back_frees_no_money(library: Library) -> None:
    caps = BudgetSection(per_hour_count=2)
    assert _ask(library, caps)
    library.now_ms -= 31 * 86_400_000
    second = _ask(library, caps)
    assert second is not None
    assert second.booked_at_ms == library.now_ms + 31 * 86_400_000
    assert _ask(library, caps) is None


YEARS_MS = 20 * 365 * 86_400_000


def test_bookings_of_a_clock_that_stood_years_ahead_count_for_their_hour_and_day_and_no_longer(
    library: Library,
) -> None:
    caps = BudgetSection(per_hour_count=2, per_day_usd=0.05)
    _at(library, "2026-03-10T10:00:00")
    assert _ask(library, caps)
    library.now_ms += YEARS_MS
    assert _ask(library, caps)
    assert _ask(library, caps)
    library.now_ms -= YEARS_MS
    assert _ask(library, caps) is None
    library.wait(HOUR_MS)
    booking = _ask(library, caps)
    assert booking is not None
    assert booking.booked_at_ms == library.now_ms
    assert usage.report(library.db, caps, library.now_ms)["left"]["day_usd"] == 0.01
    library.wait(24 * HOUR_MS)
    assert usage.report(library.db, caps, library.now_ms)["left"]["day_usd"] == 0.05


def test_a_single_booking_of_a_clock_that_stood_years_ahead_stops_nothing(library: Library) -> None:
    library.now_ms += YEARS_MS
    assert _ask(library)
    library.now_ms -= YEARS_MS
    booking = _ask(library)
    assert booking is not None
    assert booking.booked_at_ms == library.now_ms


def test_a_clock_that_begins_at_its_first_day_and_is_put_right_frees_no_money(library: Library) -> None:
    caps = BudgetSection(per_hour_count=2)
    assert _ask(library, caps)
    assert _ask(library, caps)
    library.now_ms -= YEARS_MS
    assert _ask(library, caps) is None
    library.now_ms += YEARS_MS
    assert _ask(library, caps) is None


def test_an_unknown_price_meets_the_count_cap_only(library: Library) -> None:
    caps = BudgetSection(per_hour_count=2, per_day_usd=0.001)
    booking = _ask(library, caps, None)
    assert booking is not None
    usage.settle(library.db, booking.id, None)
    assert _ask(library, caps, None)
    assert _ask(library, caps, None) is None


def test_the_report_counts_a_day_and_a_provider(library: Library) -> None:
    _at(library, "2026-01-30T23:00:00")
    library.see(library.make())
    library.wait(2 * HOUR_MS)
    made = library.make("openai")
    library.see(made)
    library.see(made)
    booking = _ask(library, usd=0.02)
    assert booking is not None
    usage.settle(library.db, booking.id, 0.011)
    assert _ask(library, replace(CAPS, per_hour_count=1)) is None
    artworks.delete(library.db, made, library.now_ms)
    assert usage.report(library.db, replace(CAPS, per_month_usd=0), library.now_ms) == {
        "days": [
            {
                "day": "2026-01-31",
                "provider": "openai",
                "made": 1,
                "shown": 2,
                "refused": 1,
                "spent_usd": 0.011,
            },
            {
                "day": "2026-01-30",
                "provider": "painter",
                "made": 1,
                "shown": 1,
                "refused": 0,
                "spent_usd": 0.0,
            },
        ],
        "left": {"hour_count": 11, "day_usd": 0.489, "month_usd": None},
    }


def test_art_that_costs_nothing_does_not_touch_the_caps(library: Library) -> None:
    for _ in range(20):
        library.make()
    assert usage.report(library.db, CAPS, library.now_ms)["left"] == {
        "hour_count": 12,
        "day_usd": 0.5,
        "month_usd": 5.0,
    }


steps = st.lists(
    st.tuples(
        st.sampled_from(["ask", "settle", "release", "crash", "wait", "back"]),
        st.integers(0, 5_000_000),
        st.floats(0, 0.3),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_no_order_of_calls_crashes_and_clocks_passes_a_cap(steps: list[tuple[str, int, float]]) -> None:
    library = Library(in_memory())
    caps = BudgetSection(per_hour_count=4, per_day_usd=0.5, per_month_usd=0.9)
    open_bookings: list[usage.Reservation] = []
    kept: list[tuple[int, float]] = []  # purse's clock, and the most that the call may have cost
    for what, n, usd in steps:
        if what == "wait":
            library.wait(n)
        elif what == "back":
            library.wait(-n)
        elif what == "ask":
            booking = _ask(library, caps, usd)
            if booking is not None:
                open_bookings.append(booking)
                kept.append((booking.booked_at_ms, usd))
        elif open_bookings and what in {"settle", "crash", "release"}:
            booking = open_bookings.pop()
            if what == "settle":
                usage.settle(library.db, booking.id, booking.estimate_usd)
            elif what == "release":
                usage.release(library.db, booking.id)
                kept.remove((booking.booked_at_ms, booking.estimate_usd))
    for at, _ in kept:
        hour = [usd for other, usd in kept if at - HOUR_MS < other <= at]
        day = [usd for other, usd in kept if other // 86_400_000 == at // 86_400_000]
        assert len(hour) <= 4
        assert sum(day) <= 0.5 + 1e-9
    library.db.close()
