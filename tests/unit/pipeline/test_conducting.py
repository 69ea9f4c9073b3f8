"""When each back end of a show paints: alone, as the filler beside a network, and after a failure."""

import itertools

import numpy as np
import pytest
from listener import evening

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.painters.paint import paint
from artvis.palette.colour import lab_of_hex
from artvis.palette.extract import of_picture
from artvis.pipeline.conducting import Commission, Conductor, Memory
from artvis.pipeline.showing import Stock
from artvis.prompt.compose import Prompt
from artvis.prompt.taste import Lesson, Taste, learnt

QUIET = MusicState()
PLAYING = MusicState(silent=False, bpm=120, confidence=0.9, key="A minor", section="A")


def conductor(*, filler: bool = False, paid: bool = False, memory: Memory | None = None) -> Conductor:
    return Conductor(
        ArtSection(), seed=5, memory=memory or Memory(), offline=not paid, paid=paid, filler=filler
    )


def moments(one: Conductor, until_s: float, stock: Stock, music: MusicState = PLAYING) -> list[float]:
    """When it paints, looked at ten times a second."""
    return [
        tenth / 10
        for tenth in range(round(until_s * 10))
        if one.consider(tenth / 10, music, stock) is not None
    ]


def commission(one: Conductor, now_s: float, stock: Stock | None = None) -> Commission:
    made = one.consider(now_s, PLAYING, stock or Stock())
    assert made is not None
    return made


def test_the_first_picture_is_painted_at_once_in_silence_too() -> None:
    assert moments(conductor(), 1.0, Stock(), QUIET) == [0.0]


def test_an_offline_painter_keeps_two_pictures_ahead_and_a_gap_of_eight_seconds() -> None:
    assert moments(conductor(), 30.0, Stock(unseen_ahead=0)) == [0.0, 8.0, 16.0, 24.0]
    assert moments(conductor(), 30.0, Stock(unseen_ahead=2)) == [0.0]


def test_a_paid_back_end_keeps_a_minute_between_two_calls() -> None:
    assert moments(conductor(paid=True), 130.0, Stock()) == [0.0, 60.0, 120.0]


def test_a_paid_back_end_stops_after_twenty_seconds_of_silence() -> None:
    assert moments(conductor(paid=True), 300.0, Stock(), QUIET) == [0.0]


def test_a_key_press_is_one_picture_at_once() -> None:
    one = conductor()
    commission(one, 0.0)
    assert commission(one, 1.0, Stock(unseen_ahead=5, asked=1)).asked
    assert one.consider(1.1, PLAYING, Stock(unseen_ahead=5, asked=1)) is None


def test_a_filler_paints_the_first_picture_and_nothing_while_another_is_ahead() -> None:
    assert moments(conductor(filler=True), 60.0, Stock(unseen_ahead=1)) == [0.0]


def test_a_filler_paints_again_when_nothing_has_been_ahead_for_six_seconds() -> None:
    one = conductor(filler=True)
    commission(one, 0.0)
    assert one.consider(20.0, PLAYING, Stock(unseen_ahead=1)) is None
    assert one.consider(20.1, PLAYING, Stock(unseen_ahead=0)) is None
    assert one.consider(26.0, PLAYING, Stock(unseen_ahead=0)) is None
    assert one.consider(26.2, PLAYING, Stock(unseen_ahead=0)) is not None


def test_a_filler_leaves_a_key_press_to_the_network_but_paints_when_that_fails() -> None:
    one = conductor(filler=True)
    commission(one, 0.0)
    assert one.consider(1.0, PLAYING, Stock(unseen_ahead=3, asked=1)) is None
    one.owe()
    assert commission(one, 1.1, Stock(unseen_ahead=3, asked=1)).asked


def test_two_back_ends_never_paint_the_same_subject_in_the_same_medium() -> None:
    memory = Memory()
    offline, paid = conductor(memory=memory), conductor(paid=True, memory=memory)
    made = [
        (each.prompt.subject, each.prompt.medium)
        for minute in range(10)
        for each in (commission(offline, 60.0 * minute), commission(paid, 60.0 * minute))
    ]
    assert len(set(made)) == len(made) == 20


def test_two_pictures_in_a_row_are_never_by_the_same_painter() -> None:
    one = conductor()
    painters = [commission(one, 10.0 * turn).prompt.painter for turn in range(12)]
    assert all(before != after for before, after in itertools.pairwise(painters))


def test_a_title_reaches_a_prompt_and_the_library_only_where_it_may() -> None:
    for allowed in (False, True):
        one = Conductor(
            ArtSection(use_song_text=allowed), seed=5, memory=Memory(), song=lambda: 'Blue "Monday" <lora:x>'
        )
        made = commission(one, 0.0)
        assert ('Evoking the words "Blue Monday lora x"' in made.prompt.positive) == allowed
        assert made.song == ('Blue "Monday" <lora:x>' if allowed else "")
        assert ("Monday" in repr(made)) == allowed


def test_the_same_song_and_history_is_painted_the_same() -> None:
    assert commission(conductor(), 0.0).prompt == commission(conductor(), 99.0).prompt


def test_every_picture_says_why_it_was_painted() -> None:
    assert commission(conductor(), 0.0).prompt.reasons[0] == "painted because the show begins"


def _evening(preferences: ArtSection | None = None, *, offline: bool = False) -> list[Prompt]:
    """The prompts of 24 songs of four sections each."""
    one = Conductor(preferences or ArtSection(), seed=3, memory=Memory(), offline=offline)
    made = [one.consider(60.0 * at, music, Stock()) for at, music in enumerate(evening(11))]
    return [each.prompt for each in made if each is not None]


@pytest.mark.parametrize("offline", [False, True])
def test_over_24_songs_nothing_comes_twice_in_twenty_and_every_prompt_names_its_palette(
    *, offline: bool
) -> None:
    shown = _evening(offline=offline)
    assert len(shown) == 96
    pairs = [(prompt.subject, prompt.medium) for prompt in shown]
    for at, pair in enumerate(pairs):
        assert pair not in pairs[max(0, at - 20) : at]
    for prompt in shown:
        assert all(prompt.palette.names[index] in prompt.positive for index in (1, 3, 5))
    assert shown == _evening(offline=offline)


def test_the_stage_shows_the_palette_that_the_prompt_names() -> None:
    for prompt in _evening(offline=True)[::24]:
        pixels = paint(prompt.painter, prompt.mood, prompt.palette, prompt.seed, (256, 144))
        shown = np.stack([lab_of_hex(code) for code in of_picture(pixels)])
        away = np.linalg.norm(prompt.palette.lab()[:, None] - shown[None], axis=-1).min(axis=1)
        assert (away < 0.08).sum() >= 4, prompt.painter


def test_each_preference_changes_the_prompts_of_24_songs_as_it_says() -> None:
    plain = _evening()
    styled = _evening(ArtSection(styles=("linocut", "art deco", "wet felt")))
    assert {prompt.style for prompt in styled} == {"linocut", "art deco", "wet felt"}
    named = _evening(ArtSection(artists="Zoe Zett"))
    assert all("In the manner of Zoe Zett." in prompt.positive for prompt in named)
    assert [prompt.subject for prompt in named] == [prompt.subject for prompt in plain]
    held = _evening(ArtSection(dynamic_mode=False))
    assert len({prompt.medium for prompt in held}) == 1
    assert len({prompt.style for prompt in plain}) > 5
    held = _evening(ArtSection(styles=("linocut", "art deco"), dynamic_mode=False))
    assert {prompt.style for prompt in held} == {"linocut"}


def test_a_vote_counts_for_the_next_picture() -> None:
    votes: list[Lesson] = []

    def taste() -> Taste:
        return learnt(votes)

    one, other = (Conductor(ArtSection(), seed=5, memory=Memory(), taste=each) for each in (taste, Taste))
    first = commission(one, 0.0).prompt
    assert first == commission(other, 0.0).prompt
    votes += [Lesson(-1, style=first.style)] * 5
    after = [[commission(each, 60.0 * turn).prompt.style for turn in (1, 2, 3)] for each in (one, other)]
    assert after[1] == [first.style] * 3
    assert after[0].count(first.style) < 2  # one of them may be there to find out more
