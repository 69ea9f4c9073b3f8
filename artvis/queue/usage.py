# ruff: noqa: S608 - only constants of ours are put into the statements
"""The purse: each paid call is booked before it is made, and booked money counts as spent until the call is settled.

It makes no call, and pictures of the offline painters are not its business: they are counted as made elsewhere.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from artvis.model.sections import BudgetSection
from artvis.queue.connection import reading, writing
from artvis.queue.daily import DAY_MS, count_refused
from artvis.queue.policy.caps import MICROUSD, Spent, left_count, left_usd, microusd, refusal

HOUR_MS = 3_600_000
FARTHEST_AHEAD_MS = 32 * DAY_MS  # a clock that is set back by a month or less frees no money
_RESERVED, _SETTLED, _RELEASED = range(3)
_BOOKED = f"CASE state WHEN {_SETTLED} THEN cost_microusd ELSE COALESCE(estimate_microusd,0) END"


@dataclass(frozen=True, slots=True)
class Reservation:
    """A paid call that may be made now."""

    id: int
    provider: str
    estimate_usd: float | None
    booked_at_ms: int


class UsageDay(TypedDict):
    day: str
    provider: str
    made: int
    shown: int
    refused: int
    spent_usd: float


class UsageLeft(TypedDict):
    """None where there is no cap."""

    hour_count: int | None
    day_usd: float | None
    month_usd: float | None


class UsageReport(TypedDict):
    days: list[UsageDay]
    left: UsageLeft


def reserve(
    db: sqlite3.Connection,
    *,
    provider: str,
    artwork_id: str,
    estimate_usd: float | None,
    caps: BudgetSection,
    now_ms: int,
) -> Reservation | str:
    """Book a call, or the sentence that refuses it: looking and booking are one transaction, so no cap is passed.

    The clock of the purse is the newest booking when the system's is behind it: a clock set back frees no money.
    A booking that is too far ahead for that counts as made now. A crash after this counts as spent at the estimate.
    """
    estimate = None if estimate_usd is None else microusd(estimate_usd)
    with writing(db):
        _bring_back(db, now_ms)
        clock_ms = _clock(db, now_ms)
        sentence = refusal(caps, spent(db, clock_ms), estimate)
        if sentence is not None:
            count_refused(db, provider, now_ms=clock_ms)
            return sentence
        booking = db.execute(
            "INSERT INTO reservation(provider,artwork_id,booked_at,estimate_microusd) VALUES(?,?,?,?)",
            (provider, artwork_id, clock_ms, estimate),
        ).lastrowid
    return Reservation(int(booking or 0), provider, estimate_usd, clock_ms)


def settle(db: sqlite3.Connection, reservation_id: int, cost_usd: float | None) -> None:
    """The call was made and cost this; None: what it cost cannot be read, so the estimate stands."""
    cost = None if cost_usd is None else microusd(cost_usd)
    with writing(db):
        db.execute(
            """UPDATE reservation SET state=?,cost_microusd=COALESCE(?,estimate_microusd,0)
               WHERE reservation_id=? AND state=?""",
            (_SETTLED, cost, reservation_id, _RESERVED),
        )


def release(db: sqlite3.Connection, reservation_id: int) -> None:
    """The back end refused the call and took no money: the booking is free again, and counted as refused."""
    with writing(db):
        row = db.execute(
            """UPDATE reservation SET state=? WHERE reservation_id=? AND state=?
               RETURNING provider,booked_at""",
            (_RELEASED, reservation_id, _RESERVED),
        ).fetchone()
        if row is not None:
            count_refused(db, row[0], now_ms=row[1])


def spent(db: sqlite3.Connection, clock_ms: int) -> Spent:
    """What counts against the caps at a moment of the purse's clock."""
    hour = _since(db, clock_ms - HOUR_MS + 1)
    day = _since(db, clock_ms // DAY_MS * DAY_MS)
    month = _since(db, _month_began(clock_ms))
    return Spent(hour[0], day[0], month[0], hour[1], day[1], month[1])


def report(db: sqlite3.Connection, caps: BudgetSection, now_ms: int) -> UsageReport:
    """What was made, shown, refused and spent a day (UTC) and provider, newest first, and what is left of the caps."""
    with reading(db):
        counted = db.execute("SELECT day,provider,made,shown,refused FROM usage_day").fetchall()
        paid = db.execute(
            f"""SELECT booked_at/{DAY_MS},provider,SUM({_BOOKED}) FROM reservation WHERE state<>{_RELEASED}
                GROUP BY 1,2"""
        ).fetchall()
        now = spent(db, _clock(db, now_ms))
    counts = {(day, provider): (made, shown, refused) for day, provider, made, shown, refused in counted}
    money = {(day, provider): booked for day, provider, booked in paid}
    days: list[UsageDay] = []
    for day, provider in sorted(counts.keys() | money.keys(), key=lambda pair: (-pair[0], pair[1])):
        made, shown, refused = counts.get((day, provider), (0, 0, 0))
        days.append(
            {
                "day": (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat(),
                "provider": provider,
                "made": made,
                "shown": shown,
                "refused": refused,
                "spent_usd": money.get((day, provider), 0) / MICROUSD,
            }
        )
    return {"days": days, "left": _left(caps, now)}


def unused(caps: BudgetSection) -> UsageReport:
    """The report of a library in which nothing has happened."""
    return {"days": [], "left": _left(caps, Spent())}


def _left(caps: BudgetSection, now: Spent) -> UsageLeft:
    return {
        "hour_count": left_count(caps.per_hour_count, now.hour_count),
        "day_usd": left_usd(caps.per_day_usd, now.day_microusd),
        "month_usd": left_usd(caps.per_month_usd, now.month_microusd),
    }


def _clock(db: sqlite3.Connection, now_ms: int) -> int:
    limit_ms = now_ms + FARTHEST_AHEAD_MS
    newest = db.execute("SELECT MAX(booked_at) FROM reservation WHERE booked_at<=?", (limit_ms,)).fetchone()[
        0
    ]
    return max(now_ms, newest or 0)


def _bring_back(db: sqlite3.Connection, now_ms: int) -> None:
    """Bookings that a clock made which stood far ahead are made ones of now, and go out of the caps with time.

    Only where an older booking shows that the clock is right now. Else it may be the one that is wrong, as after a
    start with an empty battery: then they stay, and count as made now for as long as that lasts.
    """
    if db.execute("SELECT 1 FROM reservation WHERE booked_at<=? LIMIT 1", (now_ms,)).fetchone():
        db.execute(
            "UPDATE reservation SET booked_at=? WHERE booked_at>?", (now_ms, now_ms + FARTHEST_AHEAD_MS)
        )


def _since(db: sqlite3.Connection, began_ms: int) -> tuple[int, int]:
    count, booked = db.execute(
        f"""SELECT COUNT(*),COALESCE(SUM({_BOOKED}),0) FROM reservation
            WHERE booked_at>=? AND state<>{_RELEASED}""",
        (began_ms,),
    ).fetchone()
    return int(count), int(booked)


def _month_began(clock_ms: int) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=clock_ms)
    month = datetime(moment.year, moment.month, 1, tzinfo=UTC)
    return int(month.timestamp()) * 1000
