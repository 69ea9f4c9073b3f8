"""The voices of the demo track: single notes and strokes, mono float32, all made of sines and seeded noise.

They know pitch, length and colour, not the score, the mix or the room. Each is made once and then repeated.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from artvis.model.music import SAMPLE_RATE_HZ

Mono = npt.NDArray[np.float32]
"""Shape (n,), float32, peak about 1."""

_TABLE = 2048


def frequency_hz(pitch: float) -> float:
    """Of a MIDI note, A4 = 69 = 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def _seconds(length_s: float) -> Mono:
    return np.arange(round(length_s * SAMPLE_RATE_HZ), dtype=np.float32) / np.float32(SAMPLE_RATE_HZ)


def _faded(sound: Mono, *, attack_s: float = 0.002, release_s: float = 0.01) -> Mono:
    """Without a click at either end."""
    rise = min(len(sound), round(attack_s * SAMPLE_RATE_HZ))
    fall = min(len(sound), round(release_s * SAMPLE_RATE_HZ))
    sound[:rise] *= np.linspace(0.0, 1.0, rise, dtype=np.float32)
    sound[len(sound) - fall :] *= np.linspace(1.0, 0.0, fall, dtype=np.float32)
    return sound


def _noise(length_s: float, low_hz: float, high_hz: float, seed: int) -> Mono:
    """Noise between two frequencies, with soft shoulders of a third of an octave, RMS about 0.3."""
    count = round(length_s * SAMPLE_RATE_HZ)
    size = 1 << (count - 1).bit_length()
    bins = np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ)
    octaves = np.log2(np.maximum(bins, 1.0))
    shape = np.clip((octaves - np.log2(low_hz)) * 3 + 1, 0, 1) * np.clip(
        (np.log2(high_hz) - octaves) * 3 + 1, 0, 1
    )
    white = np.random.default_rng(seed).standard_normal(size, np.float32)
    sound = np.fft.irfft(np.fft.rfft(white) * shape, size)[:count]
    return np.asarray(0.3 * sound / (np.std(sound) + 1e-9), np.float32)


@lru_cache(maxsize=256)
def struck(pitch: int, length_s: float, tone: "Struck") -> Mono:
    """A note that is struck and rings: each partial decays on its own, the high ones first."""
    t = _seconds(length_s)
    base_hz = frequency_hz(pitch)
    sound = np.zeros(len(t), np.float32)
    for number, level in enumerate(tone.partials, start=1):
        # A real string is a little stiff: its partials lie sharp of the harmonics.
        partial_hz = base_hz * number * np.sqrt(1.0 + tone.stiffness * number**2)
        if partial_hz > 15_000.0:
            break
        decay_s = tone.ring_s / (1.0 + tone.damping * (number - 1)) * (440.0 / base_hz) ** 0.25
        sound += (
            np.float32(level)
            * np.sin(np.float32(2 * np.pi * partial_hz) * t)
            * np.exp(-t / np.float32(decay_s))
        )
    return _faded(sound, attack_s=tone.attack_s, release_s=0.05)


class Struck:
    """The colour of a struck note."""

    def __init__(
        self, partials: Sequence[float], *, ring_s: float, damping: float, stiffness: float, attack_s: float
    ) -> None:
        self.partials = tuple(partials)
        self.ring_s = ring_s
        self.damping = damping
        self.stiffness = stiffness
        self.attack_s = attack_s


PLUCK = Struck(
    (0.7, 0.34, 0.22, 0.13, 0.08, 0.05, 0.03), ring_s=0.55, damping=0.9, stiffness=2e-4, attack_s=0.003
)
ARP = Struck(
    (0.6, 0.3, 0.28, 0.16, 0.14, 0.09, 0.08, 0.05), ring_s=0.16, damping=0.35, stiffness=0.0, attack_s=0.002
)
KEYS = Struck((0.7, 0.1, 0.22, 0.03, 0.1, 0.0, 0.05), ring_s=0.4, damping=0.7, stiffness=0.0, attack_s=0.004)
"""Odd partials over even ones: the hollow tine of an electric piano."""


def _table(partials: Sequence[float]) -> Mono:
    phase = np.arange(_TABLE) * (2 * np.pi / _TABLE)
    return np.asarray(sum(level * np.sin(k * phase) for k, level in enumerate(partials, 1)), np.float32)


def _saw(top_hz: float, base_hz: float, slope: float) -> tuple[float, ...]:
    """Partials of a saw whose treble is bent down, as by a filter at `top_hz`; none above 12 kHz."""
    count = max(1, min(40, int(12_000 / base_hz)))
    return tuple(0.6 / k / (1.0 + (k * base_hz / top_hz) ** slope) for k in range(1, count + 1))


@lru_cache(maxsize=64)
def pad(pitch: int, length_s: float, top_hz: float, side: int) -> Mono:
    """A held note of two detuned saws, slowly rising and falling; `side` 0 and 1 differ, which makes it wide."""
    base_hz = frequency_hz(pitch)
    table = _table(_saw(top_hz, base_hz, 2.0))
    t = np.arange(round(length_s * SAMPLE_RATE_HZ), dtype=np.float32)
    sound = np.zeros(len(t), np.float32)
    for voice, cents in enumerate((-7.0, 5.0) if side == 0 else (-4.0, 8.0)):
        step = _TABLE * base_hz * 2.0 ** (cents / 1200.0) / SAMPLE_RATE_HZ
        start = 613.0 * (voice + 1) + 997.0 * side + 71.0 * pitch
        # float64 for the phase: float32 would drift audibly after a second.
        position = np.arange(len(t), dtype=np.float64) * step + start
        sound += table[position.astype(np.int64) & (_TABLE - 1)]
    return _faded(0.5 * sound, attack_s=0.35, release_s=0.9)


@lru_cache(maxsize=64)
def bass(pitch: int, length_s: float) -> Mono:
    """A round bass: a sine below, a saw that closes within a quarter of a second above."""
    t = _seconds(length_s)
    base_hz = frequency_hz(pitch)
    sound = 0.58 * np.sin(np.float32(2 * np.pi * base_hz) * t)
    for number in range(2, 11):
        level = 0.62 / number
        sound += (
            level
            * np.sin(np.float32(2 * np.pi * base_hz * number) * t)
            * np.exp(-t * np.float32(1.5 + number * 1.1))
        )
    return _faded(
        np.tanh(1.3 * sound).astype(np.float32), attack_s=0.004, release_s=max(0.02, 0.1 * length_s)
    )


@lru_cache(maxsize=64)
def lead(pitch: int, length_s: float) -> Mono:
    """A singing note: soft attack, vibrato that comes late, few partials."""
    t = _seconds(length_s + 0.25)
    vibrato = 0.10 * np.clip((t - 0.25) / 0.4, 0, 1) * np.sin(np.float32(2 * np.pi * 5.2) * t)
    phase = np.cumsum(frequency_hz(pitch) * 2.0 ** (vibrato / 12.0), dtype=np.float64) * (
        2 * np.pi / SAMPLE_RATE_HZ
    )
    sound = sum(
        level * np.sin(k * phase) for k, level in ((1, 0.62), (2, 0.20), (3, 0.16), (4, 0.05), (5, 0.04))
    )
    return _faded(np.asarray(sound, np.float32), attack_s=0.03, release_s=0.25)


@lru_cache(maxsize=1)
def kick() -> Mono:
    t = _seconds(0.42)
    sweep_hz = 51.0 + 120.0 * np.exp(-t / 0.028) + 60.0 * np.exp(-t / 0.006)
    body = np.sin(2 * np.pi * np.cumsum(sweep_hz, dtype=np.float64) / SAMPLE_RATE_HZ) * np.exp(-t / 0.15)
    click = _noise(0.42, 1500, 6000, 1) * np.exp(-t / 0.004)
    return _faded(np.tanh(1.6 * body + 0.5 * click).astype(np.float32), attack_s=0.0005, release_s=0.08)


@lru_cache(maxsize=4)
def snare(take: int) -> Mono:
    t = _seconds(0.34)
    body = np.sin(2 * np.pi * 187.0 * t) * np.exp(-t / 0.05) + 0.6 * np.sin(2 * np.pi * 331.0 * t) * np.exp(
        -t / 0.03
    )
    rattle = _noise(0.34, 1400, 11_000, 20 + take) * np.exp(-t / 0.085)
    claps = sum(np.exp(-np.maximum(t - late, 0) / 0.012) * (t >= late) for late in (0.0, 0.011, 0.022))
    hands = _noise(0.34, 900, 4200, 30 + take) * (claps + 2.0 * np.exp(-t / 0.09))
    return _faded((0.45 * body + 1.1 * rattle + 0.35 * hands).astype(np.float32), attack_s=0.0005)


@lru_cache(maxsize=1)
def rim() -> Mono:
    """A stick on the edge of a drum."""
    t = _seconds(0.08)
    wood = np.sin(2 * np.pi * 1720.0 * t) + 0.6 * np.sin(2 * np.pi * 2630.0 * t)
    return _faded((wood * np.exp(-t / 0.009)).astype(np.float32), attack_s=0.0005)


@lru_cache(maxsize=16)
def hat(decay_s: float, take: int) -> Mono:
    t = _seconds(min(0.6, 6 * decay_s))
    return _faded(
        (_noise(len(t) / SAMPLE_RATE_HZ, 7200, 15_500, 40 + take) * np.exp(-t / decay_s)).astype(np.float32),
        attack_s=0.0005,
    )


@lru_cache(maxsize=1)
def crash() -> Mono:
    t = _seconds(2.4)
    body = _noise(2.4, 3200, 14_000, 60) * np.exp(-t / 0.5) + 0.5 * _noise(2.4, 5200, 9000, 61) * np.exp(
        -t / 0.9
    )
    return _faded(body.astype(np.float32), attack_s=0.001, release_s=0.4)


@lru_cache(maxsize=4)
def riser(length_s: float, seed: int) -> Mono:
    """Wind that rises from 300 Hz to 9 kHz and swells to its end: bands of noise, one handing over to the next."""
    t = np.linspace(0.0, 1.0, round(length_s * SAMPLE_RATE_HZ), dtype=np.float32)
    sound = np.zeros(len(t), np.float32)
    bands = 10
    for number in range(bands):
        low_hz = 300.0 * 30.0 ** (number / bands)
        window = np.maximum(0.0, 1.0 - np.abs(t - number / (bands - 1)) * (bands - 1) / 1.6)
        sound += window * _noise(length_s, low_hz, low_hz * 1.5, seed + number)[: len(t)]
    return _faded((sound * t**2).astype(np.float32), release_s=0.03)
