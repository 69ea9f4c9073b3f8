import numpy as np
import pytest
import sounds

from artvis.audio.demo import arrangement
from artvis.audio.levels import LevelMeter, Words, verdict_of
from artvis.model.music import SAMPLE_RATE_HZ, Samples


def _sine(level_db: float, frequency_hz: float = 997.0) -> Samples:
    t = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    left = 10 ** (level_db / 20) * np.sin(2 * np.pi * frequency_hz * t)
    return np.repeat(left[:, None], 2, axis=1).astype(np.float32)


def test_a_sine_of_997_hz_at_minus_20_in_both_channels_is_minus_20_lufs() -> None:
    """EBU Tech 3341, by its first test signal: within 0.1 LU there, within 0.3 here (the first window fills)."""
    assert verdict_of(_sine(-20.0)).lufs == pytest.approx(-20.0, abs=0.3)


@pytest.mark.parametrize(("level_db", "words"), [(-20.0, "music"), (-60.0, "very quiet"), (-90.0, "silence")])
def test_levels_have_words(level_db: float, words: str) -> None:
    assert verdict_of(_sine(level_db)).words == words


def test_zeros_are_silence_and_nothing_is_no_data() -> None:
    assert verdict_of(np.zeros((4096, 2), np.float32)).words == "silence"
    assert LevelMeter().verdict().words == "no data"
    assert LevelMeter().verdict().lufs is None


@pytest.mark.parametrize("level_db", [-64.0, -40.0, -15.0])
@pytest.mark.parametrize("exponent", [0.0, 1.0, 2.0], ids=["white", "pink", "brown"])
def test_noise_is_called_noise_at_any_loudness_and_of_any_colour(level_db: float, exponent: float) -> None:
    spectrum = np.fft.rfft(sounds.noise(2.0, 1.0))
    bins = np.maximum(np.arange(len(spectrum)), 40)
    hiss = np.fft.irfft(spectrum * bins ** (-exponent / 2.0))
    hiss *= 10 ** (level_db / 20) / hiss.std()
    assert verdict_of(sounds.stereo(hiss)).words == "noise"


def _music() -> Samples:
    return arrangement.mastered(arrangement.chunk(0))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda music: music, "music"),
        (lambda music: music * [1.0, 0.0], "one channel only"),
        (lambda music: music * [0.002, 1.0], "one channel only"),
        (lambda music: np.clip(4.0 * music, -1.0, 1.0), "too loud: clipped"),
        (lambda music: 4.0 * music, "too loud: clipped"),
        (lambda music: 0.004 * music, "very quiet"),
        (lambda music: music + 0.3, "music"),
    ],
    ids=["as it is", "left", "right, with crosstalk", "clipped", "beyond full scale", "at -65", "with DC"],
)
def test_music_that_is_not_as_it_should_be_is_told_apart(make: object, words: Words) -> None:
    sound = np.asarray(make(_music()), np.float32)  # type: ignore[operator]
    assert verdict_of(sound).words == words


def test_drums_alone_are_music_and_a_loud_sine_is_not_clipped() -> None:
    assert verdict_of(sounds.stereo(sounds.drums(120, 3.0)[0])).words == "music"
    assert verdict_of(_sine(0.0, 55.0)).words == "music"


def test_samples_that_are_no_numbers_are_silence() -> None:
    assert verdict_of(np.full((4096, 2), np.nan, np.float32)).words == "silence"
