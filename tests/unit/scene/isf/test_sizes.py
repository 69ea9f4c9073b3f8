"""Sizes of passes: what a file may say, and that nothing which it says can harm."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artvis.scene.isf.sizes import LARGEST, fitted, size_of

SCREEN = (1280, 720)


@pytest.mark.parametrize(
    ("expression", "pixels"),
    [
        ("$WIDTH", 1280),
        ("WIDTH/2", 640),
        ("floor($WIDTH / 3.0)", 426),
        ("max($WIDTH/4096, 1.0)", 1),
        ("min($HEIGHT, 100) + 2 * 3", 106),
        ("-(-$columns) * .5e1", 80),
        ("2 - 3 - -8", 7),
        ("16 / 2 / 2", 4),
        ("round(2.5) + ceil(0.1) + abs(-4) + mod(7, 4) + 9 % 5", 15),
        ("clamp($WIDTH, 10, pow(2, 5))", 32),
        ("$HEIGHT > 1", None),
        ("$nowhere", None),
        ("", None),
        ("(1", None),
        ("1 2", None),
        ("max(1)", None),
        ("__import__('os')", None),
        ("1;2", None),
        ("9" * 500, None),
        ("(" * 100 + "1" + ")" * 100, None),
    ],
)
def test_an_expression_is_worked_out_or_refused(expression: str, pixels: int | None) -> None:
    if pixels is None:
        with pytest.raises(ValueError, match=r"\w"):
            size_of(expression, "1", SCREEN, {"columns": 16.0})
    else:
        assert size_of(expression, "1", SCREEN, {"columns": 16.0}) == (pixels, 1)


@pytest.mark.parametrize(
    "expression", ["1/0", "0/0", "sqrt(-1)", "log(0)", "pow(10, 9999)", "1e300*1e300", "5 % 0"]
)
def test_what_has_no_result_is_the_size_of_the_screen(expression: str) -> None:
    assert size_of("7", expression, SCREEN, {}) == (7, 720)


@pytest.mark.parametrize(("expression", "pixels"), [("-5", 1), ("0", 1), ("1e30", LARGEST), ("1e-300", 1)])
def test_what_is_too_small_or_too_large_is_the_nearest_size(expression: str, pixels: int) -> None:
    assert size_of(expression, expression, SCREEN, {}) == (pixels, pixels)


@given(text=st.text(alphabet="0123456789.+-*/%()$,ewWIDTHmaxfloorsqrt ", max_size=30))
def test_any_text_gives_a_size_within_bounds_or_a_reason(text: str) -> None:
    with suppress(ValueError):
        width, height = size_of(text, text, SCREEN, {})
        assert 1 <= width <= LARGEST
        assert 1 <= height <= LARGEST


buffers = st.tuples(st.integers(1, LARGEST), st.integers(1, LARGEST), st.sampled_from([4, 8, 16, 32]))


@settings(max_examples=40)
@given(wanted=st.lists(buffers, max_size=32))
def test_all_buffers_together_stay_within_the_bound(wanted: list[tuple[int, int, int]]) -> None:
    most = 1_000_000
    sizes, weights = [each[:2] for each in wanted], [each[2] for each in wanted]
    made = fitted(sizes, weights, most)
    taken = sum(width * height * weight for (width, height), weight in zip(made, weights, strict=True))
    assert taken <= most + 32 * 32 * LARGEST  # no side is less than a pixel
    if sum(width * height * weight for width, height, weight in wanted) <= most:
        assert made == sizes
