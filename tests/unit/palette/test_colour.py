import numpy as np
import pytest

from artvis.palette.colour import (
    hex_of_lab,
    in_gamut,
    into_gamut,
    lab_of_hex,
    lab_of_lch,
    lab_of_srgb,
    lch_of_lab,
    pixels_of_planes,
    srgb_of_lab,
)


def _all_hues(lightness: float, chroma: float) -> np.ndarray:
    hues = np.arange(0, 360, 5, dtype=np.float32)
    return lab_of_lch(np.stack([np.full_like(hues, lightness), np.full_like(hues, chroma), hues], -1))


def test_red_has_the_oklab_of_its_author() -> None:
    # Ottosson's page and CSS Color 4: sRGB red is oklab(0.62796 0.22486 0.12585).
    assert lab_of_hex("#ff0000") == pytest.approx([0.62796, 0.22486, 0.12585], abs=2e-4)


def test_every_code_comes_back_from_oklab() -> None:
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 256, (500, 3))
    back = srgb_of_lab(lab_of_srgb(codes.astype(np.float32) / 255)) * 255
    assert np.abs(back - codes).max() < 0.6


def test_hex_comes_back_from_oklab() -> None:
    assert hex_of_lab(lab_of_hex("#1a2b3c")) == "#1a2b3c"


@pytest.mark.parametrize("code", ["#12345", "zzzzzz", ""])
def test_a_word_that_is_no_colour_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="colour|invalid"):
        lab_of_hex(code)


@pytest.mark.parametrize("lightness", [0.2, 0.5, 0.8, 0.95])
def test_a_wild_colour_keeps_lightness_and_hue_and_loses_only_chroma(lightness: float) -> None:
    wild = _all_hues(lightness, 0.35)
    tame = into_gamut(wild)
    assert in_gamut(tame).all()
    before, after = lch_of_lab(wild), lch_of_lab(tame)
    assert np.abs(after[:, 0] - before[:, 0]).max() < 1e-6
    turn = (after[:, 2] - before[:, 2] + 180) % 360 - 180
    assert np.abs(turn[after[:, 1] > 0.01]).max() < 0.1
    assert (after[:, 1] < before[:, 1]).all()


def test_a_colour_in_gamut_is_left_alone() -> None:
    calm = _all_hues(0.6, 0.04)
    assert np.array_equal(into_gamut(calm), calm)


def test_pixels_of_planes_agree_with_the_slow_way_and_are_never_clipped() -> None:
    lab = _all_hues(0.7, 0.3).reshape(8, 9, 3)
    fast = pixels_of_planes(lab[..., 0].copy(), lab[..., 1].copy(), lab[..., 2].copy())
    slow = srgb_of_lab(lab) * 255
    assert np.abs(fast - slow).max() < 1.1
