"""`paint`: a picture by name; `focus`: where in it the eye should rest.

It chooses no painter and no colours, and it keeps nothing.
"""

from collections.abc import Callable, Mapping
from typing import Final

from artvis.errors import InputError
from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.attractor import attractor
from artvis.painters.flow import flow
from artvis.painters.garden import garden
from artvis.painters.glass import glass
from artvis.painters.horizon import horizon
from artvis.painters.paper import paper
from artvis.painters.poster import poster
from artvis.painters.warp import warp
from artvis.palette.palette import Palette

Painter = Callable[[PaintMood, Palette, int, tuple[int, int]], Pixels]

PAINTERS: Final[Mapping[str, Painter]] = {
    "horizon": horizon,
    "flow": flow,
    "warp": warp,
    "paper": paper,
    "glass": glass,
    "attractor": attractor,
    "poster": poster,
    "garden": garden,
}

_SIDES = (32, 8192)


def paint(painter: str, mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """A picture of `size` (width, height), read-only; the same bytes for the same arguments.

    Raises InputError for a painter that is not known or a size that cannot be painted.
    """
    if painter not in PAINTERS:
        raise InputError(f"There is no painter '{painter}'; there are {', '.join(sorted(PAINTERS))}.")
    if not all(_SIDES[0] <= side <= _SIDES[1] for side in size):
        raise InputError(f"A picture of {size[0]}x{size[1]} cannot be painted; a side has 32 to 8192 pixels.")
    return PAINTERS[painter](mood, palette, seed, size)
