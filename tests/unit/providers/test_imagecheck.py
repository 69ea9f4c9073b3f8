import contextlib
import io
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import hostileimages
import imageserver
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from artvis.errors import ProviderError
from artvis.model.artwork import ArtworkDetail
from artvis.providers.imagecheck import check, decode_stored, encode, resize

WHOLE = {kind: imageserver.picture((96, 64), 1, kind) for kind in ("PNG", "JPEG", "WEBP")}


def _saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _kind(data: bytes) -> str:
    with pytest.raises(ProviderError) as caught:
        check(data)
    assert caught.value.billed
    return caught.value.kind


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_whole_picture_passes(kind: str) -> None:
    pixels = check(WHOLE[kind])
    assert pixels.shape == (64, 96, 3)
    assert pixels.dtype == np.uint8


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_cut_off_in_the_middle_is_refused(kind: str) -> None:
    assert _kind(WHOLE[kind][: len(WHOLE[kind]) * 2 // 3]) == "badimage"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        _saved(Image.new("RGB", (96, 64)), "GIF"),
        _saved(Image.new("RGB", (96, 64)), "BMP"),
        _saved(Image.new("RGB", (96, 64)), "TIFF"),
    ],
)
def test_other_formats_are_refused(data: bytes) -> None:
    assert _kind(data) == "badimage"


@pytest.mark.parametrize("size", [(63, 200), (200, 63), (8193, 64)])
def test_a_side_out_of_range_is_refused(size: tuple[int, int]) -> None:
    assert _kind(imageserver.picture(size)) == "badimage"


def test_a_bomb_is_refused_from_its_header() -> None:
    """41 megapixels within the limits of each side; the pixels would be 123 MB and are never unpacked."""
    small = bytearray(WHOLE["PNG"])
    small[16:24] = (8000).to_bytes(4, "big") + (5200).to_bytes(4, "big")
    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    assert _kind(bytes(small)) == "badimage"


def test_a_film_is_refused() -> None:
    frames = [Image.open(io.BytesIO(imageserver.picture((96, 64), seed))) for seed in (1, 2)]
    for kind in ("PNG", "WEBP"):
        assert _kind(_saved(frames[0], kind, save_all=True, append_images=frames[1:])) == "badimage"


@pytest.mark.parametrize("colour", ["black", "white", "red", (1, 2, 3)])
def test_a_picture_of_one_colour_counts_as_blocked(colour: str | tuple[int, int, int]) -> None:
    for kind in ("PNG", "JPEG"):
        assert _kind(_saved(Image.new("RGB", (96, 64), colour), kind)) == "moderation"


def test_a_picture_that_is_nearly_all_black_counts_as_blocked() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[0, :] = 200
    assert _kind(_saved(Image.fromarray(pixels))) == "moderation"
    pixels[:3] = 200
    assert check(_saved(Image.fromarray(pixels))).max() == 200


def test_a_dark_stored_picture_is_a_picture() -> None:
    assert decode_stored(_saved(Image.new("RGB", (96, 64)))).max() == 0


def test_what_lies_under_transparency_is_not_shown() -> None:
    pixels = np.full((64, 96, 4), 255, np.uint8)
    pixels[:, 48:, 3] = 0
    shown = check(_saved(Image.fromarray(pixels)))
    assert shown[0, 0].tolist() == [255, 255, 255]
    assert shown[0, 95].tolist() == [0, 0, 0]


def test_16_bits_of_grey_keep_their_steps() -> None:
    ramp = np.tile(np.linspace(0, 65_535, 96).astype(np.uint16), (64, 1))
    assert len(np.unique(check(_saved(Image.fromarray(ramp))))) > 90


def test_grey_and_palette_and_cmyk_become_rgb() -> None:
    image = Image.open(io.BytesIO(WHOLE["PNG"]))
    assert check(_saved(image.convert("P"))).shape == (64, 96, 3)
    assert check(_saved(image.convert("L"))).shape == (64, 96, 3)
    assert check(_saved(image.convert("CMYK"), "JPEG")).shape == (64, 96, 3)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.data())
def test_damaged_bytes_are_a_picture_or_a_sentence_and_nothing_else(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(damaged[: data.draw(st.integers(1, len(damaged)))])
    with contextlib.suppress(ProviderError):
        assert check(cut).dtype == np.uint8


DETAIL = ArtworkDetail(provider="openai", prompt='fire – "and" water', seed=7, palette=("#000000",) * 6)


def test_the_same_picture_is_encoded_to_the_same_bytes() -> None:
    pixels = check(WHOLE["PNG"])
    assert encode(pixels, DETAIL) == encode(pixels.copy(), DETAIL)


def test_a_stored_picture_is_nearly_what_was_painted_and_says_how_it_came_to_be() -> None:
    pixels = check(WHOLE["PNG"])
    data = encode(pixels, DETAIL)
    assert np.abs(decode_stored(data).astype(int) - pixels.astype(int)).mean() < 2
    comment = json.loads(Image.open(io.BytesIO(data)).info["comment"])
    assert comment["prompt"] == DETAIL.prompt
    assert comment["seed"] == 7


def test_a_prompt_that_is_too_long_for_a_comment_does_not_break_the_file() -> None:
    data = encode(check(WHOLE["PNG"]), ArtworkDetail(provider="openai", prompt="x" * 70_000))
    assert decode_stored(data).shape == (64, 96, 3)


def test_nothing_of_the_senders_file_but_its_pixels_is_stored() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret prompt"
    polyglot = (
        _saved(Image.open(io.BytesIO(WHOLE["PNG"])), "JPEG", exif=exif, comment=b"secret") + b"<script>"
    )
    data = encode(check(polyglot), ArtworkDetail(provider="openai"))
    assert b"secret" not in data
    assert b"<script>" not in data


@pytest.mark.parametrize("size", [(96, 64), (96, 54), (64, 64), (300, 100), (33, 200)])
def test_resizing_gives_exactly_the_size_and_cuts_the_middle(size: tuple[int, int]) -> None:
    pixels = np.zeros((64, 96, 3), np.uint8)
    pixels[24:40, 36:60] = 255
    small = resize(pixels, size)
    assert small.shape == (size[1], size[0], 3)
    assert small[size[1] // 2, size[0] // 2].min() > 200


def test_cutting_alone_changes_no_pixel() -> None:
    pixels = check(WHOLE["PNG"])
    assert (resize(pixels, (96, 54)) == pixels[5:59]).all()


def test_hostile_files_are_refused_or_made_harmless_within_400_mb() -> None:
    command = [sys.executable, hostileimages.__file__]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(done.stdout)
    assert len(found["rows"]) >= 30
    assert [name for name, wanted, verdict, _ in found["rows"] if verdict != wanted] == []
    assert found["peak_mb"] < 400


def test_a_picture_that_exif_turns_comes_upright() -> None:
    upright = Image.fromarray(np.random.default_rng(3).integers(0, 255, (80, 120, 3), np.uint8))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = _saved(upright, "PNG", exif=exif)
        expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        assert np.array_equal(check(data), np.asarray(expected)), orientation
