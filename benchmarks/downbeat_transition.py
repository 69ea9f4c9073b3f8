"""Do pictures change on the first beat of a bar? Transitions found in pixels, downbeats known from the sound.

    python benchmarks/downbeat_transition.py [--minutes 4]

A pattern at 120 BPM whose bars are known by construction: the kick on one is the loudest, the bass changes with each
bar. Pictures of one colour, warm and cold in turns, hang in a scene that adds nothing, with cuts for transitions; a
transition from one of them begins with the first frame in which the mixture of colours in any block of 8x8 pixels of
320x180 is another. (Those that are painted in between are passed over: the camera moves with the beat, and on them
that can be seen.) Film: frames of `artvis render`, 60 a second, and beside them what its events say. Window: the
whole program listens to a speaker that holds the sound back by 46 ms and tells when each downbeat was in the air; the
picture is read back from the X server all the time. The baseline is chance: at random moments half of all transitions
would be more than 500 ms away from a downbeat. The first picture of a show comes at once, and is left out.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from staging import BARE, RATE_HZ, Rig, before_others, load, rig, table, verdict, write_wav
from walls import flat, hang, only_cuts
from xscreen import BLOCK, Screen

BEAT_S = 0.5
BAR_S = 4 * BEAT_S
BASS_HZ = (55.0, 43.65, 65.41, 49.0)
GOAL_MS = 40.0
SETTLES_S = 12.0
SIZE = (320, 180)
ABOVE_BARS = 120
"""Rows in which no spectrum plays."""
FILM_FPS = 60
PIPE_BYTES = 8192
LEAVES = 0.008
"""Change of the share of red less that of blue; a whole transition is 0.7."""
ONE_COLOUR = 0.03
LAG_S = 0.2
STAYS_S = 6.0
"""No picture stays for less."""


def bars(seconds: float) -> np.ndarray:
    """A bar every 2 s from 0 s on; shape (n, 2). Only the kick on one is loud enough to be a click for the speaker."""
    sound = np.zeros(round(seconds * RATE_HZ), np.float32)
    t_s = np.arange(round(BAR_S * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(1).standard_normal(len(t_s))
    kick = np.cos(2 * np.pi * (50 * t_s + 4 * (1 - np.exp(-t_s * 40)))) * np.exp(-t_s * 18)
    snare, hat = 0.03 * noise * np.exp(-t_s * 25), 0.01 * noise * np.exp(-t_s * 90)
    for number in range(int(seconds / BAR_S)):
        bar = 0.05 * np.sin(2 * np.pi * BASS_HZ[number % 4] * t_s) * np.exp(-t_s * 1.2)
        for beat, (low, high) in enumerate(((0.42, 0.0), (0.1, 1.0), (0.12, 0.0), (0.1, 1.0))):
            for half, piece in enumerate((low * kick + high * snare, hat)):
                first = round((beat + half / 2) * BEAT_S * RATE_HZ)
                bar[first:] += piece[: len(bar) - first]
        start = number * len(bar)
        sound[start : start + len(bar)] += bar.astype(np.float32)
    return np.repeat(np.clip(sound, -1, 1)[:, None], 2, axis=1)


def mixture(picture: np.ndarray) -> np.ndarray:
    """The share of red less that of blue of each block, shape (blocks,); light and dark leave it as it is."""
    height, width = (length // BLOCK * BLOCK for length in picture.shape[:2])
    blocks = (
        picture[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3).mean(axis=(1, 3))
    )
    red, green, blue = blocks.reshape(-1, 3).T
    return (red - blue) / (red + green + blue + 1.0)


def beginnings(times_s: Sequence[float], mixtures: Sequence[np.ndarray]) -> list[float]:
    """When a picture of one colour, which no camera and no beat can move, began to be another one."""
    at_s, seen = np.array(times_s), np.array(mixtures)
    plain = np.ptp(seen, axis=1) < ONE_COLOUR
    found: list[float] = []
    for now, before in enumerate(np.searchsorted(at_s, at_s - LAG_S)):
        new = not found or at_s[now] - found[-1] > STAYS_S
        if new and plain[before] and np.abs(seen[now] - seen[before]).max() > LEAVES:
            found.append(float(at_s[now]))
    return found


def off_ms(begun_s: Sequence[float], downbeats_s: Sequence[float]) -> list[float]:
    """From the nearest downbeat; late is above 0."""
    known = np.array(downbeats_s)
    return [1e3 * float(each - known[np.abs(known - each).argmin()]) for each in begun_s]


def film(place: Rig, song: Path, seconds: float) -> tuple[list[float], list[float]]:
    """By pixels and by events, ms off."""
    home, frames, events = place.home("film"), place.folder / "frames", place.folder / "events.jsonl"
    frames.mkdir()
    only_cuts(home)
    hang(home, flat(round(seconds / 8)))
    words = [
        "render",
        str(song),
        "--library",
        "--frames",
        str(frames),
        "--events",
        str(events),
        "--fps",
        str(FILM_FPS),
    ]
    words += ["--size", f"{SIZE[0]}x{SIZE[1]}", "--duration", str(seconds), *BARE]
    env = {**os.environ, "ARTVIS_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "artvis", *words], env=env, check=True, timeout=60 + 10 * seconds)
    mixtures = [mixture(np.asarray(Image.open(path), np.float32)[:ABOVE_BARS]) for path in sorted(frames.glob("*.png"))]  # fmt: skip
    seen = [
        t_s for t_s in beginnings([n / FILM_FPS for n in range(len(mixtures))], mixtures) if t_s > SETTLES_S
    ]
    told = [json.loads(line) for line in events.read_text().splitlines()]
    said = [each["t"] for each in told if each["type"] == "transition" and each["t"] > SETTLES_S]
    known = np.arange(0.0, seconds + BAR_S, BAR_S)
    return off_ms(seen, known), off_ms(said, known)


def window(place: Rig, song: Path, seconds: float) -> list[float]:
    """By pixels, ms off."""
    home = place.home("window")
    only_cuts(home)
    hang(home, flat(round(seconds / 8)))
    before_others()
    with place.far_speaker(PIPE_BYTES) as speaker:
        place.server.default(speaker.name)
        show = place.show(
            *BARE, "--clean", "--size", f"{SIZE[0]}x{SIZE[1]}", seconds=seconds + 3, home=home.name
        )
        player = place.server.play(song, sink=speaker.name)
        times_s, mixtures = [], []
        try:
            with Screen(place.env["DISPLAY"]) as screen, screen.part(0, 0, SIZE[0], ABOVE_BARS) as whole:
                end_s = time.monotonic() + seconds
                while time.monotonic() < end_s:
                    mixtures.append(mixture(whole.look()))
                    times_s.append(time.monotonic())
                    time.sleep(0.002)
            show.finish()
        finally:
            show.end()
            player.kill()
            player.wait()
    begun_s = [t_s for t_s in beginnings(times_s, mixtures) if t_s > times_s[0] + SETTLES_S]
    return off_ms(begun_s, speaker.clicks_s)


def row_of(name: str, off: Sequence[float]) -> list[str]:
    if not off:
        return [name, "0", "", "", "", verdict(kept=False)]
    within = np.mean(np.abs(off) <= GOAL_MS)
    worst = max(off, key=abs)
    return [name, str(len(off)), f"{statistics.median(off):+.1f}", f"{worst:+.1f}", f"{within:.0%}", verdict(kept=within == 1.0)]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=4.0, help="of the film, and of the window")
    seconds = 60 * parser.parse_args().minutes
    with rig(f"{SIZE[0]}x{SIZE[1]}") as place:
        song = write_wav(place.folder / "bars.wav", bars(seconds + 10))
        seen, said = film(place, song, seconds)
        rows = [row_of("film, pixels", seen), row_of("film, events", said)]
        print(rows, file=sys.stderr, flush=True)
        rows.append(row_of("window, pixels", window(place, song, seconds)))
    print(
        table(
            ["begins off a downbeat, ms", "transitions", "median", "worst", f"within {GOAL_MS:g} ms", "kept"],
            rows,
        )
    )
    print(f"\nabove 0 the picture is late; {load()}")


if __name__ == "__main__":
    main()
