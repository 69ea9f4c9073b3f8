"""What pictures cost, from the dated list in resources/prices.json: estimates before a call, sums after it.

It knows prices only; what is spent and what is left is the purse's business.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from artvis import paths

LIST_SIZE: Final = (1024, 1024)
_LIST_PIXELS: Final = LIST_SIZE[0] * LIST_SIZE[1]
_TOKENS_MAX: Final = 10_000_000
"""More than any picture takes; a server that claims more is not believed."""


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of one model; empty where none are known."""

    per_image: Mapping[str, float]
    per_million_tokens: Mapping[str, float]

    def estimate_usd(self, quality: str, size: tuple[int, int]) -> float | None:
        """What one picture may cost. A quality that the back end chooses is reckoned as its dearest."""
        price = (
            max(self.per_image.values(), default=None) if quality == "auto" else self.per_image.get(quality)
        )
        return None if price is None else round(price * max(1.0, size[0] * size[1] / _LIST_PIXELS), 6)

    def settled_usd(self, usage: object) -> float | None:
        """What a call cost by the `usage` of its answer; None where it does not say or the prices are not known."""
        if not isinstance(usage, dict) or not self.per_million_tokens:
            return None
        details = usage.get("input_tokens_details")
        tokens_in, tokens_out = _count(usage.get("input_tokens")), _count(usage.get("output_tokens"))
        if tokens_in is None or not tokens_out:  # no picture comes of nothing: a proxy may not have counted
            return None
        images_in = (
            min(tokens_in, _count(details.get("image_tokens")) or 0) if isinstance(details, dict) else 0
        )
        rate = self.per_million_tokens
        parts = ((tokens_in - images_in, "text_in"), (images_in, "image_in"), (tokens_out, "out"))
        return round(sum(count * rate.get(name, 0.0) for count, name in parts) / 1e6, 6)


UNKNOWN: Final = Prices({}, {})


def prices_of(provider: str, model: str) -> Prices:
    """The prices of a model of a back end, or UNKNOWN."""
    entry = _list(paths.resource("prices.json")).get(provider, {}).get(model)
    if not isinstance(entry, dict):
        return UNKNOWN
    return Prices(entry.get("per_image", {}), entry.get("per_million_tokens", {}))


def as_of() -> str:
    """The date of the list."""
    return str(_list(paths.resource("prices.json")).get("as_of", "an unknown date"))


@cache
def _list(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text("utf-8"))
    return found if isinstance(found, dict) else {}


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= _TOKENS_MAX else None
