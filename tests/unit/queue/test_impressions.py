"""What was shown."""

import json

from libraries import Library

from artvis.model.music import MusicState
from artvis.queue import artworks, gaps, impressions, jobs


def test_a_showing_keeps_session_screen_time_and_music(library: Library) -> None:
    made = library.make()
    showing = impressions.record(
        library.db,
        artwork_id=made,
        session_id=library.session,
        now_ms=library.now_ms,
        screen="HDMI-1",
        music=MusicState(t_s=3.0, bpm=120.0, key="A minor", valence=0.25),
    )
    impressions.finish(library.db, showing=showing, duration_ms=21_000)
    screen, started, duration, music = library.db.execute(
        "SELECT screen,started_at,duration_ms,music FROM showing WHERE showing_id=?", (showing,)
    ).fetchone()
    assert (screen, started, duration) == ("HDMI-1", library.now_ms, 21_000)
    assert json.loads(music)["key"] == "A minor"
    assert json.loads(music)["valence"] == 0.25


def test_the_first_impression_stays_the_first(library: Library) -> None:
    made = library.make()
    library.see(made)
    library.wait(1000)
    library.see(made)
    rows = library.db.execute("SELECT seen_at FROM impression").fetchall()
    assert rows == [(library.now_ms - 1000,)]
    assert library.db.execute("SELECT COUNT(*) FROM showing").fetchone() == (2,)


def test_a_picture_deleted_while_it_was_shown_is_no_fault(library: Library) -> None:
    made = library.make()
    artworks.delete(library.db, made, library.now_ms)
    assert library.see(made) == 0
    assert library.see("") == 0
    assert library.faults() == []


def test_a_preview_that_was_seen_is_seen_when_its_artwork_is_complete(library: Library) -> None:
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    assert library.see(begun) > 0
    library.complete(begun)
    other = library.make()
    library.wait(16 * 60_000)
    assert library.next_ids() == [other, begun]
    assert library.db.execute("SELECT made,shown FROM usage_day").fetchall() == [(2, 1)]
    assert gaps.all_gaps(library.db, pool=1) == [(0, 0), (2, 1 << 62)]
    assert library.faults() == []


def test_what_was_seen_of_a_painting_that_failed_is_forgotten(library: Library) -> None:
    before = list(library.db.iterdump())
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    library.see(begun)
    artworks.roll_back(library.db, begun)
    begun = artworks.begin(library.db, session_id=library.session, now_ms=library.now_ms)
    library.see(begun)
    jobs.sweep(library.db, now_ms=library.now_ms + jobs.LEASE_MS)
    assert list(library.db.iterdump()) == before


def test_viewing_newest_first_keeps_two_ranges(library: Library) -> None:
    for _ in range(30):
        library.make()
    library.wait(16 * 60_000)
    for _ in range(20):
        library.see(library.next_ids()[0])
    assert gaps.all_gaps(library.db, pool=1) == [(0, 10), (31, 1 << 62)]


def test_a_showing_keeps_the_session_alive(library: Library) -> None:
    made = library.make()
    library.wait(3_600_000)
    library.see(made)
    expires = library.db.execute("SELECT expires_at FROM session").fetchone()[0]
    assert expires == library.now_ms + 86_400_000
