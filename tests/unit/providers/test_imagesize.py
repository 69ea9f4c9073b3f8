import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.providers.imagesize import size_to_ask

SIDES = st.integers(64, 8192)


@pytest.mark.parametrize(
    ("model", "wanted", "asked"),
    [
        ("gpt-image-1-mini", (1536, 864), (1536, 1024)),
        ("gpt-image-1-mini", (864, 1536), (1024, 1536)),
        ("gpt-image-1", (512, 512), (1024, 1024)),
        ("gpt-image-2", (1536, 864), (1536, 864)),
        ("gpt-image-2", (1920, 1080), (1920, 1088)),
        ("gpt-image-2", (2560, 1440), (2560, 1440)),
        ("gpt-image-2", (3840, 2160), (3840, 2160)),
        ("dall-e-3", (1536, 864), (1792, 1024)),
        ("flux", (640, 360), (640, 368)),
    ],
)
def test_known_sizes(model: str, wanted: tuple[int, int], asked: tuple[int, int]) -> None:
    assert size_to_ask(model, wanted) == asked


@given(SIDES, SIDES)
def test_what_is_asked_of_a_free_model_is_within_its_limits(width: int, height: int) -> None:
    asked = size_to_ask("gpt-image-2", (width, height))
    assert all(side % 16 == 0 and side <= 3840 for side in asked)
    assert asked[0] * asked[1] <= 3840 * 2160 * 1.02
    assert 1 / 3.1 <= asked[0] / asked[1] <= 3.1


@given(SIDES, SIDES)
def test_the_wanted_size_can_be_cut_out_of_what_a_local_model_paints(width: int, height: int) -> None:
    asked = size_to_ask("flux", (width, height))
    assert 0 <= asked[0] - width < 16
    assert 0 <= asked[1] - height < 16
