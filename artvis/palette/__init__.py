"""Colour for every other room: OKLCH in palette.colour, the six of a picture in palette.palette.

It does not paint; it only says with which colours.
"""

from artvis.palette.extract import of_picture
from artvis.palette.focus import focus_of
from artvis.palette.palette import Palette, for_music

__all__ = ["Palette", "focus_of", "for_music", "of_picture"]
