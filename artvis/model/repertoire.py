"""What each offline painter can show and what it suits, for whoever chooses one.

It stands here because prompts choose by it and painters answer to it, and those two rooms do not know each other.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PainterCard:
    """`media` are the styles, as people put them into `styles`, that its pictures look like; the best come first."""

    name: str
    line: str
    """One line for a person."""
    media: tuple[str, ...]
    kinds: tuple[str, ...]
    """What a `PaintMood.scene` may ask of it."""
    valence: tuple[float, float]
    arousal: tuple[float, float]
    """The moods it is best at, each from..to in 0..1; it paints every other mood too."""


REPERTOIRE: Final = (
    PainterCard(
        "horizon",
        "a low sun or a moon over misty ridges and still water",
        (
            "watercolour",
            "gouache",
            "ink wash",
            "tempera",
            "fresco",
            "aquatint",
            "soft pastel",
            "oil painting",
        ),
        ("lake", "sea", "valley"),
        (0.0, 1.0),
        (0.0, 0.55),
    ),
    PainterCard(
        "flow",
        "bristled brush strokes on a current about one bright place",
        (
            "oil painting",
            "acrylic",
            "palette knife",
            "dry brush",
            "calligraphy brush",
            "encaustic",
            "charcoal",
        ),
        ("whirl", "river", "bloom", "wave", "surge"),
        (0.0, 1.0),
        (0.35, 1.0),
    ),
    PainterCard(
        "warp",
        "silk in folds of light, or agate in bands about a crystal heart",
        ("silk painting", "ceramic relief", "encaustic", "embroidery"),
        ("silk", "agate"),
        (0.2, 1.0),
        (0.0, 0.7),
    ),
    PainterCard(
        "paper",
        "sheets of cut paper one above the other, with soft shadows",
        ("paper cut", "paper collage", "ceramic relief", "gouache"),
        ("hollow", "flower", "tide"),
        (0.35, 1.0),
        (0.1, 0.8),
    ),
    PainterCard(
        "glass",
        "a leaded window with light behind it: a rose, shards, a vale",
        ("stained glass", "mosaic", "tapestry"),
        ("rose", "shards", "vale"),
        (0.3, 1.0),
        (0.3, 1.0),
    ),
    PainterCard(
        "attractor",
        "veils and threads of light that one simple rule draws in the dark",
        ("light painting", "long exposure photograph", "cyanotype"),
        ("veil", "thread"),
        (0.0, 0.7),
        (0.3, 1.0),
    ),
    PainterCard(
        "poster",
        "discs, arcs, tiles and beams overprinted in a few inks",
        ("screen print", "risograph", "linocut", "woodblock print", "paper collage"),
        ("sun", "tiles", "beam"),
        (0.3, 1.0),
        (0.25, 1.0),
    ),
    PainterCard(
        "garden",
        "fern, boughs or reeds against the light, the far ones lost in haze",
        ("pinhole photograph", "cyanotype", "woodblock print", "watercolour", "ink wash", "linocut"),
        ("fern", "bough", "reed"),
        (0.2, 0.9),
        (0.0, 0.6),
    ),
)
