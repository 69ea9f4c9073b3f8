"""Sounds with a known truth, made of sines, noise and silence; stereo float32 at 44,100 Hz."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from artvis.audio.hearing import Hearing
from artvis.model.music import HOP, SAMPLE_RATE_HZ, MusicEvent, MusicState, Samples

Mono = npt.NDArray[np.float64]


def stereo(mono: Mono) -> Samples:
    return np.repeat(np.asarray(mono, np.float32)[:, None], 2, axis=1)


def times(duration_s: float) -> Mono:
    return np.arange(int(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def sine(hz: float, duration_s: float, amplitude: float = 0.5) -> Mono:
    return amplitude * np.sin(2 * np.pi * hz * times(duration_s))


def noise(duration_s: float, rms: float, seed: int = 0) -> Mono:
    return rms * np.random.default_rng(seed).standard_normal(len(times(duration_s)))


def kick() -> Mono:
    t = times(0.2)
    return 0.8 * np.sin(2 * np.pi * (48 * t + 3 * (1 - np.exp(-30 * t)))) * np.exp(-15 * t)


def snare() -> Mono:
    t = times(0.15)
    return np.diff(np.random.default_rng(3).standard_normal(len(t) + 1)) * 0.3 * np.exp(-25 * t)


def tones(notes: tuple[int, ...], length_s: float) -> Mono:
    t = times(length_s)
    fade = np.minimum(1, t / 0.01) * np.minimum(1, (length_s - t) / 0.05) * np.exp(-1.5 * t)
    hz = [440 * 2 ** ((note - 69) / 12) for note in notes]
    return sum(
        (0.1 / k * np.sin(2 * np.pi * f * k * t) * fade for f in hz for k in (1, 2, 3)), np.zeros_like(t)
    )


def placed(duration_s: float, at_s: npt.ArrayLike, hit: Callable[[], Mono]) -> Mono:
    """`hit` at each of the times."""
    sound = np.zeros(len(times(duration_s)))
    for moment_s in np.asarray(at_s, float):
        first = round(moment_s * SAMPLE_RATE_HZ)
        piece = hit()[: len(sound) - first]
        sound[first : first + len(piece)] += piece
    return sound


def drums(bpm: float, duration_s: float, start_s: float = 0.3) -> tuple[Mono, npt.NDArray[np.float64]]:
    """(sound, beat times): bass drum on one and three, snare on two and four, short noise between."""
    beats = np.arange(start_s, duration_s - 0.3, 60 / bpm)
    sound = placed(duration_s, beats[::2], kick) + placed(duration_s, beats[1::2], snare)
    return sound + 0.2 * placed(duration_s, beats + 30 / bpm, snare), beats


def cadence(notes_of_chords: list[tuple[int, ...]], duration_s: float, chord_s: float = 1.0) -> Mono:
    sound = np.zeros(len(times(duration_s)))
    for number in range(int(duration_s / chord_s)):
        first = round(number * chord_s * SAMPLE_RATE_HZ)
        piece = tones(notes_of_chords[number % len(notes_of_chords)], chord_s)[: len(sound) - first]
        sound[first : first + len(piece)] += piece
    return sound


def hops(samples: Samples) -> Iterator[Samples]:
    for start in range(0, len(samples) - HOP + 1, HOP):
        yield samples[start : start + HOP]


def heard(samples: Samples, hearing: Hearing | None = None) -> tuple[list[MusicState], list[MusicEvent]]:
    """Everything that is heard of the samples."""
    hearing = hearing or Hearing(deep=False)
    states: list[MusicState] = []
    events: list[MusicEvent] = []
    for hop in hops(samples):
        state, new = hearing.feed(hop)
        states.append(state)
        events += new
    return states, events
