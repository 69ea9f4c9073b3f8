"""Sound without any pulse, and music with a hole in it: whoever reports beats here reports false ones.

It makes no claim that a person could tap to none of it by accident; moments are drawn from random intervals.
"""

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import electronic
import kit
import numpy as np
import soundfile
from degrade import at_random, band_limited, normalised
from fluid import SOUNDFONTS, Event, render
from harmony import SCALES, KeyOf
from midi import PROGRAM
from scipy.signal import resample_poly
from truth import DURATION_S, RATE_HZ, Sound, Truth, write

FRAMES = int(DURATION_S * RATE_HZ)
VOICES = {
    "train": ("en-us", "de", "fr-fr", "ru", "pl", "sv", "nl"),
    "tune": ("es", "tr", "en-gb-scotland"),
    "held": ("it", "en-gb", "pt", "fi", "el"),
}
TEXT = (
    "a one under river morning letter over seldom window because children walk some paper often never light"
    " station answer if between carry yellow question slowly understand garden house the of and would tomorrow"
    " remember winter people perhaps music said nothing again without evening little road where they were water"
)
WORDS = TEXT.split()


def speech(split: str, rng: np.random.Generator, duration_s: float = DURATION_S) -> Sound:
    """A synthetic voice that reads random words with the pauses of sentences."""
    words = [str(rng.choice(WORDS)) + str(rng.choice(["", "", "", "", "", ",", "."])) for _ in range(160)]
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch, "speech.wav")
        options = ["-v", str(rng.choice(VOICES[split])), "-s", str(int(rng.integers(110, 190)))]
        pitch = ["-p", str(int(rng.integers(20, 80)))]
        subprocess.run(
            ["espeak-ng", *options, *pitch, "-w", str(target), " ".join(words)], check=True, timeout=60
        )
        voice, rate = soundfile.read(target, dtype="float32")
    return _stereo(resample_poly(voice, RATE_HZ, rate), duration_s)


def noise(split: str, rng: np.random.Generator, duration_s: float = DURATION_S) -> Sound:
    """Hiss, wind or surf: coloured noise whose level wanders over seconds."""
    del split
    frames = int(duration_s * RATE_HZ)
    low = rng.uniform(30, 800)
    wave = band_limited(rng.normal(0, 0.2, (frames, 2)).astype(np.float32), low, low * rng.uniform(4, 60))
    level = np.interp(np.arange(frames), *_wander(rng, frames, 0.5, 4.0))
    return np.asarray(wave * level[:, None], np.float32)


def drone(split: str, rng: np.random.Generator, duration_s: float = DURATION_S) -> Sound:
    """Pads that swell and go at irregular times of many seconds."""
    del split
    sound = np.zeros(int(duration_s * RATE_HZ), np.float32)
    key, at_s = KeyOf.at_random(rng), 0.0
    while at_s < duration_s - 1:
        length_s = float(rng.uniform(5, 14))
        chord = key.progression(4, rng, sevenths=True)[int(rng.integers(4))]
        wave = kit.pad(rng, [48 + pitch for pitch in chord.pitches], length_s)
        first = int(at_s * RATE_HZ)
        sound[first : first + len(wave)] += 0.3 * wave[: len(sound) - first]
        at_s += length_s * float(rng.uniform(0.5, 0.9))
    return _stereo(sound, duration_s)


def rubato(split: str, rng: np.random.Generator, duration_s: float = DURATION_S) -> Sound:
    """A piano that takes its time: intervals between notes differ by a factor of two and more, without a system."""
    del split
    key = KeyOf.at_random(rng)
    scale = [p for p in range(48, 85) if (p - key.tonic) % 12 in SCALES[key.mode]]
    events = [Event(0.0, 0, -1, 0, PROGRAM, int(rng.choice([0, 1, 4, 8, 46])))]
    place, at_s = len(scale) // 2, float(rng.uniform(0.1, 1))
    usual_s = float(rng.uniform(0.35, 1.1))
    while at_s < duration_s:
        place = int(np.clip(place + rng.integers(-3, 4), 0, len(scale) - 1))
        chord = [scale[place]] + (
            [scale[place] - 12, scale[max(0, place - 4)]] if rng.random() < 0.25 else []
        )
        length_s = float(np.exp(rng.normal(np.log(usual_s), 0.55)))
        for pitch in chord:
            events.append(Event(at_s, 0, pitch, int(rng.integers(40, 100))))
            events.append(Event(at_s + 1.5 * length_s, 0, pitch, 0))
        at_s += length_s
    return render(events, duration_s, SOUNDFONTS[int(rng.integers(len(SOUNDFONTS)))], reverb=0.4)


def bursts(split: str, rng: np.random.Generator, duration_s: float = DURATION_S) -> Sound:
    """Knocks, chirps and rustle at the moments of a Poisson process, over a bed of noise, as out of doors."""
    sound = 0.15 * noise(split, rng, duration_s)
    hits = [maker(rng) for maker in (kit.percussion, kit.percussion, kit.snare, kit.hat)]
    at_s, rate_hz = 0.0, float(rng.uniform(0.4, 4))
    while True:
        at_s += float(rng.exponential(1 / rate_hz))
        first = int(at_s * RATE_HZ)
        if first >= len(sound):
            return sound
        hit = hits[int(rng.integers(len(hits)))] * np.float32(rng.uniform(0.05, 0.5))
        sound[first : first + len(hit)] += hit[: len(sound) - first, None]


KINDS: dict[str, Callable[[str, np.random.Generator, float], Sound]] = {
    "speech": speech,
    "noise": noise,
    "drone": drone,
    "rubato": rubato,
    "bursts": bursts,
}


def make(split: str, seed: int, folder: Path) -> None:
    """Writes one piece: every third has music around a hole, the others no pulse from start to end."""
    rng = np.random.default_rng([seed, 55, len(split)])
    kind = (
        list(KINDS)[seed // 3 % len(KINDS)] if seed % 3 == 2 else list(KINDS)[(seed - seed // 3) % len(KINDS)]
    )
    if seed % 3 == 2:
        sound, truth = _hole(split, kind, rng)
        name = f"{split}_pulseless_{seed:04}_hole_{kind}"
    else:
        sound, truth = KINDS[kind](split, rng, DURATION_S), Truth("", "nopulse", nobeat=[(0.0, DURATION_S)])
        name = f"{split}_pulseless_{seed:04}_{kind}"
    sound, done = at_random(sound, rng)
    truth = replace(truth, name=name, tags=[kind])
    write(folder, truth.within(0.0), sound, split=split, style=kind, meter="", damage=done)


def _hole(split: str, kind: str, rng: np.random.Generator) -> tuple[Sound, Truth]:
    """Music, 8 to 14 s without, other music."""
    first_s = float(rng.uniform(11, 15))
    second_s = first_s + float(rng.uniform(8, 14))
    moments = [0.0, first_s, second_s, DURATION_S]
    sound = np.zeros((FRAMES, 2), np.float32)
    beats: list[float] = []
    downbeats: list[float] = []
    onsets: list[float] = []
    for i, (begin_s, end_s) in enumerate(pairwise(moments)):
        first, last = int(begin_s * RATE_HZ), int(end_s * RATE_HZ)
        length_s = (last - first + 1) / RATE_HZ
        if i == 1:
            piece = (
                normalised(KINDS[kind](split, rng, length_s), -8)
                if rng.random() < 0.85
                else np.zeros((FRAMES, 2))
            )
        else:
            track = electronic.draw_track(split, rng)
            form = [electronic.Section(400, frozenset({"kick", "snare", "hat", "bass", "stab"}))]
            piece, truth = electronic.play(track, length_s, rng, form=form)
            truth = truth.within(-begin_s).within(0.0, end_s)
            beats, downbeats, onsets = beats + truth.beats, downbeats + truth.downbeats, onsets + truth.onsets
            piece = normalised(piece, -3)
        sound[first:last] = piece[: last - first]
    return sound, Truth("", "hole", beats, downbeats, onsets, nobeat=[(first_s, second_s)])


def _stereo(mono: Sound, duration_s: float) -> Sound:
    frames = int(duration_s * RATE_HZ)
    filled = np.zeros((frames, 2), np.float32)
    filled[: len(mono)] = mono[:frames, None]
    return filled


def _wander(
    rng: np.random.Generator, frames: int, shortest_s: float, longest_s: float
) -> tuple[list[int], list[float]]:
    places, levels = [0], [float(rng.uniform(0.1, 1))]
    while places[-1] < frames:
        places.append(places[-1] + int(rng.uniform(shortest_s, longest_s) * RATE_HZ))
        levels.append(float(rng.uniform(0.1, 1)))
    return places, levels
