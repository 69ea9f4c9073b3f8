"""Music that stands in for real music: a steady beat with all its spectrum, to draw a scene without a show.

It makes no sound, and is the same at every call.
"""

from math import exp, sin, tau

import numpy as np

from artvis.model.music import FFT_BINS, SPECTRUM_BARS, WAVEFORM
from artvis.scene.spectrum import folded
from artvis.scene.uniforms import GREY_PALETTE, WARP_HZ, Rgb, Uniforms

BEAT_S = 0.5
BEATS_IN_BAR = 4


def stand_in(
    t_s: float,
    dt_s: float,
    *,
    scene: str = "",
    transition: str = "",
    art: tuple[str, str] = ("", ""),
    fade: float = 0.0,
    palette: tuple[Rgb, ...] = GREY_PALETTE,
) -> Uniforms:
    """A lively moment `t_s` after the scene came on. `art`: the keys of the picture and of the one that comes in."""
    since_beat_s = t_s % BEAT_S
    hit = exp(-since_beat_s / 0.12)
    wave = 0.5 + 0.5 * sin(tau * t_s / 7.0)
    one, two, three, four = (t_s * hertz % 1.0 * tau for hertz in WARP_HZ)
    return Uniforms(
        now_s=t_s,
        dt_s=dt_s,
        art_a=art[0],
        art_b=art[1],
        fade=fade,
        bass=0.35 + 0.6 * hit,
        mid=0.35 + 0.3 * wave,
        treble=0.3 + 0.3 * (1.0 - wave),
        energy=0.7,
        beat_phase=since_beat_s / BEAT_S,
        bar_phase=t_s / (BEAT_S * BEATS_IN_BAR) % 1.0,
        beat_pulse=hit * min(1.0, since_beat_s / 0.03),
        since_beat_s=since_beat_s,
        beat_strength=0.8,
        valence=0.6,
        arousal=0.6,
        motion=0.7,
        phases=(one, two, three, four),
        palette=palette,
        spectrum=folded(_bands(SPECTRUM_BARS, t_s, hit)),
        scene=scene,
        scene_s=t_s,
        drift_s=0.7 * t_s,
        transition=transition,
        waveform=_waveform(t_s, hit),
        fft=_bands(FFT_BINS, t_s, hit),
    )


def _bands(count: int, t_s: float, hit: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Loud at the low end with each beat, and falling off, with ripples that travel."""
    at = np.linspace(0.0, 1.0, count)
    ripples = 0.5 + 0.5 * np.sin(at * 40.0 + t_s * 5.0) * np.sin(at * 13.0 - t_s * 2.0)
    return (np.exp(-2.2 * at) * (0.35 + 0.35 * ripples) + hit * 0.3 * np.exp(-9.0 * at)).astype(np.float32)


def _waveform(t_s: float, hit: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    at = np.linspace(0.0, 1.0, WAVEFORM)
    left = (0.25 + 0.4 * hit) * np.sin(tau * (4 * at + t_s)) + 0.15 * np.sin(tau * (23 * at + 3 * t_s))
    right = (0.25 + 0.4 * hit) * np.sin(tau * (4 * at + t_s) + 0.9) + 0.15 * np.sin(tau * 19 * at)
    return np.stack([left, right]).astype(np.float32)
