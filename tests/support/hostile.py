"""Sounds that a listener is easily fooled by, each with what is true of it; mono float64 at 44,100 Hz."""

import subprocess
import wave
from pathlib import Path

import numpy as np
from sounds import Mono, cadence, drums, kick, placed, sine, snare, times, tones

from artvis.model.music import SAMPLE_RATE_HZ

C_MAJOR = [(48, 60, 64, 67), (53, 60, 65, 69), (55, 59, 62, 67), (48, 60, 64, 67)]
A_MINOR = [(45, 57, 60, 64), (50, 57, 62, 65), (52, 56, 59, 64), (45, 57, 60, 64)]
TEXT = (
    "The quick brown fox jumps over the lazy dog while the rain falls softly on the roof of the old house, "
    "and nobody in the street has noticed that the lights went out an hour ago."
)


def speech(folder: Path, voice: str = "en") -> Mono:
    """About ten seconds of espeak-ng."""
    path = folder / f"{voice}.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", path, TEXT], check=True, timeout=30)
    with wave.open(str(path)) as file:
        rate_hz = file.getframerate()
        words = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    at = np.arange(int(len(words) / rate_hz * SAMPLE_RATE_HZ)) * (rate_hz / SAMPLE_RATE_HZ)
    return np.interp(at, np.arange(len(words)), words)


def metronome(bpm: float, duration_s: float) -> Mono:
    def click() -> Mono:
        return sine(1500, 0.02, 0.6) * np.exp(-200 * times(0.02))

    return placed(duration_s, np.arange(0.3, duration_s - 0.3, 60 / bpm), click)


def in_meter(beats_in_bar: int, bpm: float, duration_s: float) -> Mono:
    """Bass drum on the one, snare on every other beat, a chord a bar."""
    beats = np.arange(0.3, duration_s - 0.3, 60 / bpm)
    others = np.delete(beats, np.s_[::beats_in_bar])
    sound = placed(duration_s, beats[::beats_in_bar], kick) + 0.6 * placed(duration_s, others, snare)
    return sound + 0.4 * cadence(C_MAJOR, duration_s, 60 / bpm * beats_in_bar)


def rubato_piano(duration_s: float) -> Mono:
    """Notes of A minor at random, a quarter of a second to one apart: no beat."""
    rng = np.random.default_rng(2)
    sound, t_s = np.zeros(len(times(duration_s))), 0.3
    while t_s < duration_s - 1.5:
        high, low = (int(note) for note in rng.choice([57, 60, 62, 64, 65, 67, 69, 72], 2))
        piece, first = tones((high, low - 12), 1.2), int(t_s * SAMPLE_RATE_HZ)
        sound[first : first + len(piece)] += piece[: len(sound) - first]
        t_s += float(rng.uniform(0.25, 1.0))
    return sound


def tempo_ramp(duration_s: float) -> Mono:
    """Drums that go from 90 to 150 BPM."""
    beats, t_s = [], 0.3
    while t_s < duration_s - 0.3:
        beats.append(t_s)
        t_s += 60 / (90 + 60 * t_s / duration_s)
    return placed(duration_s, beats[::2], kick) + placed(duration_s, beats[1::2], snare)


def half_time_drop(duration_s: float) -> Mono:
    """Drums at 140 BPM that play half as fast from the middle on, over the same chords."""
    fast, _ = drums(140, duration_s / 2)
    slow, _ = drums(70, duration_s / 2)
    return np.concatenate([fast, slow]) + 0.3 * cadence(C_MAJOR, duration_s, 120 / 70)


def song(duration_s: float) -> Mono:
    """Drums at 120 BPM and chords in C major."""
    return 0.5 * drums(120, duration_s)[0] + cadence(C_MAJOR, duration_s)
