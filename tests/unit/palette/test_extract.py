import numpy as np

from artvis.palette import of_picture
from artvis.palette.colour import lab_of_hex

SIX = ("#0d1c34", "#26335f", "#494e92", "#b03040", "#a796da", "#f5e7cb")


def _distance(first: str, second: str) -> float:
    return float(np.linalg.norm(lab_of_hex(first) - lab_of_hex(second)))


def _flag(codes: tuple[str, ...]) -> np.ndarray:
    rows = [[int(code[at : at + 2], 16) for at in (1, 3, 5)] for code in codes]
    return np.repeat(np.array(rows, np.uint8)[None], 40, 0).repeat(30, 1)


def test_a_flag_of_six_colours_gives_those_six_dark_to_light() -> None:
    found = of_picture(_flag(SIX[::-1]))
    assert len(found) == 6
    lights = [float(lab_of_hex(code)[0]) for code in found]
    assert lights == sorted(lights)
    assert all(min(_distance(code, other) for other in found) < 0.01 for code in SIX)


def test_the_same_pixels_give_the_same_colours() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (90, 160, 3), dtype=np.uint8)
    assert of_picture(noise) == of_picture(noise.copy())


def test_a_picture_of_one_colour_gives_that_colour_six_times() -> None:
    assert set(of_picture(np.full((8, 8, 3), 77, np.uint8))) == {"#4d4d4d"}


def test_a_small_light_area_is_found_in_a_picture_that_is_mostly_dark() -> None:
    picture = np.full((72, 72, 3), (13, 28, 52), np.uint8)
    picture[:6] = (245, 231, 203)
    picture[6:12] = (176, 48, 64)
    found = of_picture(picture)
    assert min(_distance("#f5e7cb", code) for code in found) < 0.02
    assert min(_distance("#b03040", code) for code in found) < 0.02
