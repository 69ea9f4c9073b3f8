"""What one video frame hands to the next: smoothed sound, the clock of motion, the last beat, the blackout.

It holds no pictures and decides nothing; `advance` is a function of the state before and of what is heard.
"""

from dataclasses import dataclass, field
from math import exp

import numpy as np

from artvis.model.music import BEAT_CONFIDENCE_MIN, MusicState
from artvis.palette.drama import drama
from artvis.scene.spectrum import Bars, follow_spectrum

ATTACK_S = 0.03
RELEASE_S = 0.3
BLACKOUT_S = 0.15
"""To the dark: a key for a panic."""
LIGHT_S = 0.5
"""And back."""
AGAIN = 4.0
"""Each time that it has gone dark within the last second makes the light so much slower: nobody flashes by hand."""
FIRST_LIGHT = 0.05
"""The first frame of the light can be seen, and is far too dark to flash."""
CALM_S = 0.3
LONG_AGO_S = 60.0
CALM_SHARE = 0.72
"""Calm music, however loud, glows this much as strongly as violent music."""


@dataclass(frozen=True, slots=True)
class SceneState:
    motion_s: float = 0.0
    """The clock of camera and warp: it runs slower while the music is quiet."""
    lively: float = 0.25
    """What the music gives to move by, eased."""
    calm: float = 0.0
    """0..1, eased: how far calm halves the motion."""
    motion: float = 0.25
    """How lively camera, warp and trail are, calm included."""
    bass: float = 0.0
    mid: float = 0.0
    treble: float = 0.0
    energy: float = 0.0
    """0..1, how much is going on; 0 in silence."""
    beat_count: int = 0
    since_beat_s: float = LONG_AGO_S
    beat_strength: float = 0.0
    blackout: float = 0.0
    dark: bool = False
    """A blackout is asked for."""
    darkened: float = 0.0
    """How often it went dark lately: one is forgotten in a second."""
    bars: Bars = field(default_factory=Bars, repr=False, compare=False)


def advance(
    state: SceneState,
    music: MusicState,
    *,
    dt_s: float,
    motion: float,
    blackout: bool = False,
    calm: bool = False,
    pulses: bool = True,
) -> SceneState:
    """The state of the next video frame, `dt_s` later. `motion` is the director's wish, 0..1.

    `calm` halves motion and the strength of beats; without `pulses` no beat is felt at all.
    """
    heard = 0.0 if music.silent else 1.0
    bass, mid, treble = (
        follow(before, heard * now, dt_s=dt_s)
        for before, now in ((state.bass, music.bass), (state.mid, music.mid), (state.treble, music.treble))
    )
    loudness = heard * min(1.0, max(0.0, (music.level - 0.25) / 0.5))
    going_on = loudness * min(1.0, 0.3 + 0.5 * bass + 0.3 * mid + 0.2 * treble)
    target = going_on * (CALM_SHARE + (1.0 - CALM_SHARE) * drama(music.arousal))
    lively = follow(state.lively, motion, dt_s=dt_s, attack_s=0.8, release_s=2.5)
    calmed = follow(state.calm, float(calm), dt_s=dt_s, attack_s=CALM_S, release_s=CALM_S)
    halved = 1.0 - 0.5 * calmed
    beat = pulses and _beats(state, music)
    black, darkened = _darkness(state, dt_s=dt_s, blackout=blackout)
    return SceneState(
        motion_s=state.motion_s + dt_s * lively * halved,
        lively=lively,
        calm=calmed,
        motion=lively * halved,
        bass=bass,
        mid=mid,
        treble=treble,
        energy=follow(state.energy, target, dt_s=dt_s, attack_s=0.25, release_s=1.0),
        beat_count=music.beat_count,
        since_beat_s=0.0 if beat else min(LONG_AGO_S, state.since_beat_s + dt_s),
        beat_strength=halved * (0.35 + 0.65 * bass * loudness) if beat else state.beat_strength,
        blackout=black,
        dark=blackout,
        darkened=darkened,
        bars=follow_spectrum(state.bars, music.spectrum * np.float32(heard), dt_s=dt_s),
    )


def _beats(state: SceneState, music: MusicState) -> bool:
    """Whether a beat that is sure enough has come since the frame before."""
    sure = music.confidence >= BEAT_CONFIDENCE_MIN and not music.silent
    return sure and music.beat_count > state.beat_count


def _darkness(state: SceneState, *, dt_s: float, blackout: bool) -> tuple[float, float]:
    """How dark it is one frame later, and how often it went dark lately."""
    darkened = max(0.0, state.darkened - dt_s)
    if blackout:
        return min(1.0, state.blackout + dt_s / BLACKOUT_S), darkened + (not state.dark)
    dark = min(state.blackout, 1.0 - FIRST_LIGHT)
    return max(0.0, dark - dt_s / (LIGHT_S * AGAIN**darkened)), darkened


def beat_pulse(state: SceneState) -> float:
    """0..1: up within 30 ms of a beat, gone after 300 ms; 0 while there is no beat to be sure of."""
    since_s = state.since_beat_s
    if since_s < ATTACK_S:
        return state.beat_strength * since_s / ATTACK_S
    fall = max(0.0, 1.0 - (since_s - ATTACK_S) / RELEASE_S)
    return state.beat_strength * fall * fall


def follow(
    before: float, target: float, *, dt_s: float, attack_s: float = ATTACK_S, release_s: float = RELEASE_S
) -> float:
    """One step towards `target`: 90 % of the way up within `attack_s`, down within `release_s`."""
    span_s = attack_s if target > before else release_s
    return target + (before - target) * exp(-2.303 * dt_s / span_s)  # ln 10
