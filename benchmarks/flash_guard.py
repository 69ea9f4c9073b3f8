"""Adversaries of the flash guard: what each flashes without it and with it, by the counter that knows nothing of it.

python benchmarks/flash_guard.py [--seconds 6] [--only WORD]
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from flashes import ALLOWED, Count, count

from artvis.scene.flashguard import FlashGuard, Verdict, mixed

Array = npt.NDArray[Any]
Film = Callable[[float], Array]
"""The linear light at a moment, shape (HEIGHT, WIDTH, 3): two by two pixels for each cell of guard and counter."""
HEIGHT, WIDTH = 72, 128
GRID = (36, 64)
Y, X = (np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5) / np.array([HEIGHT, WIDTH])[:, None, None]
BLACK, WHITE, RED = np.zeros(3), np.ones(3), np.array([1.0, 0.0, 0.0])
GREEN = np.array([0.0, 0.2126 / 0.7152, 0.0])
BLUE = np.array([0.0, 0.0, 1.0])
EVERYWHERE = np.ones((HEIGHT, WIDTH), bool)
ARTWORK = 0.25 + 0.2 * np.stack([np.sin(9 * X + 2 * Y), np.cos(7 * Y), np.sin(5 * X - 6 * Y)], axis=-1)


def on(t_s: float, hertz: float, duty: float = 0.5) -> bool:
    return (t_s * hertz + 1e-6) % 1.0 < duty


def strobe(
    hertz: float, a: Array = WHITE, b: Array = BLACK, where: Array = EVERYWHERE, duty: float = 0.5
) -> Film:
    def film(t_s: float) -> Array:
        return np.where(where[..., None], a if on(t_s, hertz, duty) else b, ARTWORK)

    return film


def checkerboard(hertz: float, squares: int) -> Film:
    odd = (np.floor(X * squares) + np.floor(Y * squares * HEIGHT / WIDTH)) % 2 == 1
    return lambda t_s: np.where((odd ^ on(t_s, hertz))[..., None], WHITE, BLACK)


def halves(hertz: float, apart: float) -> Film:
    """Left and right strobe, `apart` periods one after the other, a quarter of a period long."""

    def film(t_s: float) -> Array:
        left, right = on(t_s, hertz, 0.25), on(t_s + apart / hertz, hertz, 0.25)
        return np.where(X < 0.5, left, right)[..., None] * WHITE

    return film


def staggered(hertz: float, strips: int) -> Film:
    strip = np.floor(X * strips)
    return lambda t_s: ((t_s * hertz + strip / strips + 1e-6) % 1.0 < 0.5)[..., None] * WHITE


def bars(speed: float, pitch: float) -> Film:
    return lambda t_s: ((X / pitch + speed * t_s / pitch) % 1.0 < 0.5)[..., None] * WHITE


def pulse(hertz: float, low: float, high: float, power: float = 1.0) -> Film:
    """A picture whose light breathes, from `low` to `high` of its own."""

    def film(t_s: float) -> Array:
        return ARTWORK * (low + (high - low) * (0.5 - 0.5 * np.cos(2 * np.pi * hertz * t_s)) ** power)

    return film


def noise(cell: int, share: float, seed: int = 1) -> Film:
    """Random cells; `share` of them change with each frame."""
    rng = np.random.default_rng(seed)
    state = rng.random((HEIGHT // cell, WIDTH // cell))

    def film(_: float) -> Array:
        change = rng.random(state.shape) < share
        state[change] = rng.random(int(change.sum()))
        return np.kron(state, np.ones((cell, cell)))[..., None] * WHITE

    return film


def ramp_with_strobe(t_s: float) -> Array:
    return np.full((HEIGHT, WIDTH, 3), min(1.0, 0.1 + 0.12 * t_s) * (1.0 if on(t_s, 8) else 0.7))


def changing_level(t_s: float) -> Array:
    return np.full((HEIGHT, WIDTH, 3), (0.5 + 0.5 * np.sin(1.3 * t_s)) if on(t_s, 9) else 0.1 * on(t_s, 0.7))


def sawtooth(hertz: float) -> Film:
    return lambda t_s: np.full((HEIGHT, WIDTH, 3), t_s * hertz % 1.0)


def pausing(burst_s: float, pause_s: float, hertz: float) -> Film:
    def film(t_s: float) -> Array:
        lit = t_s % (burst_s + pause_s) < burst_s and on(t_s, hertz)
        return np.full((HEIGHT, WIDTH, 3), 1.0 if lit else 0.1)

    return film


def changing_duty(t_s: float) -> Array:
    return np.full(
        (HEIGHT, WIDTH, 3), float(on(t_s, 12, 0.5 + 0.45 * np.sign(np.sin(2 * np.pi * 1.4 * t_s))))
    )


def chirp(t_s: float) -> Array:
    return np.full((HEIGHT, WIDTH, 3), float((0.5 * t_s + 1.2 * t_s * t_s) % 1.0 < 0.5))


def crossfade(t_s: float) -> Array:
    share = np.clip((t_s - 2.0) / 2.0, 0.0, 1.0)
    return ARTWORK * 0.15 * (1 - share) + (0.6 + 0.4 * ARTWORK[:, ::-1]) * share


def blackout(t_s: float) -> Array:
    light = np.interp(t_s, [2.0, 2.15, 4.0, 4.15], [1.0, 0.0, 0.0, 1.0])
    return ARTWORK * light


LEGAL: dict[str, Film] = {
    "artwork": lambda _: ARTWORK,
    "breathing 1.5 Hz": pulse(1.5, 0.1, 2.0),
    "pulse 2 Hz": pulse(2.0, 0.1, 2.0, 3.0),
    "square 2 Hz": strobe(2.0),
    "fast and faint": pulse(8.0, 0.9, 1.1),
    "fifth of the screen": strobe(10.0, where=(X < 0.5) & (Y < 0.4)),
    "crossfade": crossfade,
    "blackout and back": blackout,
}
ADVERSARIES: dict[str, Film] = {
    **{f"strobe {hertz:g} Hz": strobe(hertz) for hertz in (3.1, 3.5, 4.0, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0)},
    "strobe 4 Hz, short": strobe(4.0, duty=0.15),
    "strobe 10 Hz, grey": strobe(10.0, 0.45 * WHITE, 0.3 * WHITE),
    "strobe of an artwork": strobe(6.0, 2 * ARTWORK, BLACK),
    "red and black 5 Hz": strobe(5.0, RED, BLACK),
    "red and green 6 Hz": strobe(6.0, RED, GREEN),
    "red and blue 7 Hz": strobe(7.0, RED, BLUE),
    "dark red and black": strobe(6.0, 0.2 * RED, BLACK),
    "red and orange": strobe(5.0, 0.4 * RED, np.array([0.9, 0.2, 0.05])),
    "checkerboard 16": checkerboard(5.0, 16),
    "checkerboard 32": checkerboard(8.0, 32),
    "checkerboard 64": checkerboard(8.0, 64),
    "half the screen": strobe(10.0, where=X < 0.5),
    "quarter and a bit": strobe(8.0, where=(X < 0.5) & (Y < 0.54)),
    "quarter, scattered": strobe(
        8.0, where=np.kron(np.random.default_rng(3).random(GRID) < 0.3, np.ones((2, 2))) > 0
    ),
    "two halves in turn": halves(3.0, 0.5),
    "five strips in turn": staggered(8.0, 5),
    "moving bars": bars(0.9, 0.2),
    "moving bars, broad": bars(2.5, 0.6),
    "ramp and strobe": ramp_with_strobe,
    "level that changes": changing_level,
    "duty that changes": changing_duty,
    "chirp": chirp,
    "sawtooth 5 Hz": sawtooth(5.0),
    "sine 4 Hz": pulse(4.0, 0.0, 2.0),
    "pauses of 1 s": pausing(0.6, 1.0, 10.0),
    "pauses of 0.4 s": pausing(0.5, 0.4, 8.0),
    "noise, all": noise(2, 1.0),
    "noise, large": noise(8, 1.0),
    "noise, a fifth": noise(4, 0.2),
    "noise, seldom": noise(4, 0.08),
}


def moments(seconds: float, fps: float) -> list[float]:
    """Of the frames; `fps` 0: irregular, with frames that were dropped."""
    if fps:
        return [number / fps for number in range(round(seconds * fps))]
    rng = np.random.default_rng(7)
    steps = rng.choice([1, 1, 1, 2, 3, 9], size=round(seconds * 60)) / 60 + rng.normal(
        0, 1e-3, round(seconds * 60)
    )
    times = np.cumsum(np.maximum(steps, 2e-3))
    return [float(each) for each in times[times < seconds]]


def encoded(linear: Array) -> Array:
    """8-bit sRGB, as a screen or a film has it."""
    light = np.clip(linear, 0.0, 1.0)
    code = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray((255 * code + 0.5).astype(np.uint8))


def cells(linear: Array) -> Array:
    return np.asarray(linear.reshape(GRID[0], 2, GRID[1], 2, 3).mean(axis=(1, 3)), np.float32)


def unguarded(film: Film, times_s: list[float]) -> Iterator[tuple[float, Array]]:
    return ((t_s, encoded(film(t_s))) for t_s in times_s)


def guarded(
    film: Film, times_s: list[float], verdicts: list[Verdict], *, calm: bool = False
) -> Iterator[tuple[float, Array]]:
    """The film as the guard lets it out; `verdicts` is filled on the way."""
    guard, shown, before_s = FlashGuard(), None, 0.0
    for t_s in times_s:
        frame = np.clip(film(t_s), 0.0, 1.0).astype(np.float32)
        verdict = guard.step(cells(frame), dt_s=t_s - before_s, calm=calm)
        shown = frame if shown is None else mixed(shown, frame, verdict.share)
        verdicts.append(verdict)
        before_s = t_s
        yield t_s, encoded(shown)


def tried(film: Film, times_s: list[float]) -> tuple[Count, list[Verdict]]:
    verdicts: list[Verdict] = []
    return count(guarded(film, times_s, verdicts)), verdicts


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=float, default=6.0)
    options.add_argument("--only", default="", help="adversaries with this in their name")
    options.add_argument("--fps", type=float, nargs="*", default=[24, 30, 60, 144, 0])
    chosen = options.parse_args()
    print(f"{'':24} {'fps':>5} {'without':>8} {'with':>5} {'says':>5} {'limited':>8} {'ms':>6}")
    failed = 0
    for name, film in {**LEGAL, **ADVERSARIES}.items():
        if chosen.only not in name:
            continue
        for fps in chosen.fps:
            times_s = moments(chosen.seconds, fps)
            free = count(unguarded(film, times_s))
            found, verdicts = tried(film, times_s)
            limited = sum(each.limited for each in verdicts)
            wrong = found.flashes > ALLOWED or (name in LEGAL and fps and limited > 0)
            failed += wrong
            says = max(each.flashes for each in verdicts)
            print(
                f"{name:24} {fps or 'any':>5} {free.flashes:8} {found.flashes:5} {says:5} {limited / len(verdicts):8.0%}"
                + ("   <-- wrong" if wrong else "")
            )
    print(
        f"{failed} wrong; a step costs {1e3 * step_s():.3f} ms of processor time where nothing has to be done,"
        f" {1e3 * step_s(noise(2, 1.0)):.3f} ms in noise"
    )
    return int(failed > 0)


def step_s(film: Film = lambda _: ARTWORK, steps: int = 300) -> float:
    frames = [cells(film(0.0)) for _ in range(20)]
    guard = FlashGuard()
    begun_s = time.process_time()
    for number in range(steps):
        guard.step(frames[number % 20], dt_s=1 / 60)
    return (time.process_time() - begun_s) / steps


if __name__ == "__main__":
    sys.exit(main())
