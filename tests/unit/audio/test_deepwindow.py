import numpy as np
import pytest
from sounds import hops, sine, stereo, times

from artvis.audio.deepresult import DEEP_RATE_HZ, DeepWindow
from artvis.audio.deepwindow import DeepGatherer


def windows_of(mono: np.ndarray) -> list[DeepWindow]:
    gatherer, found = DeepGatherer(), []
    for hop in hops(stereo(mono)):
        gatherer.step(hop)
        window = gatherer.due()
        found += [window] if window is not None else []
    return found


def test_a_window_holds_everything_up_to_its_end_at_half_the_rate() -> None:
    first, second = windows_of(sine(1000, 16.1, 0.5))
    assert (first.end_s, second.end_s) == (8.0, 16.0)
    assert len(first.samples) == 8 * DEEP_RATE_HZ
    spectrum = np.abs(np.fft.rfft(first.samples))
    assert spectrum.argmax() / 8.0 == pytest.approx(1000, abs=1)
    assert np.abs(first.samples[1000:]).max() == pytest.approx(0.5, abs=0.01)


def test_what_is_above_half_the_rate_does_not_fold_back() -> None:
    first = windows_of(sine(14_000, 8.1, 0.5))[0]
    assert np.abs(first.samples[2000:]).max() < 0.02  # the very start is a click


def test_after_a_minute_the_window_is_the_last_minute() -> None:
    rising = times(72.2) / 100
    last = windows_of(rising)[-1]
    assert last.end_s == 72.0
    assert 59 * DEEP_RATE_HZ < len(last.samples) <= 60 * DEEP_RATE_HZ
    assert last.samples[-1] == pytest.approx(0.72, abs=0.001)
    assert np.all(np.diff(last.samples[:: DEEP_RATE_HZ // 10]) > 0)


def test_after_a_change_of_track_no_window_holds_the_track_before() -> None:
    gatherer, found = DeepGatherer(), []
    for number, hop in enumerate(hops(stereo(np.repeat([0.5, 0.25], 26 * 44_100)))):
        if number == 26 * 44_100 // 512:
            gatherer.begin_anew()
        gatherer.step(hop)
        window = gatherer.due()
        found += [window] if window is not None else []
    lengths = {window.end_s: round(len(window.samples) / DEEP_RATE_HZ) for window in found}
    assert lengths == {8.0: 8, 16.0: 16, 24.0: 24, 40.0: 14, 48.0: 22}, "at 32 s there were 6 s of it"
    assert np.abs(found[-1].samples[1000:] - 0.25).max() < 0.01
