"""Cleans the words of players, which anybody may have written: a tag, a web page, a radio station.

Pure. It makes them fit for a screen; what may stand in a prompt is the business of `prompt.wording`.
"""

import codecs
import unicodedata
from typing import Final

from artvis.model.nowplaying import NowPlaying

LONGEST: Final = 200
"""Characters of a title, an artist or an album; a screen shows fewer."""
LONGEST_URL: Final = 2000
MARKS_MAX: Final = 3
"""Combining marks on one letter: Vietnamese and Hebrew need two or three, more are decoration."""
_KEPT_FORMATS: Final = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
"""Persian and the scripts of India spell with them, emoji are made of them."""
_SEPARATORS: Final = (" - ", " \N{EN DASH} ", " \N{EM DASH} ")


def cleaned(text: object, limit: int = LONGEST) -> str:
    """One line of at most `limit` characters; '' for what is no text.

    Control characters and line ends become a space, and no two spaces stand together. Bidi overrides, other format
    characters, lone surrogates, private and unassigned characters and the mark of a lost character vanish.
    """
    if not isinstance(text, str):
        return ""
    # Ten million characters are not looked at one by one; what is cut away here could hardly have been shown.
    composed = unicodedata.normalize("NFC", text[: 4 * limit])
    kept: list[str] = []
    marks = 0
    for character in composed:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in {"Cc", "Zl", "Zp", "Zs"}:
            kept.append(" ")
        elif _is_seen(character, category) and marks <= MARKS_MAX:
            kept.append(character)
    return " ".join("".join(kept).split())[:limit].strip()


def _is_seen(character: str, category: str) -> bool:
    if category == "Cf":
        return character in _KEPT_FORMATS
    return category not in {"Cs", "Co", "Cn"} and character != "\N{REPLACEMENT CHARACTER}"


def cleaned_list(texts: object) -> str:
    """Several artists as one line; a player that sends a single text where a list belongs is understood."""
    if isinstance(texts, (list, tuple)):
        return cleaned(", ".join(filter(None, map(cleaned, texts[:8]))))
    return cleaned(texts)


def cleaned_url(text: object) -> str:
    """An address of a cover, '' for anything else, such as a picture in the address itself."""
    if not isinstance(text, str) or len(text) > LONGEST_URL:
        return ""
    known = text.startswith(("http://", "https://", "file://"))
    return text if known and text.isascii() and text.isprintable() and " " not in text else ""


def decoded(data: bytes) -> str:
    """The text of a file or a request that says nothing of its encoding, or says it wrongly.

    UTF-8, or UTF-16 with its mark at the front; what is neither was written in the code page of Western Windows. A
    character that was cut in two at the end is dropped.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="ignore")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="ignore")


def of_line(line: str, *, source: str) -> NowPlaying | None:
    """What 'Artist - Title', or a title alone, says; None for an empty line."""
    line = cleaned(line, 2 * LONGEST)
    cuts = [(at, separator) for separator in _SEPARATORS if (at := line.find(separator)) > 0]
    artist, title = "", line
    if cuts:
        at, separator = min(cuts)
        artist, title = line[:at], line[at + len(separator) :]
    title = cleaned(title)
    return NowPlaying(title, cleaned(artist), playing=True, source=source) if title else None
