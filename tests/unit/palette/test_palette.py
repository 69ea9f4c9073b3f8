import itertools

import numpy as np
import pytest

from artvis.palette import Palette, for_music
from artvis.palette.colour import lab_of_hex, lch_of_lab
from artvis.palette.names import name_of

TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
KEYS = [f"{tonic} {mode}" for tonic in TONICS for mode in ("major", "minor")]
MOODS = [(0.05, 0.05), (0.1, 0.9), (0.5, 0.4), (0.9, 0.1), (0.95, 0.95)]
ALL = list(itertools.product([*KEYS, ""], MOODS))


def _lch(palette: Palette) -> np.ndarray:
    return lch_of_lab(palette.lab())


def _base_hue(palette: Palette) -> float:
    lab = palette.lab()[1:5].mean(0)
    return float(lch_of_lab(lab)[2])


def _apart(first: float, second: float) -> float:
    return abs((first - second + 180) % 360 - 180)


@pytest.mark.parametrize(("key", "mood"), ALL)
def test_every_palette_obeys_the_rules_of_the_house(key: str, mood: tuple[float, float]) -> None:
    palette = for_music(key, *mood, seed=3)
    lch = _lch(palette)
    assert len(palette.hexes) == len(palette.names) == 6
    assert (np.diff(lch[:, 0]) > 0.03).all(), "dark to light"
    assert lch[0, 0] >= 0.175, "televisions show less as a hole"
    coloured = lch[lch[:, 1] > 0.02, 2]
    span = max(_apart(a, b) for a in coloured for b in coloured)
    assert span <= 62, "one family of hues"
    assert not ((coloured > 82) & (coloured < 128)).any(), "no olive"


@pytest.mark.parametrize("key", KEYS)
def test_the_accent_stands_against_the_six(key: str) -> None:
    palette = for_music(key, 0.5, 0.5, seed=1)
    accent = lch_of_lab(lab_of_hex(palette.accent_hex))
    assert _apart(float(accent[2]), _base_hue(palette)) > 100
    assert accent[1] > 0.09


def test_24_keys_have_24_hues_all_around_the_circle() -> None:
    hues = sorted(_base_hue(for_music(key, 0.5, 0.4, seed=1)) for key in KEYS)
    gaps = [_apart(a, b) for a, b in zip(hues, hues[1:] + hues[:1], strict=True)]
    assert len({round(hue / 5) for hue in hues}) >= 20
    assert max(gaps) < 90, "the widest gap is the olive that nobody wants"


def test_neighbours_on_the_circle_of_fifths_are_neighbours_in_hue() -> None:
    near = _apart(_base_hue(for_music("C major", 0.5, 0.4, 1)), _base_hue(for_music("G major", 0.5, 0.4, 1)))
    far = _apart(_base_hue(for_music("C major", 0.5, 0.4, 1)), _base_hue(for_music("F# major", 0.5, 0.4, 1)))
    assert near < 40 < far


def test_a_happy_palette_is_lighter_and_a_sad_one_darker() -> None:
    for key in KEYS:
        happy, sad = _lch(for_music(key, 0.9, 0.4, 1)), _lch(for_music(key, 0.1, 0.4, 1))
        assert happy[:, 0].mean() > sad[:, 0].mean() + 0.12


def test_excited_music_has_more_contrast_and_chroma_than_calm_music() -> None:
    calm, excited = _lch(for_music("C minor", 0.5, 0.05, 1)), _lch(for_music("C minor", 0.5, 0.95, 1))
    assert np.ptp(excited[:, 0]) > np.ptp(calm[:, 0]) + 0.08
    assert excited[:, 1].mean() > calm[:, 1].mean() * 1.15


@pytest.mark.parametrize("key", ["G major", "F major", "A# major"])
def test_warmth_turns_the_hue_toward_orange(key: str) -> None:
    warm, cool = for_music(key, 0.5, 0.5, 1, warmth=1.0), for_music(key, 0.5, 0.5, 1, warmth=-1.0)
    assert _apart(_base_hue(warm), 58) < _apart(_base_hue(cool), 58) - 10


def test_the_same_music_has_the_same_palette_and_another_seed_another() -> None:
    assert for_music("D minor", 0.3, 0.6, 7) == for_music("D minor", 0.3, 0.6, 7)
    assert for_music("D minor", 0.3, 0.6, 7) != for_music("D minor", 0.3, 0.6, 8)


def test_values_out_of_range_are_taken_as_the_nearest_in_range() -> None:
    assert for_music("D minor", 1.7, -2.0, 7) == for_music("D minor", 1.0, 0.0, 7)


def test_rgb_is_what_the_hexes_say() -> None:
    palette = for_music("E major", 0.6, 0.6, 2)
    codes = np.round(palette.rgb() * 255).astype(int)
    assert palette.rgb().shape == (6, 3)
    assert tuple(f"#{r:02x}{g:02x}{b:02x}" for r, g, b in codes) == palette.hexes


@pytest.mark.parametrize(("key", "mood"), ALL)
def test_names_are_human_words_and_no_two_are_the_same(key: str, mood: tuple[float, float]) -> None:
    names = for_music(key, *mood, seed=3).names
    assert len(set(names)) == 6
    assert all(name.replace(" ", "").isalpha() and name == name.lower() and len(name) <= 28 for name in names)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("#1b2a6b", "blue"),
        ("#e0a526", "gold"),
        ("#7a1420", "maroon"),
        ("#17695c", "teal"),
        ("#8a8a8c", "grey"),
        ("#f6f4f0", "white"),
    ],
)
def test_a_colour_is_called_what_people_call_it(code: str, word: str) -> None:
    assert word in name_of(lab_of_hex(code))
