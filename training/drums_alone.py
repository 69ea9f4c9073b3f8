"""Makes drums without anything else, sounds that have no key, for key_profiles.py --without.

    python training/drums_alone.py FOLDER SEED COUNT

Two of three are the drums of soundfonts, toms, bells and congas among them, the third one-shots as of a drum machine;
no fills and no swing. Needs libfluidsynth and soundfonts, as benchmarks/material does.
"""

import sys
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "material"))
import fluid
import kit
from midi import DRUMS, PROGRAM

Sound = npt.NDArray[np.float64]

DURATION_S = 25.0
KITS = (0, 8, 16, 24, 25, 32, 40)
KICK, SNARE, HAT = 36, 38, 42
OTHERS = (35, 37, 39, 40, 41, 43, *range(45, 52), 53, 54, 56, *range(60, 71), 75, 76, 77)
CHANCES = (0.25, 0.15, 0.6, 0.2, 0.2)


def machine(step_s: float, rng: np.random.Generator) -> Sound:
    """One-shots on a grid, shape (n, 2)."""
    shots = [kit.kick(rng), kit.snare(rng), kit.hat(rng), kit.percussion(rng), kit.percussion(rng)]
    patterns = [rng.random(16) < chance for chance in CHANCES]
    patterns[0][0] = True
    sound = np.zeros((int(DURATION_S * fluid.RATE_HZ) + 2 * fluid.RATE_HZ, 2))
    for step in range(int(DURATION_S / step_s)):
        for shot, pattern in zip(shots, patterns, strict=True):
            if pattern[step % 16]:
                both = shot if shot.ndim == 2 else np.stack([shot, shot], axis=1)
                start = int(step * step_s * fluid.RATE_HZ)
                sound[start : start + len(both)] += both[: len(sound) - start] * rng.uniform(0.7, 1)
    return sound[: int(DURATION_S * fluid.RATE_HZ)]


def band(step_s: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """The drums of a soundfont on a grid, shape (n, 2)."""
    soundfont = fluid.SOUNDFONTS[int(rng.integers(len(fluid.SOUNDFONTS)))]
    events = [fluid.Event(0, DRUMS, -1, 0, PROGRAM, int(rng.choice(KITS)))]
    patterns = {
        int(pitch): rng.random(16) < (0.6 if pitch == HAT else 0.2)
        for pitch in (KICK, SNARE, HAT, *rng.choice(OTHERS, 5, replace=False))
    }
    patterns[KICK][0] = patterns[SNARE][4] = patterns[SNARE][12] = True
    for step in range(int(DURATION_S / step_s)):
        for pitch, pattern in patterns.items():
            if pattern[step % 16]:
                at_s = step * step_s
                events.append(fluid.Event(at_s, DRUMS, pitch, int(rng.integers(60, 120))))
                events.append(fluid.Event(at_s + 0.1, DRUMS, pitch, 0))
    return fluid.render(events, DURATION_S, soundfont, reverb=float(rng.choice([0, 0.3])))


def main() -> None:
    folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    for number in range(count):
        step_s = 15 / rng.uniform(70, 175)
        sound = (machine if number % 3 == 2 else band)(step_s, rng)
        with wave.open(str(folder / f"drums_{number:02d}.wav"), "wb") as out:
            out.setnchannels(2)
            out.setsampwidth(2)
            out.setframerate(fluid.RATE_HZ)
            out.writeframes((sound / np.abs(sound).max() * 0.8 * 32_000).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
