"""The colours that the overlay takes from the picture's palette: its accent, and the stroke below "painting …"."""

import numpy as np

from artvis.palette.colour import hex_of_lab, into_gamut, lab_of_hex, lab_of_lch, lch_of_lab

DEFAULT_ACCENT = "#e8c9a0"
STROKE_LIGHTNESS_MIN = 0.6
LIGHTNESS_MIN = 0.8  # OKLab; 4.5:1 and more on the overlay's dark ground over a white picture
CHROMA_MIN, CHROMA_MAX = 0.06, 0.14  # tinted enough to belong to the picture, never neon


def accent_of(palette: tuple[str, ...]) -> str:
    """'#rrggbb': the hue of the palette's most colourful entry, light enough to be read on dark."""
    if not palette:
        return DEFAULT_ACCENT
    colours = [lch_of_lab(lab_of_hex(code)) for code in palette]
    lightness, chroma, hue = max(colours, key=lambda lch: float(lch[1]))
    lifted = (
        max(float(lightness), LIGHTNESS_MIN),
        min(max(float(chroma), CHROMA_MIN), CHROMA_MAX),
        float(hue),
    )
    return hex_of_lab(into_gamut(lab_of_lch(np.array(lifted, np.float32))))


def stroke_of(palette: tuple[str, ...]) -> list[str]:
    """Four colours of the palette from its middle to its lightest, made light enough to be seen on dark."""
    chosen = (list(palette[-4:]) or [DEFAULT_ACCENT]) * 4
    colours = lch_of_lab(np.stack([lab_of_hex(code) for code in chosen[:4]]))
    colours[:, 0] = np.maximum(colours[:, 0], STROKE_LIGHTNESS_MIN)
    return [hex_of_lab(colour) for colour in into_gamut(lab_of_lch(colours))]
