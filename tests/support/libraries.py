"""A library in memory, and a small vocabulary for making art in it."""

import hashlib
import sqlite3
from functools import cache
from pathlib import Path

from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, checks, impressions, nextup, schema, sessions, votes

NOW_MS = 1_700_000_000_000
MINUTE_MS = 60_000
DAY_MS = 86_400_000


class Library:
    """One library and the session in which things happen; its clock moves only when a test says so."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.now_ms = NOW_MS
        self.session = sessions.canonical(db, proposal=None, now_ms=NOW_MS).id
        self._made = 0

    def wait(self, ms: int) -> None:
        self.now_ms += ms

    def new_session(self) -> None:
        self.session = sessions.canonical(
            self.db, proposal=f"00000000-0000-7000-8000-{self.now_ms % 10**12:012d}", now_ms=self.now_ms
        ).id

    def make(self, provider: str = "painter") -> str:
        artwork_id = artworks.begin(self.db, session_id=self.session, now_ms=self.now_ms)
        self.complete(artwork_id, provider)
        return artwork_id

    def complete(self, artwork_id: str, provider: str = "painter", session_id: str = "") -> None:
        self._made += 1
        artworks.complete(
            self.db,
            artwork_id,
            sha256=hashlib.sha256(artwork_id.encode()).hexdigest(),
            size_bytes=36,
            width=16,
            height=9,
            detail=ArtworkDetail(provider, subject=f"subject {self._made}", medium="ink", prompt="a lake"),
            now_ms=self.now_ms,
            session_id=session_id,
        )

    def see(self, artwork_id: str) -> int:
        return impressions.record(
            self.db, artwork_id=artwork_id, session_id=self.session, now_ms=self.now_ms, screen="test"
        )

    def vote(self, artwork_id: str, value: int) -> None:
        votes.cast(self.db, artwork_id=artwork_id, value=value, now_ms=self.now_ms)

    def next_ids(self, limit: int = 20) -> list[str]:
        return [
            entry.id
            for entry in nextup.next_artworks(
                self.db, session_id=self.session, now_ms=self.now_ms, limit=limit
            )
        ]

    def faults(self) -> list[str]:
        return [finding.text for finding in checks.broken_rows(self.db)]


@cache
def _empty() -> bytes:
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(db, Path())
    data = db.serialize()
    db.close()
    return data


def in_memory() -> sqlite3.Connection:
    """A new library that is in no file."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.deserialize(_empty())
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA automatic_index=OFF")
    return db
