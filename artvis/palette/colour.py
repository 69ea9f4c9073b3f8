"""OKLab and OKLCH to sRGB and back, and the way into the gamut that keeps lightness and hue.

It knows nothing of music or palettes. Arrays have the channel last; angles are degrees; L is 0..1.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Colours = npt.NDArray[np.floating[Any]]

# Björn Ottosson, "A perceptual color space for image processing", 2020; matrices of the page as of 2021-01-25.
_LMS_OF_RGB = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_LAB_OF_ROOTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_RGB_OF_LMS = np.linalg.inv(_LMS_OF_RGB.astype(np.float64)).astype(np.float32)
_ROOTS_OF_LAB = np.linalg.inv(_LAB_OF_ROOTS.astype(np.float64)).astype(np.float32)
_GAMUT_SLACK = 5e-4


def _encode(linear: Colours) -> Colours:
    """Linear light 0..1 to sRGB 0..1 (IEC 61966-2-1)."""
    safe = np.clip(linear, 0.0, 1.0)
    high = 1.055 * safe ** (1 / 2.4) - 0.055
    return np.where(safe <= 0.0031308, 12.92 * safe, high).astype(np.float32)


_CODES = 4096
# Indexed by the square root of linear light, which spends its steps where sRGB does: error under 0.1 of a code.
_ENCODE = (_encode(np.linspace(0.0, 1.0, _CODES, dtype=np.float32) ** 2) * 255.0 + 0.5).astype(np.uint8)


def _decode(srgb: Colours) -> Colours:
    low = srgb / 12.92
    return np.where(srgb <= 0.04045, low, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _mix(
    matrix: Colours, first: Colours, second: Colours, third: Colours
) -> tuple[Colours, Colours, Colours]:
    """A 3 x 3 matrix on three planes; a matrix product would start threads for nothing."""
    red, green, blue = (row[0] * first + row[1] * second + row[2] * third for row in matrix)
    return red, green, blue


def _linear_planes(light: Colours, a: Colours, b: Colours) -> tuple[Colours, Colours, Colours]:
    roots = _mix(_ROOTS_OF_LAB, light, a, b)
    return _mix(_RGB_OF_LMS, *(root * root * root for root in roots))


def linear_of_lab(lab: Colours) -> Colours:
    """OKLab to linear sRGB, unclipped."""
    return np.stack(_linear_planes(lab[..., 0], lab[..., 1], lab[..., 2]), -1)


def lab_of_srgb(srgb: Colours) -> Colours:
    """SRGB 0..1 to OKLab."""
    linear = _decode(np.asarray(srgb, np.float32))
    lms = _mix(_LMS_OF_RGB, linear[..., 0], linear[..., 1], linear[..., 2])
    return np.stack(_mix(_LAB_OF_ROOTS, *(np.cbrt(one) for one in lms)), -1)


def lab_of_lch(lch: Colours) -> Colours:
    """OKLCH (hue in degrees) to OKLab."""
    lch = np.asarray(lch, np.float32)
    hue = np.radians(lch[..., 2])
    return np.stack([lch[..., 0], lch[..., 1] * np.cos(hue), lch[..., 1] * np.sin(hue)], -1).astype(
        np.float32
    )


def lch_of_lab(lab: Colours) -> Colours:
    """OKLab to OKLCH (hue 0..360)."""
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1])) % 360.0
    return np.stack([lab[..., 0], chroma, hue], -1).astype(np.float32)


def in_gamut(lab: Colours) -> npt.NDArray[np.bool_]:
    linear = linear_of_lab(lab)
    inside = (linear >= -_GAMUT_SLACK) & (linear <= 1.0 + _GAMUT_SLACK)
    return np.asarray(inside.all(-1), np.bool_)


def into_gamut(lab: Colours) -> Colours:
    """The same lightness and hue with as much of the chroma as sRGB can show, never a clipped channel."""
    lab = np.asarray(lab, np.float32).copy()
    lab[..., 0] = np.clip(lab[..., 0], 0.0, 1.0)
    outside = ~in_gamut(lab)
    if not outside.any():
        return lab
    wild = lab[outside]
    low = np.zeros(len(wild), np.float32)
    high = np.ones(len(wild), np.float32)
    for _ in range(9):  # 1/512 of the chroma asked for, below one 8-bit code
        middle = (low + high) / 2
        inside = in_gamut(np.stack([wild[:, 0], wild[:, 1] * middle, wild[:, 2] * middle], -1))
        low = np.where(inside, middle, low)
        high = np.where(inside, high, middle)
    wild[:, 1:] *= low[:, None]
    lab[outside] = wild
    return lab


def srgb_of_lab(lab: Colours) -> Colours:
    """OKLab to sRGB 0..1, brought into gamut by chroma."""
    return _encode(linear_of_lab(into_gamut(lab)))


def pixels_of_planes(light: Colours, a: Colours, b: Colours) -> npt.NDArray[np.uint8]:
    """OKLab planes (h, w) to 8-bit sRGB (h, w, 3), brought into gamut by chroma; made for strips of a picture."""
    planes = _linear_planes(light, a, b)
    low = np.minimum(np.minimum(planes[0], planes[1]), planes[2])
    high = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
    wild = (low < -_GAMUT_SLACK) | (high > 1.0 + _GAMUT_SLACK)
    if wild.any():
        tamed = linear_of_lab(into_gamut(np.stack([light[wild], a[wild], b[wild]], -1)))
        for axis, plane in enumerate(planes):
            plane[wild] = tamed[..., axis]
    pixels = np.empty((*light.shape, 3), np.uint8)
    for axis, plane in enumerate(planes):
        codes = np.sqrt(np.clip(plane, 0.0, 1.0)) * np.float32(_CODES - 1)
        pixels[..., axis] = _ENCODE[(codes + np.float32(0.5)).astype(np.uint16)]
    return pixels


def hex_of_lab(lab: Colours) -> str:
    red, green, blue = (round(float(channel) * 255) for channel in srgb_of_lab(lab))
    return f"#{red:02x}{green:02x}{blue:02x}"


def lab_of_hex(code: str) -> Colours:
    """'#rrggbb' to OKLab; ValueError if it is not six hexadecimal digits."""
    digits = code.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"not a colour: {code!r}")
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return lab_of_srgb(np.array(channels, np.float32))
