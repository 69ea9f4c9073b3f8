"""Which size to ask of a model, so that the wanted size can be cut out of what comes.

Which models have fixed sizes stands in resources/openai.json; pixels are cut in `imagecheck`.
"""

import math
from typing import Final

from artvis.providers.profiles import fixed_sizes

_STEP: Final = 16
_RATIO_MAX: Final = 3.0
_SIDE_MAX: Final = 3840
_PIXELS_MAX: Final = 3840 * 2160
_PIXELS_MIN: Final = 1024 * 640
"""Smaller pictures are asked for in this size and made small here."""
_DIFFUSION_PIXELS_MAX: Final = 1536 * 864

_GEMINI_RATIOS: Final = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
_GEMINI_LONG_SIDES: Final = (("1K", 1536), ("2K", 3072))
"""Up to these a picture of 1K or 2K is good enough; it comes a little smaller and is made larger here."""


def size_to_ask(model: str, wanted: tuple[int, int]) -> tuple[int, int]:
    """Width and height for the request: one of a model's own, or the wanted one in steps of 16."""
    choices = fixed_sizes(model)
    ratio = wanted[0] / wanted[1]
    if choices:
        return min(
            choices,
            key=lambda size: abs(size[0] / size[1] / ratio - 1) + abs(ratio / (size[0] / size[1]) - 1),
        )
    if not model.startswith("gpt-image"):
        return _up(wanted[0]), _up(wanted[1])
    return _within(wanted)


def _within(wanted: tuple[int, int]) -> tuple[int, int]:
    """What gpt-image-2 and later take: multiples of 16, 1:3 to 3:1, at most 3840x2160 pixels."""
    width, height = float(wanted[0]), float(wanted[1])
    width, height = max(width, height / _RATIO_MAX), max(height, width / _RATIO_MAX)
    area = width * height
    scale = max(1.0, (_PIXELS_MIN / area) ** 0.5) * min(1.0, (_PIXELS_MAX / area) ** 0.5)
    scale *= min(1.0, _SIDE_MAX / (max(width, height) * scale))
    return min(_up(width * scale), _SIDE_MAX), min(_up(height * scale), _SIDE_MAX)


def size_for_diffusion(wanted: tuple[int, int], pixels_max: int = _DIFFUSION_PIXELS_MAX) -> tuple[int, int]:
    """What a diffusion model of one's own takes: the wanted proportions in steps of 16, at most `pixels_max`.

    Larger than they were trained for, such models paint everything twice, and a small graphics card runs full.
    """
    width, height = wanted
    scale = min(1.0, (pixels_max / (width * height)) ** 0.5)
    return _up(width * scale), _up(height * scale)


def gemini_ratio(wanted: tuple[int, int]) -> str:
    """The one of Google's proportions that is nearest."""

    def distance(name: str) -> float:
        width, height = name.split(":")
        return abs(math.log(int(width) / int(height) * wanted[1] / wanted[0]))

    return min(_GEMINI_RATIOS, key=distance)


def gemini_definition(model: str, wanted: tuple[int, int]) -> str:
    """1K, 2K or 4K: the least that does for a size, as each costs more than the one before."""
    if model.startswith("gemini-2"):
        return "1K"
    return next((name for name, side in _GEMINI_LONG_SIDES if max(wanted) <= side), "4K")


def _up(side: float) -> int:
    """The next multiple of 16; a hair above one is that one."""
    return max(_STEP, -int(-(side - 0.01) // _STEP) * _STEP)
