"""Wildcards of a person's own words, drawn by seed.

`{a|b}` is one of them, `{2$$a|b|c}` two of them, `__name__` a line of the list of
that name. It reads no file, and does not make the words harmless (`wording`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from artvis.prompt.choosing import luck

WordLists = Mapping[str, Sequence[str]]
NO_LISTS: Final[WordLists] = {}

_CHOICE = re.compile(
    r"\{(?:(\d{1,2})\$\$)?([^{}]*)\}"
)  # the innermost first, so that they may stand in each other
_LIST = re.compile(r"__([A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*)__")
_DRAWS_MAX: Final = 100
"""A list may name itself."""
_CHARACTERS_MAX: Final = 2000


def expanded(text: str, lists: WordLists, *, seed: int) -> str:
    """The text with every wildcard drawn; the same for the same seed. An unknown list leaves its name as words."""
    for number in range(_DRAWS_MAX):
        text = text[:_CHARACTERS_MAX]
        found = _CHOICE.search(text) or _LIST.search(text)
        if found is None:
            break
        if found.re is _CHOICE:
            drawn = _drawn(found[2].split("|"), int(found[1] or 1), seed=seed, number=number)
        else:
            drawn = _drawn(lists.get(found[1]) or [found[1]], 1, seed=seed, number=number)
        text = f"{text[: found.start()]}{drawn}{text[found.end() :]}"
    return text


def unknown_lists(text: str, lists: WordLists) -> tuple[str, ...]:
    """The lists that a text names and that are not there, or are empty."""
    return tuple(dict.fromkeys(name for name in _LIST.findall(text) if not lists.get(name)))


def _drawn(options: Sequence[str], count: int, *, seed: int, number: int) -> str:
    """So many different ones of the options, in the order of the draw."""
    places = sorted(
        range(len(options)), key=lambda at: luck(seed, "wildcard", str(number), str(at), options[at])
    )
    return ", ".join(options[at].strip() for at in places[:count])
