import re

import pytest

from artvis.providers.prices import UNKNOWN, as_of, prices_of


def test_the_list_has_a_date() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", as_of())


def test_an_unknown_model_has_no_price() -> None:
    assert prices_of("openai", "house-model") == UNKNOWN
    assert UNKNOWN.estimate_usd("low", (1024, 1024)) is None
    assert UNKNOWN.settled_usd({"input_tokens": 1, "output_tokens": 1}) is None


def test_a_price_grows_with_the_area_and_never_below_the_list() -> None:
    prices = prices_of("openai", "gpt-image-2")
    assert prices.estimate_usd("low", (1024, 1024)) == 0.006
    assert prices.estimate_usd("low", (2048, 1024)) == 0.012
    assert prices.estimate_usd("low", (512, 512)) == 0.006


def test_a_quality_that_the_back_end_chooses_is_reckoned_as_its_dearest() -> None:
    assert prices_of("openai", "gpt-image-2").estimate_usd("auto", (1024, 1024)) == 0.211
    assert prices_of("openai", "gpt-image-2").estimate_usd("ultra", (1024, 1024)) is None


def test_tokens_of_text_and_pictures_have_their_own_prices() -> None:
    usage = {"input_tokens": 150, "output_tokens": 1000, "input_tokens_details": {"image_tokens": 100}}
    cost = prices_of("openai", "gpt-image-1").settled_usd(usage)
    assert cost == pytest.approx((50 * 5 + 100 * 10 + 1000 * 40) / 1e6)


@pytest.mark.parametrize(
    "usage",
    [
        None,
        [],
        {},
        {"input_tokens": "5", "output_tokens": 1},
        {"input_tokens": -5, "output_tokens": 1},
        {"input_tokens": 5, "output_tokens": 10**12},
        {"input_tokens": 0, "output_tokens": 0},
    ],
)
def test_a_usage_that_cannot_be_believed_settles_nothing(usage: object) -> None:
    assert prices_of("openai", "gpt-image-1").settled_usd(usage) is None
