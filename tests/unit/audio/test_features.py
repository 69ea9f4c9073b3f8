import numpy as np
import pytest
from sounds import hops, noise, sine, stereo

from artvis.audio.features import FeatureExtractor, FeatureFrame, rolloff_hz
from artvis.audio.spectrum import BINS
from artvis.model.music import Samples


def frames_of(samples: Samples) -> list[FeatureFrame]:
    extractor = FeatureExtractor()
    return [extractor.step(hop) for hop in hops(samples)]


def test_85_percent_of_a_flat_spectrum_lie_under_85_percent_of_its_width() -> None:
    assert rolloff_hz(np.ones(BINS, np.float32)) == pytest.approx(0.85 * 22_050, rel=0.002)


def test_a_tone_has_its_rolloff_and_centroid_at_its_own_frequency() -> None:
    frame = frames_of(stereo(sine(3000, 1.0)))[-1]
    assert frame.rolloff_hz == pytest.approx(3000, abs=60)
    assert frame.centroid_hz == pytest.approx(3000, abs=60)


def test_silence_has_no_rolloff_and_white_noise_a_high_one() -> None:
    assert frames_of(stereo(np.zeros(22_050)))[-1].rolloff_hz == 0.0
    assert frames_of(stereo(noise(2.0, 0.1)))[-1].rolloff_hz > 17_000


def test_the_notes_of_chords_and_bass_come_every_eighth_hop() -> None:
    chord = sum(sine(hz, 3.0, 0.1) for hz in (261.6, 329.6, 392.0)) + sine(65.4, 3.0, 0.2)
    frames = frames_of(stereo(chord))
    assert [frame.chroma is not None for frame in frames[:16]] == 2 * ([False] * 7 + [True])
    last = [frame for frame in frames if frame.chroma is not None][-1]
    assert last.chroma is not None
    assert last.bass_chroma is not None
    assert set(np.flatnonzero(last.chroma > 0.1)) == {0, 4, 7}
    assert last.bass_chroma[0] > 0.8


def test_what_lies_above_the_notes_does_not_fold_onto_them() -> None:
    # 5,772 Hz is 259 Hz away from the rate at which notes are heard: C, if it came through.
    sound = sine(440, 2.0, 0.02) + sine(44_100 / 8 + 261.6, 2.0, 0.5)
    last = [frame for frame in frames_of(stereo(sound)) if frame.chroma is not None][-1]
    assert last.chroma is not None
    assert last.chroma[9] > 0.95
