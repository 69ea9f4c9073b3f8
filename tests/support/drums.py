"""A drum pattern whose beats are known by construction."""

import wave
from pathlib import Path

import numpy as np

RATE_HZ = 44_100


def drums(seconds: float, *, bpm: float = 120.0) -> np.ndarray:
    """Kick on each beat from 0 s on, hat on each half, snare on two and four; shape (n, 2), float32."""
    beat = round(60 / bpm * RATE_HZ)
    sound = np.zeros(round(seconds * RATE_HZ), np.float32)
    t = np.arange(beat // 4) / RATE_HZ
    noise = np.random.default_rng(1).standard_normal(len(t))
    kick = 0.8 * np.cos(2 * np.pi * (50 * t + 4 * (1 - np.exp(-t * 40)))) * np.exp(-t * 18)
    hat, snare = 0.08 * noise * np.exp(-t * 90), 0.2 * noise * np.exp(-t * 25)
    for number, start in enumerate(range(0, len(sound) - beat, beat)):
        sound[start : start + len(t)] += (kick + snare * (number % 2)).astype(np.float32)
        half = start + beat // 2
        sound[half : half + len(t)] += hat.astype(np.float32)
    return np.repeat(np.clip(sound, -1, 1)[:, None], 2, axis=1)


def write_wav(path: Path, sound: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes((sound * 32_000).astype("<i2").tobytes())
    return path
