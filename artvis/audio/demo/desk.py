"""The mixing desk of the demo track: places notes in a stereo bus, and gives echo, room, ducking and warmth.

It knows nothing of the score; all of it is deterministic and works on four bars with room for the tail behind them.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from artvis.audio.demo.score import BEAT_SAMPLES
from artvis.audio.demo.voices import Mono
from artvis.model.music import SAMPLE_RATE_HZ, Samples

BUS_SAMPLES = 1 << 19
"""Four bars (378,000) and 3.3 s for what rings on; a power of two for the convolution with the room."""

ECHO_SAMPLES = BEAT_SAMPLES * 3 // 4
"""A dotted eighth: the echo that dances around the beat."""

CEILING = 0.885
"""-1.06 dBFS, which nothing passes."""


def new_bus() -> Samples:
    return np.zeros((BUS_SAMPLES, 2), np.float32)


def place(bus: Samples, start: int, sound: Mono, gain: float, pan: float = 0.0) -> None:
    """Add `sound` from sample `start` on; `pan` -1 left to 1 right, at constant power."""
    if start < 0:
        sound, start = sound[-start:], 0
    sound = sound[: max(0, len(bus) - start)]
    angle = (pan + 1.0) * np.pi / 4
    bus[start : start + len(sound), 0] += np.float32(gain * np.cos(angle) * np.sqrt(2)) * sound
    bus[start : start + len(sound), 1] += np.float32(gain * np.sin(angle) * np.sqrt(2)) * sound


def place_wide(bus: Samples, start: int, sides: tuple[Mono, Mono], gain: float) -> None:
    """Add a sound that has a left and a right side of its own."""
    for channel, sound in enumerate(sides):
        cut = sound[: max(0, len(bus) - start)]
        bus[start : start + len(cut), channel] += np.float32(gain) * cut


def echoes(bus: Samples, feedback: float, repeats: int = 5) -> Samples:
    """The ping-pong echo of a bus alone: each repeat on the other side, and softer."""
    wet = np.zeros_like(bus)
    for number in range(1, repeats + 1):
        late = number * ECHO_SAMPLES
        source = bus[: len(bus) - late]
        wet[late:] += np.float32(feedback**number) * (source[:, ::-1] if number % 2 else source)
    return wet


@lru_cache(maxsize=1)
def _room() -> npt.NDArray[np.complex64]:
    """Spectra of a hall's two impulse responses, shape (n, 2): noise whose treble dies before its bass."""
    rng = np.random.default_rng(1812)
    count = round(2.2 * SAMPLE_RATE_HZ)
    t = np.arange(count, dtype=np.float32)[:, None] / np.float32(SAMPLE_RATE_HZ)
    bins = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)[:, None]
    response = np.zeros((count, 2), np.float32)
    for low_hz, high_hz, t60_s, level in (
        (180, 900, 2.0, 0.8),
        (900, 3500, 1.7, 1.0),
        (3500, 9000, 1.0, 0.6),
    ):
        band = np.fft.rfft(rng.standard_normal((count, 2)), axis=0) * ((bins >= low_hz) & (bins < high_hz))
        response += (
            np.float32(level)
            * np.fft.irfft(band, count, axis=0).astype(np.float32)
            * np.exp(-6.91 * t / t60_s)
        )
    response *= np.clip((t - 0.018) / 0.012, 0, 1)  # 18 ms before the walls answer
    response *= np.clip((2.2 - t) / 0.1, 0, 1)
    response /= np.sqrt(np.sum(response**2, axis=0))
    return np.fft.rfft(response, BUS_SAMPLES, axis=0).astype(np.complex64)


def in_the_room(bus: Samples) -> Samples:
    """What the hall answers to a bus; the bus must have ended 2.2 s before its last sample."""
    return np.fft.irfft(np.fft.rfft(bus, axis=0) * _room(), BUS_SAMPLES, axis=0).astype(np.float32)


def ducking(kicks: list[int], depth: float) -> Mono:
    """The gain that makes way for each kick and comes back within a third of a second, shape (n, 1)."""
    gain = np.ones(BUS_SAMPLES, np.float32)
    length = round(0.34 * SAMPLE_RATE_HZ)
    rise = np.linspace(0.0, 1.0, length, dtype=np.float32)
    dip = 1.0 - depth * (1.0 - rise) ** 2 * np.clip(rise * length / 130, 0, 1)  # 3 ms down: no click
    for start in kicks:
        stretch = gain[start : start + length]
        np.minimum(stretch, dip[: len(stretch)], out=stretch)
    column: Mono = gain[:, None]
    return column


def warmed(mix: Samples, drive: float) -> Samples:
    """The master: a soft saturation, straight for quiet sound, that no peak can pass."""
    warm: Samples = np.float32(CEILING) * np.tanh(mix * np.float32(drive / CEILING))
    return warm
