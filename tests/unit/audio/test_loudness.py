import numpy as np
import pytest
from sounds import hops, noise, sine, stereo

from artvis.audio.loudness import LoudnessMeter, SilenceGate
from artvis.audio.spectrum import ShortSpectrum, flatness
from artvis.model.music import HOP_S, Samples


def loudness_of(samples: Samples) -> tuple[float, float, float]:
    spectrum, meter = ShortSpectrum(), LoudnessMeter()
    return [meter.step(spectrum.step(hop).power) for hop in hops(samples)][-1]


def silence_of(samples: Samples) -> list[bool]:
    spectrum, meter, gate = ShortSpectrum(), LoudnessMeter(), SilenceGate()
    found = []
    for hop in hops(samples):
        frame = spectrum.step(hop)
        hop_lufs, momentary, _ = meter.step(frame.power)
        found.append(gate.step(momentary, hop_lufs=hop_lufs, flatness=flatness(frame.magnitude)))
    return found


def test_a_full_scale_997_hz_sine_in_one_channel_is_minus_3_01_lufs() -> None:
    samples = stereo(sine(997, 4.0, 1.0))  # ITU-R BS.1770-4, annex 1
    samples[:, 1] = 0
    _, momentary, short_term = loudness_of(samples)
    assert momentary == pytest.approx(-3.01, abs=0.1)
    assert short_term == pytest.approx(-3.01, abs=0.1)


def test_both_channels_are_3_db_louder_than_one_and_half_the_amplitude_6_db_softer() -> None:
    assert loudness_of(stereo(sine(997, 1.0, 1.0)))[1] == pytest.approx(0.0, abs=0.1)
    assert loudness_of(stereo(sine(997, 1.0, 0.5)))[1] == pytest.approx(-6.0, abs=0.1)


@pytest.mark.parametrize(("hz", "gain_db"), [(100, -1.1), (10_000, 4.0)])
def test_the_k_weighting_lowers_bass_and_lifts_treble(hz: float, gain_db: float) -> None:
    assert loudness_of(stereo(sine(hz, 1.0, 1.0)))[1] == pytest.approx(-0.69 + gain_db, abs=0.3)


def test_noise_at_minus_60_dbfs_is_silence_and_a_tone_as_soft_is_not() -> None:
    assert all(silence_of(stereo(noise(6.0, 1e-3)))[100:])
    assert not any(silence_of(stereo(sine(440, 6.0, 1e-3)))[100:])


def test_soft_drums_are_sound_although_they_are_noise() -> None:
    bursts = noise(8.0, 2e-3) * (np.arange(8 * 44100) % 22050 < 4000)
    assert not any(silence_of(stereo(bursts))[300:])


def test_a_short_rest_is_not_silence_and_a_long_one_is() -> None:
    def rest(length_s: float) -> list[bool]:
        return silence_of(
            stereo(np.concatenate([sine(300, 2.0), np.zeros(int(length_s * 44100)), sine(300, 1.0)]))
        )

    assert not any(rest(0.3)[20:])
    assert any(rest(1.5)[180:])


def all_loudness_of(samples: Samples) -> list[tuple[float, float, float]]:
    spectrum, meter = ShortSpectrum(), LoudnessMeter()
    return [meter.step(spectrum.step(hop).power) for hop in hops(samples)]


@pytest.mark.parametrize("level_dbfs", [-23.0, -33.0])
def test_a_stereo_1_khz_sine_has_its_level_in_lufs(level_dbfs: float) -> None:
    # EBU Tech 3341, test signals 1 and 2: +-0.1 LU.
    _, momentary, short_term = loudness_of(stereo(sine(1000, 4.0, 10 ** (level_dbfs / 20))))
    assert momentary == pytest.approx(level_dbfs, abs=0.1)
    assert short_term == pytest.approx(level_dbfs, abs=0.1)


def steps(loud_s: float, soft_s: float, times: int) -> Samples:
    one = np.concatenate([sine(1000, loud_s, 10 ** (-20 / 20)), sine(1000, soft_s, 10 ** (-30 / 20))])
    return stereo(np.tile(one, times))


def test_the_short_term_window_is_3_s() -> None:
    # EBU Tech 3341, test signal 9: -23.0 +-0.1 LUFS from 3 s on.
    found = [short_term for _, _, short_term in all_loudness_of(steps(1.34, 1.66, 5))]
    assert found[round(3.1 / HOP_S) :] == pytest.approx([-23.0] * len(found[round(3.1 / HOP_S) :]), abs=0.1)


def test_the_momentary_window_is_400_ms() -> None:
    # EBU Tech 3341, test signal 12: -23.0 +-0.1 LUFS from 1 s on; a hop of 11.6 ms more or less is 0.2 LU here.
    found = [momentary for _, momentary, _ in all_loudness_of(steps(0.18, 0.22, 25))][round(1.0 / HOP_S) :]
    assert np.mean(found) == pytest.approx(-23.0, abs=0.1)
    assert max(abs(lufs + 23.0) for lufs in found) < 0.3


def test_loud_sound_leaves_nothing_behind_in_the_sums() -> None:
    found = all_loudness_of(stereo(np.concatenate([sine(1000, 6.0, 1.0), np.zeros(8 * 44_100)])))
    assert found[-1] == (-120.0, -120.0, -120.0)
