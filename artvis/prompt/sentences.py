"""Writes the prompt of 40 to 80 words, and the reasons for it in the words of a person.

It chooses light, motion and composition, which follow from the music; subject and medium are given.
"""

import re
from dataclasses import dataclass
from typing import Final

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.palette import Palette
from artvis.prompt import vocabulary
from artvis.prompt.choosing import band, one_of
from artvis.prompt.motif import Look
from artvis.prompt.taste import EXPLORE_SHARE, Kind, Taste, temperature
from artvis.prompt.vocabulary import Grade
from artvis.prompt.wording import SONG_CHARACTERS, harmless

WORDS_MAX: Final = 80
NAMED_COLOURS: Final = (1, 3, 5)
"""Which of the six are named: a dark one, a middle one, the lightest."""
_LIKED: Final = 0.6
"""The mean of a weight from which a trait is called liked."""
_NAMES_SOMEBODY = re.compile(r"(?i)\b(in the (style|manner) of|(painted|drawn|made) by)\b")
_UNHEARD: Final = Grade(0.0, "", "")


@dataclass(frozen=True, slots=True)
class Manner:
    """How the music says the picture should be; '' where the music says nothing."""

    composition: str
    light: str
    mode: str
    motion: str
    tempo: Grade
    shapes: Grade
    material: Grade


def manner(music: MusicState, look: Look, *, seed: int) -> Manner:
    """The words that follow from the music. `seed` is that of the track, so that they hold while the music does."""
    return Manner(
        composition=one_of(vocabulary.COMPOSITIONS[look.scale], seed=seed, role="composition"),
        light=one_of(vocabulary.LIGHT[band(music.valence)], seed=seed, role="light"),
        mode=vocabulary.MODES.get(music.key.rpartition(" ")[2], ""),
        motion=one_of(vocabulary.MOTION[band(music.arousal)], seed=seed, role="motion"),
        tempo=_grade(vocabulary.TEMPI, music.bpm),
        shapes=_grade(vocabulary.SHAPES, music.onset_rate_hz),
        material=_grade(vocabulary.MATERIALS, music.centroid_hz),
    )


def positive(look: Look, how: Manner, palette: Palette, *, artists: str, song: str) -> str:
    """The prompt. What can be missed is left out, least important first, when a person's own words make it long.

    `artists` are harmless already, '' for none; `song` is '' unless its words may stand in a prompt.
    """
    evoked = harmless(song, SONG_CHARACTERS)
    dark, middle, pale = (palette.names[index] for index in NAMED_COLOURS)
    composition, composition_tail = _split(how.composition)
    motion, motion_tail = _split(how.motion)
    optional = [
        composition_tail,
        motion_tail,
        how.mode,
        how.tempo.phrase,
        how.shapes.phrase,
        how.material.phrase,
    ]
    while True:
        where, how_far, mode, *matter = optional
        clauses = (
            f"{look.phrase} of {look.subject}, {_listed(composition, where)}",
            artists and f"In the manner of {artists}",
            f"Colours of {dark}, {middle} and {pale}",
            _listed(how.light, mode),
            _listed(motion, how_far, *matter),
            evoked and f'Evoking the words "{evoked}"',
            vocabulary.NO_WRITING,
        )
        text = " ".join(f"{clause[0].upper()}{clause[1:]}." for clause in clauses if clause)
        if len(text.split()) <= WORDS_MAX or not any(optional):
            return text
        last = max(index for index, phrase in enumerate(optional) if phrase)
        optional[last] = ""


def reasons(
    music: MusicState, look: Look, how: Manner, palette: Palette, preferences: ArtSection
) -> tuple[str, ...]:
    """What of the music led to what in the picture, one clause each."""
    lines = [
        f"{vocabulary.MOODS[band(music.valence)]} mood ({music.valence:.2f}): {how.light}",
        f"{vocabulary.ENERGIES[band(music.arousal)]} energy ({music.arousal:.2f}): {how.motion}",
        _key_reason(music.key, how.mode, palette),
    ]
    measured = (
        (how.tempo, f"{music.bpm:.0f} BPM"),
        (how.material, f"{music.centroid_hz:,.0f} Hz"),
        (how.shapes, f"{music.onset_rate_hz:.1f} a second"),
    )
    lines += [f"{grade.label} {figure}: {grade.phrase}" for grade, figure in measured if grade.phrase]
    if music.section:
        lines.append(f"section {music.section}: {vocabulary.SCALES[look.scale]}")
    if preferences.styles or not preferences.dynamic_mode:
        lines.append(f"your style: {look.style}")
    if preferences.template:
        lines.append(
            "your own words for what it is of; an offline painter follows their mood and colours only"
        )
    if preferences.artists or _NAMES_SOMEBODY.search(preferences.template):
        lines.append("your artists: a back end may refuse the names of living ones")
    if look.again:
        lines.append("that was painted lately: another medium or subject this time")
    return tuple(lines)


def taste_reasons(
    look: Look, palette: Palette, artists: str, taste: Taste, *, exploring: bool
) -> tuple[str, ...]:
    """What of the picture the votes have asked for; or that this one is to find out more."""
    if exploring:
        return (f"something else than you have voted for, as {EXPLORE_SHARE:.0%} of all pictures are",)
    traits: tuple[tuple[Kind, str], ...] = (
        ("style", look.style),
        ("medium", look.medium),
        ("temperature", temperature(palette.hexes)),
        ("painter", look.painter),
        ("artists", artists),
    )
    liked = [name for kind, name in traits if taste.of(kind, name).mean >= _LIKED]
    return (f"your votes like {', '.join(liked)}",) if liked else ()


def _key_reason(key: str, mode: str, palette: Palette) -> str:
    colours = f"{palette.names[NAMED_COLOURS[0]]} and {palette.names[NAMED_COLOURS[1]]}"
    return f"{key}: {colours}, {mode or 'even shadows'}" if key else f"no key heard: the mood chose {colours}"


def _split(phrase: str) -> tuple[str, str]:
    """What must be said, and what may be left out."""
    head, _, tail = phrase.partition(", ")
    return head, tail


def _listed(*phrases: str) -> str:
    return ", ".join(phrase for phrase in phrases if phrase)


def _grade(grades: tuple[Grade, ...], value: float) -> Grade:
    """The grade in which a value lies; an empty one where nothing was heard (0)."""
    return next(grade for grade in grades if value < grade.below) if value > 0 else _UNHEARD
