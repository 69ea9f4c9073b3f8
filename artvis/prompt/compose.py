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
from artvis.prompt.choosing import luck
from artvis.prompt.motif import HISTORY, Look, Pair, choose_look
from artvis.prompt.subjects import PAINTERS
from artvis.prompt.taste import EXPLORE_SHARE, UNTAUGHT, Taste, temperature
from artvis.prompt.vocabulary import NEGATIVE, SECTION_SCALES
from artvis.prompt.wildcards import NO_LISTS, WordLists
from artvis.prompt.wording import ARTISTS_CHARACTERS, harmless

_WARMTH_COSTS: Final = 0.15
"""How much better a colour temperature must be liked before the palette leaves that of its key."""
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
    artists: str = ""
    """The person's own words for them, as they stand in the prompt."""


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
    taste: Taste = UNTAUGHT,
    lists: WordLists = NO_LISTS,
) -> Prompt:
    """The prompt for the music as it is now.

    `seed` belongs to the track; `history` holds the last (subject, medium) pairs, newest first, and none of the last
    20 comes again. `number` counts the pictures of a show, so that music that never changes is not painted in a
    circle: every 20 pictures other subjects have their turn.

    `offline`: only what an offline painter can honestly show; `painter` asks for one of them, and `last_painter` is
    not taken twice in a row unless it is asked for.

    `taste` is what votes have taught: one picture in ten is chosen without it, so that there is always more to learn.
    `lists` are those that the person's template may name.
    """
    recent = tuple(history[:HISTORY])
    part = section_number(music)
    picture_seed = _picture_seed(seed + part, recent, number)
    exploring = taste.votes > 0 and luck(picture_seed, "explore") < EXPLORE_SHARE
    taste = UNTAUGHT if exploring else taste
    turn = seed + _TURN_STRIDE * (number // HISTORY)
    look = choose_look(
        music,
        preferences,
        recent=recent,
        seed=turn,
        part=part,
        painters=_painters(painter, last_painter) if offline or painter or last_painter else None,
        taste=taste,
        lists=lists,
    )
    palette = _palette(music, taste, seed=seed)
    artists = _artists(preferences, taste, seed=seed)
    how = sentences.manner(music, look, seed=seed)
    song = song if preferences.use_song_text else ""
    learnt = sentences.taste_reasons(look, palette, artists, taste, exploring=exploring)
    return Prompt(
        positive=sentences.positive(look, how, palette, artists=artists, song=song),
        negative=NEGATIVE,
        size=size_of(preferences.size),
        seed=picture_seed,
        palette=palette,
        mood=_mood(music, look),
        style=look.style,
        subject=look.subject,
        medium=look.medium,
        painter=look.painter,
        reasons=(*sentences.reasons(music, look, how, palette, preferences), *learnt),
        artists=artists,
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
    return tuple(name for name in PAINTERS if name != last)


def _palette(music: MusicState, taste: Taste, *, seed: int) -> Palette:
    """The palette of the key, or the warmer or cooler one if that is liked better.

    Its mood is rounded: the same song must not change its colours with every hearing.
    """
    valence, arousal = round(music.valence, 1), round(music.arousal, 1)
    own = for_music(music.key, valence, arousal, seed)
    if not taste.votes:
        return own

    def doubt(palette: Palette) -> float:
        name = temperature(palette.hexes)
        return taste.say * taste.doubt("temperature", name, luck(seed, "temperature", name))

    leaning = [for_music(music.key, valence, arousal, seed, warmth) for warmth in (-1.0, 1.0)]
    best = min(leaning, key=doubt)
    return best if doubt(best) + _WARMTH_COSTS < doubt(own) else own


def _artists(preferences: ArtSection, taste: Taste, *, seed: int) -> str:
    """One of the person's own, harmless; the one that is liked best where there are several."""
    named = [harmless(part, ARTISTS_CHARACTERS) for part in preferences.artists.split(";")]

    def doubt(artists: str) -> float:
        return taste.doubt("artists", artists, luck(seed, "artists", artists))

    return min(filter(None, named), key=doubt, default="")


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
