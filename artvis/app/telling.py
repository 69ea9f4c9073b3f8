"""Telling a running show what to do: the composition behind `artvis tell`.

The show's side of it is `control.telling`, which `app.show` starts.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from artvis.control import words
from artvis.control.asking import ask
from artvis.errors import InputError
from artvis.paths import Home
from artvis.processes import age_s

WORDS = tuple(word for word in words.WORDS if word != words.SCREENSHOT)


def tell(home: Home, word: str) -> tuple[bool, str]:
    """Whether the show did it, and its short answer, which may be ''. Raises InputError when none runs."""
    answer = ask(home.runtime, word, ago_s=age_s())  # whoever pressed a key did so when we were started
    return answer.ok, answer.text


def status(home: Home) -> Mapping[str, Any]:
    """What the running show shows, and how well."""
    answer = ask(home.runtime, words.STATUS)
    if not answer.ok or answer.facts is None:
        raise InputError(answer.text or "The show does not answer.")
    return answer.facts


def screenshot(home: Home, path: Path) -> tuple[bool, str]:
    """Writes what the window shows to `path` as PNG; whether it could, and its size or the reason."""
    answer = ask(home.runtime, words.SCREENSHOT)
    if not answer.ok or answer.facts is None:
        return False, answer.text
    from PIL import Image  # 20 ms

    text = str(answer.facts["size"])
    width, height = (int(side) for side in text.split("x"))
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        Image.frombytes("RGB", (width, height), answer.payload).save(beside, "PNG", compress_level=3)
        beside.replace(path)
    except OSError as problem:
        raise InputError(f"{path} cannot be written: {problem.strerror}.") from problem
    finally:
        beside.unlink(missing_ok=True)
    return True, text
