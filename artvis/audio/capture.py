"""The first rung of capture: an input stream of PortAudio, and the only place that knows sounddevice.

It follows and reconnects nothing (`live` does). Sound goes from PortAudio's callback straight into the ring.
"""

import ctypes
import logging
import os
import sys
import threading
from typing import Any

import numpy as np
import numpy.typing as npt

from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK, Tally
from artvis.errors import AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ

_log = logging.getLogger(__name__)

_opening = threading.Lock()
"""PortAudio is one for the whole process, and may be opened and closed by one thread at a time."""

_OPEN_WAIT_S = 1.0

_quiet: list[Any] = []
"""Keeps the C callback that swallows ALSA's remarks from being collected."""


class PortAudioStream:
    """Records into a ring until it is closed or the sound server ends.

    On Linux PortAudio lists the sound server as one device, `pulse`, and never its monitors: which source that
    device records is said by an environment variable, read when the stream is opened.
    """

    def __init__(self, device: str, ring: Ring, tally: Tally) -> None:
        """Begin. `device` is a source of the sound server on Linux, an input device elsewhere ('': the default).

        Raises AudioUnavailable when PortAudio, its `pulse` device or the source is missing.
        """
        self._ring = ring
        self._tally = tally
        self._closed = False
        self._over = threading.Event()
        if not _opening.acquire(timeout=_OPEN_WAIT_S):
            raise AudioUnavailable("PortAudio is still busy with closing the last stream.")
        try:
            self._stream = self._open(device)
        finally:
            _opening.release()
        self.latency_s = float(self._stream.latency)

    @property
    def process_id(self) -> int:
        return os.getpid()

    @property
    def alive(self) -> bool:
        return not self._over.is_set()

    def close(self) -> None:
        """Release the device; it may block for as long as the sound server pleases."""
        self._closed = True
        with _opening:
            self._stream.close(ignore_errors=True)

    def _open(self, device: str) -> Any:
        sd = _fresh_portaudio(device)
        try:
            stream = sd.InputStream(
                device="pulse" if sys.platform == "linux" else device or None,
                channels=2,
                samplerate=SAMPLE_RATE_HZ,
                blocksize=BLOCK,
                latency="low",
                dtype="float32",
                callback=self._on_block,
                finished_callback=self._over.set,
            )
            stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise AudioUnavailable(f"The sound device cannot be opened: {_first_line(error)}.") from error
        return stream

    def _on_block(self, block: npt.NDArray[np.float32], _count: int, _time: Any, status: Any) -> None:
        """Runs in PortAudio's thread: it takes no lock, logs nothing and raises nothing."""
        if self._closed:  # a stream that could not be closed in time must not write beside its successor
            return
        self._ring.write(block)
        self._tally.block()
        if status.input_overflow:
            self._tally.overflows += 1


def _fresh_portaudio(device: str) -> Any:
    """sounddevice, with the devices of this moment: PortAudio looks for them only when it is initialised."""
    os.environ["PULSE_SOURCE"] = device
    known = "sounddevice" in sys.modules
    if not known:
        _silence_alsa()
    try:
        import sounddevice as sd  # 140 ms: it looks for the library and lists the devices

        if known:
            # Private names; tests/integration/test_live_capture.py fails when a version drops them.
            while sd._initialized:  # noqa: SLF001 - the only way to list devices anew
                sd._terminate()  # noqa: SLF001 - as above
            sd._initialize()  # noqa: SLF001 - as above
    except OSError as error:
        raise AudioUnavailable("The sound library PortAudio is missing.") from error
    except Exception as error:
        if type(error).__name__ != "PortAudioError":
            raise
        raise AudioUnavailable(f"PortAudio does not start: {_first_line(error)}.") from error
    return sd


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__


def _silence_alsa() -> None:
    """Keep ALSA's remarks on missing devices off the terminal; they go nowhere, as its errors reach us anyway."""
    if sys.platform != "linux":
        return
    handler_type = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        handler = handler_type(lambda *_words: None)
        alsa.snd_lib_error_set_handler(handler)
    except (OSError, AttributeError):
        _log.debug("ALSA is not here to be silenced")
    else:
        _quiet.append(handler)
