"""A process that works on a library until it is killed, saying on stdout what it is about to do and what is done.

    python library_worker.py FOLDER SEED

`will vote ID V` before a vote, then one line for each thing that is acknowledged: made, failed, seen, voted, booked.
"""

import random
import sys
import time
from pathlib import Path

from artvis.model.artwork import ArtworkDetail
from artvis.model.sections import BudgetSection
from artvis.queue import artworks, impressions, sessions, usage, votes
from artvis.queue.store import Store

CAPS = BudgetSection(per_hour_count=100_000, per_day_usd=0, per_month_usd=0)


class Worker:
    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.store = Store(folder)
        self.session = self.store.run(sessions.canonical, proposal=None, now_ms=_now_ms()).id
        page = self.store.run(artworks.list_artworks, limit=20)
        self.ids = [artwork.id for artwork in page]

    def work(self) -> None:
        what = [self.make, self.make, self.fail, self.see, self.vote, self.vote, self.book]
        while True:
            self.chance.choice(what)()

    def make(self) -> None:
        begun = self.store.run(artworks.begin, session_id=self.session, now_ms=_now_ms())
        data = self.chance.randbytes(self.chance.randrange(1000, 60_000))
        sha256 = self.store.blobs.put(data)
        self.store.run(
            artworks.complete,
            begun,
            sha256=sha256,
            size_bytes=len(data),
            width=16,
            height=9,
            detail=ArtworkDetail("painter", subject="a lake"),
            now_ms=_now_ms(),
        )
        self.ids.append(begun)
        _say("made", begun, sha256)

    def fail(self) -> None:
        begun = self.store.run(artworks.begin, session_id=self.session, now_ms=_now_ms())
        self.store.run(artworks.roll_back, begun)
        _say("failed", begun)

    def see(self) -> None:
        if self.ids:
            seen = self.chance.choice(self.ids)
            showing = self.store.run(
                impressions.record, artwork_id=seen, session_id=self.session, now_ms=_now_ms()
            )
            _say("seen", seen, str(showing))

    def vote(self) -> None:
        if self.ids:
            artwork_id, value = self.chance.choice(self.ids), self.chance.choice([-1, 0, 1])
            _say("will", "vote", artwork_id, str(value))
            self.store.run(votes.cast, artwork_id=artwork_id, value=value, now_ms=_now_ms())
            _say("voted", artwork_id, str(value))

    def book(self) -> None:
        booking = self.store.run(
            usage.reserve, provider="openai", artwork_id="", estimate_usd=0.01, caps=CAPS, now_ms=_now_ms()
        )
        if isinstance(booking, usage.Reservation):
            _say("booked", str(booking.id))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _say(*words: str) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    Worker(Path(sys.argv[1]), int(sys.argv[2])).work()
