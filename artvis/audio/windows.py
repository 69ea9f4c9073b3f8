"""What Windows plays, by WASAPI loopback of the default output (PyAudioWPatch): the first rung there.

Not run: written against PyAudioWPatch 0.2.12 and the documentation of Windows. Only its arithmetic is tested. Where
it does not hold, `sources` goes on to Stereo Mix, a virtual cable or a microphone, which are ordinary inputs.
"""

import ctypes
import importlib.util
import logging
import sys
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from artvis.audio.devices import Pick, Target, Wish
from artvis.audio.follower import Elsewhere, NoFollower
from artvis.audio.live import LiveSource
from artvis.audio.resample import StreamResampler
from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK, Tally
from artvis.errors import AudioUnavailable

_log = logging.getLogger(__name__)

QUIET_S = 0.06
"""No buffer for so long (five of them): nothing plays. WASAPI calls nobody then, and the device is not dead."""
SLEPT_S = 1.0
"""More than this was no silence, but a machine that slept."""
LOOK_EVERY_S = 1.0
POLL_S = 0.005
JOIN_S = 1.0


def why_no_loopback() -> str:
    """Why the loopback cannot work here; '' when it may."""
    if importlib.util.find_spec("pyaudiowpatch") is None:
        return "The package PyAudioWPatch is not installed."
    return ""


def loopback_source(wish: Wish) -> LiveSource:
    """What the default output plays, whichever that is at the time."""
    return LiveSource(wish, (LoopbackStream,), follower=DefaultFollower(default_output))


class SilenceClock:
    """How much silence stands for the time in which nothing plays; all times are those of a monotonic clock."""

    def __init__(self, rate_hz: int, now_s: float) -> None:
        self._rate_hz = rate_hz
        self._filled_s = now_s

    def heard(self, now_s: float) -> None:
        """A buffer has come: sound is complete until now. The clocks of card and machine may drift apart."""
        self._filled_s = now_s

    def due(self, now_s: float) -> int:
        """Sample pairs of silence that belong into the stream before `now_s`, counted as given."""
        behind_s = now_s - self._filled_s
        if behind_s < QUIET_S:
            return 0
        if behind_s > SLEPT_S:
            self._filled_s = now_s
            return 0
        count = int(behind_s * self._rate_hz)
        self._filled_s += count / self._rate_hz
        return count


class LoopbackStream:
    """Records what the default output plays until it is closed or the device goes."""

    latency_s = 0.025
    """10 ms of the engine, one buffer, the resampler: by its documentation, not measured."""

    def __init__(self, _device: str, ring: Ring, tally: Tally, /, *, pick: Pick | None = None) -> None:
        """Begin. Raises AudioUnavailable without PyAudioWPatch, WASAPI, or an output that has a loopback."""
        self._ring = ring
        self._tally = tally
        self._buffers: deque[bytes] = deque(maxlen=512)
        self._closing = threading.Event()
        self._library, self._audio = _opened_library()
        try:
            self._open(pick)
        except BaseException:
            self._audio.terminate()
            raise
        self._thread = threading.Thread(target=self._feed, name="loopback", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        return 0  # no sound server moves it

    @property
    def alive(self) -> bool:
        return self._thread.is_alive() and bool(self._stream.is_active())

    def close(self) -> None:
        self._closing.set()
        self._thread.join(JOIN_S)
        try:
            self._stream.close()
        finally:
            self._audio.terminate()

    def _open(self, pick: Pick | None) -> None:
        try:
            info = self._audio.get_default_wasapi_loopback()
            self._rate_hz = int(info["defaultSampleRate"])
            self._channels = int(info["maxInputChannels"])
            self._stream = self._audio.open(
                format=self._library.paFloat32,
                channels=self._channels,
                rate=self._rate_hz,
                input=True,
                input_device_index=info["index"],
                frames_per_buffer=BLOCK,
                stream_callback=self._on_buffer,
            )
        except (OSError, LookupError, ValueError) as error:
            raise AudioUnavailable(f"The default output has no loopback: {error}.") from error
        self._columns = pick.columns if pick else tuple(range(min(self._channels, 2)))
        if max(self._columns) >= self._channels:
            raise AudioUnavailable(f"The default output has {self._channels} channels.")

    def _on_buffer(self, data: bytes, _count: int, _time: Any, _status: int) -> tuple[None, int]:
        """Runs in PortAudio's thread."""
        self._buffers.append(data)
        return None, self._library.paContinue

    def _feed(self) -> None:
        """The one writer of the ring: buffers as they come, and silence while none do."""
        clock = SilenceClock(self._rate_hz, time.monotonic())
        resampler = StreamResampler(self._rate_hz)
        while not self._closing.wait(POLL_S):
            while self._buffers:
                samples = np.frombuffer(self._buffers.popleft(), np.float32).reshape(-1, self._channels)
                self._write(resampler, samples[:, self._columns])
                clock.heard(time.monotonic())
            if count := clock.due(time.monotonic()):
                self._write(resampler, np.zeros((count, 2), np.float32))

    def _write(self, resampler: StreamResampler, samples: np.ndarray[Any, np.dtype[np.float32]]) -> None:
        stereo = np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples
        self._ring.write(resampler.push(stereo))
        self._tally.block()


class DefaultFollower(NoFollower):
    """Looks once a second which output is the default, and has the stream opened anew when it is another one."""

    def __init__(self, default: Callable[[], str], *, every_s: float = LOOK_EVERY_S) -> None:
        super().__init__()
        self._default = default
        self._every_s = every_s
        self._opened_for = ""
        self._look_s = 0.0

    def locate(self) -> Target | None:
        self._opened_for = self._default()
        self._look_s = time.monotonic() + self._every_s
        return None

    def follow(self, process_id: int, timeout_s: float, *, flowing: Callable[[], bool]) -> None:
        super().follow(process_id, timeout_s, flowing=flowing)
        if time.monotonic() < self._look_s:
            return
        self._look_s = time.monotonic() + self._every_s
        if self._default() != self._opened_for:
            raise Elsewhere("another output is the default")


def default_output() -> str:
    """The id of the default output, '' without one. Windows is asked itself: PortAudio looks only when it starts.

    Source: IMMDeviceEnumerator and IMMDevice of mmdeviceapi.h; a method is called by its place in the table.
    """
    found = ""
    if sys.platform == "win32":
        ole = ctypes.windll.ole32
        ole.CoInitializeEx(None, 0)  # for this thread; once more does no harm
        enumerator, device, name = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_wchar_p()
        if ole.CoCreateInstance(_ENUMERATOR, None, 23, _I_ENUMERATOR, ctypes.byref(enumerator)) >= 0:
            # GetDefaultAudioEndpoint(eRender, eMultimedia), GetId, Release
            if _call(enumerator, 4, ctypes.c_int(0), ctypes.c_int(1), ctypes.byref(device)) >= 0:
                if _call(device, 5, ctypes.byref(name)) >= 0:
                    found = name.value or ""
                    ole.CoTaskMemFree(name)
                _call(device, 2)
            _call(enumerator, 2)
    return found


_ENUMERATOR = uuid.UUID("BCDE0395-E52F-467C-8E3D-C4579291692E").bytes_le
_I_ENUMERATOR = uuid.UUID("A95664D2-9614-4F35-A746-DE8DB63617E6").bytes_le


def _call(thing: ctypes.c_void_p, place: int, *arguments: Any) -> int:
    """A method of a COM object; below 0 it has failed."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    method = ctypes.cast(table[place] or 0, ctypes.CFUNCTYPE(ctypes.c_long))
    return int(method(thing, *arguments))


def _opened_library() -> tuple[Any, Any]:
    try:
        import pyaudiowpatch  # it loads a PortAudio of its own

        return pyaudiowpatch, pyaudiowpatch.PyAudio()
    except (ImportError, OSError) as error:
        raise AudioUnavailable(f"PyAudioWPatch does not start: {error}.") from error
