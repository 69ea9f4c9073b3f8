"""What each server with OpenAI's Images API wants, from resources/openai.json: a new server is a line there.

It guesses by address and model, and asks nobody; what a server refuses all the same is left out in `openai`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from artvis import paths


@dataclass(frozen=True, slots=True)
class Profile:
    """How a request differs from OpenAI's least one: model, prompt, n, size and quality."""

    name: str
    send: Mapping[str, str | int] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    size_in_two_fields: bool = False
    """width and height, instead of size."""
    pixels_max: int = 0
    """Of a picture; 0 where the model alone decides."""


def profile_of(base_url: str, model: str) -> Profile:
    """The first profile that fits an address and a model; the last one fits all."""
    address = urlsplit(base_url)
    host, port = (address.hostname or "").lower(), address.port
    return next(
        Profile(
            name=row["name"],
            send=row.get("send", {}),
            leave_out=frozenset(row.get("leave_out", ())),
            size_in_two_fields=row.get("size_in_two_fields", False),
            pixels_max=row.get("pixels_max", 0),
        )
        for row in _data(paths.resource("openai.json"))["servers"]
        if host.endswith(row.get("host", ""))
        and row.get("port", port) == port
        and model.startswith(row.get("model", ""))
    )


def fixed_sizes(model: str) -> Sequence[tuple[int, int]]:
    """The only sizes of a model, or nothing where it takes others too."""
    rows = _data(paths.resource("openai.json"))["fixed_sizes"].get(model, ())
    return [(width, height) for width, height in rows]


@cache
def _data(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
