"""Refuses what is known to have no end before a driver is asked: loops without a way out, macros that explode.

Most of what hangs cannot be known; a trial in a process that may be killed finds it.
"""

import re
from collections.abc import Mapping, Sequence

MOST_WORDS = 400_000
"""What all macros of a file may grow to, in words."""
MOST_DEPTH = 200
MOST_LOOPS = 30
"""Without a condition; so many bodies are looked through."""
LONGEST_HEAD = 60
_DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)(?:\([^)\n]*\))?([^\n]*)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z_]\w*")
_TOKEN = re.compile(r"[A-Za-z_]\w*|\S")
_WAYS_OUT = frozenset({"break", "return", "discard"})


def bomb_in(text: str) -> tuple[int, str] | None:
    """Line, from 1, and reason, where the GLSL `text`, without comments, can have no end."""
    return _macro_bomb(text) or _endless_loop(text)


def _macro_bomb(text: str) -> tuple[int, str] | None:
    bodies = {found[1]: _WORD.findall(found[2]) for found in _DEFINE.finditer(text)}
    sizes: dict[str, int] = {}
    for found in _DEFINE.finditer(text):
        if _grown(found[1], bodies, sizes, depth=0) > MOST_WORDS:
            return text.count("\n", 0, found.start()) + 1, f"the macro {found[1]} explodes"
    return None


def _grown(name: str, bodies: Mapping[str, Sequence[str]], sizes: dict[str, int], *, depth: int) -> int:
    """Words of a macro when all macros in it have been put in; a macro in itself is not."""
    if name not in bodies:
        return 1
    if name not in sizes:
        sizes[name] = 1
        if depth > MOST_DEPTH:
            return MOST_WORDS + 1
        sizes[name] = 1 + sum(_grown(word, bodies, sizes, depth=depth + 1) for word in bodies[name])
    return sizes[name]


def _endless_loop(text: str) -> tuple[int, str] | None:
    found = list(_TOKEN.finditer(text))
    tokens = [each[0] for each in found]
    looked_at = 0
    for at, word in enumerate(tokens):
        body = _after_endless_head(tokens, at) if word in ("while", "for") else None
        if body is None or (tokens[body : body + 1] == [";"] and tokens[at - 1 : at] == ["}"]):
            continue  # the last: perhaps the end of do { … } while (true);
        looked_at += 1
        if looked_at > MOST_LOOPS or not _WAYS_OUT & set(tokens[body : _end_of_statement(tokens, body)]):
            return text.count("\n", 0, found[at].start()) + 1, "this loop has no end"
    return None


def _after_endless_head(tokens: Sequence[str], at: int) -> int | None:
    """Where the body of `while (true)` or `for (…; ; …)` begins; None for any other head."""
    if tokens[at : at + 4] == ["while", "(", "true", ")"]:
        return at + 4
    if tokens[at] != "for" or tokens[at + 1 : at + 2] != ["("]:
        return None
    depth, parts = 0, [0]
    for end in range(at + 1, min(at + LONGEST_HEAD, len(tokens))):
        depth += {"(": 1, ")": -1}.get(tokens[end], 0)
        if depth == 0:
            condition = tokens[parts[1] + 1 : parts[2]] if len(parts) == 3 else ["?"]
            return end + 1 if condition in ([], ["true"]) else None
        if tokens[end] == ";" and depth == 1:
            parts.append(end)
    return None


def _end_of_statement(tokens: Sequence[str], at: int) -> int:
    depth = 0
    for end in range(at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[end], 0)
        if depth == 0 and tokens[end] in (";", "}"):
            return end
    return len(tokens)
