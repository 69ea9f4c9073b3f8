"""Takes out of a prompt what an image server would obey instead of paint.

Who stands behind an address cannot be told: a proxy hands prompts on, and many servers speak another's API. So each
back end sends words without the syntax of all of them. What the words say is not judged.
"""

import re
from typing import Final

_SIGNS: Final = re.compile(
    r"[<>{}()\[\]|\\]|__|\$\$|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]"
)
"""<lora:x:1> and <sd_cpp_extra_args> of stable-diffusion.cpp, A1111 and its kin; (word:1.2), [a:b:9] and their escapes;
{a|b} and __file__ of prompt wildcards; | of LocalAI, which cuts a prompt in two; and signs that nobody sees."""
_OPERATORS: Final = re.compile(r"\b(?:AND|BREAK|ADDCOMM|ADDBASE|ADDROW|ADDCOL)\b")
_EMBEDDING: Final = re.compile(r"(?i)\b(embedding)\s*:")


def plain(text: str) -> str:
    """The words of `text` in their order, on one line, none of them an order to a server."""
    words = _EMBEDDING.sub(r"\1 ", _SIGNS.sub(" ", text))
    return " ".join(_OPERATORS.sub(lambda word: word[0].lower(), words).split())
