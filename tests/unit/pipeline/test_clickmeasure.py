"""Clicks that come back: what their moments mean, and that they are found in sound to the sample."""

import numpy as np
import pytest

from artvis.audio.clicks import ClickFinder, click_period
from artvis.audio.playback import Played
from artvis.pipeline.clickear import ClickEar
from artvis.pipeline.clickmeasure import delays

RATE_HZ = 44_100


def clicks_in_noise(noise: float, *, loud: float = 1.0) -> np.ndarray:
    sound = np.tile(loud * click_period(0.7), 12)
    sound = np.concatenate([np.zeros(700, np.float32), sound])
    sound += noise * np.random.default_rng(3).standard_normal(len(sound)).astype(np.float32)
    return np.repeat(sound[: len(sound) // 512 * 512, None], 2, axis=1)


@pytest.mark.parametrize(("noise", "loud"), [(0.0, 1.0), (0.001, 0.1), (0.01, 0.5)])
def test_each_click_is_found_once_and_to_the_sample(noise: float, loud: float) -> None:
    sound, finder, found = clicks_in_noise(noise, loud=loud), ClickFinder(), []
    for start in range(0, len(sound), 512):
        at = finder.find(sound[start : start + 512])
        if at is not None:
            found.append(start + at)
    truth = 700 + np.arange(12) * round(0.7 * RATE_HZ)
    assert len(found) == 12
    assert np.abs(np.array(found) - truth).max() <= 2


def test_an_ear_says_when_clicks_arrived_whatever_lumps_they_came_in() -> None:
    sound, ear, heard, written = clicks_in_noise(0.0), ClickEar(RATE_HZ), [], 0
    for look in range(1, 900):
        now_s = 70.0 + look * 0.01
        due = min(int((now_s - 70.0 - 0.002 * (look % 3)) * RATE_HZ) // 512 * 512, len(sound))
        if due > written:
            ear.ring.write(sound[written:due])
            written = due
        heard += ear.listen(now_s)
    truth = 70.0 + 700 / RATE_HZ + np.arange(12) * 0.7
    assert np.abs(np.array(heard[2:]) - truth[2:]).max() < 0.004


def played(count: int, *, output_s: float) -> list[Played]:
    return [Played(10.0 + n * 0.7, 10.0 + n * 0.7 + 0.005 + output_s) for n in range(count)]


def test_what_the_sound_system_says_of_its_output_is_believed_where_no_microphone_is() -> None:
    heard = [10.0 + n * 0.7 + 0.008 for n in range(10)]
    found = delays(heard, played(12, output_s=0.05), [], early_s=0.02)
    assert found.round_trip_s == pytest.approx(0.008)
    assert found.output_s == pytest.approx(0.047)
    assert found.offset_s == pytest.approx(-0.027)
    assert not found.in_the_room


def test_what_another_opening_of_the_stream_would_change_is_no_offset() -> None:
    heard = [10.0 + n * 0.7 + 0.012 for n in range(10)]
    found = delays(heard, played(12, output_s=0.02), [], early_s=0.02)
    assert found.capture_s == pytest.approx(0.007)
    assert found.offset_s == 0.0


def test_a_microphone_that_hears_the_clicks_later_than_thought_makes_the_picture_wait() -> None:
    heard = [10.0 + n * 0.7 for n in range(10)]
    room = [10.0 + n * 0.7 + 0.19 for n in range(11)]
    found = delays(heard, played(12, output_s=0.02), room, early_s=0.02)
    assert found.in_the_room
    assert found.output_s == pytest.approx(0.19)
    assert found.offset_s == pytest.approx(-0.17)


def test_clicks_that_are_not_heard_are_a_problem() -> None:
    assert delays([], played(12, output_s=0.02), [], early_s=0.02).agreed.problem
    assert delays([10.0], [], [], early_s=0.02).agreed.problem
