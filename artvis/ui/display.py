"""Whether there is a display that Qt can open, asked before Qt is: Qt aborts the process when there is none.

It opens no window and knows nothing of OpenGL; that is known only once a window has a context.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from artvis.errors import GraphicsUnavailable

_NO_WINDOW_PLATFORMS = ("offscreen", "minimal", "vnc", "linuxfb")  # platforms of Qt that have no OpenGL


def require_display(environ: Mapping[str, str]) -> None:
    """Raises GraphicsUnavailable when no window can be opened, with the reason in its sentence."""
    platform = environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in _NO_WINDOW_PLATFORMS:
        raise GraphicsUnavailable(f"QT_QPA_PLATFORM={platform} has no OpenGL; unset it to open a window.")
    if platform not in ("", "xcb", "wayland") or not sys.platform.startswith("linux"):
        return
    if platform != "xcb" and _wayland_answers(environ):
        return
    if platform == "wayland":
        raise GraphicsUnavailable("There is no Wayland display, and QT_QPA_PLATFORM allows no other.")
    if not environ.get("DISPLAY"):
        raise GraphicsUnavailable("There is no display: neither WAYLAND_DISPLAY nor DISPLAY leads to one.")
    _require_x(environ["DISPLAY"])


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environ.get("XDG_RUNTIME_DIR", "/run")) / name
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(os.fspath(path))
        except OSError:
            return False
    return True


def _require_x(display: str) -> None:
    # libxcb's own handshake, 1 ms: it knows display names, abstract sockets and authority files.
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise GraphicsUnavailable(f"libxcb is not installed, so no window can open ({error}).") from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if failed:
        raise GraphicsUnavailable(f"The display {display} does not answer.")


def require_qt_plugin(plugins: Path) -> None:
    """Loads Qt's X11 plugin once, so that a missing system library is a sentence and not an abort.

    `plugins` is Qt's plugin folder. Qt loads the same file a moment later, so this costs next to nothing.
    """
    plugin = plugins / "platforms" / "libqxcb.so"
    if not plugin.exists():
        return
    try:
        ctypes.CDLL(os.fspath(plugin))
    except OSError as error:
        library = str(error).split(":")[0]
        raise GraphicsUnavailable(
            f"Qt cannot open a window because {library} is missing; scripts/setup installs it."
        ) from error
