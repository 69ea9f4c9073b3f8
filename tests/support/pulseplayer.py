"""A player that knows when each of its samples is in the sink: libpulse-simple, which asks the server for that.

It paces nothing: `write` waits while its buffer is full.
"""

import ctypes
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p
from typing import Self

import numpy as np

RATE_HZ = 44_100
_FLOAT32 = 5  # PA_SAMPLE_FLOAT32LE of pulse/sample.h
_PLAYBACK = 1
_UNSET = 0xFFFFFFFF


class _Spec(Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class _Buffering(Structure):
    _fields_ = tuple((name, c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class PulsePlayer:
    """Plays stereo into a sink, with a buffer of `buffer_ms`."""

    def __init__(self, sink: str, *, buffer_ms: int = 30) -> None:
        self._library = ctypes.CDLL("libpulse-simple.so.0")
        self._library.pa_simple_new.restype = c_void_p
        self._library.pa_simple_new.argtypes = [c_char_p, c_char_p, c_int, c_char_p, c_char_p] + [
            c_void_p
        ] * 4
        self._library.pa_simple_get_latency.restype = c_uint64
        self._library.pa_simple_get_latency.argtypes = [c_void_p, POINTER(c_int)]
        self._library.pa_simple_write.argtypes = [c_void_p, c_char_p, c_size_t, POINTER(c_int)]
        self._library.pa_simple_free.argtypes = [c_void_p]
        buffering = _Buffering(_UNSET, RATE_HZ * 8 * buffer_ms // 1000 // 8 * 8, 0, _UNSET, _UNSET)
        problem = c_int()
        self._stream = self._library.pa_simple_new(
            None, b"player", _PLAYBACK, sink.encode(), b"clicks",
            byref(_Spec(_FLOAT32, RATE_HZ, 2)), None, byref(buffering), byref(problem),
        )  # fmt: skip
        if not self._stream:
            raise RuntimeError(f"the sound server plays nothing: error {problem.value}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._library.pa_simple_free(self._stream)

    def write(self, samples: np.ndarray) -> None:
        """`samples`, float32, shape (n, 2)."""
        data = samples.astype(np.float32).tobytes()
        if self._library.pa_simple_write(self._stream, data, len(data), byref(c_int())):
            raise RuntimeError("the sound server takes no more")

    def delay_s(self) -> float:
        """From now until what is written next leaves the sink."""
        return float(self._library.pa_simple_get_latency(self._stream, byref(c_int()))) / 1e6
