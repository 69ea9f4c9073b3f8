import functools
import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from artvis.errors import InputError
from artvis.model.repertoire import REPERTOIRE, PainterCard
from artvis.painters import PAINTERS, PaintMood, builtin, paint
from artvis.painters.flow_field import KINDS
from artvis.palette import for_music, of_picture
from artvis.palette.colour import lab_of_hex, lab_of_srgb, lch_of_lab
from artvis.prompt.vocabulary import MEDIA

SMALL = (192, 108)
CALM = PaintMood(valence=0.15, arousal=0.08, bpm=62, centroid_hz=900, onset_rate_hz=0.5)
WILD = PaintMood(valence=0.15, arousal=0.95, bpm=150, centroid_hz=4000, onset_rate_hz=7)
HAPPY = PaintMood(valence=0.95, arousal=0.5, bpm=110, centroid_hz=2500, onset_rate_hz=3)
SAD = PaintMood(valence=0.05, arousal=0.5, bpm=110, centroid_hz=2500, onset_rate_hz=3)
SEEDS = (0, 1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 10)))
KEYS = tuple(f"{tonic} {mode}" for tonic in ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
             for mode in ("major", "minor"))  # fmt: skip


def painted(test: Callable[..., None]) -> Callable[..., None]:
    """For every painter and a few seeds; ten of them in the full run."""
    return pytest.mark.parametrize("painter", sorted(PAINTERS))(pytest.mark.parametrize("seed", SEEDS)(test))


@functools.cache
def _picture(
    painter: str, mood: PaintMood, seed: int, *, key: str = "C minor", size: tuple[int, int] = SMALL
) -> np.ndarray:
    return paint(painter, mood, for_music(key, mood.valence, mood.arousal, seed), seed, size)


def _lab(pixels: np.ndarray) -> np.ndarray:
    return lab_of_srgb(pixels.astype(np.float32) / 255)


def _shrunk(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    rows, columns = pixels.shape[0] // height, pixels.shape[1] // width
    cut = pixels[: rows * height, : columns * width].astype(np.float32)
    return cut.reshape(height, rows, width, columns, 3).mean((1, 3))


@pytest.mark.parametrize("painter", sorted(PAINTERS))
def test_the_same_arguments_give_the_same_pixels(painter: str) -> None:
    palette = for_music("C minor", 0.95, 0.5, 5)
    first, second = (paint(painter, HAPPY, palette, 5, SMALL) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, _picture(painter, HAPPY, 6))


@pytest.mark.parametrize("painter", sorted(PAINTERS))
@pytest.mark.parametrize("size", [(33, 32), (101, 67), (64, 200), (400, 100)])
def test_any_size_is_painted_to_its_last_pixel(painter: str, size: tuple[int, int]) -> None:
    picture = _picture(painter, WILD, 2, size=size)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.dtype == np.uint8
    assert not picture.flags.writeable
    assert picture[-1].std() > 0
    assert picture[:, -1].std() > 0


@painted
def test_half_the_size_is_the_same_composition(painter: str, seed: int) -> None:
    whole, half = (
        _picture(painter, WILD, seed, size=(512, 288)),
        _picture(painter, WILD, seed, size=(256, 144)),
    )
    difference = _shrunk(whole, 32, 18) - _shrunk(half, 32, 18)
    assert np.abs(difference).mean() < 5


@painted
def test_no_picture_is_a_dark_hole_or_one_flat_colour(painter: str, seed: int) -> None:
    for mood in (CALM, SAD, WILD, HAPPY):
        lightness = _lab(_picture(painter, mood, seed))[..., 0]
        assert lightness.mean() >= 0.2
        assert lightness.std() > 0.02


@painted
def test_a_happy_picture_is_lighter_and_a_wild_one_has_more_contrast(painter: str, seed: int) -> None:
    happy, sad = (_lab(_picture(painter, mood, seed))[..., 0].mean() for mood in (HAPPY, SAD))
    assert happy > sad + 0.1
    calm, wild = (_shrunk(_picture(painter, mood, seed), 64, 36) for mood in (CALM, WILD))
    assert _edges(wild) > 1.25 * _edges(calm)


def _edges(small: np.ndarray) -> float:
    return float(np.abs(np.diff(small, axis=0)).mean() + np.abs(np.diff(small, axis=1)).mean())


@painted
def test_the_accent_stays_under_six_percent_of_the_area(painter: str, seed: int) -> None:
    for key in ("C minor", "E major", "F# major"):
        palette = for_music(key, 0.9, 0.9, seed)
        lab = _lab(_picture(painter, HAPPY, seed, key=key))
        base, accent = (
            lch_of_lab(one)[2] for one in (palette.lab()[2:5].mean(0), lab_of_hex(palette.accent_hex))
        )
        lch = lch_of_lab(lab)
        apart = np.abs((lch[..., 2] - accent + 180) % 360 - 180)
        own = np.abs((lch[..., 2] - base + 180) % 360 - 180)
        assert ((apart < 30) & (own > 60) & (lch[..., 1] > 0.05)).mean() < 0.06


@painted
def test_the_palette_of_the_picture_is_the_palette_it_was_painted_with(painter: str, seed: int) -> None:
    for mood, key in ((CALM, "A minor"), (WILD, "D# minor"), (HAPPY, "D major")):
        palette = for_music(key, mood.valence, mood.arousal, seed)
        found = np.stack(
            [lab_of_hex(code) for code in of_picture(paint(painter, mood, palette, seed, SMALL))]
        )
        away = np.linalg.norm(palette.lab()[:, None] - found[None], axis=-1).min(1)
        assert (away < 0.08).sum() >= 4, (key, away)


@pytest.mark.parametrize("mood", [CALM, WILD])
def test_no_two_painters_are_alike(mood: PaintMood) -> None:
    """Nor is a painter's next picture its last; by forms alone, since all have the same colours."""
    forms = [_forms(_picture(painter, mood, 1)) for painter in sorted(PAINTERS)]
    likeness = np.array(forms) @ np.array(forms).T - np.eye(len(forms))
    assert likeness.max() < 0.8, likeness.round(2)


def _forms(pixels: np.ndarray) -> np.ndarray:
    """Light and dark on a grid of 32 x 18, without its mean, as a unit vector."""
    light = _lab(_shrunk(pixels, 32, 18))[..., 0].ravel()
    return (light - light.mean()) / np.linalg.norm(light - light.mean())


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.full)])
@pytest.mark.parametrize("painter", sorted(PAINTERS))
def test_every_key_gives_a_painter_its_own_hue(painter: str, step: int) -> None:
    hues = []
    for key in KEYS[1::step]:
        pixels = paint(painter, HAPPY, for_music(key, HAPPY.valence, HAPPY.arousal, 3), 3, (64, 36))
        hues.append(float(lch_of_lab(_lab(pixels).reshape(-1, 3).mean(0))[2]))
    ordered = np.sort(hues)
    gaps = np.diff(np.r_[ordered, ordered[0] + 360])
    assert gaps.max() < (95 if step == 1 else 130), "but for olive the whole circle is used"
    assert (gaps > 2).sum() >= 0.8 * len(gaps)


@pytest.mark.parametrize("card", REPERTOIRE, ids=lambda card: card.name)
def test_a_painter_paints_every_kind_that_its_card_promises(card: PainterCard) -> None:
    kinds = [replace(WILD, scene=kind) for kind in card.kinds]
    pictures = [_picture(card.name, mood, 2, size=(160, 90)).astype(int) for mood in kinds]
    assert min(np.abs(a - b).mean() for a, b in itertools.combinations(pictures, 2)) > 5
    assert all(_lab(picture)[..., 0].mean() >= 0.2 for picture in pictures)


def test_the_cards_name_all_painters_and_media_that_exist() -> None:
    assert [card.name for card in REPERTOIRE] == list(PAINTERS)
    assert {medium for card in REPERTOIRE for medium in card.media} <= {medium.name for medium in MEDIA}


def test_a_subject_that_asks_for_a_kind_of_current_has_it() -> None:
    palette = for_music("C minor", 0.5, 0.5, 3)
    pictures = [paint("flow", replace(HAPPY, scene=kind), palette, 3, SMALL) for kind in (*KINDS, "lake", "")]
    apart = [np.abs(a.astype(int) - b).mean() for a, b in itertools.pairwise(pictures)]
    assert min(apart[:4]) > 5
    assert apart[-1] == 0, "what a painter does not know is left to it"


def test_an_unknown_painter_is_named_in_the_sentence() -> None:
    with pytest.raises(InputError, match=r"no painter 'monet'; there are [a-z, ]*flow, [a-z, ]*horizon"):
        paint("monet", CALM, for_music("", 0.5, 0.5, 1), 1, SMALL)


@pytest.mark.parametrize("size", [(0, 100), (100, -1), (31, 400), (10000, 100)])
def test_a_size_that_cannot_be_painted_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="cannot be painted"):
        paint("flow", CALM, for_music("", 0.5, 0.5, 1), 1, size)


def test_the_built_in_picture_is_a_picture_and_always_the_same() -> None:
    picture = builtin()
    assert picture.id == ""
    assert picture.pixels.shape == (540, 960, 3)
    assert len(picture.palette) == 6
    assert np.array_equal(picture.pixels, builtin().pixels)
    lightness = _lab(picture.pixels)[..., 0]
    assert 0.25 < lightness.mean() < 0.6
    assert lightness.std() > 0.05
