"""What the flash guard lets out, counted by a counter that knows nothing of it."""

import numpy as np
import pytest
from flashfilms import ADVERSARIES, LEGAL, count, moments, strobe, tried, unguarded

from artvis.scene.flashguard import FlashGuard, Verdict

SECONDS = 2.2


@pytest.mark.parametrize(
    ("name", "fps"),
    [
        ("strobe 10 Hz", 30),
        ("strobe 4 Hz", 60),
        ("red and green 6 Hz", 30),
        ("checkerboard 64", 30),
        ("quarter and a bit", 30),
        ("two halves in turn", 30),
        ("noise, large", 30),
        ("chirp", 0),
    ],
)
def test_no_second_has_more_than_three_flashes_and_without_the_guard_it_has(name: str, fps: int) -> None:
    times_s = moments(SECONDS, fps)
    film = ADVERSARIES[name]
    assert count(unguarded(film, times_s)).flashes > 3
    found, verdicts = tried(film, times_s)
    assert found.flashes <= 3
    assert max(each.flashes for each in verdicts) <= 3


@pytest.mark.full
@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60, 75, 120, 144, 0])
@pytest.mark.parametrize("name", ADVERSARIES)
def test_no_second_of_any_adversary_has_more_than_three_flashes(name: str, fps: int) -> None:
    assert tried(ADVERSARIES[name], moments(8.0, fps))[0].flashes <= 3


@pytest.mark.parametrize("name", LEGAL)
def test_what_does_not_flash_too_often_passes_untouched(name: str) -> None:
    _, verdicts = tried(LEGAL[name], moments(5.0, 24))
    assert not any(each.limited for each in verdicts)


def frames(levels: list[float]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return [np.full((36, 64, 3), level, np.float32) for level in levels]


def judged(levels: list[float], *, fps: float = 30, calm: bool = False) -> list[Verdict]:
    guard = FlashGuard()
    return [guard.step(frame, dt_s=1 / fps, calm=calm) for frame in frames(levels)]


def square(hertz: float, seconds: float, fps: float = 30) -> list[float]:
    return [float((number / fps * hertz + 1e-9) % 1.0 < 0.5) for number in range(round(seconds * fps))]


def test_after_a_strobe_the_whole_frame_is_back_within_two_seconds_without_a_jump() -> None:
    verdicts = judged(square(10, 3.0) + [0.5] * 75)
    after = [each.share for each in verdicts[90:]]
    assert after[0] < 0.1
    assert min(after[60:]) == 1.0
    rising = np.diff([share for share in after if share < 1.0])
    assert rising.min() >= -1e-6
    assert not verdicts[-1].limits


def test_the_frame_before_the_first_limited_one_has_gone_through_the_exposure() -> None:
    for hertz in (4, 10, 15):
        for calm in (False, True):
            verdicts = judged(square(hertz, 2.0), calm=calm)
            first = next(number for number, each in enumerate(verdicts) if each.limited)
            assert verdicts[first - 1].limits


def test_calm_that_is_switched_on_amid_flashes_waits_for_a_frame_to_mix_with() -> None:
    guard = FlashGuard()
    before = [guard.step(frame, dt_s=1 / 30) for frame in frames([1.0] * 8 + [0.0] * 8 + [1.0] * 4)]
    assert not before[-1].limits
    first, second = (guard.step(frame, dt_s=1 / 30, calm=True) for frame in frames([0.0, 1.0]))
    assert first.limits
    assert not first.limited
    assert second.limited


def test_calm_allows_half_as_many() -> None:
    assert not any(each.limited for each in judged(square(2, 4.0)))
    calm = judged(square(2, 4.0), calm=True)
    assert any(each.limited for each in calm)
    assert max(each.flashes for each in calm) == 1


def test_a_strobe_comes_out_as_its_mean_not_as_black() -> None:
    guard, shown = FlashGuard(), 0.0
    out = []
    for level, frame in zip(square(10, 4.0), frames(square(10, 4.0)), strict=True):
        shown += guard.step(frame, dt_s=1 / 30).share * (level - shown)
        out.append(shown)
    assert 0.4 < np.mean(out[-30:]) < 0.6
    assert np.ptp(out[-30:]) < 0.1


def test_a_long_pause_of_the_window_is_a_pause_for_the_guard() -> None:
    guard = FlashGuard()
    for frame in frames(square(10, 2.0)):
        guard.step(frame, dt_s=1 / 30)
    assert guard.step(frames([0.2])[0], dt_s=60.0).share > 0.99


def test_the_screen_may_be_cut_as_finely_as_one_likes() -> None:
    guard = FlashGuard()
    film = strobe(10.0)
    verdicts = [
        guard.step(film(number / 30)[::8, ::8].astype(np.float32), dt_s=1 / 30) for number in range(60)
    ]
    assert verdicts[-1].limited
