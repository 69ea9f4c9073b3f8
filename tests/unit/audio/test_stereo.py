import numpy as np
import pytest
from sounds import hops, noise, sine

from artvis.audio.stereo import StereoWidth
from artvis.model.music import Samples


def width_of(left: np.ndarray, right: np.ndarray) -> float:
    samples: Samples = np.stack([left, right], axis=1).astype(np.float32)
    meter = StereoWidth()
    return [meter.step(hop) for hop in hops(samples)][-1]


MUSIC, OTHER = noise(4.0, 0.1, seed=1), noise(4.0, 0.1, seed=2)


def test_mono_is_0_and_uncorrelated_or_antiphase_is_1() -> None:
    assert width_of(MUSIC, MUSIC) == pytest.approx(0.0, abs=1e-3)
    assert width_of(MUSIC, OTHER) == pytest.approx(1.0, abs=0.05)
    assert width_of(MUSIC, -MUSIC) == 1.0


def test_it_grows_with_what_the_channels_do_not_share() -> None:
    # r of (m + kx, m + ky) is 1 / (1 + k^2): half of it is shared at k = 1.
    shared = sine(300, 4.0, 0.1 * np.sqrt(2))
    assert width_of(shared + MUSIC, shared + OTHER) == pytest.approx(0.5, abs=0.05)
    assert width_of(shared + MUSIC / 2, shared + OTHER / 2) == pytest.approx(0.2, abs=0.03)


def test_mono_in_one_channel_or_softer_in_one_is_mono_all_the_same() -> None:
    assert width_of(MUSIC, 0 * MUSIC) == 0.0
    assert width_of(MUSIC, 0.3 * MUSIC) == pytest.approx(0.0, abs=1e-3)
    assert width_of(MUSIC, 1e-3 * OTHER) == 0.0  # the hiss of an open input


def test_silence_leaves_the_width_as_it_was() -> None:
    rest = np.zeros(20 * 44_100)
    assert width_of(np.concatenate([MUSIC, rest]), np.concatenate([OTHER, rest])) == pytest.approx(
        1.0, abs=0.06
    )
