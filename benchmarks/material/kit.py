"""The instruments of electronic music, each drawn at random: one hit or one note as mono samples.

No instrument knows when it plays; all begin at their first sample, but for the pad, which swells.
"""

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfilt
from truth import RATE_HZ, Sound

Wave = npt.NDArray[np.float64]


def seconds(length_s: float) -> Wave:
    return np.arange(int(length_s * RATE_HZ)) / RATE_HZ


def filtered(wave: Wave, kind: str, hz: float, order: int = 2) -> Wave:
    done: Wave = sosfilt(butter(order, min(hz, 20_000), kind, fs=RATE_HZ, output="sos"), wave, axis=0)
    return done


def hertz(note: float) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


def finished(wave: Wave) -> Sound:
    """With a peak of 1 and no click at its end."""
    fade = min(len(wave), int(0.005 * RATE_HZ))
    wave[len(wave) - fade :] *= np.linspace(1, 0, fade)
    return (wave / max(1e-9, float(np.abs(wave).max()))).astype(np.float32)


def kick(rng: np.random.Generator) -> Sound:
    t = seconds(rng.uniform(0.12, 0.5))
    base_hz, sweep, speed = rng.uniform(38, 62), rng.uniform(1.0, 6.0), rng.uniform(18, 60)
    wave = np.sin(2 * np.pi * (base_hz * t + sweep * (1 - np.exp(-t * speed)))) * np.exp(
        -t * rng.uniform(5, 22)
    )
    wave += rng.uniform(0, 0.4) * rng.normal(size=len(t)) * np.exp(-t * rng.uniform(150, 500))
    return finished(np.tanh(wave * rng.uniform(1, 5)))


def snare(rng: np.random.Generator) -> Sound:
    """A snare, a clap or a rim."""
    t = seconds(rng.uniform(0.08, 0.35))
    kind = rng.random()
    noise = filtered(rng.normal(size=len(t)), "high", rng.uniform(400, 2500)) * np.exp(
        -t * rng.uniform(12, 40)
    )
    if kind < 0.5:
        tone = np.sin(2 * np.pi * rng.uniform(150, 260) * t) * np.exp(-t * rng.uniform(18, 50))
        return finished(noise + rng.uniform(0.3, 2) * tone)
    if kind < 0.85:
        claps = sum(
            np.roll(noise, int(d * RATE_HZ)) * (t >= d)
            for d in (0.0, *np.cumsum(rng.uniform(0.005, 0.011, 2)))
        )
        return finished(filtered(np.asarray(claps), "low", rng.uniform(4000, 12000)))
    return finished(np.sin(2 * np.pi * rng.uniform(400, 1800) * t) * np.exp(-t * 90) + 0.2 * noise)


def hat(rng: np.random.Generator, *, open_: bool = False) -> Sound:
    t = seconds(rng.uniform(0.15, 0.4) if open_ else rng.uniform(0.03, 0.12))
    metal = sum(np.sign(np.sin(2 * np.pi * hz * t)) for hz in rng.uniform(2000, 9000, 4))
    wave = rng.normal(size=len(t)) + rng.uniform(0, 0.5) * np.asarray(metal)
    wave *= np.exp(-t * (rng.uniform(8, 20) if open_ else rng.uniform(40, 140)))
    return finished(filtered(wave, "high", rng.uniform(4000, 9000)))


def percussion(rng: np.random.Generator) -> Sound:
    """A tom, a block, a bell or a shaker."""
    t = seconds(rng.uniform(0.05, 0.3))
    if rng.random() < 0.2:
        return finished(filtered(rng.normal(size=len(t)), "high", 3000) * np.exp(-t * rng.uniform(20, 60)))
    hz = hertz(rng.uniform(45, 92))
    bend = rng.uniform(0, 2) * (1 - np.exp(-t * 30))
    modulation = rng.uniform(0, 4) * np.sin(2 * np.pi * hz * rng.choice([1.41, 2.0, 2.76, 3.5]) * t)
    return finished(np.sin(2 * np.pi * (hz * t + bend) + modulation) * np.exp(-t * rng.uniform(12, 50)))


class Tone:
    """A pitched voice whose character is drawn once: bass, stab or lead."""

    def __init__(self, rng: np.random.Generator, *, dark: bool) -> None:
        self._shape = rng.choice(["saw", "square", "sine", "fm", "two saws"])
        self._cutoff = rng.uniform(1.5, 6) if dark else rng.uniform(3, 20)
        self._decay = float(rng.choice([rng.uniform(1, 3), rng.uniform(4, 14)]))
        self._attack_s = rng.uniform(0.001, 0.006)
        self._ratio = float(rng.choice([1, 2, 3, 0.5, 1.5]))
        self._depth = rng.uniform(0.5, 4)
        self._made: dict[tuple[int, int], Sound] = {}

    def note(self, note: int, length_s: float) -> Sound:
        """MIDI note number; the same note is made once."""
        wanted = (note, int(length_s * 100))
        if wanted not in self._made:
            self._made[wanted] = finished(self._wave(hertz(note), length_s))
        return self._made[wanted]

    def _wave(self, hz: float, length_s: float) -> Wave:
        t = seconds(max(0.05, length_s))
        turns = hz * t
        saw = 2 * (turns % 1) - 1
        wave = {
            "saw": saw,
            "square": np.sign(np.sin(2 * np.pi * turns)),
            "sine": np.sin(2 * np.pi * turns) + 0.3 * np.sin(4 * np.pi * turns),
            "fm": np.sin(
                2 * np.pi * turns + self._depth * np.exp(-6 * t) * np.sin(2 * np.pi * self._ratio * turns)
            ),
            "two saws": saw + 2 * ((turns * 1.007) % 1) - 1,
        }[str(self._shape)]
        wave = filtered(wave, "low", max(120.0, hz * self._cutoff))
        return wave * np.minimum(1, t / self._attack_s) * np.exp(-self._decay * t)


def pad(rng: np.random.Generator, notes: list[int], length_s: float) -> Sound:
    """A chord that swells: it has no moment at which it begins."""
    t = seconds(length_s)
    wave = np.zeros(len(t))
    for note in notes:
        for detune in (0.996, 1.004):
            wave += 2 * ((hertz(note) * detune * t + rng.random()) % 1) - 1
    swell = np.minimum(1, t / min(0.6, length_s / 3)) * np.minimum(1, (length_s - t) / min(0.5, length_s / 3))
    return finished(filtered(wave, "low", rng.uniform(400, 3000)) * swell)


def riser(rng: np.random.Generator, length_s: float) -> Sound:
    """Noise that grows and brightens up to its end."""
    t = seconds(length_s)
    noise = rng.normal(size=len(t))
    bright = (t / length_s)[:] ** 2
    return finished(
        (filtered(noise, "low", 800) * (1 - bright) + filtered(noise, "high", 2500) * bright) * bright
    )
