import pytest

from artvis.app.listening_sources import ADVICE, Listed, conclusion, pick
from artvis.audio.levels import PLAYS, Verdict, Words
from artvis.audio.source import SourceInfo
from artvis.cli.sources import as_json, lines


def _row(name: str, words: Words | None, *, chosen: bool = False) -> Listed:
    info = SourceInfo(
        f"system:{name}", "system", name.title(), default=chosen, chosen=chosen, reason="a reason"
    )
    return Listed(info, Verdict(-20.0, words) if words else None)


def test_the_chosen_source_is_picked_while_it_plays_music_or_nothing_does() -> None:
    for chosen_words, other_words in (("music", "music"), ("silence", "silence"), (None, None)):
        rows = [_row("other", other_words), _row("main", chosen_words, chosen=True)]
        assert pick(rows) is rows[1]


def test_a_source_with_music_is_picked_over_a_silent_default() -> None:
    rows = [_row("main", "very quiet", chosen=True), _row("other", "music")]
    assert pick(rows) is rows[1]


@pytest.mark.parametrize("words", sorted(PLAYS - {"music"}))
def test_music_that_is_not_as_it_should_be_is_picked_when_nothing_better_plays(words: Words) -> None:
    rows = [_row("main", "noise", chosen=True), _row("other", words)]
    assert pick(rows) is rows[1]
    assert pick([*rows, _row("third", "music")]).info.id == "system:third"  # type: ignore[union-attr]


def test_after_listening_it_is_said_where_the_music_is_and_what_is_wrong_with_it() -> None:
    assert conclusion(_row("main", "music", chosen=True)) == []
    assert conclusion(_row("main", None, chosen=True)) == conclusion(None) == []
    assert conclusion(_row("main", "silence", chosen=True)) == [f"Main: silence; {ADVICE['silence']}."]
    first, second = conclusion(_row("other", "one channel only"))
    assert first == "The music is on system:other: artvis show --source system:other"
    assert second.startswith("Other: one channel only; check the cable")


def test_the_demo_is_not_picked_because_it_always_plays() -> None:
    demo = Listed(
        SourceInfo("demo", "demo", "demo", default=False, chosen=False, reason=""), Verdict(-17.0, "music")
    )
    assert pick([_row("main", "silence", chosen=True), demo]).info.id == "system:main"  # type: ignore[union-attr]


def test_a_line_has_everything_and_level_and_verdict_only_after_listening() -> None:
    assert lines([_row("main", None, chosen=True)]) == ["* system:main  system  default  Main: a reason"]
    heard = lines([_row("main", "music", chosen=True)])[0]
    assert heard == "* system:main  system  default  music               -20.0 LUFS  Main: a reason"
    assert "verdict" not in as_json(_row("main", None))
    assert as_json(_row("main", "music"))["verdict"] == "music"


def test_titles_stand_below_each_other_whether_a_source_was_opened_or_not() -> None:
    table = lines([_row("main", "music", chosen=True), _row("other", None), _row("third", "no data")])
    assert (
        len(
            {
                line.index(": a reason") - len(title)
                for line, title in zip(table, ("Main", "Other", "Third"), strict=True)
            }
        )
        == 1
    )
