import numpy as np
import pytest

from artvis.palette import focus_of


@pytest.mark.parametrize("spot", [(0.3, 0.4), (0.68, 0.6)])
def test_the_eye_goes_to_the_one_bright_spot(spot: tuple[float, float]) -> None:
    picture = np.full((180, 320, 3), (40, 50, 90), np.uint8)
    y, x = np.mgrid[0:180, 0:320]
    picture[np.hypot(x - spot[0] * 320, y - spot[1] * 180) < 14] = (240, 200, 90)
    assert focus_of(picture) == pytest.approx(spot, abs=0.04)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 64, 3), (9, 9, 3), (90, 160, 3), (864, 1536, 3)])
def test_a_picture_of_nothing_is_looked_at_in_the_middle(shape: tuple[int, int, int]) -> None:
    assert focus_of(np.full(shape, 77, np.uint8)) == (0.5, 0.5)


def test_a_spot_in_the_corner_does_not_pull_the_focus_to_the_edge() -> None:
    picture = np.zeros((90, 160, 3), np.uint8)
    picture[:6, :6] = 255
    x, y = focus_of(picture)
    assert x >= 0.15
    assert y >= 0.15
