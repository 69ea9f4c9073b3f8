"""The six colours and one accent that a piece of music asks for.

It decides colours only: how much of each is used, and where, is the painter's business.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from artvis.palette.colour import Colours, hex_of_lab, into_gamut, lab_of_hex, lab_of_lch
from artvis.palette.drama import drama
from artvis.palette.names import names_of

LIGHTNESS_MIN = 0.18
"""OKLab L of the darkest anchor: televisions show less as a black hole."""
OLIVE_DEG: Final = (78.0, 139.0)
"""Hues that turn to olive when they darken; every colour is pushed to gold or to leaf."""
HUE_REACH_DEG = 27.0
"""How far an anchor may lie from the base hue: the span stays under 60 degrees."""

_FIFTHS = ("C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#", "F")
_WARM_DEG, _COOL_DEG = 58.0, 262.0
_C_MAJOR_SLOT = 15.0
_GRASS_DEG = (92.0, 168.0)
_GREENS_DEG = (120.0, 182.0)
# Hue of each anchor against the base, in units of HUE_REACH_DEG: shadows lean cool, lights lean warm.
_LEAN = np.array([1.0, 0.80, 0.35, 0.25, 0.75, 1.0], np.float32)
_CHROMA = np.array([0.048, 0.072, 0.098, 0.112, 0.082, 0.046], np.float32)
_DIM = np.array([0.185, 0.265, 0.365, 0.480, 0.610, 0.770], np.float32)
_FLOOR = np.array([LIGHTNESS_MIN, 0.22, 0.0, 0.0, 0.0, 0.0], np.float32)
_BRIGHT = np.array([0.270, 0.410, 0.555, 0.700, 0.835, 0.950], np.float32)


@dataclass(frozen=True, slots=True)
class Palette:
    """Six colours, dark to light, with names for people, and a complementary accent for small areas."""

    hexes: tuple[str, ...]
    names: tuple[str, ...]
    accent_hex: str

    def rgb(self) -> Colours:
        """The six as sRGB 0..1, shape (6, 3), float32."""
        codes = [[int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)] for code in self.hexes]
        return np.array(codes, np.float32)

    def lab(self) -> Colours:
        """The six in OKLab, shape (6, 3), float32."""
        return np.stack([lab_of_hex(code) for code in self.hexes])

    def accent_lab(self) -> Colours:
        """The accent in OKLab, shape (3,), float32."""
        return lab_of_hex(self.accent_hex)


def for_music(key: str, valence: float, arousal: float, seed: int, warmth: float = 0.0) -> Palette:
    """The palette of a key ('A minor', or '' when none is known) and a mood; the same for the same arguments.

    Valence gives light and warmth, arousal contrast and chroma; `warmth` (-1..1) is a person's own leaning.
    """
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 0xC0105])
    valence, arousal = min(max(valence, 0.0), 1.0), min(max(arousal, 0.0), 1.0)
    base = _hue_of_key(key, valence, arousal, rng) + float(rng.normal(0.0, 2.0))
    base = _lean_to(base, _WARM_DEG if valence > 0.5 else _COOL_DEG, 0.24 * abs(valence - 0.5))
    base = _lean_to(base, _WARM_DEG if warmth > 0 else _COOL_DEG, 0.25 * min(abs(warmth), 1.0))
    base = without_olive(base)
    minor = key.endswith("minor")
    hues = _hues(base, minor=minor)
    chroma = _chroma(valence, arousal, minor=minor) * (1.0 - 0.34 * _grass(hues))
    lch = np.stack([_lightness(valence, arousal), chroma, hues], -1)
    hexes = tuple(hex_of_lab(anchor) for anchor in into_gamut(lab_of_lch(lch)))
    accent_hue = _accent_hue(base + float(rng.uniform(-8.0, 8.0)))
    accent = into_gamut(
        lab_of_lch(np.array([0.66 + 0.10 * valence, 0.14 + 0.06 * drama(arousal), accent_hue], np.float32))
    )
    return Palette(hexes, names_of(hexes), hex_of_lab(accent))


def without_olive(hue_deg: float) -> float:
    """The hue itself, or the nearer edge of the olive range."""
    hue = hue_deg % 360.0
    low, high = OLIVE_DEG
    if low < hue < high:
        return low if hue - low < high - hue else high
    return hue


def _accent_hue(base: float) -> float:
    """The complement; where that would be grass green, the nearer of gold and jade."""
    hue = (base + 180.0) % 360.0
    if _GREENS_DEG[0] < base % 360.0 < _GREENS_DEG[1]:
        return 30.0 + (hue - 330.0) * 0.2  # painters set coral against green; its exact complement is magenta
    if _GRASS_DEG[0] < hue < _GRASS_DEG[1]:
        return 76.0 if hue < sum(_GRASS_DEG) / 2 else 172.0
    return without_olive(hue)


def _hue_of_key(key: str, valence: float, arousal: float, rng: np.random.Generator) -> float:
    """24 hues, evenly spread over the circle without olive; neighbours on the circle of fifths are neighbours."""
    tonic, _, mode = key.partition(" ")
    if tonic not in _FIFTHS:
        # No key is known: the mood leans from blue through violet and rose to gold, and chance has its say, so that
        # not every show begins in the same colours.
        slot = 9.0 + 9.0 * valence + 4.0 * arousal + float(rng.uniform(-6.0, 6.0))
    elif mode == "minor":
        slot = (_FIFTHS.index(tonic) - 3) % 12 * 2 + 1 + _C_MAJOR_SLOT  # beside its relative major
    else:
        slot = _FIFTHS.index(tonic) * 2 + _C_MAJOR_SLOT
    low, high = OLIVE_DEG
    return (high + (360.0 - (high - low)) * (slot % 24.0) / 24.0) % 360.0


def _turn(start_deg: float, goal_deg: float) -> float:
    """The shorter way from one hue to another, -180..180."""
    return (goal_deg - start_deg + 180.0) % 360.0 - 180.0


def _lean_to(hue_deg: float, goal_deg: float, share: float) -> float:
    return hue_deg + share * _turn(hue_deg, goal_deg)


def _lightness(valence: float, arousal: float) -> Colours:
    steps = _DIM + (_BRIGHT - _DIM) * (0.10 + 0.90 * valence**0.85)
    middle = steps.mean()
    spread = 0.81 + 0.41 * drama(arousal)  # calm music keeps its values close together
    return np.clip(np.asarray(middle + (steps - middle) * spread, np.float32), _FLOOR, np.float32(0.965))


def _chroma(valence: float, arousal: float, *, minor: bool) -> Colours:
    strength = (0.80 + 0.20 * valence + 0.42 * drama(arousal)) * (0.92 if minor else 1.0)
    return np.asarray(_CHROMA * strength, np.float32)


def _grass(hues: Colours) -> Colours:
    """1 where a hue is grass green, which is loud long before other hues are; 0 forty degrees from it."""
    return np.asarray(np.clip(1.0 - np.abs(hues - 142.0) / 40.0, 0.0, 1.0), np.float32)


def _hues(base: float, *, minor: bool) -> Colours:
    """Six hues within HUE_REACH_DEG of the base, none of them olive, all on one side of olive."""
    cool = np.clip(_turn(base, _COOL_DEG - 2.0), -HUE_REACH_DEG, HUE_REACH_DEG)
    warm = np.clip(_turn(base, _WARM_DEG + 14.0), -HUE_REACH_DEG, HUE_REACH_DEG)
    hues = (
        base
        + np.where(np.arange(6) < 3, cool * (1.0 if minor else 0.8), warm * (0.8 if minor else 1.0)) * _LEAN
    )
    low, high = OLIVE_DEG
    if base >= high:
        hues = np.clip(hues, high, base + 180.0)
    elif base <= low:
        hues = np.clip(hues, base - 180.0, low)
    return np.asarray(hues % 360.0, np.float32)
