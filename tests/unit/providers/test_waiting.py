import pytest

from artvis.providers.waiting import retry_after_s

NOW_S = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


@pytest.mark.parametrize(
    ("headers", "text", "wait_s"),
    [
        ({"retry-after": "7", "retry-after-ms": "900"}, "try again in 3s", 7.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT"}, "", 30.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:00 GMT"}, "", 0.0),
        ({"retry-after": "soon", "retry-after-ms": "1500"}, "", 1.5),
        ({"x-ratelimit-reset-requests": "6m0s"}, "", 360.0),
        ({"x-ratelimit-reset-requests": "850ms"}, "", 0.85),
        ({"x-ratelimit-reset-requests": "1h2m3.5s"}, "try again in 1s", 3723.5),
        ({}, "Please try again in 12s.", 12.0),
        ({}, "please try again in 850ms", 0.85),
        ({}, "Try again in 20 seconds", 20.0),
        ({}, "try again in 1m30s", 90.0),
        ({}, "no idea", 60.0),
        ({"retry-after": "nan"}, "", 60.0),
        ({"retry-after": "-5"}, "", 0.0),
        ({"retry-after": "99999999"}, "", 86_400.0),
    ],
)
def test_the_wait_is_the_first_that_can_be_read(headers: dict[str, str], text: str, wait_s: float) -> None:
    assert retry_after_s(headers, text, NOW_S) == pytest.approx(wait_s)
