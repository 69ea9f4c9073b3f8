"""Who is believed, and what is a change of track; times are numbers."""

import pytest

from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.policy import HOLD_S, PLAYERS_MAX, SETTLE_S, Desk, Settled


def track(title: str, *, artist: str = "", playing: bool = True, position_s: float = 0.0) -> NowPlaying:
    return NowPlaying(title, artist, playing=playing, position_s=position_s)


class Day:
    """A desk, and what it said when it was looked at whenever it was due."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.said: list[tuple[float, Settled]] = []

    def at(self, at_s: float, name: str, now: NowPlaying | None) -> None:
        self.until(at_s)
        self.desk.tell(name, now, at_s)

    def until(self, at_s: float) -> None:
        while (due_s := self.desk.due_s) is not None and due_s <= at_s:
            settled = self.desk.settle(due_s)
            if settled is not None:
                self.said.append((due_s, settled))

    @property
    def titles(self) -> list[tuple[float, str]]:
        return [(at_s, settled.now.title) for at_s, settled in self.said]

    @property
    def tracks(self) -> list[str]:
        return [settled.now.title for _, settled in self.said if settled.track_changed]


@pytest.fixture
def day() -> Day:
    return Day()


def test_what_comes_in_pieces_within_half_a_second_is_one_change(day: Day) -> None:
    day.at(10.0, "mpv", track("file.mp3"))
    day.at(10.2, "mpv", track("Title"))
    day.at(10.4, "mpv", track("Title", artist="Artist"))
    day.until(20.0)
    assert day.said == [(10.0 + SETTLE_S, Settled(track("Title", artist="Artist"), track_changed=True))]


def test_a_pause_and_a_new_position_are_said_and_are_no_new_track(day: Day) -> None:
    day.at(0.0, "mpv", track("A"))
    day.at(5.0, "mpv", track("A", playing=False))
    day.at(9.0, "mpv", track("A", position_s=60.0))
    day.until(20.0)
    assert [(settled.now.playing, settled.now.position_s) for _, settled in day.said] == [
        (True, 0.0),
        (False, 0.0),
        (True, 60.0),
    ]
    assert day.tracks == ["A"]


def test_what_is_chosen_while_paused_counts_when_it_plays(day: Day) -> None:
    day.at(0.0, "mpv", track("A"))
    day.at(5.0, "mpv", track("A", playing=False))
    day.at(6.0, "mpv", track("B", playing=False))
    day.until(8.0)
    assert day.tracks == ["A"]
    day.at(9.0, "mpv", track("B"))
    day.until(20.0)
    assert day.tracks == ["A", "B"]


def test_another_artist_or_album_is_another_track(day: Day) -> None:
    day.at(0.0, "mpv", track("Hallelujah", artist="Cohen"))
    day.at(9.0, "mpv", track("Hallelujah", artist="Buckley"))
    day.until(20.0)
    assert day.tracks == ["Hallelujah", "Hallelujah"]


def test_one_that_plays_beats_one_that_is_paused_whichever_spoke_last(day: Day) -> None:
    day.at(0.0, "plays", track("A"))
    day.at(1.0, "paused", track("B", playing=False))
    day.until(30.0)
    assert day.titles == [(0.5, "A")]


def test_of_two_that_play_the_newer_one_wins_once_it_has_played_on(day: Day) -> None:
    day.at(0.0, "old", track("A"))
    day.at(60.0, "new", track("B"))
    day.until(90.0)
    assert day.titles == [(SETTLE_S, "A"), (60.0 + HOLD_S, "B")]
    day.at(90.0, "old", track("C"))
    day.until(120.0)
    assert day.titles[-1] == (90.0 + HOLD_S, "C")


def test_a_chime_is_not_a_track_and_takes_nothing_away(day: Day) -> None:
    day.at(0.0, "music", track("A"))
    day.at(60.0, "tab", track("chime"))
    day.at(61.5, "tab", track("chime", playing=False))
    day.at(70.0, "tab", None)
    day.until(99.0)
    assert day.titles == [(SETTLE_S, "A")]


def test_when_the_believed_one_pauses_the_other_one_that_plays_is_heard_soon(day: Day) -> None:
    day.at(0.0, "a", track("A"))
    day.at(60.0, "b", track("B"))
    day.at(61.0, "a", track("A", playing=False))
    day.until(99.0)
    assert day.titles == [(SETTLE_S, "A"), (61.0 + SETTLE_S, "B")]


def test_a_gap_of_a_moment_between_two_tracks_does_not_let_another_player_in(day: Day) -> None:
    day.at(0.0, "b", track("B"))
    day.at(10.0, "a", track("A"))
    day.until(50.0)
    day.at(60.0, "a", track("A", playing=False))
    day.at(60.3, "a", track("A2"))
    day.until(99.0)
    assert [title for _, title in day.titles] == ["B", "A", "A2"]


def test_when_a_player_goes_the_next_best_is_said_or_nothing(day: Day) -> None:
    day.at(0.0, "a", track("A", playing=False))
    day.at(1.0, "b", track("B"))
    day.at(9.0, "b", None)
    day.until(20.0)
    assert [title for _, title in day.titles] == ["A", "B", "A"]
    day.at(21.0, "a", None)
    day.until(30.0)
    assert day.said[-1][1] == Settled(NowPlaying(), track_changed=False)
    assert day.tracks == ["B"]


def test_what_has_no_title_is_no_news_and_a_title_that_vanishes_is_gone(day: Day) -> None:
    day.at(0.0, "a", track("", artist="somebody"))
    day.until(5.0)
    assert day.said == []
    day.at(6.0, "a", track("A"))
    day.at(9.0, "a", track(""))
    day.until(20.0)
    assert [title for _, title in day.titles] == ["A", ""]


def test_a_player_that_changes_without_end_is_heard_twice_a_second_at_most(day: Day) -> None:
    for number in range(1000):
        day.at(number / 100, "mad", track(str(number)))
    day.until(20.0)
    assert len(day.said) <= 10.0 / SETTLE_S + 1
    assert day.titles[-1][1] == "999"


def test_a_waiting_player_does_not_hold_up_news_of_the_present_one(day: Day) -> None:
    day.at(0.0, "a", track("A"))
    day.at(60.0, "b", track("B"))
    day.at(60.6, "a", track("A", position_s=3.0))
    day.until(61.2)
    assert day.said[-1][0] == 60.6 + SETTLE_S


def test_no_number_of_players_fills_the_memory(day: Day) -> None:
    for number in range(10_000):
        day.at(0.0, str(number), track("x"))
    assert len(day.desk._claims) == PLAYERS_MAX
