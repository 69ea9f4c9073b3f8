"""The offline painters: a mood, a palette and a seed become a picture, with numpy alone.

Nothing here reads a clock, a file or the network; the same arguments give the same pixels.
"""

from artvis.model.mood import PaintMood
from artvis.painters.builtin import builtin
from artvis.painters.paint import PAINTERS, paint

__all__ = ["PAINTERS", "PaintMood", "builtin", "paint"]
