import hashlib
from pathlib import Path

import av
import numpy as np
import pytest

from artvis.errors import InputError
from artvis.render.film import FilmWriter
from artvis.render.framefolder import FrameFolder

SIZE = (160, 90)
FPS = 30


def frame(number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    pixels = np.full((90, 160, 3), 40, np.uint8)
    pixels[:45, :80] = (255, 0, 0)
    pixels[60:80, number : number + 20] = 255
    return pixels


def write(path: Path, frames: int = 30, *, audio: bool = True) -> None:
    with FilmWriter(path, SIZE, FPS, audio=audio) as film:
        for number in range(frames):
            film.video(frame(number))
            t = np.arange(number * 1470, (number + 1) * 1470) / 44_100
            film.audio(np.repeat(0.3 * np.sin(2 * np.pi * 440 * t)[:, None], 2, axis=1).astype(np.float32))


def test_a_film_is_h264_and_aac_of_the_right_length(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert (video.width, video.height, video.average_rate) == (160, 90, 30)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert (video.codec_context.colorspace, video.codec_context.color_trc) == (1, 1)  # BT.709
        frames = list(film.decode(video))
        assert [round(float(each.pts * each.time_base) * FPS) for each in frames] == list(range(30))
    with av.open(str(tmp_path / "a.mp4")) as film:
        samples = sum(each.samples for each in film.decode(audio=0))
    assert samples == pytest.approx(44_100, abs=1024)


def test_colours_and_corners_survive(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", 3)
    with av.open(str(tmp_path / "a.mp4")) as film:
        seen = next(film.decode(video=0)).to_ndarray(format="rgb24")
    assert seen[10, 10] == pytest.approx((255, 0, 0), abs=6)
    assert seen[10, 150] == pytest.approx((40, 40, 40), abs=4)


def test_the_sound_is_the_sound(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as film:
        heard = np.concatenate([each.to_ndarray() for each in film.decode(audio=0)], axis=1)[0]
    assert np.argmax(np.abs(np.fft.rfft(heard[4096 : 4096 + 22_050]))) * 2 == pytest.approx(440, abs=4)


def test_two_films_of_the_same_are_the_same_file(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a.mp4", "b.mp4", "c.mp4", "d.mp4"):
        write(tmp_path / name)
        hashes.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_a_film_without_sound_has_no_sound_stream(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", audio=False)
    with av.open(str(tmp_path / "a.mp4")) as film:
        assert not film.streams.audio


def test_an_exception_leaves_nothing_and_keeps_the_film_of_before(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"the film of yesterday")
    film = FilmWriter(path, SIZE, FPS, audio=True)

    def interrupted() -> None:
        with film:
            film.video(frame(0))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [each.name for each in tmp_path.iterdir()] == ["a.mp4"]
    assert path.read_bytes() == b"the film of yesterday"


def test_a_film_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    film = FilmWriter(tmp_path / "a.mp4", SIZE, FPS, audio=False)
    film.video(frame(0))
    assert not (tmp_path / "a.mp4").exists()
    film.close()
    film.close()
    assert [each.name for each in tmp_path.iterdir()] == ["a.mp4"]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.mp4 cannot be written"):
        FilmWriter(tmp_path / "missing" / "a.mp4", SIZE, FPS, audio=False)


def test_an_odd_size_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="even width and height, not 161x90"):
        FilmWriter(tmp_path / "a.mp4", (161, 90), FPS, audio=False)


def test_a_folder_of_frames_has_them_numbered_and_exact(tmp_path: Path) -> None:
    from PIL import Image

    with FrameFolder(tmp_path / "frames") as folder:
        for number in range(3):
            folder.video(frame(number))
    assert sorted(each.name for each in folder.folder.iterdir()) == ["000000.png", "000001.png", "000002.png"]
    with Image.open(folder.folder / "000002.png") as image:
        assert np.array_equal(np.asarray(image), frame(2))


def test_an_aborted_folder_of_frames_is_gone(tmp_path: Path) -> None:
    folder = FrameFolder(tmp_path / "frames")
    folder.video(frame(0))
    with pytest.raises(ValueError, match="empty"), folder:
        folder.video(np.zeros((0, 0, 3), np.uint8))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "000000.png").write_bytes(b"mine")
    with pytest.raises(InputError, match="not empty"):
        FrameFolder(tmp_path)
    assert (tmp_path / "000000.png").read_bytes() == b"mine"
