import numpy as np
import pytest
from sounds import hops, noise, sine, stereo

from artvis.audio.spectrum import ShortSpectrum, SpectrumFrame, centroid_hz, clean, flatness
from artvis.model.music import Samples


def last_frame(samples: Samples) -> SpectrumFrame:
    spectrum = ShortSpectrum()
    return [spectrum.step(hop) for hop in hops(samples)][-1]


def test_a_full_scale_sine_on_a_bin_has_magnitude_one_there() -> None:
    frame = last_frame(stereo(sine(44100 / 2048 * 40, 0.2, 1.0)))
    assert frame.magnitude.argmax() == 40
    assert frame.magnitude[40] == pytest.approx(1.0, abs=0.01)


def test_a_440_hz_sine_has_centroid_440_hz() -> None:
    assert centroid_hz(last_frame(stereo(sine(440, 0.2))).magnitude) == pytest.approx(440, abs=5)


def test_sound_in_antiphase_does_not_cancel() -> None:
    samples = stereo(sine(1000, 0.2))
    samples[:, 1] *= -1
    assert last_frame(samples).magnitude.max() > 0.4


def test_a_constant_offset_is_not_heard() -> None:
    assert last_frame(stereo(np.full(9000, 0.5))).magnitude.max() < 1e-4


def test_flatness_tells_noise_from_a_tone_whatever_the_tilt() -> None:
    white = noise(0.5, 0.1)
    dull = np.cumsum(white) * 0.01
    assert flatness(last_frame(stereo(sine(440, 0.2))).magnitude) < 0.35
    assert flatness(last_frame(stereo(white)).magnitude) > 0.5
    assert flatness(last_frame(stereo(dull)).magnitude) > 0.5


def test_what_is_not_a_number_becomes_silence_and_what_is_too_loud_is_clipped() -> None:
    hop = np.zeros((512, 2), np.float32)
    hop[0], hop[1], hop[2] = np.nan, np.inf, 1e20
    cleaned = clean(hop)
    assert np.isfinite(cleaned).all()
    assert cleaned.max() == 8.0
