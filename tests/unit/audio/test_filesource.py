"""Files of every sad kind, and the sound that comes out of the good ones."""

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from artvis.audio.filesource import decode, file_source, probe
from artvis.errors import InputError
from artvis.model.music import Samples


def _tone(rate_hz: int, seconds: float, frequency_hz: float = 440.0) -> Samples:
    t = np.arange(round(rate_hz * seconds)) / rate_hz
    left = 0.3 * np.sin(2 * np.pi * frequency_hz * t)
    return np.stack((left, 0.5 * left), axis=1).astype(np.float32)


def _whole(path: Path) -> Samples:
    return np.concatenate(list(decode(path)))


def test_a_wav_file_comes_out_as_it_went_in(tmp_path: Path) -> None:
    tone = _tone(44_100, 0.5)
    soundfile.write(tmp_path / "tone.wav", tone, 44_100, subtype="FLOAT")
    sound = _whole(tmp_path / "tone.wav")
    assert sound.dtype == np.float32
    assert np.array_equal(sound, tone)


@pytest.mark.parametrize("name", ["tone.flac", "tone.ogg", "tone.mp3"])
def test_compressed_files_have_their_full_length_and_level(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / name, _tone(44_100, 2.0), 44_100)
    sound = _whole(tmp_path / name)
    assert abs(len(sound) - 88_200) < 2400
    assert np.sqrt(np.mean(sound[20_000:60_000, 0] ** 2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.05)


def test_any_rate_and_mono_become_stereo_at_44_100_hz(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "mono.wav", _tone(22_050, 1.0)[:, 0], 22_050)
    sound = _whole(tmp_path / "mono.wav")
    assert abs(len(sound) - 44_100) < 64
    assert np.allclose(sound[:, 0], sound[:, 1])
    spectrum = np.abs(np.fft.rfft(sound[:44_032, 0]))
    assert np.argmax(spectrum) * 44_100 / 44_032 == pytest.approx(440, abs=1.5)


def test_what_is_not_a_number_becomes_silence_and_damage_is_limited(tmp_path: Path) -> None:
    tone = _tone(44_100, 0.2)
    tone[100:200] = np.nan
    tone[300] = np.inf
    tone[400] = 1e9
    soundfile.write(tmp_path / "bad.wav", tone, 44_100, subtype="FLOAT")
    sound = _whole(tmp_path / "bad.wav")
    assert np.isfinite(sound).all()
    assert not sound[100:200].any()
    assert not sound[300].any()
    assert sound.max() == 8.0


def test_damage_in_the_middle_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, (88_200, 2))
    soundfile.write(path, noise, 44_100)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = bytes(3000)
    path.write_bytes(content)
    assert 44_100 < len(_whole(path)) <= 88_200


def test_a_file_that_breaks_off_ends_there(tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    soundfile.write(path, np.random.default_rng(1).uniform(-0.3, 0.3, (88_200, 2)), 44_100)
    path.write_bytes(path.read_bytes()[:100_000])
    assert 0 < len(_whole(path)) < 88_200


def _silent_film(path: Path) -> None:
    with av.open(str(path), "w") as film:
        stream = film.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(3):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))
            film.mux(stream.encode(picture))
        film.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.wav", None, "There is no file"),
        ("empty.wav", b"", "is empty"),
        ("song.mp3", b"these are words, not music\n" * 900, "is not a sound file"),
        ("notes.txt", b"hello\n" * 300, "has no sound in it"),
        ("noise.wav", bytes(range(256)) * 40, "is not a sound file"),
    ],
)
def test_what_is_no_sound_file_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for ask in (probe, file_source, lambda p: next(decode(p))):
        with pytest.raises(InputError, match=sentence) as refused:
            ask(path)
        assert str(path) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_folder_and_a_film_without_sound_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        probe(tmp_path)
    _silent_film(tmp_path / "film.mp4")
    with pytest.raises(InputError, match="has no sound in it"):
        probe(tmp_path / "film.mp4")


def test_a_file_says_its_length_and_its_title(tmp_path: Path) -> None:
    path = tmp_path / "a song.flac"
    soundfile.write(path, _tone(44_100, 1.5), 44_100)
    info = probe(path)
    assert info.duration_s == pytest.approx(1.5, abs=0.01)
    assert info.title == "a song"
    with soundfile.SoundFile(path, "w", 44_100, 2, format="FLAC") as file:
        file.title, file.artist = "Nocturne", "Ada"
        file.write(_tone(44_100, 0.5))
    assert probe(path).title == "Ada – Nocturne"
