"""Listens to sources for a moment and says in words what is there: music, silence, or nothing at all.

It chooses and follows nothing, and it leaves Bluetooth microphones alone.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

import numpy as np

from artvis.audio import parec
from artvis.audio.capture import PortAudioStream
from artvis.audio.live import Stream
from artvis.audio.loudness import k_weighting
from artvis.audio.parec import ParecStream
from artvis.audio.ring import Ring
from artvis.audio.source import Tally
from artvis.audio.spectrum import ShortSpectrum
from artvis.errors import AudioUnavailable
from artvis.model.music import HOP, Samples

Words = Literal["music", "very quiet", "silence", "no data"]

SILENCE_LUFS = -70.0  # the absolute gate of ITU-R BS.1770-4
VERY_QUIET_LUFS = -50.0
LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was heard of one source."""

    lufs: float | None
    """Loudness over the whole time, K-weighted; None without data."""
    words: Words


NO_DATA = Verdict(None, "no data")


class LevelMeter:
    """Loudness of sound of any length, taken hop by hop."""

    def __init__(self) -> None:
        self._spectrum = ShortSpectrum()
        self._weights = k_weighting() / np.float32(3.0)  # a third: as in `loudness`
        self._power = 0.0
        self._hops = 0

    def step(self, hop: Samples) -> None:
        self._power += float((self._spectrum.step(hop).power @ self._weights).sum())
        self._hops += 1

    def verdict(self) -> Verdict:
        if self._hops == 0:
            return NO_DATA
        lufs = round(max(-120.0, -0.691 + 10 * float(np.log10(self._power / self._hops + 1e-13))), 1)
        if lufs < SILENCE_LUFS:
            return Verdict(lufs, "silence")
        return Verdict(lufs, "very quiet" if lufs < VERY_QUIET_LUFS else "music")


def verdict_of(sound: Samples) -> Verdict:
    """The verdict on a piece of sound, shape (n, 2)."""
    meter = LevelMeter()
    for start in range(0, len(sound) - HOP + 1, HOP):
        meter.step(sound[start : start + HOP])
    return meter.verdict()


def listen_to(devices: Sequence[str], seconds: float) -> list[Verdict]:
    """What each device gives within `seconds`, in their order; a device that cannot be opened gives no data.

    With parec all are heard at once; PortAudio, which knows one device of the sound server, takes them in turn.
    """
    if parec.is_installed():
        return _listen_at_once(ParecStream, devices, seconds)
    return [_listen_at_once(PortAudioStream, [device], seconds)[0] for device in devices]


def _listen_at_once(
    rung: type[ParecStream] | type[PortAudioStream], devices: Sequence[str], seconds: float
) -> list[Verdict]:
    meters = [LevelMeter() for _ in devices]
    rings = [Ring() for _ in devices]
    with ExitStack() as open_streams:
        for device, ring in zip(devices, rings, strict=True):
            try:
                stream: Stream = rung(device, ring, Tally())
            except AudioUnavailable:
                continue
            open_streams.callback(stream.close)
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            time.sleep(LOOK_S)
            for meter, ring in zip(meters, rings, strict=True):
                while (hop := ring.read(HOP)) is not None:
                    meter.step(hop)
    return [meter.verdict() for meter in meters]
