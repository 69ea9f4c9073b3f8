"""What the inputs of a scene are set to: some are moved by the show, the others stay as their file says.

It sets no uniform of a program and holds no texture.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from artvis.scene.isf.document import SceneInput
from artvis.scene.uniforms import Uniforms

Value = float | tuple[float, ...]
Drive = Callable[[Uniforms], Value]

SHARES: dict[str, Callable[[Uniforms], float]] = {
    "beatPhase": lambda u: u.beat_phase,
    "barPhase": lambda u: u.bar_phase,
    "beatPulse": lambda u: u.beat_pulse,
    "beatStrength": lambda u: u.beat_strength,
    "bass": lambda u: u.bass,
    "mid": lambda u: u.mid,
    "treble": lambda u: u.treble,
    "energy": lambda u: u.energy,
    "valence": lambda u: u.valence,
    "arousal": lambda u: u.arousal,
    "motion": lambda u: u.motion,
    "presence": lambda u: u.presence,
    "progress": lambda u: u.fade,
}
"""Floats within 0..1, brought into the MIN..MAX of the input."""
SECONDS: dict[str, Callable[[Uniforms], float]] = {
    "drift": lambda u: u.drift_s,
    "sinceBeat": lambda u: min(u.since_beat_s, 2.0),
}
"""Floats in seconds; they come as they are."""
COLOURS = 6


def driven(entry: SceneInput) -> Drive | None:
    """How the show moves this input; None for one that stays as it is."""
    if entry.kind == "float" and entry.name in SECONDS:
        return SECONDS[entry.name]
    if entry.kind == "float" and entry.name in SHARES:
        share, low, high = SHARES[entry.name], *_range(entry)
        return lambda u: low + (high - low) * share(u)
    if entry.kind == "color" and entry.name in {f"palette{index}" for index in range(COLOURS)}:
        index = int(entry.name[-1])
        return lambda u: (*u.palette[index], 1.0)
    return None


def resting(entry: SceneInput) -> tuple[float, ...]:
    """The value of an input that nothing moves, as many numbers as its kind has: DEFAULT, or a middle."""
    if entry.default and entry.kind != "event":
        return entry.default
    match entry.kind:
        case "color":
            return 1.0, 1.0, 1.0, 1.0
        case "long":
            return (float(entry.values[0]),) if entry.values else entry.low or (0.0,)
        case "bool" | "event":
            return (0.0,)
    if entry.low and entry.high:
        return tuple((one + other) / 2 for one, other in zip(entry.low, entry.high, strict=True))
    return (0.5, 0.5) if entry.kind == "point2D" else (0.5,)


def sound_image(entry: SceneInput, uniforms: Uniforms) -> npt.NDArray[np.float32]:
    """The image of an audio or audioFFT input, shape (channels, columns), 0..1; silence is .5 or 0.

    At most MAX columns: of a spectrum each is the mean of its bins, of a waveform one sample.
    """
    if entry.kind == "audio":
        wave = uniforms.waveform * np.float32(0.5) + np.float32(0.5)
        columns = sound_columns(entry, wave.shape[1])
        return wave[:, (np.arange(columns) * wave.shape[1]) // columns]
    bins = uniforms.fft
    columns = sound_columns(entry, len(bins))
    if columns == len(bins):
        return bins[None, :]
    starts = (np.arange(columns) * len(bins)) // columns
    counts = np.diff(np.append(starts, len(bins)))
    return (np.add.reduceat(bins, starts) / counts).astype(np.float32)[None, :]


def sound_columns(entry: SceneInput, available: int) -> int:
    return min(entry.columns, available) if entry.columns else available


def _range(entry: SceneInput) -> tuple[float, float]:
    return (entry.low or (0.0,))[0], (entry.high or (1.0,))[0]
