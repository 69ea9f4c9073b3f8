"""Makes of bytes from outside a picture, or says why not; and of a picture the bytes that are stored.

It trusts nothing but pixels: whatever else a file carries is dropped, since only pixels are encoded again.
"""

import io
import json
import struct
import warnings
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Final

import numpy as np
from PIL import Image

from artvis.errors import ProviderError
from artvis.model.artwork import ArtworkDetail, Pixels

SIDES: Final = (64, 8192)
PIXELS_MAX: Final = 40_000_000
GREEDY_PIXELS_MAX: Final = 20_000_000
"""Of WEBP and of JPEG in passes, whose decoders hold a picture up to four times: 40 megapixels would take 640 MB."""
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

_ORIENTATION: Final = 0x0112
_TURNS: Final[Mapping[int, Callable[[Pixels], Pixels]]] = {
    2: np.fliplr,
    3: lambda pixels: np.rot90(pixels, 2),
    4: np.flipud,
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: np.rot90(pixels, -1),
    7: lambda pixels: np.rot90(pixels, 2).swapaxes(0, 1),
    8: np.rot90,
}
"""By the orientation of EXIF (CIPA DC-008, 4.6.4)."""

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
            pixels, turn = _pixels_of(image), _turn_of(image)
    except _UNREADABLE as error:
        raise _bad(f"the {name} is damaged or cut off") from error
    return np.ascontiguousarray(turn(pixels))


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
    is_greedy = image.format == "WEBP" or "progressive" in image.info
    pixels_max = GREEDY_PIXELS_MAX if is_greedy else PIXELS_MAX
    if not all(sides[0] <= side <= sides[1] for side in image.size) or width * height > pixels_max:
        raise _bad(
            f"{width}x{height} is not between {sides[0]} and {sides[1]} pixels a side "
            f"and {pixels_max // 1_000_000} megapixels in all"
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
    """The pixels, in strips: at once, Pillow would hold a large picture up to four times."""
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _ROWS_AT_ONCE):
        bottom = min(height, top + _ROWS_AT_ONCE)
        pixels[top:bottom] = np.asarray(_flattened(image.crop((0, top, width, bottom))))
    return pixels


def _turn_of(image: Image.Image) -> Callable[[Pixels], Pixels]:
    """What sets the picture upright, as its EXIF says; nothing where that cannot be read."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1), _as_it_is)
    except _UNREADABLE:
        return _as_it_is


def _as_it_is(pixels: Pixels) -> Pixels:
    return pixels


def _is_flat(pixels: Pixels) -> bool:
    # Down the columns first: whole rows lie together in memory, channels do not, and that is ten times as slow.
    brightest, darkest = pixels.max(axis=0), pixels.min(axis=0)
    spread = brightest.max(axis=0).astype(int) - darkest.min(axis=0)
    return bool((spread <= _FLAT).all())


def _black_share(pixels: Pixels) -> float:
    """0..1, in strips, so that a large picture does not need its size in memory again."""
    height, width = pixels.shape[:2]
    black = 0
    for top in range(0, height, _ROWS_AT_ONCE):
        dark = pixels[top : top + _ROWS_AT_ONCE] <= _BLACK
        black += int(np.count_nonzero(dark[..., 0] & dark[..., 1] & dark[..., 2]))
    return black / float(height * width)


def _bad(why: str) -> ProviderError:
    return ProviderError("badimage", f"What came is not a whole picture: {why}.", billed=True)


def _provenance(detail: ArtworkDetail) -> bytes:
    text = json.dumps({"made_with": "artvis", **asdict(detail)}, sort_keys=True, separators=(",", ":"))
    if len(text) > _COMMENT_BYTES_MAX:  # a comment of a JPEG has 16 bits for its length
        text = json.dumps({"made_with": "artvis", "provider": detail.provider, "seed": detail.seed})
    return text.encode("ascii")
