"""What was made, shown and refused, counted a day and a provider, so that `usage` need not walk the library.

Money is not counted here: `usage` keeps a row for each paid call.
"""

import sqlite3

DAY_MS = 86_400_000


def count_made(db: sqlite3.Connection, provider: str, *, now_ms: int) -> None:
    _count(db, "made", provider, now_ms)


def count_shown(db: sqlite3.Connection, provider: str, *, now_ms: int) -> None:
    _count(db, "shown", provider, now_ms)


def count_refused(db: sqlite3.Connection, provider: str, *, now_ms: int) -> None:
    _count(db, "refused", provider, now_ms)


def _count(db: sqlite3.Connection, column: str, provider: str, now_ms: int) -> None:
    """Inside the transaction of what is counted."""
    db.execute(
        f"""INSERT INTO usage_day(day,provider,{column}) VALUES(?,?,1)
            ON CONFLICT(day,provider) DO UPDATE SET {column}={column}+1""",
        (now_ms // DAY_MS, provider),
    )
