"""Chooses subject, medium, style and scale, held through a section and never the same pair twice in twenty.

At a transition exactly one thing changes, in turn the subject and the scale. It writes no sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.prompt.choosing import LUCK, centre, luck, ranked
from artvis.prompt.subjects import SUBJECTS, Subject
from artvis.prompt.taste import UNTAUGHT, Kind, Taste, mood_cell
from artvis.prompt.vocabulary import MEDIA, MOVEMENTS, SCALES, Medium, Movement
from artvis.prompt.wildcards import NO_LISTS, WordLists, expanded
from artvis.prompt.wording import STYLE_CHARACTERS, TEMPLATE_CHARACTERS, TEMPLATE_WORDS, harmless

Pair = tuple[str, str]
"""Subject and medium."""
HISTORY: Final = 20
OUR_SUBJECT: Final = "%subject%"
"""Stands in a person's template for one of our subjects."""
_MEDIA_A_SUBJECT: Final = 3
"""So many media show one subject before the section goes on to the next."""
_OWN_DRAWS: Final = 12
"""So many draws of a person's template are looked at for one that is new."""
_WISH: Final = 1.2
"""What luck weighs among a person's own styles: a wish counts more than a fit."""
_TASTE: Final = 3.0
"""What votes weigh against the mood of the music when there are many of them."""
_PAINTER, _MOOD = 1.8, 0.25
"""The same for the painter and for the mood of a subject."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen; `phrase` stands before 'of', `scale` is an index of vocabulary.SCALES."""

    subject: str
    medium: str
    phrase: str
    style: str
    painter: str
    scene: str
    scale: int
    again: bool
    """Whether the first choice was painted lately, so that another was taken."""


@dataclass(frozen=True, slots=True)
class _OwnStyle:
    """A style in a person's own words; it belongs to every mood."""

    name: str
    valence: float = 0.5
    arousal: float = 0.5


_Style = Medium | Movement | _OwnStyle
S = TypeVar("S", bound=_Style)


def choose_look(
    music: MusicState,
    preferences: ArtSection,
    *,
    recent: Sequence[Pair],
    seed: int,
    part: int,
    painters: tuple[str, ...] | None,
    taste: Taste = UNTAUGHT,
    lists: WordLists = NO_LISTS,
) -> Look:
    """`seed` is that of the track, `part` the number of the section.

    `painters` limits what is shown to what those can show; None is for image models.
    """
    mood = (centre(music.valence), centre(music.arousal))
    style = _style(preferences, mood, recent=recent, seed=seed, taste=taste)
    subjects = _subjects(mood, painters, taste, seed=seed + (part + 1) // 2)
    if painters is not None and isinstance(style, Medium):  # those painters first whose pictures look like it
        subjects.sort(key=lambda subject: subject.painter not in style.painters)
    subjects = _in_own_words(subjects, preferences.template, lists, seed=seed + (part + 1) // 2)
    media = {
        painter: _media(style, painter if painters else "", mood, seed=seed, taste=taste)
        for painter in {subject.painter for subject in subjects}
    }
    subject, medium = _fresh_pair(subjects, media, recent=recent)
    first = subjects[0]
    return Look(
        subject=subject.text,
        medium=medium.name,
        phrase=f"{style.adjective} {medium.phrase}" if isinstance(style, Movement) else medium.phrase,
        style=style.name if style else medium.name,
        painter=subject.painter or _painter_of(mood),
        scene=subject.scene,
        scale=part // 2 % len(SCALES),
        again=any(first.text == text for text, _ in recent),
    )


def without_own_words(preferences: ArtSection) -> ArtSection:
    """The same with nothing in it that a person has written: only styles of ours are left."""
    ours = tuple(style.name for style in _own_styles(preferences) if not isinstance(style, _OwnStyle))
    return replace(preferences, styles=ours, artists="", template="", use_song_text=False)


def _subjects(
    mood: tuple[float, float], painters: tuple[str, ...] | None, taste: Taste, *, seed: int
) -> list[Subject]:
    """The subjects that can be shown, the one that fits mood and taste best first."""

    def against(subject: Subject, chance: float) -> float:
        if not taste.votes:
            return LUCK * chance
        painter, cell = subject.painter, mood_cell(subject.valence, subject.arousal)
        doubt = _MOOD * taste.doubt("mood", cell, luck(seed, "mood", cell))
        if painters is not None:
            doubt += _PAINTER * taste.doubt("painter", painter, luck(seed, "painter", painter))
        return LUCK * chance + taste.say * doubt

    able = [subject for subject in SUBJECTS if painters is None or subject.painter in painters]
    return ranked(able, mood, seed=seed, role="subject", against=against)


def _in_own_words(subjects: list[Subject], template: str, lists: WordLists, *, seed: int) -> list[Subject]:
    """What a person wants to see instead, painted as the subjects that would have been chosen."""
    if not template.strip():
        return subjects
    own: dict[str, Subject] = {}
    for number in range(_OWN_DRAWS):
        subject = subjects[number % len(subjects)] if OUR_SUBJECT in template else subjects[0]
        words = expanded(template, lists, seed=seed + number).replace(OUR_SUBJECT, subject.text)
        text = harmless(words, TEMPLATE_CHARACTERS, words_max=TEMPLATE_WORDS)
        if text:
            own.setdefault(text, replace(subject, text=text))
    return list(own.values()) or subjects


def _fresh_pair(
    subjects: Sequence[Subject], media: dict[str, Sequence[Medium]], *, recent: Sequence[Pair]
) -> tuple[Subject, Medium]:
    """The best subject and medium that are not among the recent pairs; if all are, the pair of longest ago.

    Where there are few subjects more media are tried.
    """
    each = max(_MEDIA_A_SUBJECT, HISTORY // len(subjects) + 1)
    candidates = [(subject, medium) for subject in subjects for medium in media[subject.painter][:each]]
    for subject, medium in candidates:
        if (subject.text, medium.name) not in recent:
            return subject, medium
    age = {pair: at for at, pair in reversed(list(enumerate(recent)))}
    return max(candidates, key=lambda pair: age[pair[0].text, pair[1].name])


def _media(
    style: _Style | None, painter: str, mood: tuple[float, float], *, seed: int, taste: Taste
) -> Sequence[Medium]:
    """The media of a style, of those that a painter's pictures look like if one is named."""
    match style:
        case Medium():
            return (style,)
        case _OwnStyle():
            return (Medium(style.name, f"{style.name} artwork", 0.5, 0.5),)
        case _:
            fitting = [medium for medium in MEDIA if not painter or painter in medium.painters]
            return _by_taste(fitting, mood, taste, seed=seed, kind="medium")


def _style(
    preferences: ArtSection, mood: tuple[float, float], *, recent: Sequence[Pair], seed: int, taste: Taste
) -> _Style | None:
    """The style in force: of the person's list, or any movement; held when it must not drift with the music."""
    own = _own_styles(preferences)
    if not preferences.dynamic_mode:
        return own[0] if own else _held(recent)
    if own:
        return _by_taste(own, mood, taste, seed=seed, kind="style", least=_WISH)[0]
    return _by_taste(MOVEMENTS, mood, taste, seed=seed, kind="style")[0]


def _by_taste(
    choices: Sequence[S],
    mood: tuple[float, float],
    taste: Taste,
    *,
    seed: int,
    kind: Kind,
    least: float = LUCK,
) -> list[S]:
    """The choices that fit mood and taste best first; the more votes there are the more taste weighs."""
    weight = least + (_TASTE - least) * taste.say

    def against(choice: S, chance: float) -> float:
        named: Kind = "style" if isinstance(choice, Movement) else "medium"
        return weight * taste.doubt(named, choice.name, chance)

    return ranked(choices, mood, seed=seed, role=kind, against=against)


def _own_styles(preferences: ArtSection) -> list[_Style]:
    return [known for known in map(_known_style, preferences.styles) if known.name]


def _held(recent: Sequence[Pair]) -> _Style:
    """The medium of the last picture, so that a style that must not drift stays what it was."""
    return _known_style(recent[0][1]) if recent else MEDIA[1]


def _known_style(text: str) -> _Style:
    name = harmless(text, STYLE_CHARACTERS)
    for known in (*MEDIA, *MOVEMENTS):
        if known.name == name.casefold():
            return known
    return _OwnStyle(name)


def _painter_of(mood: tuple[float, float]) -> str:
    """Calm music is a landscape, lively music is abstract."""
    return "horizon" if mood[1] < 0.5 else "flow"
