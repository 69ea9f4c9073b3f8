"""What plays, from real players on a real session bus: mpv with mpv-mpris, and one that lies."""

import logging
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from sessionbus import Notebook, SessionBus, song, wait_until, without_a_bus

from artvis.nowplaying import mpris
from artvis.nowplaying.listener import NowPlayingListener
from artvis.nowplaying.policy import PLAYERS_MAX


class Ears:
    """Listeners that note what they hear, and are stopped in the end."""

    def __init__(self) -> None:
        self._made: list[NowPlayingListener] = []

    def listen(self, environ: Mapping[str, str]) -> Notebook:
        notebook = Notebook()
        listener = NowPlayingListener([partial(mpris.listen, environ=environ)], on_change=notebook.note)
        self._made.append(listener)
        listener.start()
        return notebook

    def stop(self) -> None:
        for listener in self._made:
            listener.stop()


@pytest.fixture
def ears() -> Iterator[Ears]:
    made = Ears()
    yield made
    made.stop()


def test_a_real_player_is_followed_through_pause_next_and_its_end(
    session_bus: SessionBus, ears: Ears, tmp_path: Path
) -> None:
    first = song(tmp_path / "1.flac", title="Blå måndag", artist="Ny Ordning")
    second = song(tmp_path / "2.flac", title="Second", artist="Somebody Else")
    notebook = ears.listen(session_bus.env)
    player = session_bus.mpv(first, second)
    now = notebook.until(lambda now: now.playing and now.artist)
    assert (now.title, now.artist, now.source) == ("Blå måndag", "Ny Ordning", "mpris:mpv")
    session_bus.order("mpv", "Seek", "int64:20000000")
    assert (notebook.until(lambda now: (now.position_s or 0.0) > 19.0).position_s or 0.0) < 40.0
    session_bus.order("mpv", "Pause")
    assert notebook.until(lambda now: not now.playing).title == "Blå måndag"
    session_bus.order("mpv", "Play")
    notebook.until(lambda now: now.playing)
    assert notebook.tracks == ["Blå måndag"], "a pause is no new track"
    session_bus.order("mpv", "Next")
    assert notebook.until(lambda now: now.title == "Second").artist == "Somebody Else"
    wait_until(lambda: notebook.tracks == ["Blå måndag", "Second"])
    player.terminate()
    player.communicate()
    assert notebook.until(lambda now: not now.title).source == ""


def test_a_player_that_was_there_before_is_found_with_its_position(
    session_bus: SessionBus, ears: Ears
) -> None:
    player = session_bus.fake("old.instance_1_7")
    player.say("Old", artist=["A", "B"], position_us=61_500_000)
    now = ears.listen(session_bus.env).until(lambda now: now.title == "Old")
    assert (now.artist, now.position_s, now.source) == ("A, B", 61.5, "mpris:old")


def test_a_player_that_says_only_that_something_changed_is_asked_what(
    session_bus: SessionBus, ears: Ears
) -> None:
    player = session_bus.fake("terse")
    notebook = ears.listen(session_bus.env)
    player.say("First")
    notebook.until(lambda now: now.title == "First")
    player.say("Asked for", silently=True)
    player.order("invalidate")
    notebook.until(lambda now: now.title == "Asked for")


def test_a_player_that_says_a_thousand_times_that_something_changed_is_asked_a_few_times(
    session_bus: SessionBus, ears: Ears
) -> None:
    player = session_bus.fake("nervous")
    notebook = ears.listen(session_bus.env)
    player.say("First")
    notebook.until(lambda now: now.title == "First")
    player.order("invalidate", times=1_000)
    player.say("Last", silently=True)
    player.order("invalidate")
    notebook.until(lambda now: now.title == "Last")
    assert int(player.order("asked")) < 100


def test_players_that_go_in_the_moment_in_which_they_come_take_no_place(
    session_bus: SessionBus, ears: Ears
) -> None:
    notebook = ears.listen(session_bus.env)
    restless = session_bus.fake("restless")
    restless.say("Restless")
    notebook.until(lambda now: now.title == "Restless")
    restless.order("come and go", times=2 * PLAYERS_MAX)
    other = session_bus.fake("other")
    other.say("Other")
    notebook.until(lambda now: now.title == "Other")


def test_of_two_players_the_one_that_plays_is_believed_and_the_other_when_it_is_alone(
    session_bus: SessionBus, ears: Ears, tmp_path: Path
) -> None:
    other = session_bus.fake("other")
    other.say("Paused", status="Paused")
    notebook = ears.listen(session_bus.env)
    notebook.until(lambda now: now.title == "Paused")
    real = session_bus.mpv(song(tmp_path / "1.flac", title="Real", artist="Band"))
    notebook.until(lambda now: now.title == "Real" and now.playing)
    other.say("Paused too", status="Paused")
    other.say("Chime")
    other.say("Chime", status="Stopped")
    session_bus.order("mpv", "Pause")
    notebook.until(lambda now: not now.playing)
    other.say("Other")
    notebook.until(lambda now: now.title == "Other")
    assert notebook.tracks == ["Real", "Other"]
    other.end()
    notebook.until(lambda now: now.title == "Real")
    real.terminate()
    real.communicate()
    notebook.until(lambda now: not now.title)


# A null byte is refused by the bus already; everything else reaches us.
HOSTILE = (
    ("A" * 1_000, {"times": 10_000}, "A" * 200),  # ten megabytes
    ("\x1b[31mred\r\nline\x07", {}, "[31mred line"),
    ("\u202egnos\u202c \u2067x\u2069", {}, "gnos x"),
    ("Z" + "\u0311" * 5_000, {}, "Z\u0311\u0311\u0311"),
    ("a\ufffeb\U000f0000c", {}, "abc"),
    ("Honest", {}, "Honest"),
)


def test_hostile_metadata_is_cleaned_and_the_next_track_is_heard(session_bus: SessionBus, ears: Ears) -> None:
    player = session_bus.fake("liar")
    notebook = ears.listen(session_bus.env)
    for title, more, expected in HOSTILE:
        player.say(title, **more)
        notebook.until(lambda now, expected=expected: now.title == expected)
    assert notebook.tracks == [expected for _, _, expected in HOSTILE]


def test_metadata_of_a_wrong_type_says_nothing_and_a_picture_in_an_address_is_none(
    session_bus: SessionBus, ears: Ears
) -> None:
    player = session_bus.fake("liar")
    notebook = ears.listen(session_bus.env)
    player.say(42)
    player.say("Title", art_url="data:image/png;base64," + "A" * 100_000)
    assert notebook.until(lambda now: now.title).art_url == ""
    assert [each.now.title for each in notebook.said] == ["Title"]


def test_a_bus_throws_out_who_sends_no_utf8_and_the_player_counts_as_gone(
    session_bus: SessionBus, ears: Ears
) -> None:
    player = session_bus.fake("liar")
    notebook = ears.listen(session_bus.env)
    player.say("Before")
    notebook.until(lambda now: now.title == "Before")
    assert player.order("raw", title="XXXX") == "thrown out"
    notebook.until(lambda now: not now.title)
    assert [each.now.title for each in notebook.said] == ["Before", ""]


def test_a_flood_is_a_few_changes_and_players_that_hang_keep_nobody_back(
    session_bus: SessionBus, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mpris, "ANSWER_S", 60.0)
    hanging = [session_bus.fake(name) for name in ("hanging", "sleeping")]
    player = session_bus.fake("flooding")
    for each in hanging:
        each.hang()
    notebook = ears.listen(session_bus.env)
    player.order("flood", title="Flood", times=2_000)
    notebook.until(lambda now: now.title == "Flood 1999")
    assert len(notebook.said) < 100


def test_a_bus_that_dies_ends_all_players_and_a_new_one_is_found(session_bus: SessionBus, ears: Ears) -> None:
    notebook = ears.listen(session_bus.env)
    session_bus.fake("one").say("Before")
    notebook.until(lambda now: now.title == "Before")
    session_bus.stop()
    notebook.until(lambda now: not now.title)
    session_bus.start()
    session_bus.fake("two").say("After")
    notebook.until(lambda now: now.title == "After")


def test_without_a_session_bus_there_is_one_line_in_the_log_and_nothing_else(
    ears: Ears, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mpris, "AGAIN_S", (0.01,))
    with caplog.at_level(logging.INFO):
        notebook = ears.listen(without_a_bus({}))
        wait_until(lambda: bool(caplog.records))
        ears.stop()
    assert [record.getMessage() for record in caplog.records] == [
        "no session bus, so players are not asked: FileNotFoundError"
    ]
    assert notebook.said == []
