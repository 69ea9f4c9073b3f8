"""The library as a running show uses it: questions go to the store thread, answers come back as events.

Nothing here waits, so the stage may call all of it inside a video frame. SQL stands in `queue`.
"""

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from artvis.errors import ArtvisError, StoreError
from artvis.model.music import MusicState
from artvis.model.notice import Notice
from artvis.model.session import Session
from artvis.pipeline.events import Mailbox, NoticeRaised, QueueRead, StageEvent, VoteTakenBack
from artvis.prompt.taste import UNTAUGHT, Taste, learnt
from artvis.queue import artworks, impressions, lessons, nextup, sessions, votes

READ = 40  # half of it fresh at most, so that an evening of much fresh art still shows the pool
log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


class Questions(Protocol):
    """What asks the library; `queue.store.Store` does it on a thread of its own, a film answers at once."""

    def submit(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]: ...

    def data_version_changed(self) -> Future[bool]: ...


class ShowLibrary:
    """One show, one session, one screen. `now_ms` is the wall clock in milliseconds since 1970 UTC.

    A question that fails is said in a notice and otherwise forgotten: the picture goes on.
    """

    def __init__(
        self,
        store: Questions,
        *,
        mailbox: Mailbox[StageEvent],
        now_ms: Callable[[], int],
        screen: str = "",
        entropy: bytes | None = None,
    ) -> None:
        self._store = store
        self._mailbox = mailbox
        self._now_ms = now_ms
        self._screen = screen
        self._session = store.submit(sessions.canonical, proposal=None, now_ms=now_ms(), entropy=entropy)
        self._session.add_done_callback(self._look_at_failure)
        self._changed: Future[bool] | None = None
        self._showings: dict[str, Future[int]] = {}
        self.impressions = 0

    def session(self) -> Session:
        """The canonical session; waits for the library to be open (not for the stage)."""
        return self._session.result()

    def taste(self) -> Taste:
        """What votes have taught, or nothing if the library does not say; waits for it, so not for the stage."""
        try:
            return learnt(self._store.submit(lessons.lessons).result())
        except StoreError:
            log.exception("no taste")
            return UNTAUGHT

    def recall(self, remember: Callable[[list[tuple[str, str]]], None]) -> None:
        """Tells the last subjects and media of earlier shows, newest first; on the library's thread."""
        self._ask(lambda db: remember(artworks.recent_subjects(db)))

    def read_queue(self, version: int) -> None:
        """Asks what comes next; the answer is a `QueueRead` with the same version stamp."""

        def read(db: sqlite3.Connection) -> None:
            entries = nextup.next_artworks(
                db,
                session_id=self._session.result().id,
                now_ms=self._now_ms(),
                limit=READ,
                fresh_limit=READ // 2,
            )
            self._mailbox.post(QueueRead(version, tuple(entries)))

        self._ask(read)

    def others_wrote(self) -> bool:
        """Whether another process has changed the library, as of the last call's question."""
        if self._changed is None:
            self._changed = self._store.data_version_changed()
            return False
        if not self._changed.done():
            return False
        answer, self._changed = self._changed, None
        return answer.exception() is None and answer.result()

    def record_impression(self, artwork_id: str, music: MusicState) -> None:
        """The picture has been on screen long enough to have been seen."""

        def record(db: sqlite3.Connection) -> int:
            return impressions.record(
                db,
                artwork_id=artwork_id,
                session_id=self._session.result().id,
                now_ms=self._now_ms(),
                screen=self._screen,
                music=music,
            )

        showing = self._ask(record)
        self._showings[artwork_id] = showing
        showing.add_done_callback(self._count)

    def finish_impression(self, artwork_id: str, duration_s: float) -> None:
        """The picture has left the screen; without a recorded impression nothing happens."""
        showing = self._showings.pop(artwork_id, None)
        if showing is None:
            return

        def finish(db: sqlite3.Connection) -> None:
            if showing.exception() is None:
                impressions.finish(db, showing=showing.result(), duration_ms=round(duration_s * 1e3))

        self._ask(finish)

    def vote(self, artwork_id: str, value: int) -> None:
        self._ask(lambda db: votes.cast(db, artwork_id=artwork_id, value=value, now_ms=self._now_ms()))

    def take_back_vote(self) -> None:
        """Undoes the last vote; the answer is a `VoteTakenBack`, or a notice when there is none."""

        def undo(db: sqlite3.Connection) -> None:
            artwork_id = votes.undo_last(db, now_ms=self._now_ms())
            artwork = artworks.get(db, artwork_id) if artwork_id else None
            if artwork is None:
                self._mailbox.post(NoticeRaised(Notice("info", "no-vote", "There is no vote to take back.")))
            else:
                self._mailbox.post(VoteTakenBack(artwork.id, artwork.vote))

        self._ask(undo)

    def _count(self, showing: Future[int]) -> None:
        if showing.exception() is None:
            self.impressions += 1  # on the store's thread only

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> Future[T]:
        answer = self._store.submit(question)
        answer.add_done_callback(self._look_at_failure)
        return answer

    def _look_at_failure(self, answer: Future[Any]) -> None:
        error = answer.exception()
        if error is None:
            return
        log.error("the library did not answer", exc_info=error)
        text = str(error) if isinstance(error, ArtvisError) else "The library did not answer."
        self._mailbox.post(NoticeRaised(Notice("warning", "library", text, "The show goes on.")))
