import numpy as np
import pytest

from artvis.render.mipchain import LEVELS, SLOT_SIZES, level_for, mip_chain, slot_size


def test_each_level_is_the_mean_of_four_pixels_of_the_one_before() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (864, 1536, 3), dtype=np.uint8)
    chain = mip_chain(pixels)
    assert [level.shape for level in chain.levels] == [(864 >> n, 1536 >> n, 4) for n in range(LEVELS)]
    assert np.array_equal(chain.levels[0][..., :3], pixels)
    four = pixels[10:12, 20:22].astype(float).mean(axis=(0, 1))
    assert chain.levels[1][5, 10, :3] == pytest.approx(four, abs=0.51)
    assert all((level[..., 3] == 255).all() for level in chain.levels)


def test_the_mean_brightness_is_kept_down_to_the_smallest_level() -> None:
    pixels = np.random.default_rng(2).integers(0, 255, (864, 1536, 3), dtype=np.uint8)
    chain = mip_chain(pixels)
    assert chain.levels[-1].mean() == pytest.approx(chain.levels[0].mean(), abs=1)
    assert chain.luma == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("size", SLOT_SIZES)
def test_pictures_of_a_slots_size_are_not_resampled(size: tuple[int, int]) -> None:
    assert slot_size(*size) == size


@pytest.mark.parametrize(
    ("size", "slot"),
    [
        ((1600, 900), (1792, 1024)),
        ((1200, 675), (1536, 864)),
        ((3840, 2160), (1920, 1088)),
        ((900, 900), (1024, 1024)),
        ((600, 1500), (1024, 1024)),
    ],
)
def test_other_pictures_go_where_they_are_stretched_least(
    size: tuple[int, int], slot: tuple[int, int]
) -> None:
    assert slot_size(*size) == slot


def test_a_preview_keeps_its_size_so_that_nobody_waits_while_it_is_enlarged() -> None:
    pixels = np.random.default_rng(3).integers(0, 255, (432, 768, 3), dtype=np.uint8)
    chain = mip_chain(pixels)
    assert chain.size == (768, 432)
    assert np.array_equal(chain.levels[0][..., :3], pixels)


def test_a_stretched_picture_remembers_its_own_shape() -> None:
    chain = mip_chain(np.zeros((1200, 800, 3), np.uint8))
    assert chain.size == (1024, 1024)
    assert chain.aspect == pytest.approx(2 / 3)


def test_odd_sizes_are_halved_as_opengl_halves_them() -> None:
    chain = mip_chain(np.zeros((135, 241, 3), np.uint8), size=(241, 135))
    assert [level.shape[:2] for level in chain.levels] == [(135, 241), (67, 120), (33, 60), (16, 30), (8, 15)]


@pytest.mark.parametrize(
    ("screen", "level"),
    [((1280, 720), 0), ((1920, 1080), 0), ((640, 360), 1), ((320, 180), 2), ((64, 36), 4)],
)
def test_a_smaller_screen_is_drawn_from_a_smaller_level(screen: tuple[int, int], level: int) -> None:
    assert level_for((1536, 864), 16 / 9, screen) == level
