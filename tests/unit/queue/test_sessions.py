"""Canonical sessions."""

import uuid

from libraries import Library

from artvis.queue import sessions

NOW_MS = 1_700_000_000_000
DAY_MS = 86_400_000
NEW = "0199c0de-0000-7000-8000-000000000001"


def test_a_start_without_a_proposal_goes_on_with_the_latest_session(library: Library) -> None:
    again = sessions.canonical(library.db, proposal=None, now_ms=NOW_MS + DAY_MS - 1)
    assert (again.id, again.replaced) == (library.session, False)


def test_use_keeps_a_session_alive_for_a_day_more(library: Library) -> None:
    sessions.canonical(library.db, proposal=None, now_ms=NOW_MS + DAY_MS - 1)
    later = sessions.canonical(library.db, proposal=library.session, now_ms=NOW_MS + 2 * DAY_MS - 2)
    assert later.id == library.session


def test_after_a_day_without_use_there_is_a_new_session(library: Library) -> None:
    new = sessions.canonical(library.db, proposal=None, now_ms=NOW_MS + DAY_MS)
    assert new.id != library.session
    assert not new.replaced
    assert uuid.UUID(new.id).version == 7


def test_a_proposal_that_is_known_and_alive_is_taken(library: Library) -> None:
    sessions.canonical(library.db, proposal=NEW, now_ms=NOW_MS + 5)
    old = sessions.canonical(library.db, proposal=library.session, now_ms=NOW_MS + 6)
    assert (old.id, old.replaced) == (library.session, False)


def test_a_proposal_that_is_new_is_taken(library: Library) -> None:
    taken = sessions.canonical(library.db, proposal=NEW, now_ms=NOW_MS)
    assert (taken.id, taken.replaced) == (NEW, False)
    assert sessions.number(library.db, NEW) is not None


def test_an_expired_proposal_is_replaced(library: Library) -> None:
    new = sessions.canonical(library.db, proposal=library.session, now_ms=NOW_MS + DAY_MS)
    assert new.replaced
    assert new.id != library.session


def test_the_session_of_another_person_is_replaced(library: Library) -> None:
    library.db.execute("UPDATE session SET user_id=2")
    new = sessions.canonical(library.db, proposal=library.session, now_ms=NOW_MS)
    assert new.replaced
    assert new.id != library.session
    assert sessions.number(library.db, library.session) is None


def test_the_session_of_another_person_is_never_the_latest_one(library: Library) -> None:
    library.db.execute("UPDATE session SET user_id=2")
    assert sessions.latest(library.db, now_ms=NOW_MS) is None


def test_a_proposal_that_is_no_id_is_replaced(library: Library) -> None:
    assert sessions.canonical(library.db, proposal="'; DROP TABLE session", now_ms=NOW_MS).replaced


def test_a_clock_set_back_does_not_shorten_a_session(library: Library) -> None:
    sessions.touch(library.db, library.session, now_ms=NOW_MS - DAY_MS)
    alive = sessions.latest(library.db, now_ms=NOW_MS)
    assert alive is not None
    assert alive.expires_at_ms == NOW_MS + DAY_MS
