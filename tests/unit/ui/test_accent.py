import re
from pathlib import Path

import numpy as np
import pytest

from artvis.palette.colour import lab_of_hex, lch_of_lab
from artvis.ui import accent
from artvis.ui.accent import DEFAULT_ACCENT, accent_of

QML = Path(accent.__file__).parent / "qml"
GROUNDS = [
    tuple(float(part) for part in match.split(","))
    for file in sorted(QML.glob("*.qml"))
    for match in re.findall(r" color: Qt\.rgba\((0[^)]*)\)", file.read_text())
]
COLOURS = sorted(
    {code for file in QML.glob("*.qml") for code in re.findall(r"#[0-9a-f]{6}", file.read_text())}
)


def _luminance(srgb: np.ndarray) -> float:
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def _rgb(code: str) -> np.ndarray:
    return np.array([int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def _contrast_over_white(code: str) -> float:
    """Of a text on the overlay's ground, over a white picture (WCAG 2.2, relative luminance)."""
    worst = min(GROUNDS, key=lambda ground: ground[3])
    ground = np.array(worst[:3]) * worst[3] + (1 - worst[3])
    return (_luminance(_rgb(code)) + 0.05) / (_luminance(ground) + 0.05)


@pytest.mark.parametrize("hue", range(0, 360, 15))
def test_an_accent_of_any_hue_can_be_read_over_a_white_picture(hue: int) -> None:
    red, green, blue = (0.5 + 0.5 * np.cos(np.radians(hue - turn)) for turn in (0, 120, 240))
    code = f"#{round(60 * red):02x}{round(60 * green):02x}{round(60 * blue):02x}"
    assert _contrast_over_white(accent_of((code, "#202020"))) >= 4.5


@pytest.mark.parametrize("code", [*COLOURS, DEFAULT_ACCENT])
def test_the_fixed_colours_of_the_overlay_can_be_read_over_a_white_picture(code: str) -> None:
    assert _contrast_over_white(code) >= 4.5


def test_the_accent_has_the_hue_of_the_most_colourful_entry() -> None:
    found = lch_of_lab(lab_of_hex(accent_of(("#222222", "#7a3018", "#888888"))))
    source = lch_of_lab(lab_of_hex("#7a3018"))
    assert abs(float(found[2]) - float(source[2])) < 8.0


def test_the_grounds_and_colours_are_found_in_the_overlay() -> None:
    assert len(GROUNDS) >= 3
    assert len(COLOURS) >= 4


def test_no_palette_gives_the_default() -> None:
    assert accent_of(()) == DEFAULT_ACCENT
