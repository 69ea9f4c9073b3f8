"""What macOS plays, by a process tap of Core Audio (catap, from macOS 14.2 on): the first rung there.

Not run: written against catap 0.6. Only its arithmetic is tested. Where it does not hold, `sources` goes on to
BlackHole or a microphone, which are ordinary inputs.
"""

import contextlib
import importlib.util
import logging
from collections.abc import Callable
from functools import partial
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from artvis.audio.devices import Pick, Wish
from artvis.audio.follower import NoFollower
from artvis.audio.live import LiveSource
from artvis.audio.resample import StreamResampler
from artvis.audio.ring import Ring
from artvis.audio.source import Tally
from artvis.errors import AudioUnavailable
from artvis.model.notice import Notice

_log = logging.getLogger(__name__)

ZEROS_S = 10.0
"""Exact zeros from the start for so long: macOS gives them, and no error, to who may not listen."""

REFUSED = Notice(
    "warning",
    "audio-refused",
    "macOS gives nothing but exact silence: nothing has played yet, or artvis may not listen.",
    "Allow it under System Settings, Privacy & Security, Screen & System Audio Recording, and start artvis again.",
)


class _Format(Protocol):
    sample_rate: float
    num_channels: int
    bits_per_sample: int
    sample_type: Literal["float", "signed_integer"]


class _Buffer(Protocol):
    """What catap hands over: interleaved samples, and what they are."""

    data: bytes
    format: _Format


class _Session(Protocol):
    """A recording of catap."""

    @property
    def capture_failed(self) -> bool: ...
    def start(self) -> None: ...
    def close(self) -> None: ...


def why_no_tap() -> str:
    """Why a process tap cannot work here; '' when it may."""
    if importlib.util.find_spec("catap") is None:
        return "The package catap is not installed."
    try:
        import catap  # noqa: F401 - it asks for the version of macOS
    except ImportError as error:
        return f"A process tap is not possible: {str(error).rstrip('.')}."
    return ""


def tap_source(wish: Wish) -> LiveSource:
    """What all programs play together."""
    watch = ZeroWatch()
    return LiveSource(wish, (partial(TapStream, watch=watch),), follower=TapFollower(watch))


class ZeroWatch:
    """Whether there was nothing but exact zeros since the beginning; written by one thread, read by another."""

    def __init__(self) -> None:
        self.zeros_s = 0.0
        self.heard = False

    def feed(self, samples: npt.NDArray[np.float32], rate_hz: float) -> None:
        self.heard = self.heard or bool(samples.any())
        self.zeros_s += len(samples) / rate_hz

    @property
    def refused(self) -> bool:
        """The permission is probably missing; later silence is only silence."""
        return not self.heard and self.zeros_s >= ZEROS_S


class TapFollower(NoFollower):
    """Core Audio follows the default output by itself; this says when it gives zeros and nothing else."""

    def __init__(self, watch: ZeroWatch) -> None:
        super().__init__()
        self._watch = watch
        self._said = False

    def follow(self, process_id: int, timeout_s: float, *, flowing: Callable[[], bool]) -> None:
        super().follow(process_id, timeout_s, flowing=flowing)
        if self._watch.refused and not self._said:
            self._said = True
            self.on_notice(REFUSED)


class TapStream:
    """Records the mix of all programs until it is closed or the tap fails."""

    latency_s = 0.03
    """One buffer of Core Audio and the hand-over between catap's threads: not measured."""

    def __init__(
        self, _device: str, ring: Ring, tally: Tally, /, *, watch: ZeroWatch, pick: Pick | None = None
    ) -> None:
        """Begin. Raises AudioUnavailable without catap, before macOS 14.2, or when the tap cannot be made."""
        if pick is not None:
            raise AudioUnavailable("A process tap has two channels and no more.")
        self._ring = ring
        self._tally = tally
        self._watch = watch
        self._resampler: StreamResampler | None = None
        try:
            import catap

            self._session: _Session = catap.record_system_audio(on_buffer=self._on_buffer)
            self._session.start()
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise AudioUnavailable(f"macOS makes no process tap: {str(error).rstrip('.')}.") from error

    @property
    def process_id(self) -> int:
        return 0  # no sound server moves it

    @property
    def alive(self) -> bool:
        return not self._session.capture_failed

    def close(self) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # of a tap that has failed, it says so once more
            self._session.close()

    def _on_buffer(self, buffer: _Buffer) -> None:
        """Runs in a thread of catap, the one writer of the ring."""
        samples = stereo(buffer)
        self._watch.feed(samples, buffer.format.sample_rate)
        if self._resampler is None:
            self._resampler = StreamResampler(round(buffer.format.sample_rate))
        self._ring.write(self._resampler.push(samples))
        self._tally.block()


def stereo(buffer: _Buffer) -> npt.NDArray[np.float32]:
    """The samples of a buffer of any PCM format, shape (n, 2), -1..1; of more channels than two the first two."""
    kind = buffer.format
    if kind.sample_type == "float":
        samples = np.frombuffer(buffer.data, f"<f{kind.bits_per_sample // 8}").astype(np.float32)
    else:
        whole = np.frombuffer(buffer.data, f"<i{kind.bits_per_sample // 8}")
        samples = (whole / 2.0 ** (kind.bits_per_sample - 1)).astype(np.float32)
    samples = samples.reshape(-1, kind.num_channels)
    return np.repeat(samples, 2, axis=1) if kind.num_channels == 1 else samples[:, :2]
