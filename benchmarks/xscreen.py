"""Looks at parts of an X screen as fast as can be, and presses keys there: libX11, MIT-SHM and XTest over ctypes.

It knows nothing of artvis. What it costs to look is told beside every figure that is found by looking.
"""

import ctypes
import time
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_int, c_uint, c_ulong, c_void_p
from typing import Self

import numpy as np

_Z_PIXMAP = 2
_IPC_PRIVATE, _IPC_CREAT, _IPC_RMID = 0, 0o1000, 0
BLOCK = 8
_ALL_PLANES = ctypes.c_ulong(-1).value


class _Segment(Structure):
    _fields_ = (("shmseg", c_ulong), ("shmid", c_int), ("shmaddr", c_void_p), ("readOnly", c_int))


class _Image(Structure):
    """The beginning of an XImage, as far as it is needed."""

    _fields_ = (
        ("width", c_int), ("height", c_int), ("xoffset", c_int), ("format", c_int), ("data", c_void_p),
        ("byte_order", c_int), ("bitmap_unit", c_int), ("bitmap_bit_order", c_int), ("bitmap_pad", c_int),
        ("depth", c_int), ("bytes_per_line", c_int), ("bits_per_pixel", c_int),
    )  # fmt: skip


_x11, _ext, _test, _c = (
    ctypes.CDLL(name) for name in ("libX11.so.6", "libXext.so.6", "libXtst.so.6", "libc.so.6")
)
for _function, _result, _arguments in (
    (_x11.XOpenDisplay, c_void_p, [c_char_p]),
    (_x11.XCloseDisplay, c_int, [c_void_p]),
    (_x11.XDefaultRootWindow, c_ulong, [c_void_p]),
    (_x11.XDefaultVisual, c_void_p, [c_void_p, c_int]),
    (_x11.XDefaultDepth, c_int, [c_void_p, c_int]),
    (_x11.XSync, c_int, [c_void_p, c_int]),
    (_x11.XStringToKeysym, c_ulong, [c_char_p]),
    (_x11.XKeysymToKeycode, ctypes.c_ubyte, [c_void_p, c_ulong]),
    (_x11.XFree, c_int, [c_void_p]),
    (_ext.XShmCreateImage, POINTER(_Image), [c_void_p, c_void_p, c_uint, c_int, POINTER(c_char), POINTER(_Segment), c_uint, c_uint]),
    (_ext.XShmAttach, c_int, [c_void_p, POINTER(_Segment)]),
    (_ext.XShmDetach, c_int, [c_void_p, POINTER(_Segment)]),
    (_ext.XShmGetImage, c_int, [c_void_p, c_ulong, POINTER(_Image), c_int, c_int, c_ulong]),
    (_test.XTestFakeKeyEvent, c_int, [c_void_p, c_uint, c_int, c_ulong]),
    (_c.shmget, c_int, [c_int, ctypes.c_size_t, c_int]),
    (_c.shmat, c_void_p, [c_int, c_void_p, c_int]),
    (_c.shmdt, c_int, [c_void_p]),
    (_c.shmctl, c_int, [c_int, c_int, c_void_p]),
):  # fmt: skip
    _function.restype, _function.argtypes = _result, _arguments


class Screen:
    """One connection to an X server; use as a context."""

    def __init__(self, display: str) -> None:
        self.display = _x11.XOpenDisplay(display.encode())
        if not self.display:
            raise RuntimeError(f"there is no X server at {display}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _x11.XCloseDisplay(self.display)

    def part(self, x: int, y: int, width: int, height: int) -> "Part":
        return Part(self, x, y, width, height)

    def press(self, key: str) -> float:
        """Down and up of a key by its X name, such as 'space' or 'Right'; the moment (monotonic) of the first."""
        code = _x11.XKeysymToKeycode(self.display, _x11.XStringToKeysym(key.encode()))
        pressed_s = time.monotonic()
        _test.XTestFakeKeyEvent(self.display, code, 1, 0)
        _x11.XSync(self.display, 0)
        _test.XTestFakeKeyEvent(self.display, code, 0, 0)
        _x11.XSync(self.display, 0)
        return pressed_s


class Part:
    """A rectangle of the screen in memory shared with the X server; use as a context."""

    def __init__(self, screen: Screen, x: int, y: int, width: int, height: int) -> None:
        self._display, self._at = screen.display, (x, y)
        self._segment = _Segment()
        self._image = _ext.XShmCreateImage(
            self._display, _x11.XDefaultVisual(self._display, 0), _x11.XDefaultDepth(self._display, 0),
            _Z_PIXMAP, None, byref(self._segment), width, height,
        )  # fmt: skip
        image = self._image.contents
        size = image.bytes_per_line * height
        self._segment.shmid = _c.shmget(_IPC_PRIVATE, size, _IPC_CREAT | 0o600)
        self._segment.shmaddr = image.data = _c.shmat(self._segment.shmid, None, 0)
        _ext.XShmAttach(self._display, byref(self._segment))
        _x11.XSync(self._display, 0)
        _c.shmctl(self._segment.shmid, _IPC_RMID, None)  # it goes with its last user
        memory = (ctypes.c_ubyte * size).from_address(self._segment.shmaddr)
        self._pixels = np.frombuffer(memory, np.uint8).reshape(height, image.bytes_per_line // 4, 4)[
            :, :width
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _ext.XShmDetach(self._display, byref(self._segment))
        _x11.XSync(self._display, 0)
        _c.shmdt(self._segment.shmaddr)
        _x11.XFree(self._image)

    def look(self) -> np.ndarray:
        """A copy of the pixels as they are now, float32, shape (height, width, 3), RGB 0..255."""
        root = _x11.XDefaultRootWindow(self._display)
        if not _ext.XShmGetImage(self._display, root, self._image, *self._at, _ALL_PLANES):
            raise RuntimeError("the X server does not show its pixels")
        return self._pixels[..., 2::-1].astype(np.float32)


class Watch:
    """Waits for a change in a part of the screen that is more than what goes on there all the time.

    It looks for the block of 8x8 pixels that has changed most against a first look, 0..255.
    """

    PAUSE_S = 0.002
    """A look costs the X server and a core something, and takes it from what is watched."""
    LEAST = 1.2
    """Of 255, over twice what goes on by itself: dither, and the edge of a drift."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self.looks_ms: list[float] = []
        """From one look to the next."""

    def unrest(self, seconds: float) -> float:
        """The largest change within `seconds`; the last look is what `change_after` compares with."""
        first, worst, end_s = self._part.look(), 0.0, time.monotonic() + seconds
        while time.monotonic() < end_s:
            worst = max(worst, change(first, self._part.look()))
            time.sleep(0.004)
        self._before = self._part.look()
        return worst

    def change_after(self, begun_s: float, *, unrest: float, within_s: float = 1.0) -> float | None:
        """Milliseconds from `begun_s` to the look that first saw a change; None where there was none."""
        limit = self.LEAST + 2.0 * unrest
        looked_s = time.monotonic()
        while looked_s < begun_s + within_s:
            now = self._part.look()
            self.looks_ms.append(1e3 * (time.monotonic() - looked_s))
            looked_s = time.monotonic()
            if change(self._before, now) > limit:
                return 1e3 * (looked_s - begun_s)
            time.sleep(self.PAUSE_S)
        return None


def change(one: np.ndarray, other: np.ndarray) -> float:
    """The first changed pixel, but for dither: the largest mean difference of a block, of the colour that differs most."""
    apart = np.abs(one - other).max(axis=2)
    height, width = (length // BLOCK * BLOCK for length in apart.shape)
    blocks = apart[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return float(blocks.mean(axis=(1, 3)).max())
