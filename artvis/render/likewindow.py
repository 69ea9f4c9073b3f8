"""OpenGL without a window whose own framebuffer is of the kind that windows have: a few pixels that nobody sees.

A software driver compiles a shader anew for a target of another kind, so what is to be ready for a window has to be
compiled for one like it. Who wants to draw and read frames needs no more than `headless`.
"""

import ctypes
from ctypes.util import find_library
from typing import Any, Final

import moderngl

from artvis.errors import GraphicsUnavailable
from artvis.render.headless import MINIMUM_VERSION
from artvis.render.targets import Size

# Source: EGL 1.5, EGL/egl.h; no alpha and no multisampling, as Qt asks for a window.
_NONE: Final = 0x3038
_CONFIG: Final = (0x3033, 1, 0x3024, 8, 0x3023, 8, 0x3022, 8, 0x3031, 0, 0x3040, 8)
"""SURFACE_TYPE pbuffer, RED, GREEN and BLUE sizes, SAMPLES, RENDERABLE_TYPE OpenGL."""
_RED_SIZE: Final = 0x3024
_ALPHA_SIZE: Final = 0x3021
_CONTEXT: Final = (0x3098, 3, 0x30FB, 3, 0x30FD, 1)
"""MAJOR and MINOR version, core profile."""
_WIDTH, _HEIGHT = 0x3057, 0x3056
_OPENGL_API: Final = 0x30A2
_SURFACELESS: Final = 0x31DD  # EGL_MESA_platform_surfaceless: no X server or compositor is asked
_MOST_CONFIGS: Final = 64


class _Egl:
    """Entry points by name, as moderngl asks a host for them."""

    def __init__(self) -> None:
        name = find_library("EGL")
        if name is None:
            raise GraphicsUnavailable("There is no EGL on this machine.")
        self._egl = ctypes.CDLL(name)
        for each in ("GetPlatformDisplay", "CreateContext", "CreatePbufferSurface", "GetProcAddress"):
            getattr(self._egl, f"egl{each}").restype = ctypes.c_void_p

    def call(self, name: str, *args: Any) -> Any:
        """Raises GraphicsUnavailable where it says no."""
        done = getattr(self._egl, f"egl{name}")(*args)
        if not done:
            raise GraphicsUnavailable(f"EGL cannot do this here ({name}, {self._egl.eglGetError():#x}).")
        return done

    def load_opengl_function(self, name: str) -> int:
        return self._egl.eglGetProcAddress(name.encode()) or 0


def open_like_window(size: Size) -> moderngl.Context:
    """A context of its own, current in this thread, whose framebuffer has this size. Raises GraphicsUnavailable."""
    egl = _Egl()
    display = ctypes.c_void_p(egl.call("GetPlatformDisplay", _SURFACELESS, None, None))
    egl.call("Initialize", display, None, None)
    egl.call("BindAPI", _OPENGL_API)
    config = _usual(egl, display)
    context = ctypes.c_void_p(egl.call("CreateContext", display, config, None, _list(*_CONTEXT)))
    sides = _list(_WIDTH, size[0], _HEIGHT, size[1])
    surface = ctypes.c_void_p(egl.call("CreatePbufferSurface", display, config, sides))
    egl.call("MakeCurrent", display, surface, surface, context)
    return moderngl.create_context(require=MINIMUM_VERSION, context=egl)  # type: ignore[arg-type] # any loader will do


def _usual(egl: _Egl, display: ctypes.c_void_p) -> ctypes.c_void_p:
    """Exactly 8 bits a colour and no alpha: to EGL a size is the least that is wanted, and larger ones come first."""
    found = (ctypes.c_void_p * _MOST_CONFIGS)()
    count = ctypes.c_int()
    egl.call("ChooseConfig", display, _list(*_CONFIG), found, _MOST_CONFIGS, ctypes.byref(count))
    for each in found[: count.value]:
        if [_bits(egl, display, each, size) for size in (_RED_SIZE, _ALPHA_SIZE)] == [8, 0]:
            return ctypes.c_void_p(each)
    raise GraphicsUnavailable("EGL has no framebuffer here that is like a window's.")


def _bits(egl: _Egl, display: ctypes.c_void_p, config: int | None, attribute: int) -> int:
    value = ctypes.c_int()
    egl.call("GetConfigAttrib", display, ctypes.c_void_p(config), attribute, ctypes.byref(value))
    return value.value


def _list(*values: int) -> Any:
    return (ctypes.c_int * (len(values) + 1))(*values, _NONE)
