"""Listens to sources for a moment and says in words what is there: music, silence, or nothing at all.

It chooses and follows nothing, and opens what it is told to: which device must stay closed is decided in `sources`.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from artvis.audio import parec
from artvis.audio.capture import PortAudioStream
from artvis.audio.live import Stream
from artvis.audio.loudness import SilenceGate, k_weighting
from artvis.audio.parec import ParecStream
from artvis.audio.ring import Ring
from artvis.audio.source import Tally
from artvis.audio.spectrum import BINS, ShortSpectrum, clean, flatness
from artvis.errors import AudioUnavailable
from artvis.model.music import HOP, Samples

Words = Literal["music", "one channel only", "too loud: clipped", "very quiet", "noise", "silence", "no data"]
PLAYS: frozenset[Words] = frozenset({"music", "one channel only", "too loud: clipped"})
"""There is music, be it not as it should be."""

SILENCE_LUFS = -70.0  # the absolute gate of ITU-R BS.1770-4
VERY_QUIET_LUFS = -50.0
ONE_CHANNEL_DB = -40.0
"""The other channel is this far below: crosstalk of a bad cable, no music."""
CLIPPED_SHARE = 0.005
"""Of the samples: hot masters have a tenth of it."""
NOISE_FLATNESS = 0.94
"""Of the mean power of many windows: noise has 0.95 after 0.2 s and 0.99 after 1 s, music 0.75 and never over 0.93."""
NOISE_WAVER_DB = SilenceGate.HISS_WAVER_DB[0]
JUDGED_BINS = slice(6, 700)
"""130 Hz to 15 kHz: what `flatness` looks at."""
LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was heard of one source."""

    lufs: float | None
    """Loudness over the whole time, K-weighted; None without data."""
    words: Words


NO_DATA = Verdict(None, "no data")


class LevelMeter:
    """Loudness of sound of any length, taken hop by hop, and what kind of sound it is."""

    def __init__(self) -> None:
        self._spectrum = ShortSpectrum()
        self._weights = k_weighting() / np.float32(3.0)  # a third: as in `loudness`
        self._powers: list[npt.NDArray[np.float32]] = []
        self._spectra = np.zeros(BINS, np.float32)
        self._judged = 0.0
        self._clipped = 0

    def step(self, hop: Samples) -> None:
        frame = self._spectrum.step(clean(hop))
        self._powers.append(frame.power @ self._weights)
        self._spectra += np.square(frame.magnitude)
        self._judged += float((frame.power[:, JUDGED_BINS] @ self._weights[JUDGED_BINS]).sum())
        self._clipped += _clipped(hop)

    def verdict(self) -> Verdict:
        if not self._powers:
            return NO_DATA
        powers = np.array(self._powers)  # (hops, channels)
        lufs = round(max(-120.0, float(_lufs(powers.sum(axis=1).mean()))), 1)
        return Verdict(lufs, self._words(powers, lufs))

    def _words(self, powers: npt.NDArray[np.float32], lufs: float) -> Words:
        if lufs < SILENCE_LUFS:
            return "silence"
        if self._is_noise(powers):
            return "noise"
        if lufs < VERY_QUIET_LUFS:
            return "very quiet"
        quieter, louder = sorted(powers.mean(axis=0))
        if quieter < louder * 10 ** (ONE_CHANNEL_DB / 10):
            return "one channel only"
        if self._clipped > CLIPPED_SHARE * 2 * HOP * len(powers):
            return "too loud: clipped"
        return "music"

    def _is_noise(self, powers: npt.NDArray[np.float32]) -> bool:
        """Steady, and with no tone that stands out of the spectrum of the whole time, at any loudness."""
        if self._judged < float(powers.sum()) / 10:  # a deep tone, and what the window leaks of it above
            return False
        levels = _lufs(powers.sum(axis=1))
        waver_db = float(np.abs(levels - np.median(levels)).mean())
        return flatness(np.sqrt(self._spectra)) > NOISE_FLATNESS and waver_db < NOISE_WAVER_DB


def _lufs(mean_square: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(-0.691 + 10 * np.log10(mean_square + 1e-13), np.float32)


def _clipped(hop: Samples) -> int:
    """How many samples lie on a plateau at full scale, or beyond it where a resampler made a plateau ring."""
    size = np.abs(hop)
    plateau = (size[1:] >= 0.99) & (np.abs(np.diff(hop, axis=0)) < 3e-5)
    return int(np.count_nonzero(plateau) + np.count_nonzero(size > 1.0))


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
