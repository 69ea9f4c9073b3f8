"""What is said while nothing, or no music, is heard; times and states are handed in."""

from collections.abc import Callable

import pytest

from artvis.audio.source import SourceKind
from artvis.model.music import MusicState
from artvis.model.notice import Notice
from artvis.pipeline.quiet import QuietWatch

MUSIC = MusicState(silent=False, lufs=-18.0)
SILENT = MusicState(silent=True, lufs=-120.0)
HISS = MusicState(silent=True, lufs=-62.0)
FAINT = MusicState(silent=False, lufs=-57.0)


def _said(
    state_at: Callable[[float], MusicState | None], until_s: float, kind: SourceKind = "system"
) -> list[tuple[float, Notice]]:
    """All that is said, with its time, when a state is there every tenth of a second."""
    watch = QuietWatch(kind, 0.0)
    times = [tenth / 10 for tenth in range(round(until_s * 10))]
    steps = [(t, watch.step(t, state_at(t), "HDMI")) for t in times]
    return [(t, notice) for t, notice in steps if notice is not None]


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        (None, "system", "No sound arrives from HDMI."),
        (SILENT, "system", "HDMI is silent."),
        (SILENT, "mic", "HDMI is silent."),
        (HISS, "mic", "Only noise comes from HDMI, no music."),
        (FAINT, "system", "HDMI is very quiet: -57 LUFS."),
    ],
)
def test_within_three_seconds_it_is_said_once_what_is_heard_instead_of_music(
    state: MusicState | None, kind: SourceKind, words: str
) -> None:
    ((at_s, notice),) = _said(lambda _: state, 60.0, kind)
    assert at_s <= 2.6
    assert notice.text == words
    assert "press a for another" in notice.action.lower()


@pytest.mark.parametrize("state", [None, SILENT, HISS, FAINT])
def test_where_no_key_opens_the_list_none_is_named(state: MusicState | None) -> None:
    notice = QuietWatch("system", 0.0, can_choose=False).step(10.0, state, "HDMI")
    assert notice is not None
    assert "press a" not in notice.action.lower()
    assert notice.action.endswith(".")


def test_of_a_source_just_chosen_it_is_said_whatever_was_said_of_another_and_later_once_a_minute() -> None:
    silent_again = _said(lambda t: MUSIC if 10.0 < t < 20.0 else SILENT, 60.0)
    assert [notice.answer for _, notice in silent_again if not notice.over] == [True, False]


def test_nothing_is_said_of_music_that_begins_in_time_or_pauses_between_two_songs() -> None:
    assert _said(lambda t: SILENT if t < 2.0 or 60.0 < t < 75.0 else MUSIC, 120.0) == []


def test_the_sentence_goes_as_soon_as_music_comes() -> None:
    first, second = _said(lambda t: SILENT if t < 5.0 else MUSIC, 30.0)
    assert second[0] == pytest.approx(5.0)
    assert (second[1].code, second[1].over) == (first[1].code, True)


def test_a_long_silence_later_is_said_once_and_taken_back_with_the_music() -> None:
    said = _said(lambda t: MUSIC if t < 10.0 or t > 100.0 else SILENT, 120.0)
    assert [(round(t), notice.over) for t, notice in said] == [(30, False), (100, True)]


def test_quiet_music_later_is_no_silence() -> None:
    assert _said(lambda t: MUSIC if t < 5.0 else FAINT, 120.0) == []


def test_a_source_that_has_said_itself_why_nothing_comes_is_not_spoken_of_again_until_it_is_silent() -> None:
    watch = QuietWatch("system", 0.0)
    watch.excuse()
    assert watch.step(10.0, None, "HDMI") is None
    notice = watch.step(11.0, SILENT, "HDMI")
    assert notice is not None
    assert notice.text == "HDMI is silent."


@pytest.mark.parametrize("kind", ["file", "demo"])
def test_a_file_may_be_as_silent_as_it_likes(kind: SourceKind) -> None:
    assert _said(lambda _: SILENT, 60.0, kind) == []
