import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.painters.paint import PAINTERS
from artvis.prompt import vocabulary
from artvis.prompt.compose import Prompt, compose, size_of
from artvis.prompt.subjects import SUBJECTS
from artvis.prompt.taste import UNTAUGHT, Lesson, learnt, temperature

CALM = MusicState(valence=0.3, arousal=0.1, key="A minor", bpm=64, centroid_hz=700, onset_rate_hz=0.8)
WILD = MusicState(valence=0.4, arousal=0.95, key="E major", bpm=172, centroid_hz=4800, onset_rate_hz=7)
ALL = ArtSection()
SUBJECT_TEXTS = [subject.text for subject in SUBJECTS]


def _compose(music: MusicState = CALM, preferences: ArtSection = ALL, **options: object) -> Prompt:
    return compose(music, preferences, **{"history": (), "seed": 7, **options})


def _show(
    count: int, music: MusicState = CALM, preferences: ArtSection = ALL, **options: object
) -> list[Prompt]:
    """Pictures of one evening, each knowing those before it."""
    shown: list[Prompt] = []
    for number in range(count):
        history = [(prompt.subject, prompt.medium) for prompt in reversed(shown)][:20]
        painter = shown[-1].painter if shown and options.get("offline") else ""
        shown.append(
            _compose(music, preferences, history=history, last_painter=painter, number=number, **options)
        )
    return shown


UNIT = st.floats(0, 1)
MUSIC = st.builds(
    MusicState,
    valence=UNIT,
    arousal=UNIT,
    key=st.sampled_from(["", "C major", "F# minor", "A# major", "D minor"]),
    bpm=st.sampled_from([0.0, 50.0, 80.0, 125.0, 200.0]),
    centroid_hz=st.floats(0, 12_000),
    onset_rate_hz=st.floats(0, 20),
    section=st.sampled_from(["", "A", "B", "C", "D", "H", "??"]),
    section_count=st.integers(0, 40),
)
PREFERENCES = st.builds(
    ArtSection,
    styles=st.lists(
        st.sampled_from(["oil painting", "Impressionism", "vaporwave on old tape", "<x>", ""]), max_size=3
    ).map(tuple),
    template=st.sampled_from(["", "fox", "%subject% at {dusk|dawn}", "a long template with many words " * 9]),
    artists=st.sampled_from(["", "nobody", "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 4]),
    dynamic_mode=st.booleans(),
    use_song_text=st.booleans(),
)


@settings(max_examples=120, deadline=None)
@given(
    music=MUSIC,
    preferences=PREFERENCES,
    seed=st.integers(0, 2**32 - 1),
    song=st.sampled_from(["", "a song", "i am a very long song title " * 9]),
    offline=st.booleans(),
)
def test_any_prompt_has_40_to_80_words_and_ends_without_writing(
    music: MusicState, preferences: ArtSection, seed: int, song: str, *, offline: bool
) -> None:
    prompt = compose(music, preferences, history=(), seed=seed, song=song, offline=offline)
    assert 40 <= len(prompt.positive.split()) <= 80
    assert prompt.positive.endswith("No text, no letters, no logos.")
    assert prompt == compose(music, preferences, history=(), seed=seed, song=song, offline=offline)
    assert 0 <= prompt.seed < 2**32
    assert prompt.painter in PAINTERS
    assert prompt.reasons


def test_three_colours_of_the_palette_are_named() -> None:
    prompt = _compose()
    assert sum(name in prompt.positive for name in prompt.palette.names) >= 3


def test_what_is_heard_stands_in_the_words() -> None:
    calm, wild = _compose(CALM).positive, _compose(WILD).positive
    for word in ("cool shadows", "large slow forms", "rounded shapes", "velvet and charcoal"):
        assert word in calm
        assert word not in wild
    for word in ("warm shadows", "staccato pattern", "angular broken shapes", "neon edges", "dynamic"):
        assert word in wild or word == "dynamic"
        assert word not in calm


def test_the_reasons_say_what_led_to_what() -> None:
    reasons = _compose(replace(CALM, section="B")).reasons
    assert "slow 64 BPM: large slow forms" in reasons
    assert any(reason.startswith("A minor: ") for reason in reasons)
    assert any(reason.startswith("section B: ") for reason in reasons)
    assert any(reason.startswith("still energy (0.10): ") for reason in reasons)


def test_a_song_heard_a_little_differently_has_the_same_prompt() -> None:
    nearly = replace(CALM, valence=0.31, arousal=0.11, bpm=64.4, centroid_hz=730, t_s=9.0)
    assert _compose(nearly).positive == _compose(CALM).positive


def test_another_track_has_another_prompt() -> None:
    assert len({_compose(seed=seed).positive for seed in range(20)}) == 20


def test_a_section_holds_its_subject_while_the_medium_changes() -> None:
    shown = _show(3)
    assert len({prompt.subject for prompt in shown}) == 1
    assert len({prompt.medium for prompt in shown}) == 3


@pytest.mark.parametrize(("before", "after"), [("A", "B"), ("B", "C"), ("C", "D"), ("D", "E")])
def test_exactly_one_thing_changes_from_a_section_to_the_next(before: str, after: str) -> None:
    first, second = (_compose(replace(CALM, section=label)) for label in (before, after))
    is_other_subject = first.subject != second.subject
    is_other_scale = first.mood.section_scale != second.mood.section_scale
    assert is_other_subject != is_other_scale
    assert first.medium == second.medium
    assert first.palette == second.palette


def test_a_section_that_comes_back_has_its_subject_back() -> None:
    again = replace(CALM, section="A", section_count=2)
    assert _compose(again).subject == _compose(replace(CALM, section="A")).subject


def test_a_section_has_a_seed_of_its_own_beside_that_of_the_track() -> None:
    assert [_compose(replace(CALM, section=label)).seed for label in "ABC"] == [7, 8, 9]


@pytest.mark.parametrize("offline", [False, True])
@pytest.mark.parametrize("styles", [(), ("oil painting",)])
def test_no_pair_comes_again_within_twenty_and_no_seed_twice(styles: Sequence[str], *, offline: bool) -> None:
    shown = _show(120, preferences=ArtSection(styles=tuple(styles)), offline=offline)
    pairs = [(prompt.subject, prompt.medium) for prompt in shown]
    for at, pair in enumerate(pairs):
        assert pair not in pairs[max(0, at - 20) : at]
    assert len({prompt.seed for prompt in shown}) == 120
    assert len(set(pairs)) > (25 if styles else 60)  # no circle, however long the music stays as it is


def test_two_offline_pictures_in_a_row_are_never_by_the_same_painter_unless_asked() -> None:
    shown = [prompt.painter for prompt in _show(20, offline=True)]
    assert all(one != other for one, other in itertools.pairwise(shown))
    assert {prompt.painter for prompt in _show(20, offline=True, painter="flow")} == {"flow"}


def test_an_offline_picture_is_called_what_its_painter_can_show() -> None:
    known = {subject.text: subject.painter for subject in SUBJECTS}
    media = {medium.name: medium.painters for medium in vocabulary.MEDIA}
    for prompt in _show(40, offline=True):
        assert known[prompt.subject] == prompt.painter
        assert prompt.painter in media[prompt.medium]


def test_calm_music_begins_with_a_landscape_and_wild_music_with_movement_more_often_than_not() -> None:
    for_calm = [_compose(CALM, seed=seed).painter for seed in range(40)].count("horizon")
    for_wild = [_compose(WILD, seed=seed).painter for seed in range(40)].count("horizon")
    assert for_calm > for_wild


def test_the_mood_chooses_what_is_near_to_it() -> None:
    moods = {subject.text: subject.arousal for subject in SUBJECTS}
    calm = [moods[_compose(CALM, seed=seed).subject] for seed in range(40)]
    wild = [moods[_compose(WILD, seed=seed).subject] for seed in range(40)]
    assert sum(wild) / 40 - sum(calm) / 40 > 0.4


def test_a_persons_styles_are_the_only_ones() -> None:
    preferences = ArtSection(styles=("Cyanotype", "art deco", "vaporwave"))
    styles = {_compose(preferences=preferences, seed=seed).style for seed in range(40)}
    assert styles == {"cyanotype", "art deco", "vaporwave"}
    assert "Vaporwave artwork of" in _compose(preferences=ArtSection(styles=("vaporwave",))).positive


def test_a_style_that_must_not_drift_is_held_whatever_the_music_does() -> None:
    held = ArtSection(styles=("linocut", "fresco"), dynamic_mode=False)
    assert {_compose(music, held, seed=seed).medium for music in (CALM, WILD) for seed in range(9)} == {
        "linocut"
    }
    without_list = ArtSection(dynamic_mode=False)
    history = (("a red sun", "tapestry"),)
    assert {_compose(music, without_list, history=history).medium for music in (CALM, WILD)} == {"tapestry"}


def test_artists_stand_after_the_medium_and_are_made_harmless() -> None:
    prompt = _compose(preferences=ArtSection(artists="Nobody <lora:x:1>"))
    assert "In the manner of Nobody lora x 1." in prompt.positive
    assert any("artists" in reason for reason in prompt.reasons)


def test_song_text_is_left_out_unless_it_is_asked_for() -> None:
    title = "Blue <b>Monday</b>\u202e"
    assert "Monday" not in _compose(song=title).positive
    asked = _compose(preferences=ArtSection(use_song_text=True), song=title).positive
    assert 'Evoking the words "Blue b Monday b".' in asked


def test_a_template_says_what_the_pictures_are_of_and_is_made_harmless() -> None:
    ours = _compose()
    own = _compose(
        preferences=ArtSection(template="a {red|grey} fox <lora:x:1> by __where__"),
        lists={"where": ("the (sea:1.3)",)},
    )
    assert own.subject in {f"a {colour} fox lora x 1 by the sea 1.3" for colour in ("red", "grey")}
    assert own.medium == ours.medium
    assert own.palette == ours.palette
    assert own.positive.startswith(ours.positive[: ours.positive.index(" of ")] + f" of {own.subject}, ")
    with_ours = _compose(preferences=ArtSection(template="%subject%, and a fox"))
    assert with_ours.subject == f"{ours.subject}, and a fox"
    assert _compose(preferences=ArtSection(template=" {|} ")).subject == ours.subject


def test_no_order_to_a_back_end_gets_through_a_title_or_a_template() -> None:
    order = 'song <sd_cpp_extra_args>{"width":128,"height":64}</sd_cpp_extra_args> <lora:x:1> {a|b} | AND'
    preferences = ArtSection(template=order, artists=order, styles=(order,), use_song_text=True)
    for offline in (False, True):
        text = _compose(preferences=preferences, song=order, offline=offline).positive
        assert not set("<>{}|:()[]_/\\$") & set(text)
        assert " AND" not in text


def test_with_one_fixed_template_the_media_go_round() -> None:
    shown = _show(40, preferences=ArtSection(template="a fox in the snow"))
    assert {prompt.subject for prompt in shown} == {"a fox in the snow"}
    for at, prompt in enumerate(shown):
        assert prompt.medium not in [each.medium for each in shown[max(0, at - 20) : at]]


def test_of_several_artists_each_picture_has_one_and_votes_choose_it() -> None:
    preferences = ArtSection(artists="Anna Adam, Bert; Zoe Zett")
    assert {_compose(preferences=preferences, seed=seed).artists for seed in range(20)} == {
        "Anna Adam, Bert",
        "Zoe Zett",
    }
    taste = learnt([Lesson(1, artists="Zoe Zett"), Lesson(-1, artists="Anna Adam, Bert")] * 10)
    voted = [_compose(preferences=preferences, seed=seed, taste=taste).artists for seed in range(40)]
    assert voted.count("Zoe Zett") >= 34  # one picture in ten explores


def test_votes_choose_style_medium_and_painter_and_the_card_says_so() -> None:
    loved = Lesson(1, style="cubism", medium="fresco", painter="horizon")
    disliked = [Lesson(-1, style=each.name, medium="ink wash") for each in vocabulary.MOVEMENTS[:12]]
    taste = learnt([loved] * 12 + disliked)
    shown = [_compose(seed=seed, taste=taste, offline=True) for seed in range(40)]
    for trait, name in (("style", "cubism"), ("medium", "fresco"), ("painter", "horizon")):
        assert sum(getattr(prompt, trait) == name for prompt in shown) >= 30, trait
    assert any("your votes like cubism, fresco" in " ".join(prompt.reasons) for prompt in shown)


def test_about_one_picture_in_ten_is_chosen_without_votes_and_says_so() -> None:
    taste = learnt([Lesson(1, medium="fresco")] * 20)
    shown = [_compose(seed=seed, taste=taste) for seed in range(300)]
    exploring = [any("something else" in reason for reason in prompt.reasons) for prompt in shown]
    assert 15 <= sum(exploring) <= 45
    for seed, is_exploring in enumerate(exploring):
        if is_exploring:
            assert shown[seed].positive == _compose(seed=seed).positive


@pytest.mark.parametrize("loved", ["cool", "warm"])
def test_votes_lean_the_palette_where_the_key_allows_it(loved: str) -> None:
    other = {"cool": "warm", "warm": "cool"}[loved]
    colours = {"cool": ("#2040c0",), "warm": ("#c06020",)}
    taste = learnt([Lesson(1, palette=colours[loved]), Lesson(-1, palette=colours[other])] * 10)
    keys = ["C major", "F# minor", "A minor", "D# major", "E minor", "A# major", "B minor", "G major"]
    counts = [
        sum(
            temperature(_compose(replace(CALM, key=key), seed=seed, taste=each).palette.hexes) == loved
            for key in keys
            for seed in range(6)
        )
        for each in (UNTAUGHT, taste)
    ]
    assert counts[1] > counts[0]


def test_the_size_is_that_of_the_settings() -> None:
    assert _compose(preferences=ArtSection(size="640x360")).size == (640, 360)
    assert size_of("1536x864") == (1536, 864)


def test_the_vocabulary_is_rich_and_says_nothing_twice() -> None:
    for texts, least in (
        (SUBJECT_TEXTS, 40),
        ([medium.name for medium in vocabulary.MEDIA], 20),
        ([movement.name for movement in vocabulary.MOVEMENTS], 15),
        ([text for row in vocabulary.COMPOSITIONS for text in row], 12),
        ([text for row in vocabulary.LIGHT for text in row], 12),
        ([text for row in vocabulary.MOTION for text in row], 10),
    ):
        assert len(set(texts)) == len(texts) >= least
    for painter in PAINTERS:
        assert sum(subject.painter == painter for subject in SUBJECTS) >= 6
        assert sum(painter in medium.painters for medium in vocabulary.MEDIA) >= 3
    assert {subject.painter for subject in SUBJECTS} == {"", *PAINTERS}


def test_prompts_of_a_calm_and_a_wild_song_read_as_they_should(snapshot: object) -> None:
    assert [_compose(CALM).positive, _compose(WILD).positive] == snapshot
