"""Music with a known beat, made from patterns, so that listening can be measured on what it was not tuned to.

It makes no claim to beauty: it has the traps of real styles (off-beat basses, half-time drums, empty intros).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE_HZ = 44_100
Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Style:
    """One bar of sixteen steps; digits are loudness in ninths, '.' is nothing."""

    slowest_bpm: float
    fastest_bpm: float
    kick: str = "." * 16
    snare: str = "." * 16
    hat: str = "." * 16
    bass: str = "." * 16
    chord: str = "." * 16
    tune: str = "." * 16
    swing: float = 0.0
    """Delay of every second eighth, as a share of an eighth."""
    intro_bars: int = 0
    """Bars without drums."""


STYLES = {
    "rock": Style(
        105,
        150,
        "9.......9.5.....",
        "....9.......9...",
        "6.5.6.5.6.5.6.5.",
        "7.7.7.7.7.7.7.7.",
        "7.......5.......",
    ),
    "house": Style(
        118,
        130,
        "9...9...9...9...",
        "....6.......6...",
        "..8...8...8...8.",
        "..7...7...7...7.",
        "..6..6....6..6..",
    ),
    "bossa": Style(
        110,
        145,
        "7.....57......57",
        "3..3..3...3..3..",
        "4.4.4.4.4.4.4.4.",
        "8.....7.8.....7.",
        "..6..6....6..6..",
    ),
    "reggae": Style(
        65,
        85,
        "........9.......",
        "........5.......",
        "5.5.5.5.5.5.5.5.",
        "8..6..8....6..6.",
        "....7.......7...",
    ),
    "hiphop": Style(
        82,
        98,
        "9.....5...9..5..",
        "....9.......9...",
        "6.4.6.4.6.4.6.44",
        "8.....6...8.....",
        "5...............",
        swing=0.3,
    ),
    "ballad": Style(
        60,
        76,
        "8...............",
        "........7.......",
        "4...4...4...4...",
        "7.......6.......",
        "7...............",
        "5.5.5.5.5.5.5.5.",
    ),
    "drum and bass": Style(
        168,
        176,
        "9.........9.....",
        "....9.......9...",
        "6.6.6.6.6.6.6.6.",
        "8.......6.....5.",
        "5...............",
    ),
    "funk": Style(
        95,
        112,
        "9..5..5...9..5..",
        "....9..3.3..9..3",
        "5555555555555555",
        "9..6..6.7..6..5.",
        "...6..6....6..6.",
    ),
    "techno": Style(
        128,
        142,
        "9...9...9...9...",
        "............5...",
        "..7...7...7...7.",
        "..55..55..55..55",
        "6...............",
    ),
    "piano": Style(80, 125, chord="8...6...7...6...", tune="5.4.5.4.5.4.5.45", bass="7.......6......."),
    "arpeggio": Style(100, 140, bass="8.......7.......", tune="7555755575557555"),
    "late drums": Style(
        110,
        135,
        "9...5...9.5.....",
        "....9.......9...",
        "6.6.6.6.6.6.6.6.",
        "8.8.8.8.8.8.8.8.",
        "6.......6.......",
        intro_bars=8,
    ),
    "swing": Style(
        120,
        190,
        "5...5...5...5...",
        "....6.......6...",
        "7...7.5.7...7.5.",
        "7...6...7...6...",
        "......6.....5...",
        swing=0.33,
    ),
    "trap": Style(
        65,
        75,
        "9.....6.....6...",
        "........9.......",
        "5545554555455545",
        "9.....6.....6...",
        "5...............",
    ),
}


@dataclass(frozen=True, slots=True)
class Piece:
    style: str
    bpm: float
    samples: Sound
    """Shape (n, 2), float32."""
    beats_s: npt.NDArray[np.float64]
    downbeats_s: npt.NDArray[np.float64]


def piece(style: str, seed: int, duration_s: float = 30.0) -> Piece:
    """A piece of `style`: the same seed gives the same samples."""
    rng = np.random.default_rng([seed, sum(map(ord, style))])
    form = STYLES[style]
    bpm = float(rng.uniform(form.slowest_bpm, form.fastest_bpm))
    step_s = 15.0 / bpm
    start_s = float(rng.uniform(0.1, 0.6))
    steps = int((duration_s - start_s - 0.5) / step_s)
    sound = np.zeros(int(duration_s * RATE_HZ) + RATE_HZ)
    root = int(rng.integers(40, 52))
    progression = rng.permutation([0, 5, 7, 9])
    voices = _Voices(rng)
    for step in range(steps):
        at = step % 16
        late_s = form.swing * 2 * step_s if at % 4 == 2 else 0.0
        now_s = start_s + step * step_s + late_s + rng.normal(0, 0.004)
        chord_root = root + int(progression[step // 16 % 4])
        drums = step // 16 >= form.intro_bars
        for part in ("kick", "snare", "hat", "bass", "chord", "tune"):
            mark = getattr(form, part)[at]
            if mark == "." or (part in ("kick", "snare", "hat") and not drums):
                continue
            note = (
                chord_root if part in ("bass", "chord") else chord_root + 24 + int(rng.choice([0, 4, 7, 12]))
            )
            hit = getattr(voices, part)(note, 4 * step_s) * (int(mark) / 9) * rng.uniform(0.85, 1.0)
            first = max(0, int(now_s * RATE_HZ))
            room = sound[first : first + len(hit)]
            room += hit[: len(room)]
    sound = sound[: int(duration_s * RATE_HZ)]
    sound *= 0.7 / np.abs(sound).max()
    side = np.convolve(sound, rng.normal(0, 0.02, 64), "same")
    beats = start_s + np.arange(0, steps, 4) * step_s
    samples = np.stack([sound + side, sound - side], axis=1).astype(np.float32)
    return Piece(style, bpm, samples, beats, beats[::4])


class _Voices:
    """The instruments, each a note to samples."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._bright = rng.uniform(0.3, 0.8)

    def kick(self, note: int, length_s: float) -> npt.NDArray[np.float64]:
        del note, length_s
        t = np.arange(int(0.25 * RATE_HZ)) / RATE_HZ
        return 1.2 * np.sin(2 * np.pi * (48 * t + 3.5 * (1 - np.exp(-t * 28)))) * np.exp(-t * 14)

    def snare(self, note: int, length_s: float) -> npt.NDArray[np.float64]:
        del note, length_s
        t = np.arange(int(0.2 * RATE_HZ)) / RATE_HZ
        noise = np.diff(self._rng.normal(0, 0.5, len(t) + 1))
        return (noise + 0.5 * np.sin(2 * np.pi * 190 * t)) * np.exp(-t * 22)

    def hat(self, note: int, length_s: float) -> npt.NDArray[np.float64]:
        del note, length_s
        t = np.arange(int(0.06 * RATE_HZ)) / RATE_HZ
        return np.diff(np.diff(self._rng.normal(0, 0.22, len(t) + 2))) * np.exp(-t * 70)

    def bass(self, note: int, length_s: float) -> npt.NDArray[np.float64]:
        return 0.7 * self._tone(note - 12, length_s * 0.7, 6, decay=4.0)

    def chord(self, note: int, length_s: float) -> npt.NDArray[np.float64]:
        third = 4 if note % 3 else 3
        return sum(0.22 * self._tone(note + up, length_s * 1.5, 8, decay=3.0) for up in (12, 12 + third, 19))

    def tune(self, note: int, length_s: float) -> npt.NDArray[np.float64]:
        return 0.3 * self._tone(note, length_s * 0.6, 8, decay=5.0)

    def _tone(self, note: int, length_s: float, partials: int, *, decay: float) -> npt.NDArray[np.float64]:
        t = np.arange(int(length_s * RATE_HZ)) / RATE_HZ
        hz = 440 * 2 ** ((note - 69) / 12)
        wave = sum(self._bright**k / k * np.sin(2 * np.pi * hz * k * t) for k in range(1, partials + 1))
        edge = np.minimum(1, t / 0.006) * np.minimum(1, (length_s - t) / 0.02)
        return wave * np.exp(-decay * t) * edge
