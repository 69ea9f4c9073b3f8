"""Makes of bytes from outside a picture, or says why not; and of a picture the bytes that are stored.

It trusts nothing but pixels: whatever else a file carries is dropped, since only pixels are encoded again.
"""

import io
import json
import struct
import warnings
import zlib
from dataclasses import asdict
from typing import Final

import numpy as np
from PIL import Image

from artvis.errors import ProviderError
from artvis.model.artwork import ArtworkDetail, Pixels

SIDES: Final = (64, 8192)
PIXELS_MAX: Final = 40_000_000
JPEG_QUALITY: Final = 92

_COMMENT_BYTES_MAX: Final = 60_000
_FLAT: Final = 4
"""A picture whose every channel keeps within so many steps is one colour, with the noise of its coding."""
_BLACK: Final = 8
_BLACK_SHARE: Final = 0.98
_ROWS_AT_ONCE: Final = 256
_UNREADABLE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    MemoryError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow's PNG, JPEG and WEBP readers raise on broken files."""

Image.MAX_IMAGE_PIXELS = PIXELS_MAX
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def check(data: bytes) -> Pixels:
    """The picture in an answer of a back end.

    Raises ProviderError: 'badimage' when the bytes are no whole PNG, JPEG or WEBP of a sane size, 'moderation' when
    the picture is one colour or nearly black, as blocked pictures are.
    """
    pixels = _decode(data)
    if _is_flat(pixels) or _black_share(pixels) > _BLACK_SHARE:
        raise ProviderError(
            "moderation",
            "The picture that came is blank, as pictures are that a back end has blocked.",
            billed=True,
        )
    return pixels


def decode_stored(data: bytes) -> Pixels:
    """A picture of the library. The same limits hold, but a dark picture is a picture. Raises ProviderError."""
    return _decode(data)


def decode_within(data: bytes, sides: tuple[int, int]) -> Pixels:
    """A picture from a file that somebody gave, each side between these two lengths. Raises ProviderError."""
    return _decode(data, sides)


def encode(pixels: Pixels, detail: ArtworkDetail) -> bytes:
    """JPEG with all of its colour, and how it came to be in its comment; the same bytes for the same arguments."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(
        out, "JPEG", quality=JPEG_QUALITY, subsampling="4:4:4", comment=_provenance(detail)
    )
    return out.getvalue()


def as_png(pixels: Pixels) -> bytes:
    """A picture of ours for a back end that paints on it; nothing but pixels."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def resize(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture in `size` (width, height), its middle cut out where the proportions differ."""
    height, width = pixels.shape[:2]
    if (width, height) == size:
        return pixels
    scale = min(width / size[0], height / size[1])
    cut_width, cut_height = min(width, round(size[0] * scale)), min(height, round(size[1] * scale))
    left, top = (width - cut_width) // 2, (height - cut_height) // 2
    cut = pixels[top : top + cut_height, left : left + cut_width]
    if (cut_width, cut_height) == size:
        return np.ascontiguousarray(cut)
    return np.array(Image.fromarray(np.ascontiguousarray(cut)).resize(size, Image.Resampling.LANCZOS))


def _decode(data: bytes, sides: tuple[int, int] = SIDES) -> Pixels:
    name = _format_of(data)
    if name is None:
        raise _bad("it is no PNG, JPEG or WEBP")
    try:
        with Image.open(io.BytesIO(data), formats=[name]) as image:
            _judge_header(image, sides)
            image.load()
            return _pixels_of(_flattened(image))
    except _UNREADABLE as error:
        raise _bad(f"the {name} is damaged or cut off") from error


def _format_of(data: bytes) -> str | None:
    """The format that the first bytes claim; a name or a content type of the sender is not asked."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return None


def _judge_header(image: Image.Image, sides: tuple[int, int]) -> None:
    """Size and number of frames, before any pixel is unpacked."""
    width, height = image.size
    if not all(sides[0] <= side <= sides[1] for side in image.size) or width * height > PIXELS_MAX:
        raise _bad(
            f"{width}x{height} is not between {sides[0]} and {sides[1]} pixels a side and 40 megapixels in all"
        )
    if getattr(image, "n_frames", 1) != 1:
        raise _bad("it is a film, not a picture")


def _flattened(image: Image.Image) -> Image.Image:
    """RGB on black: what lies under a transparent pixel is not part of the picture."""
    if image.mode == "RGB":
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return Image.fromarray(
            (np.asarray(image).astype(np.int64) >> 8).clip(0, 255).astype(np.uint8)
        ).convert("RGB")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", clear.size, "black"), clear).convert("RGB")
    return image.convert("RGB")


def _pixels_of(image: Image.Image) -> Pixels:
    """The pixels, in strips: at once, Pillow would hold a large picture three times."""
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _ROWS_AT_ONCE):
        bottom = min(height, top + _ROWS_AT_ONCE)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return pixels


def _is_flat(pixels: Pixels) -> bool:
    channels = [pixels[..., channel] for channel in range(3)]
    return all(int(channel.max()) - int(channel.min()) <= _FLAT for channel in channels)


def _black_share(pixels: Pixels) -> float:
    """0..1, in strips, so that a large picture does not need its size in memory again."""
    height, width = pixels.shape[:2]
    black = 0
    for top in range(0, height, _ROWS_AT_ONCE):
        red, green, blue = np.moveaxis(pixels[top : top + _ROWS_AT_ONCE], -1, 0)
        black += int((np.maximum(np.maximum(red, green), blue) <= _BLACK).sum())
    return black / float(height * width)


def _bad(why: str) -> ProviderError:
    return ProviderError("badimage", f"What came is not a whole picture: {why}.", billed=True)


def _provenance(detail: ArtworkDetail) -> bytes:
    text = json.dumps({"made_with": "artvis", **asdict(detail)}, sort_keys=True, separators=(",", ":"))
    if len(text) > _COMMENT_BYTES_MAX:  # a comment of a JPEG has 16 bits for its length
        text = json.dumps({"made_with": "artvis", "provider": detail.provider, "seed": detail.seed})
    return text.encode("ascii")
