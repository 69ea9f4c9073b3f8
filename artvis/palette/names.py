"""Names of colours as people say them, from lightness, chroma and hue, for prompts and for the overlay.

It is no dictionary of web colours: a name says hue, and how deep, pale or bright it is.
"""

import numpy as np

from artvis.palette.colour import Colours, lab_of_hex, lch_of_lab

# Upper edge of each range of OKLCH hue in degrees: (edge, dark, middle, light).
_HUES = (
    (8.0, "burgundy", "rose", "blush pink"),
    (28.0, "maroon", "crimson", "coral pink"),
    (45.0, "oxblood", "vermilion", "salmon"),
    (60.0, "umber", "terracotta", "apricot"),
    (76.0, "bronze", "amber", "peach"),
    (92.0, "old gold", "gold", "straw gold"),
    (108.0, "moss gold", "ochre", "primrose"),
    (132.0, "moss", "lime", "pale lime"),
    (155.0, "forest green", "leaf green", "mint"),
    (178.0, "pine green", "emerald", "celadon"),
    (205.0, "deep teal", "teal", "aquamarine"),
    (230.0, "petrol", "turquoise", "ice blue"),
    (252.0, "ocean blue", "cerulean", "sky blue"),
    (272.0, "midnight blue", "cobalt", "powder blue"),
    (290.0, "indigo", "ultramarine", "periwinkle"),
    (308.0, "dark violet", "violet", "lavender"),
    (328.0, "aubergine", "purple", "lilac"),
    (348.0, "plum", "magenta", "orchid pink"),
    (360.0, "burgundy", "rose", "blush pink"),
)
_GREYS = (
    (0.24, "charcoal"),
    (0.42, "slate grey"),
    (0.68, "stone grey"),
    (0.82, "silver"),
    (1.01, "ivory white"),
)


def name_of(lab: Colours) -> str:
    """One or two words for a colour in OKLab."""
    lightness, chroma, hue = (float(value) for value in lch_of_lab(np.asarray(lab, np.float32)))
    if chroma < 0.016:
        return next(word for edge, word in _GREYS if lightness < edge)
    dark, middle, light = next(words for edge, *words in _HUES if hue <= edge)
    if lightness < 0.40:
        return f"deep {dark}" if lightness < 0.28 and not dark.startswith(("deep", "dark")) else dark
    if lightness < 0.74:
        strong = "bright" if chroma > 0.15 else "dusty" if chroma < 0.06 else "warm" if hue < 100 else ""
        return f"{strong} {middle}".strip()
    return f"pale {light}" if lightness > 0.9 and not light.startswith("pale") else light


def names_of(hexes: tuple[str, ...]) -> tuple[str, ...]:
    """A name for each colour; colours that share a name are told apart by 'soft', 'light' and 'clear'."""
    names: list[str] = []
    for code in hexes:
        name = name_of(lab_of_hex(code))
        for nuance in ("", "soft ", "light ", "clear ", "faint ", "quiet "):
            if nuance + name not in names:
                names.append(nuance + name)
                break
    return tuple(names)
