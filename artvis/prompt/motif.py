"""Chooses subject, medium, style and scale, held through a section and never the same pair twice in twenty.

At a transition exactly one thing changes, in turn the subject and the scale. It writes no sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.prompt.choosing import centre, ranked
from artvis.prompt.subjects import SUBJECTS, Subject
from artvis.prompt.vocabulary import MEDIA, MOVEMENTS, SCALES, Medium, Movement
from artvis.prompt.wording import STYLE_CHARACTERS, harmless

Pair = tuple[str, str]
"""Subject and medium."""
HISTORY: Final = 20
_MEDIA_A_SUBJECT: Final = 3
"""So many media show one subject before the section goes on to the next."""


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


def choose_look(
    music: MusicState,
    preferences: ArtSection,
    *,
    recent: Sequence[Pair],
    seed: int,
    part: int,
    painters: tuple[str, ...] | None,
) -> Look:
    """`seed` is that of the track, `part` the number of the section.

    `painters` limits what is shown to what those can show; None is for image models.
    """
    mood = (centre(music.valence), centre(music.arousal))
    style = _style(preferences, mood, recent=recent, seed=seed)
    subjects = ranked(
        [subject for subject in SUBJECTS if painters is None or subject.painter in painters],
        mood,
        seed=seed + (part + 1) // 2,
        role="subject",
    )
    subject, medium = _fresh_pair(
        subjects, style, mood, recent=recent, seed=seed, offline=painters is not None
    )
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


def _fresh_pair(
    subjects: Sequence[Subject],
    style: _Style | None,
    mood: tuple[float, float],
    *,
    recent: Sequence[Pair],
    seed: int,
    offline: bool,
) -> tuple[Subject, Medium]:
    """The best subject and medium that are not among the recent pairs; if all are, the pair of longest ago."""
    candidates = [
        (subject, medium)
        for subject in subjects
        for medium in _media(style, subject, mood, seed=seed, offline=offline)[:_MEDIA_A_SUBJECT]
    ]
    for subject, medium in candidates:
        if (subject.text, medium.name) not in recent:
            return subject, medium
    age = {pair: at for at, pair in reversed(list(enumerate(recent)))}
    return max(candidates, key=lambda pair: age[pair[0].text, pair[1].name])


def _media(
    style: _Style | None, subject: Subject, mood: tuple[float, float], *, seed: int, offline: bool
) -> Sequence[Medium]:
    match style:
        case Medium():
            return (style,)
        case _OwnStyle():
            return (Medium(style.name, f"{style.name} artwork", 0.5, 0.5),)
        case _:
            fitting = [medium for medium in MEDIA if not offline or subject.painter in medium.painters]
            return ranked(fitting, mood, seed=seed, role="medium")


def _style(
    preferences: ArtSection, mood: tuple[float, float], *, recent: Sequence[Pair], seed: int
) -> _Style | None:
    """The style in force: of the person's list, or any movement; held when it must not drift with the music."""
    own = [known for known in map(_known_style, preferences.styles) if known.name]
    if not preferences.dynamic_mode:
        return own[0] if own else _held(recent)
    if own:
        return ranked(own, mood, seed=seed, role="style", weight=1.2)[0]  # a wish counts more than a fit
    return ranked(MOVEMENTS, mood, seed=seed, role="style")[0]


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
