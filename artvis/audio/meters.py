"""The levels of many devices of the sound server at once, each heard through a recorder of its own.

It judges nothing (`levels`), and opens what it is told to: which device must stay closed is decided in `sources`.
"""

import logging
import math
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from artvis.audio import parec
from artvis.audio.parec import ParecStream
from artvis.audio.pulse import PulseLink
from artvis.audio.ring import Ring
from artvis.audio.source import Tally
from artvis.errors import AudioUnavailable
from artvis.model.music import Samples

_log = logging.getLogger(__name__)

FLOOR_DB = -60.0
"""What the meter shows as nothing."""
FALL_PER_S = 0.45
"""27 dB a second: nearly that of a peak programme meter (IEC 60268-10, type I: 20 dB in 1.5 s)."""
LATENCY_MS = 40
"""One lump of sound every second or third video frame: finer ones would only wake the machine more often."""
_CAPACITY = 16_384  # 0.37 s: a window that stood still catches up at once


@dataclass(slots=True)
class LevelBar:
    """A bar that jumps up with the sound and falls back slowly."""

    level: float = 0.0
    """0..1 for -60..0 dBFS of the louder channel, root mean square."""

    def step(self, samples: Samples, dt_s: float) -> float:
        """`samples`, shape (n, 2), are what has come in the last `dt_s`; n may be 0."""
        fallen = max(0.0, self.level - FALL_PER_S * dt_s)
        self.level = max(fallen, _level(samples)) if len(samples) else fallen
        return self.level


def _level(samples: Samples) -> float:
    mean_square = float(np.square(samples, dtype=np.float64).mean(axis=0).max())
    if not math.isfinite(mean_square) or mean_square <= 0.0:
        return 0.0
    return min(1.0, max(0.0, 1.0 - 10.0 * math.log10(mean_square) / FLOOR_DB))


class _Meter:
    def __init__(self, device: str) -> None:
        self.bar = LevelBar()
        self.ring = Ring(_CAPACITY)
        self.stream = ParecStream(device, self.ring, Tally(), latency_ms=LATENCY_MS)


class SourceMeters:
    """Opens and closes recorders from one thread (`watch`, `heed`, `close`), and is read by another (`levels`)."""

    def __init__(self) -> None:
        self._meters: Mapping[str, _Meter] = {}
        self._link: PulseLink | None = None

    @staticmethod
    def available() -> bool:
        """Whether several devices can be heard at once here; PortAudio knows one stream a process."""
        return parec.is_installed()

    def watch(self, devices: Collection[str]) -> None:
        """From now on the levels of these; a recorder that has broken off is opened anew once the server answers."""
        self._keep([name for name in devices if name in self._meters and self._meters[name].stream.alive])
        try:
            self._link = self._link or PulseLink()
            self._link.offer()
        except AudioUnavailable as error:
            self._unlink(error)
            return
        fresh = dict(self._meters)
        for name in devices:
            if name not in fresh and not self._link.has_lost(name):
                try:
                    fresh[name] = _Meter(name)
                except AudioUnavailable as error:
                    _log.info("no meter for %s: %s", name, error)
        self._meters = fresh

    def heed(self, timeout_s: float) -> None:
        """Wait so long, or for news: the recorder of a device that goes is ended at once.

        PulseAudio would move it to the default source, which may be a Bluetooth microphone.
        """
        if self._link is None:
            time.sleep(timeout_s)
            return
        try:
            self._link.wait_for_change(timeout_s)
        except AudioUnavailable as error:
            self._unlink(error)
            return
        self._keep([name for name in self._meters if not self._link.has_lost(name)])

    def levels(self, dt_s: float) -> dict[str, float]:
        """The bars, 0..1, by device, `dt_s` after they were last asked for; takes no lock and never waits."""
        return {name: meter.bar.step(_all_of(meter.ring), dt_s) for name, meter in self._meters.items()}

    def close(self) -> None:
        self._keep(())
        self._unlink()

    def _keep(self, names: Collection[str]) -> None:
        """End all recorders but these."""
        before = self._meters
        self._meters = {name: meter for name, meter in before.items() if name in names}
        for name, meter in before.items():
            if name not in names:
                meter.stream.close()

    def _unlink(self, error: AudioUnavailable | None = None) -> None:
        if error is not None:
            _log.info("no news for the meters: %s", error)
        link, self._link = self._link, None
        if link is not None:
            link.close()


def _all_of(ring: Ring) -> Samples:
    found = ring.read(ring.available)
    return found if found is not None else np.zeros((0, 2), np.float32)
