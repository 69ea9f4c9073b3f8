"""The counter of flashes, on films whose flashes are known."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from flashfilms import count
from PIL import Image

from artvis.model.artwork import Pixels
from artvis.render.film import FilmWriter

Code = int | tuple[int, int, int]
SIZE = (128, 72)
COUNTER = Path(__file__).parents[3] / "benchmarks" / "flashes.py"


def flat(code: Code, part: float = 1.0) -> Pixels:
    frame = np.full((SIZE[1], SIZE[0], 3), 60, np.uint8)
    frame[:, : round(part * SIZE[0])] = code
    return frame


def film(
    frame_of: Callable[[float], Pixels], seconds: float = 2.5, fps: float = 30
) -> list[tuple[float, Pixels]]:
    return [(number / fps, frame_of(number / fps)) for number in range(round(seconds * fps))]


def strobe(hertz: float, light: Code, dark: Code, part: float = 1.0) -> Callable[[float], Pixels]:
    return lambda t_s: flat(light if (t_s * hertz + 1e-9) % 1.0 < 0.5 else dark, part)


@pytest.mark.parametrize("hertz", [2, 3, 5, 10, 15])
def test_a_strobe_has_as_many_flashes_a_second_as_hertz(hertz: int) -> None:
    found = count(film(strobe(hertz, 255, 0)))
    assert (found.general.flashes, found.red.flashes) == (hertz, 0)
    assert found.general.blocks == found.general.rectangle == found.general.at_once == hertz


def test_a_strobe_counts_over_more_than_a_quarter_of_the_screen_only() -> None:
    assert count(film(strobe(10, 255, 0, part=0.5))).flashes == 10
    assert count(film(strobe(10, 255, 0, part=0.2))).flashes == 0


def test_the_blocks_of_a_quarter_need_not_touch() -> None:
    columns = np.arange(SIZE[0]) // 4 % 3 == 0

    def frame(t_s: float) -> Pixels:
        out = flat(60)
        out[:, columns] = 255 if t_s * 8 % 1.0 < 0.5 else 0
        return out

    found = count(film(frame))
    assert (found.general.blocks, found.general.rectangle) == (8, 0)


def test_other_places_in_turn_are_flashes_all_the_same() -> None:
    def frame(t_s: float) -> Pixels:
        beat = int(t_s * 8 + 1e-9)
        out = flat(0)
        if beat % 2 == 0:
            side = slice(0, 64) if beat % 4 else slice(64, 128)
            out[:, side] = 255
        return out

    found = count(film(frame))
    assert (found.general.blocks, found.general.at_once) == (2, 4)


@pytest.mark.parametrize(
    ("light", "dark", "flashes"),
    [
        (255, 235, 0),  # the darker one has 0.83
        (255, 225, 6),  # 0.75
        (100, 60, 0),  # 0.13 and 0.05: less than a tenth apart
        (110, 50, 6),  # 0.16 and 0.03
    ],
)
def test_a_change_counts_from_a_tenth_on_where_the_darker_image_is_below_four_fifths(
    light: int, dark: int, flashes: int
) -> None:
    assert count(film(strobe(6, light, dark))).general.flashes == flashes


@pytest.mark.parametrize(
    ("one", "other", "flashes"),
    [
        ((255, 0, 0), (0, 0, 0), 6),
        ((255, 0, 0), (0, 0, 255), 6),
        ((80, 0, 0), (0, 0, 0), 6),  # hardly a change of luminance
        ((255, 150, 60), (0, 0, 0), 0),  # orange is no saturated red
        ((0, 0, 255), (0, 0, 0), 0),
    ],
)
def test_a_saturated_red_is_counted_whatever_its_luminance(one: Code, other: Code, flashes: int) -> None:
    assert count(film(strobe(6, one, other))).red.flashes == flashes


def test_a_slow_swing_with_a_ripple_on_it_is_one_change() -> None:
    def frame(t_s: float) -> Pixels:
        return flat(round(128 + 110 * np.cos(2 * np.pi * t_s) + 8 * np.sin(60 * t_s)))

    assert count(film(frame)).general.flashes == 1


def test_a_still_picture_has_none() -> None:
    assert count(film(lambda _: flat(90, part=0.4))).flashes == 0


def test_the_worst_second_is_named_wherever_it_lies() -> None:
    found = count(film(lambda t_s: strobe(8, 255, 0)(t_s) if 3.0 <= t_s < 4.0 else flat(0), seconds=6))
    assert found.general.flashes == 8
    assert 3.8 < found.general.at_s < 4.1


@pytest.mark.parametrize(("hertz", "code"), [(10, 1), (3, 0)])
def test_the_command_reads_films_and_folders_and_says_no_by_its_exit_code(
    tmp_path: Path, hertz: int, code: int
) -> None:
    frames = film(strobe(hertz, 255, 0), seconds=1.5)
    with FilmWriter(tmp_path / "film.mp4", SIZE, 30, audio=False) as writer:
        for number, (_, pixels) in enumerate(frames):
            writer.video(pixels)
            if hertz == 10:
                Image.fromarray(pixels).save(tmp_path / f"{number:04}.png")
    for path in (tmp_path / "film.mp4", *([tmp_path] if hertz == 10 else [])):
        done = subprocess.run([sys.executable, COUNTER, path], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert f"general  {hertz:3} flashes" in done.stdout
