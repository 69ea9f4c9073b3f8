"""An X server without a desktop, as kiosks have it: its own screen saver and power saving are put off.

By libxcb, which Qt needs anyhow. It opens a connection of its own, and keeps it.
"""

import ctypes
from typing import Any

RESET = 0  # XCB_SCREEN_SAVER_RESET: as if a key had been pressed


class XServer:
    """Used by one thread. Each `stir` counts as a sign of life; nothing has to be taken back."""

    def __init__(self, display: str) -> None:
        self._xcb: Any = _xcb() if display else None
        self._connection = ctypes.c_void_p(None)
        if self._xcb is not None:
            self._connection = ctypes.c_void_p(self._xcb.xcb_connect(display.encode(), None))

    def stir(self) -> bool:
        """False where there is no such server."""
        if self._xcb is None or self._xcb.xcb_connection_has_error(self._connection):
            return False
        self._xcb.xcb_force_screen_saver(self._connection, ctypes.c_uint8(RESET))
        return bool(self._xcb.xcb_flush(self._connection) > 0)

    def close(self) -> None:
        if self._xcb is not None:
            self._xcb.xcb_disconnect(self._connection)
            self._xcb = None


def _xcb() -> Any:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return None
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for function in (xcb.xcb_connection_has_error, xcb.xcb_flush, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    xcb.xcb_force_screen_saver.restype = ctypes.c_uint
    xcb.xcb_force_screen_saver.argtypes = [ctypes.c_void_p, ctypes.c_uint8]
    return xcb
