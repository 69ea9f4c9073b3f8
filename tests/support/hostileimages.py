"""Files that no back end should send, each with what becomes of it. It is no test.

python tests/support/hostileimages.py      judges each: verdict, CPU seconds, and the peak of memory, as JSON
"""

import io
import json
import re
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image, PngImagePlugin

from artvis.errors import ProviderError
from artvis.providers import imagecheck

PICTURE, BAD, BLANK = "picture", "badimage", "moderation"
SIZE = (160, 96)


def files() -> Iterator[tuple[str, str, bytes]]:
    """Name, what becomes of it, and its bytes, made one at a time."""
    for rows in (bombs(), wrong(), cut(), odd()):
        for name, (verdict, make) in rows.items():
            yield name, verdict, make()


Rows = Mapping[str, tuple[str, Callable[[], bytes]]]


def bombs() -> Rows:
    return {
        "PNG header of 60000x60000": (BAD, lambda: png_of(60_000, 60_000)),
        "PNG header of 2^31": (BAD, lambda: png_of(2**31 - 1, 2**31 - 1)),
        "PNG of zero width": (BAD, lambda: png_of(0, 100)),
        "PNG of 8000x8000": (BAD, lambda: png_of(8000, 8000)),
        "PNG of one colour, 38 megapixels": (
            BLANK,
            lambda: saved(Image.new("RGB", (6200, 6200), "navy"), "PNG"),
        ),
        "PNG with a text of 60 MB": (BAD, text_bomb),
        "JPEG header of 65535x65535": (BAD, lambda: jpeg_of(65_535, 65_535)),
        "JPEG of zero height": (BAD, lambda: jpeg_of(100, 0)),
        "WEBP header of 6200x6200": (BAD, lambda: webp_of(6200, 6200)),
        "JPEG in passes, header of 6200x6200": (BAD, lambda: jpeg_of(6200, 6200, progressive=True)),
        "WEBP header of 16383x16383": (BAD, webp_bomb),
    }


def wrong() -> Rows:
    return {
        "SVG that names a file": (BAD, lambda: b'<svg xmlns="x"><image href="file:///etc/passwd"/></svg>'),
        "GIF": (BAD, lambda: saved(noise(), "GIF")),
        "BMP": (BAD, lambda: saved(noise(), "BMP")),
        "TIFF": (BAD, lambda: saved(noise(), "TIFF")),
        "a web page": (BAD, lambda: b"<!DOCTYPE html><html></html>"),
        "PDF": (BAD, lambda: b"%PDF-1.7\n" + bytes(1000)),
        "nothing": (BAD, lambda: b""),
        "a signature alone": (BAD, lambda: b"\x89PNG\r\n\x1a\n"),
        "GIF behind the name of a PNG": (BAD, lambda: b"\x89PNG\r\n\x1a\n" + saved(noise(), "GIF")),
        "63 pixels wide": (BAD, lambda: saved(noise((63, 96)), "PNG")),
        "animated WEBP": (BAD, lambda: film("WEBP")),
        "animated PNG": (BAD, lambda: film("PNG")),
    }


def cut() -> Rows:
    return {
        f"{kind} cut off": (BAD, lambda kind=kind: saved(noise(), kind)[: len(saved(noise(), kind)) * 2 // 3])
        for kind in ("PNG", "JPEG", "WEBP")
    }


def odd() -> Rows:
    return {
        "PNG with a program after its end": (
            PICTURE,
            lambda: saved(noise(), "PNG") + b"PK\x03\x04#!/bin/sh\n",
        ),
        "PNG with 16 bits of grey": (PICTURE, sixteen_bits),
        "JPEG in CMYK": (PICTURE, lambda: saved(noise().convert("CMYK"), "JPEG")),
        "JPEG that EXIF turns": (PICTURE, turned),
        "PNG with colours that are clear": (PICTURE, half_clear),
        "wholly clear PNG": (BLANK, lambda: saved(Image.new("RGBA", SIZE, (255, 0, 0, 0)), "PNG")),
    }


def noise(size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100_000)))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def text_bomb() -> bytes:
    whole = saved(noise(), "PNG")
    bomb = chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(60_000_000), 9))
    return whole[:33] + bomb + whole[33:]  # behind the header


def jpeg_of(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A whole JPEG whose header tells another size."""
    data = bytearray(saved(noise(), "JPEG", progressive=progressive))
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_of(width: int, height: int) -> bytes:
    """A whole lossy WEBP whose header tells another size."""
    data = bytearray(saved(noise(), "WEBP"))
    at = data.index(b"\x9d\x01\x2a")
    data[at + 3 : at + 7] = struct.pack("<HH", width, height)
    return bytes(data)


def webp_bomb() -> bytes:
    """An extended WEBP whose canvas is as large as they come."""
    side = (16_383 - 1).to_bytes(3, "little")
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + side + side
    frame = saved(noise(), "WEBP")[12:]
    body = b"WEBP" + canvas + frame
    return b"RIFF" + struct.pack("<I", len(body)) + body


def film(kind: str) -> bytes:
    more = [noise().rotate(90 * turn) for turn in (1, 2)]
    return saved(noise(), kind, save_all=True, append_images=more, duration=100)


def sixteen_bits() -> bytes:
    grey = np.random.default_rng(2).integers(0, 65_535, (96, 160)).astype(np.uint16)
    return saved(Image.fromarray(grey), "PNG")


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(noise(), "JPEG", exif=exif)


def half_clear() -> bytes:
    image = noise().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(SIZE))
    note = PngImagePlugin.PngInfo()
    note.add_text("parameters", "a prompt, and the arguments of the server")
    return saved(image, "PNG", pnginfo=note)


def verdict_of(data: bytes) -> str:
    try:
        pixels = imagecheck.check(data)
    except ProviderError as error:
        return error.kind
    return PICTURE if pixels.dtype == np.uint8 and pixels.flags.c_contiguous else "wrong"


def main() -> None:
    rows = []
    for name, wanted, data in files():
        before_s = time.process_time()
        found = verdict_of(data)
        rows.append([name, wanted, found, round(time.process_time() - before_s, 3)])
    # Not getrusage: its peak is inherited from whoever started this process.
    peak_kb = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]
    print(json.dumps({"rows": rows, "peak_mb": int(peak_kb) // 1024}))


if __name__ == "__main__":
    main()
