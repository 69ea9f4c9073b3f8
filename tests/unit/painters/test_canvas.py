import numpy as np
import pytest

from artvis.painters.canvas import develop, grain, table
from artvis.painters.noise import Field, curve, sample, spline, tile
from artvis.palette import for_music
from artvis.palette.colour import lab_of_srgb

PALETTE = for_music("C minor", 0.5, 0.5, 1)


def _developed(tone: np.ndarray, accent: np.ndarray | None = None) -> np.ndarray:
    pixels = develop(tone, None, accent, palette=PALETTE, rng=np.random.default_rng(1))
    return lab_of_srgb(pixels.astype(np.float32) / 255)


@pytest.mark.parametrize("tone", range(6))
def test_a_whole_tone_is_an_anchor_of_the_palette(tone: int) -> None:
    lab = _developed(np.full((128, 128), tone, np.float32)).mean((0, 1))
    assert np.linalg.norm(lab - PALETTE.lab()[tone]) < 0.03


def test_a_picture_that_is_all_accent_is_held_to_six_percent_of_it() -> None:
    plain = np.full((64, 64), 2.0, np.float32)
    shift = _developed(plain, np.ones_like(plain)).mean((0, 1)) - _developed(plain).mean((0, 1))
    assert np.linalg.norm(shift) < 0.06 * np.linalg.norm(PALETTE.accent_lab() - PALETTE.lab()[2]) + 0.002


def test_the_table_of_tones_grows_lighter_without_a_step() -> None:
    lightness = table(PALETTE)[:, 0]
    assert (np.diff(lightness) >= 0).all()
    assert np.diff(lightness).max() < 0.002


def test_grain_is_faint_and_tiles_without_a_seam() -> None:
    noise = grain(np.random.default_rng(1))
    assert 0.004 < noise.std() < 0.01
    seam, inside = np.abs(noise[0] - noise[-1]).mean(), np.abs(noise[1] - noise[0]).mean()
    assert seam == pytest.approx(inside, rel=0.3)


def test_a_picture_that_will_be_enlarged_is_not_mottled() -> None:
    lab = _developed(np.full((432, 768), 2.0, np.float32))
    blotches = lab[..., 0].reshape(54, 8, 96, 8).mean((1, 3))
    assert blotches.std() < 0.0005


@pytest.mark.parametrize("rows", [300, 600])
def test_a_gradient_has_no_bands(rows: int) -> None:
    tone = np.repeat(np.linspace(2.0, 2.3, rows, dtype=np.float32)[:, None], 64, 1)
    pixels = develop(tone, None, None, palette=PALETTE, rng=np.random.default_rng(1))
    assert all(len(np.unique(row[:, 2])) > 1 for row in pixels), "every row mixes neighbouring codes"


def test_a_spline_through_equal_values_is_that_value() -> None:
    assert spline(np.full((9, 3), 2.5, np.float32), np.linspace(1, 6, 40)) == pytest.approx(2.5, abs=1e-5)


def test_a_field_cut_in_strips_is_the_field_in_one_piece() -> None:
    field = Field(np.random.default_rng(2), 4.0, octaves=3).over(np.linspace(0, 1.7, 50, dtype=np.float32))
    ys = np.linspace(0, 1, 40, dtype=np.float32)
    assert np.array_equal(field.rows(ys), np.concatenate([field.rows(ys[:13]), field.rows(ys[13:])]))
    assert 0.4 < field.rows(ys).std() < 1.8


def test_a_curve_has_the_same_course_at_every_size() -> None:
    coarse, fine = (
        curve(np.random.default_rng(3), np.linspace(0, 1.5, count, dtype=np.float32), 2.0, ridged=0.7)
        for count in (101, 401)
    )
    assert fine[::4] == pytest.approx(coarse, abs=1e-4)


def test_a_tile_is_sampled_across_its_seam_as_within() -> None:
    texture = tile(np.random.default_rng(4), 4, side=64, octaves=4)
    x = np.linspace(-0.4, 0.4, 60, dtype=np.float32)
    here, next_door = sample(texture, x.copy(), x * 0.3), sample(texture, x + 1, x * 0.3 - 2)
    assert next_door == pytest.approx(here, abs=2e-3)
    assert texture.std() == pytest.approx(1.0, abs=1e-3)
