import numpy as np
import pytest
from sounds import drums, hops, noise, sine, stereo

from artvis.audio.hearing import Hearing
from artvis.model.music import FFT_BIN_HZ, HOP, MusicState, Samples
from artvis.pipeline.listening import Heard


def states_of(samples: Samples) -> list[MusicState]:
    hearing = Hearing(deep=False)
    return [hearing.feed(hop)[0] for hop in hops(samples)]


@pytest.mark.parametrize("hz", [1000, 10_000])
def test_a_tone_peaks_in_the_bin_of_its_frequency(hz: float) -> None:
    fft = states_of(stereo(sine(hz, 1.0)))[-1].fft
    assert fft.argmax() == int(hz / (22_050 / 512))
    assert fft.max() == pytest.approx(1.0, abs=0.01)
    far = np.abs(np.arange(512) * FFT_BIN_HZ - hz) > 500
    assert fft[far].max() < 0.1


def test_silence_is_zero_from_the_start_and_a_second_after_the_sound() -> None:
    for state in states_of(stereo(np.zeros(22_050))):
        assert not state.fft.any()
        assert not state.waveform.any()
    state = states_of(stereo(np.concatenate([noise(1.0, 0.1), np.zeros(2 * 44_100)])))[-1]
    assert not state.fft.any()
    assert not state.waveform.any()


def test_the_spectrum_is_the_same_at_a_tenth_of_the_amplitude() -> None:
    sound, _ = drums(120, 4.0)
    loud, soft = states_of(stereo(sound)), states_of(stereo(0.1 * sound))
    assert max(state.fft.max() for state in loud[90:]) > 0.5
    # The first moments apart, in which the gain and the gate of silence find their way.
    assert max(np.abs(a.fft - b.fft).max() for a, b in zip(loud[90:], soft[90:], strict=True)) < 0.05


def test_what_lies_50_db_under_the_loudest_is_still_to_be_seen() -> None:
    fft = states_of(stereo(sine(500, 1.0) + sine(8000, 1.0, 0.5 * 10 ** (-50 / 20))))[-1].fft
    assert fft[int(8000 / FFT_BIN_HZ)] == pytest.approx(20 / 70, abs=0.03)


def test_the_waveform_is_the_newest_samples_by_channel_within_full_scale() -> None:
    sound = np.stack([sine(440, 1.0, 0.25), sine(660, 1.0, 1.5)], axis=1).astype(np.float32)
    states = states_of(sound)
    last = sound[(len(states) - 1) * HOP : len(states) * HOP]
    assert states[-1].waveform.shape == (2, 512)
    assert np.array_equal(states[-1].waveform[0], last[:, 0])
    assert np.array_equal(states[-1].waveform[1], last[:, 1].clip(-1, 1))


def test_both_are_remembered_with_their_moment_and_end_with_the_sound() -> None:
    states = states_of(stereo(sine(440, 0.5)))
    heard = Heard(states[-1], at_s=10.0, before=tuple(states[-11:-1]))
    before = heard.at(10.0 - 4.5 * HOP / 44_100)
    assert before.waveform is states[-6].waveform
    assert before.fft is states[-6].fft
    assert heard.at(10.1).waveform is states[-1].waveform
    for array in (before.waveform, before.fft):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    late = heard.at(12.0)
    assert not late.waveform.any()
    assert not late.fft.any()
