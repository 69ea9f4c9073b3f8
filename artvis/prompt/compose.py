"""Turns the music into a prompt: what, in which medium, with which colours, light and motion, and why.

Pure: the same music, preferences, history and seed give the same prompt. Who paints it is decided elsewhere.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from artvis.model.mood import PaintMood
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.palette import Palette, for_music
from artvis.prompt import sentences
from artvis.prompt.motif import HISTORY, Look, Pair, choose_look
from artvis.prompt.vocabulary import NEGATIVE, SECTION_SCALES

_TURN_STRIDE: Final = 1_000_003
"""A prime, so that the turns of one track do not meet the sections of it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a back end is asked for. A back end takes of it what it can use."""

    positive: str
    negative: str
    size: tuple[int, int]
    """Width and height."""
    seed: int
    palette: Palette
    mood: PaintMood
    style: str
    subject: str
    medium: str
    painter: str
    """The offline painter that suits it."""
    reasons: tuple[str, ...]
    """For the card 'why this picture?', one clause each."""


def compose(
    music: MusicState,
    preferences: ArtSection,
    *,
    history: Sequence[Pair],
    seed: int,
    song: str = "",
    offline: bool = False,
    painter: str = "",
    last_painter: str = "",
    number: int = 0,
) -> Prompt:
    """The prompt for the music as it is now.

    `seed` belongs to the track; `history` holds the last (subject, medium) pairs, newest first, and none of the last
    20 comes again. `number` counts the pictures of a show, so that music that never changes is not painted in a
    circle: every 20 pictures other subjects have their turn.

    `offline`: only what an offline painter can honestly show; `painter` asks for one of them, and `last_painter` is
    not taken twice in a row unless it is asked for.
    """
    recent = tuple(history[:HISTORY])
    part = section_number(music)
    turn = seed + _TURN_STRIDE * (number // HISTORY)
    look = choose_look(
        music,
        preferences,
        recent=recent,
        seed=turn,
        part=part,
        painters=_painters(painter, last_painter) if offline or painter or last_painter else None,
    )
    # The mood of the palette is rounded: the same song must not change its colours with every hearing.
    palette = for_music(music.key, round(music.valence, 1), round(music.arousal, 1), seed)
    how = sentences.manner(music, look, seed=seed)
    return Prompt(
        positive=sentences.positive(look, how, palette, preferences, song=song),
        negative=NEGATIVE,
        size=size_of(preferences.size),
        seed=_picture_seed(seed + part, recent, number),
        palette=palette,
        mood=_mood(music, look),
        style=look.style,
        subject=look.subject,
        medium=look.medium,
        painter=look.painter,
        reasons=sentences.reasons(music, look, how, palette, preferences),
    )


def section_number(music: MusicState) -> int:
    """0 for section A or none, 1 for B …: a section that comes back is painted like the first time."""
    label = music.section
    if len(label) == 1 and "A" <= label <= "Z":
        return ord(label) - ord("A")
    return music.section_count


def size_of(text: str) -> tuple[int, int]:
    """Width and height of '1536x864'. Raises ValueError for anything else; settings and flags are checked before."""
    width, height = text.split("x")
    return int(width), int(height)


def _painters(asked: str, last: str) -> tuple[str, ...]:
    if asked:
        return (asked,)
    return tuple(name for name in ("horizon", "flow") if name != last)


def _picture_seed(seed: int, recent: Sequence[Pair], number: int) -> int:
    """The seed itself for a first picture; later ones of the same section differ, and always in the same way."""
    if not recent and not number:
        return seed & 0xFFFFFFFF
    digest = hashlib.blake2b(repr((seed, tuple(recent), number)).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big")


def _mood(music: MusicState, look: Look) -> PaintMood:
    return PaintMood(
        valence=round(music.valence, 2),
        arousal=round(music.arousal, 2),
        bpm=round(music.bpm, 0),
        centroid_hz=round(music.centroid_hz, -2),
        onset_rate_hz=round(music.onset_rate_hz, 1),
        section_scale=SECTION_SCALES[look.scale],
        scene=look.scene,
    )
