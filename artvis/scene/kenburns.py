"""A slow, eased camera over one picture, aimed at its salient area.

It does not draw: it says which rectangle of the picture a screen of a given shape shows.
"""

import zlib
from dataclasses import dataclass
from math import cos, pi

WIDE_ZOOM = 1.05
CLOSE_ZOOM = 1.2
JOURNEY_S = 44.0
"""From the wide end to the close one; longer than a picture stays: the camera never turns back on screen."""
CENTRE = (0.5, 0.5)
SWAY = 0.015
"""How far the flow may shift what is seen, in screens."""


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera looks: `x` and `y` in the picture, 0..1 from its upper left corner; `zoom` >= 1."""

    zoom: float = WIDE_ZOOM
    x: float = 0.5
    y: float = 0.5
    focus: tuple[float, float] = CENTRE
    """Where the salient area is: a screen of another shape must cut something off, but not that."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of a picture that a screen shows, 0..1 from the picture's upper left corner."""

    left: float
    top: float
    width: float
    height: float


def seed_of(art_id: str) -> int:
    """The same picture is always looked at in the same way."""
    return zlib.crc32(art_id.encode())


def look(seed: int, age_s: float, focus: tuple[float, float]) -> View:
    """The camera after `age_s` seconds of motion; with every other seed it pulls back, else it closes in."""
    turn = 0.5 - 0.5 * cos(pi * age_s / JOURNEY_S)
    closeness = turn if seed & 1 else 1.0 - turn
    # The wide end stands a little off the focus, on a side that the seed picks: so the camera travels.
    side_x = ((seed >> 1) % 1024) / 1023.0 - 0.5
    side_y = ((seed >> 11) % 1024) / 1023.0 - 0.5
    wide = tuple(0.5 * middle + 0.5 * at for middle, at in zip(CENTRE, focus, strict=True))
    wide = (wide[0] + 0.16 * side_x, wide[1] + 0.16 * side_y)
    close = tuple(0.2 * middle + 0.8 * at for middle, at in zip(CENTRE, focus, strict=True))
    return View(
        zoom=WIDE_ZOOM + (CLOSE_ZOOM - WIDE_ZOOM) * closeness,
        x=wide[0] + (close[0] - wide[0]) * closeness,
        y=wide[1] + (close[1] - wide[1]) * closeness,
        focus=focus,
    )


def crop(view: View, *, picture_aspect: float, screen_aspect: float) -> Crop:
    """The picture covers the screen, undistorted; the camera never sees past the picture's edge."""
    across, down = min(1.0, screen_aspect / picture_aspect), min(1.0, picture_aspect / screen_aspect)
    width, height = across / view.zoom, down / view.zoom
    x = view.x + (view.focus[0] - view.x) * (1.0 - across)
    y = view.y + (view.focus[1] - view.y) * (1.0 - down)
    return Crop(_placed(x, width), _placed(y, height), width, height)


def _placed(middle: float, size: float) -> float:
    """Where a stretch of `size` begins so that it lies round `middle` and, with room to sway, within 0..1."""
    room = min(SWAY * size, (1.0 - size) / 2)
    return min(max(middle - size / 2, room), 1.0 - size - room)
