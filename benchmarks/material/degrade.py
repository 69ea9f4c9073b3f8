"""What happens to sound on its way to a microphone or a bad file: rooms, noise, band limits, clipping, levels.

Nothing moves in time by more than a millisecond, so that truth stays true.
"""

import numpy as np
from scipy.fft import irfft, rfft
from scipy.signal import fftconvolve
from truth import RATE_HZ, Sound


def normalised(sound: Sound, peak_db: float) -> Sound:
    """With its highest sample at `peak_db`; silence stays silence."""
    return (sound * (10 ** (peak_db / 20) / max(1e-9, float(np.abs(sound).max())))).astype(np.float32)


def band_limited(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    """Without what lies outside of the band, with soft edges and no delay."""
    hz = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    high_pass = 1 / (1 + (low_hz / np.maximum(hz, 0.1)) ** 4)
    low_pass = 1 / (1 + (hz / high_hz) ** 12)
    shaped = rfft(sound, axis=0) * (high_pass * low_pass)[:, None]
    limited: Sound = irfft(shaped, len(sound), axis=0).astype(np.float32)
    return limited


def room(sound: Sound, rng: np.random.Generator) -> Sound:
    """As a microphone hears it from some metres away: direct sound, decaying noise as echo, noise, a narrower band."""
    decay_s = rng.uniform(0.2, 1.0)
    t = np.arange(int(decay_s * 1.2 * RATE_HZ)) / RATE_HZ
    echo = rng.normal(size=(len(t), 2)) * np.exp(-6.9 * t / decay_s)[:, None]  # -60 dB at decay_s
    echo *= 10 ** (-rng.uniform(-3, 12) / 20) / np.sqrt((echo * echo).sum(axis=0))
    echo[: int(0.003 * RATE_HZ)] = 0
    echo[0] = 1
    heard = fftconvolve(sound, echo, axes=0)[: len(sound)]
    heard = band_limited(heard, rng.uniform(40, 200), rng.uniform(4000, 14000))
    if rng.random() < 0.5:
        heard[:] = heard.mean(axis=1, keepdims=True)
    return with_noise(heard, rng.uniform(8, 35), rng)


def with_noise(sound: Sound, snr_db: float, rng: np.random.Generator) -> Sound:
    """With noise of a random colour, between white and brown, `snr_db` under the sound."""
    white = rfft(rng.normal(size=sound.shape), axis=0)
    hz = np.maximum(20, np.fft.rfftfreq(len(sound), 1 / RATE_HZ))
    noise = irfft(white / hz[:, None] ** rng.uniform(0, 1), len(sound), axis=0)
    gain = np.sqrt((sound * sound).mean() / (noise * noise).mean()) * 10 ** (-snr_db / 20)
    noisy: Sound = (sound + gain * noise).astype(np.float32)
    return noisy


def at_random(sound: Sound, rng: np.random.Generator) -> tuple[Sound, list[str]]:
    """About half of the pieces as they are, the others worse; and what was done, in words."""
    done: list[str] = []
    if rng.random() < 0.22:
        sound = room(sound, rng)
        done.append("room")
    elif rng.random() < 0.15:
        sound = band_limited(sound, rng.uniform(20, 60), rng.uniform(7000, 15000))
        done.append("low pass")
    if rng.random() < 0.1:
        sound = np.clip(normalised(sound, rng.uniform(3, 12)), -1, 1)
        done.append("clipped")
    if rng.random() < 0.12:
        sound = np.repeat(sound.mean(axis=1, keepdims=True), 2, axis=1)
        done.append("mono")
    loudest_db = -rng.uniform(0.3, 9) if rng.random() < 0.75 else -rng.uniform(9, 36)
    return normalised(sound, loudest_db), done
