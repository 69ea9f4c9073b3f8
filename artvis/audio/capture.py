"""A rung of capture: an input stream of PortAudio, and the only place that knows sounddevice.

It follows and reconnects nothing (`live` does). Sound goes from PortAudio's callback straight into the ring.
"""

import logging
import os
import sys
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from artvis.audio import chatter
from artvis.audio.devices import Pick
from artvis.audio.inputs import Input, input_named
from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK, LossClock, Tally
from artvis.errors import AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ

_log = logging.getLogger(__name__)

if sys.platform == "linux":
    # Now, while there is one thread. A variable that is added later moves the environment away under every thread
    # that reads it just then (Qt, Mesa and libpulse do), and that is a fault in C; one that is there is only replaced.
    os.environ.setdefault("PULSE_SOURCE", "@DEFAULT_SOURCE@")

_opening = threading.Lock()
"""PortAudio is one for the whole process, and may be opened and closed by one thread at a time."""

_OPEN_WAIT_S = 1.0

_ALSA_ORDER = (
    "front-left",
    "front-right",
    "rear-left",
    "rear-right",
    "front-center",
    "lfe",
    "side-left",
    "side-right",
)
"""The channels that ALSA's plug-in for the sound server asks for, where there are 2, 4, 6 or 8 of them."""

_HOST_APIS = {"linux": "ALSA", "win32": "Windows WASAPI", "darwin": "Core Audio"}
"""Where inputs are looked for: under several host APIs the same device has several names."""

_SERVERS = ("pulse", "pipewire")
"""What ALSA lists as devices and are the sound server: what they record from is its business, and may be Bluetooth."""


class PortAudioStream:
    """Records into a ring until it is closed or the sound server ends.

    On Linux PortAudio lists the sound server as one device, `pulse`, and never its monitors: which source that
    device records is said by an environment variable, read when the stream is opened.
    """

    latency_s = 0.012
    """On a sound server, as measured in benchmarks/capture.md; PortAudio itself says 23 ms whatever the server does."""

    def __init__(
        self,
        device: str,
        ring: Ring,
        tally: Tally,
        *,
        pick: Pick | None = None,
        direct: bool = sys.platform != "linux",
    ) -> None:
        """Begin. `device` is a source of the sound server, or with `direct` an input of the system ('': the default).

        Raises AudioUnavailable when PortAudio, its `pulse` device or the source is missing, and where the sound
        server would mix the channels that are to be picked from.
        """
        self._ring = ring
        self._tally = tally
        self._losses = LossClock(BLOCK / SAMPLE_RATE_HZ)
        self._columns = pick.columns if pick else (0, 1)
        self._closed = False
        self._over = threading.Event()
        if not _opening.acquire(timeout=_OPEN_WAIT_S):
            raise AudioUnavailable("PortAudio is still busy with closing the last stream.")
        try:
            self._stream = self._open_input(device, pick) if direct else self._open_source(device, pick)
        finally:
            _opening.release()
            _log_chatter()
        if direct:
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
        _log_chatter()

    def _open_source(self, pulse_source: str, pick: Pick | None) -> Any:
        channels = 2
        if pick is not None:
            channels = len(pick.channel_map)
            if channels % 2 or pick.channel_map != _ALSA_ORDER[:channels]:
                raise AudioUnavailable("PortAudio cannot tell the channels of this device apart.")
        os.environ["PULSE_SOURCE"] = pulse_source
        return self._open(_fresh_portaudio(), "pulse", channels, None)

    def _open_input(self, name: str, pick: Pick | None) -> Any:
        sd = _fresh_portaudio()
        indices = _listed(sd)
        device = input_named(list(indices), name) if name else _default_of(list(indices))
        if device is None:
            raise AudioUnavailable(f"There is no input {name!r}." if name else "There is no input.")
        if device.channels <= max(pick.columns if pick else (0,)):
            raise AudioUnavailable(f"{device.name} has {device.channels} channels.")
        if pick is None and device.channels == 1:
            self._columns = (0,)
        settings = sd.WasapiSettings(auto_convert=True) if sys.platform == "win32" else None
        channels = device.channels if pick else min(device.channels, 2)
        return self._open(sd, indices[device], channels, settings)

    def _open(self, sd: Any, device: str | int, channels: int, settings: Any) -> Any:
        try:
            stream = sd.InputStream(
                device=device,
                channels=channels,
                samplerate=SAMPLE_RATE_HZ,
                blocksize=BLOCK,
                latency="low",
                dtype="float32",
                extra_settings=settings,
                callback=self._on_block,
                finished_callback=self._over.set,
            )
        except (sd.PortAudioError, ValueError) as error:
            raise AudioUnavailable(f"The sound device cannot be opened: {_first_line(error)}.") from error
        try:
            stream.start()
        except sd.PortAudioError as error:
            stream.close(ignore_errors=True)
            raise AudioUnavailable(f"The sound device does not start: {_first_line(error)}.") from error
        return stream

    def _on_block(self, block: npt.NDArray[np.float32], _count: int, _time: Any, status: Any) -> None:
        """Runs in PortAudio's thread: it takes no lock, logs nothing and raises nothing."""
        if self._closed:  # a stream that could not be closed in time must not write beside its successor
            return
        self._ring.write(block[:, self._columns])
        self._tally.block()
        self._tally.lost += self._losses.step(self._tally.last_block_s)
        if status.input_overflow:
            self._tally.overflows += 1


def input_devices() -> tuple[Input, ...]:
    """The inputs of the system itself, as PortAudio lists them; none where it is missing. Not while it records."""
    if not _opening.acquire(timeout=_OPEN_WAIT_S):
        return ()
    try:
        return tuple(_listed(_fresh_portaudio()))
    except AudioUnavailable as error:
        _log.info("no inputs: %s", error)
        return ()
    finally:
        _opening.release()
        _log_chatter()


def _listed(sd: Any) -> dict[Input, int]:
    """The inputs of one host API, each with PortAudio's number for it."""
    wanted = _HOST_APIS.get(sys.platform, "ALSA")
    found = {}
    for api in sd.query_hostapis():
        if api["name"] != wanted:
            continue
        for index in api["devices"]:
            info = sd.query_devices(index)
            if info["max_input_channels"] > 0 and info["name"] not in _SERVERS:
                default = index == api["default_input_device"]
                found[Input(info["name"], info["max_input_channels"], default)] = index
    return found


def _default_of(inputs: Sequence[Input]) -> Input | None:
    return next((device for device in inputs if device.default), None)


def _fresh_portaudio() -> Any:
    """sounddevice, with the devices of this moment: PortAudio looks for them only when it is initialised."""
    known = "sounddevice" in sys.modules
    _log_chatter()
    chatter.divert()
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
    finally:
        chatter.lines()  # a hundred of them, on each device that ALSA and JACK could imagine and that is not there
    return sd


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__


def _log_chatter() -> None:
    for line in chatter.lines():
        _log.info("printed: %s", line)
