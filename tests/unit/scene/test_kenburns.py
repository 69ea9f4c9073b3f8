import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.scene.kenburns import (
    CENTRE,
    CLOSE_ZOOM,
    JOURNEY_S,
    WIDE_ZOOM,
    View,
    crop,
    look,
    seed_of,
)

unit = st.floats(0.0, 1.0)


@given(x=unit, y=unit, zoom=st.floats(1.0, 2.0), picture=st.floats(0.3, 3.0), screen=st.floats(0.3, 3.0))
def test_a_crop_lies_in_the_picture_and_has_the_shape_of_the_screen(
    x: float, y: float, zoom: float, picture: float, screen: float
) -> None:
    seen = crop(View(zoom, x, y), picture_aspect=picture, screen_aspect=screen)
    assert min(seen.left, seen.top) >= 0.0
    assert max(seen.left + seen.width, seen.top + seen.height) <= 1.0 + 1e-9
    assert seen.width * picture / seen.height == pytest.approx(screen)


def test_a_landscape_picture_fills_a_portrait_screen_by_its_height() -> None:
    seen = crop(View(zoom=1.0), picture_aspect=16 / 9, screen_aspect=9 / 16)
    assert seen.height == 1.0
    assert seen.width == pytest.approx((9 / 16) ** 2)


@given(seed=st.integers(0, 2**32 - 1), age_s=st.floats(0, 200), x=unit, y=unit)
def test_the_camera_never_jumps_and_stays_between_its_zooms(
    seed: int, age_s: float, x: float, y: float
) -> None:
    now, later = look(seed, age_s, (x, y)), look(seed, age_s + 1 / 60, (x, y))
    assert WIDE_ZOOM - 1e-9 <= now.zoom <= CLOSE_ZOOM + 1e-9
    assert abs(later.zoom - now.zoom) < 0.001
    assert abs(later.x - now.x) + abs(later.y - now.y) < 0.002


def test_the_close_end_looks_at_the_focus() -> None:
    closing_in = look(1, JOURNEY_S, (0.8, 0.3))
    assert (closing_in.zoom, closing_in.x, closing_in.y) == pytest.approx((CLOSE_ZOOM, 0.74, 0.34))


def test_the_camera_starts_and_ends_at_rest() -> None:
    zooms = [look(1, t_s, CENTRE).zoom for t_s in (0.0, 0.1, JOURNEY_S / 2, JOURNEY_S / 2 + 0.1)]
    assert zooms[1] - zooms[0] < 0.02 * (zooms[3] - zooms[2])


@pytest.mark.parametrize("focus", [(0.3, 0.5), (0.68, 0.4)])
def test_a_portrait_screen_shows_the_salient_area_of_a_landscape_picture(focus: tuple[float, float]) -> None:
    for age_s in (0.0, JOURNEY_S / 2, JOURNEY_S):
        seen = crop(look(2, age_s, focus), picture_aspect=16 / 9, screen_aspect=9 / 16)
        assert seen.left + 0.2 * seen.width < focus[0] < seen.left + 0.8 * seen.width


def test_a_picture_is_always_looked_at_in_the_same_way() -> None:
    assert seed_of("0192") == seed_of("0192") != seed_of("0193")
