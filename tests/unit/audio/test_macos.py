"""The arithmetic of the macOS rung; the rest of it needs a Mac."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pytest

from artvis.audio import macos
from artvis.audio.macos import REFUSED, ZEROS_S, TapFollower, ZeroWatch, stereo
from artvis.model.notice import Notice

RATE_HZ = 48_000


@dataclass
class Format:
    sample_rate: float = float(RATE_HZ)
    num_channels: int = 2
    bits_per_sample: int = 32
    sample_type: Literal["float", "signed_integer"] = "float"


@dataclass
class Buffer:
    data: bytes
    format: Format


def _seconds(seconds: float, value: float = 0.0) -> np.ndarray:
    return np.full((int(seconds * RATE_HZ), 2), value, np.float32)


def test_ten_seconds_of_exact_zeros_are_a_refusal_and_said_once() -> None:
    watch, said = ZeroWatch(), list[Notice]()
    follower = TapFollower(watch)
    follower.on_notice = said.append
    watch.feed(_seconds(ZEROS_S - 0.1), RATE_HZ)
    follower.follow(0, 0.0, flowing=bool)
    assert said == []
    watch.feed(_seconds(0.2), RATE_HZ)
    follower.follow(0, 0.0, flowing=bool)
    follower.follow(0, 0.0, flowing=bool)
    assert said == [REFUSED]


@pytest.mark.parametrize("level", [1e-9, 0.5])
def test_whoever_has_heard_anything_was_not_refused(level: float) -> None:
    watch = ZeroWatch()
    watch.feed(_seconds(0.1, level), RATE_HZ)
    watch.feed(_seconds(60.0), RATE_HZ)
    assert not watch.refused


def test_every_format_of_samples_becomes_stereo() -> None:
    sound = np.array([[0.5, -0.25], [0.125, 1.0]], np.float32)
    assert np.array_equal(stereo(Buffer(sound.tobytes(), Format())), sound)
    whole = np.array([[16384, -8192]], np.int16)
    short = stereo(Buffer(whole.tobytes(), Format(bits_per_sample=16, sample_type="signed_integer")))
    assert np.array_equal(short, [[0.5, -0.25]])
    mono = stereo(Buffer(sound[:, :1].tobytes(), Format(num_channels=1)))
    assert np.array_equal(mono, [[0.5, 0.5], [0.125, 0.125]])
    many = np.arange(12, dtype=np.float32).reshape(2, 6)
    assert np.array_equal(stereo(Buffer(many.tobytes(), Format(num_channels=6))), many[:, :2])


def test_elsewhere_there_is_no_tap() -> None:
    assert "catap is not installed" in macos.why_no_tap()
