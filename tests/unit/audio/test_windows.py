"""The arithmetic of the Windows rung; the rest of it needs Windows."""

import ctypes

import pytest

from artvis.audio import windows
from artvis.audio.follower import Elsewhere
from artvis.audio.windows import QUIET_S, DefaultFollower, SilenceClock

RATE_HZ = 48_000


def test_while_buffers_come_no_silence_is_added_however_the_clocks_drift() -> None:
    clock = SilenceClock(RATE_HZ, 0.0)
    for number in range(1, 360_000):  # an hour of a card that is 100 ppm slow
        now_s = number * 0.01 * 1.0001
        clock.heard(now_s)
        assert clock.due(now_s + 0.005) == 0


def test_ten_seconds_in_which_nothing_plays_are_ten_seconds_of_silence() -> None:
    clock = SilenceClock(RATE_HZ, 100.0)
    looks_s = [100.0 + 0.005 * number for number in range(2001)]
    filled = sum(clock.due(now_s) for now_s in looks_s)
    assert filled / RATE_HZ == pytest.approx(10.0, abs=QUIET_S)


def test_sound_after_a_silence_begins_at_once() -> None:
    clock = SilenceClock(RATE_HZ, 0.0)
    assert clock.due(0.5) == 24_000
    clock.heard(0.51)
    assert clock.due(0.54) == 0


def test_the_time_in_which_the_machine_slept_is_no_silence() -> None:
    clock = SilenceClock(RATE_HZ, 0.0)
    assert clock.due(3600.0) == 0
    assert clock.due(3600.1) == pytest.approx(0.1 * RATE_HZ, abs=1)


def test_another_default_output_has_the_stream_opened_anew() -> None:
    default = ["speakers"]
    follower = DefaultFollower(lambda: default[0], every_s=0.0)
    assert follower.locate() is None
    follower.follow(0, 0.0, flowing=bool)
    default[0] = "headphones"
    with pytest.raises(Elsewhere):
        follower.follow(0, 0.0, flowing=bool)
    follower.locate()
    follower.follow(0, 0.0, flowing=bool)


def test_a_method_is_called_by_its_place_with_the_object_first() -> None:
    kind = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_void_p, ctypes.c_int)
    called: list[tuple[int | None, int]] = []
    functions = [
        kind(lambda this, number, place=place: called.append((this, number)) or place) for place in range(3)
    ]
    table = (ctypes.c_void_p * 3)(*[ctypes.cast(function, ctypes.c_void_p).value for function in functions])
    thing = ctypes.pointer(ctypes.cast(table, ctypes.c_void_p))
    address = ctypes.cast(thing, ctypes.c_void_p)
    assert windows._call(address, 2, ctypes.c_int(7)) == 2
    assert called == [(address.value, 7)]


def test_elsewhere_there_is_no_loopback_and_no_default() -> None:
    assert windows.default_output() == ""
    assert "PyAudioWPatch is not installed" in windows.why_no_loopback()
