import numpy as np
import pytest
from sounds import drums, hops, sine, stereo

from artvis.audio.bands import SpectrumBars, ThreeBands
from artvis.audio.spectrum import ShortSpectrum
from artvis.model.music import Samples

Three = tuple[float, float, float]


def bands_of(samples: Samples) -> list[Three]:
    spectrum, bands = ShortSpectrum(), ThreeBands()
    return [bands.step(spectrum.step(hop).magnitude, silent=not hop.any()) for hop in hops(samples)]


@pytest.mark.parametrize(("hz", "band"), [(60, 0), (700, 1), (6000, 2)])
def test_a_tone_fills_its_band_and_no_other(hz: float, band: int) -> None:
    levels = bands_of(stereo(sine(hz, 1.0)))[-1]
    assert levels[band] > 0.9
    assert levels.index(max(levels)) == band


def test_bands_move_alike_at_any_volume() -> None:
    sound, _ = drums(120, 5.0)
    loud = np.array(bands_of(stereo(sound)))
    soft = np.array(bands_of(stereo(sound * 0.01)))
    assert np.abs(loud[100:] - soft[100:]).max() < 0.02


def test_a_band_rises_within_30_ms_and_falls_slowly() -> None:
    levels = [three[1] for three in bands_of(stereo(np.concatenate([sine(700, 1.0), np.zeros(44100)])))]
    assert levels[8] > 0.6
    after = levels[87:]
    assert after[8] > 0.5
    assert after[-1] < 0.1


def test_the_gain_rests_in_silence() -> None:
    sound = np.concatenate([sine(700, 1.0), np.zeros(10 * 44100), sine(700, 0.5, amplitude=0.05)])
    assert bands_of(stereo(sound))[-1][1] < 0.3


def test_the_bar_of_a_tone_is_the_highest_and_bars_are_read_only() -> None:
    spectrum, meter = ShortSpectrum(), SpectrumBars()
    bars = [meter.step(spectrum.step(hop).magnitude, silent=False) for hop in hops(stereo(sine(1000, 0.5)))][
        -1
    ]
    expected = 63 * np.log(1000 / 40) / np.log(14_000 / 40)
    assert abs(int(bars.argmax()) - expected) <= 1
    assert bars.shape == (64,)
    assert bars.dtype == np.float32
    assert bars.max() <= 1
    with pytest.raises(ValueError, match="read-only"):
        bars[0] = 1
