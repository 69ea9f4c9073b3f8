"""Makes words of people and songs harmless before they stand in a prompt.

It does not judge what the words say; it only takes away what a back end could read as an instruction or as markup.
"""

import unicodedata
from typing import Final

SONG_CHARACTERS: Final = 60
STYLE_CHARACTERS: Final = 60
ARTISTS_CHARACTERS: Final = 90

TEMPLATE_CHARACTERS: Final = 160

WORDS: Final = 8
"""At most so many of a person's own words at one place, so that the rest of a prompt has room."""
TEMPLATE_WORDS: Final = 20
"""The same for what the picture is of."""

_ALLOWED: Final = frozenset("'-,.")
_OPERATORS: Final = frozenset({"AND", "BREAK", "ADDCOMM", "ADDBASE", "ADDROW", "ADDCOL"})
"""Words that Stable Diffusion front ends obey when they are shouted; in small letters they are words again."""


def harmless(text: str, limit: int, *, words_max: int = WORDS) -> str:
    """Letters, digits, space and ' - , . only, NFKC, at most `words_max` words and `limit` characters.

    Control, bidi and zero-width characters are none of these; neither are < > : | ( ) { } and their like, by which
    image servers take orders inside a prompt.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFKC", text):
        after = kept[-1] if kept else " "
        kept.append(_kept(character, after))
    words = [word.lower() if word.strip("'-,.") in _OPERATORS else word for word in "".join(kept).split()]
    return " ".join(words[:words_max])[:limit].strip()


def _kept(character: str, after: str) -> str:
    """The character itself, a space in its place, or nothing."""
    if character in _ALLOWED:
        return character
    category = unicodedata.category(character)
    if category[0] == "L" or category == "Nd":
        return character
    if category in {"Mn", "Mc"}:  # vowel signs of many scripts; a second one in a row is decoration
        return character if after.isalpha() else ""
    # Format characters (zero-width, bidi) vanish, everything else was a gap between words.
    return "" if category in {"Cf", "Me", "Co", "Cn", "Cs"} else " "
