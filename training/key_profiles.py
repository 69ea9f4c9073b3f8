"""Fits the numbers of artvis/audio/keyprofiles.py to pieces of known key, and prints them with a table of reliability.

    python training/key_profiles.py FOLDER … [--without FOLDER …] [--test FOLDER …]

A folder holds sound files, each with a JSON of the same name beside it whose "key" is e.g. "A minor". `--without` takes
sounds that have no key (noise, speech, drums); they are listed by what they would be believed. `--test` folders are
reported and never fitted to. Needs scipy, which librosa brings.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from artvis.audio import key
from artvis.audio.chroma import EVERY_HOPS, ChromaMeter
from artvis.audio.filesource import decode
from artvis.audio.patience import in_hops
from artvis.audio.spectrum import clean
from artvis.model.music import HOP_S

Matrix = npt.NDArray[np.float64]

HEARD_S = (3.0, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 30.0, 36.0)
HOLD = 0.01
"""How strongly the weights are held near the profiles that they began at."""
PRIOR_SCALE, PRIOR_BASS = 12.0, 0.3
SOUNDS = (".wav", ".flac", ".ogg", ".mp3")
SAME_NOTE = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#", "Cb": "B", "Fb": "E", "E#": "F"}
# Temperley 1999 and Albrecht & Shanahan 2013, major and minor.
PROFILES = (
    (
        (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0),
        (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0),
    ),
    (
        (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081),
        (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052),
    ),
)


@dataclass(frozen=True, slots=True)
class Snapshots:
    """What had been heard of pieces at some moments."""

    notes: Matrix
    """Shape (n, 2, 12): mean chroma of chords and bass, shaped as key.py does."""
    tonality: Matrix
    heard_s: Matrix
    keys: npt.NDArray[np.int64]
    """0..23, or -1 for what has none."""


def pieces(folders: list[Path], *, keyed: bool) -> Iterator[tuple[Path, int]]:
    for folder in folders:
        for sound in sorted(path for path in folder.iterdir() if path.suffix in SOUNDS):
            beside = sound.with_suffix(".json")
            if not keyed:
                yield sound, -1
            elif beside.exists() and (name := json.loads(beside.read_text()).get("key")):
                tonic, _, mode = name.partition(" ")
                yield sound, key.key_number(f"{SAME_NOTE.get(tonic, tonic)} {mode}")


def snapshots(folders: list[Path], *, keyed: bool = True) -> Snapshots:
    rows = [row for sound, number in pieces(folders, keyed=keyed) for row in _of_piece(sound, number)]
    notes, tonality, heard_s, keys = zip(*rows, strict=True)
    return Snapshots(np.array(notes), np.array(tonality), np.array(heard_s), np.array(keys))


def _of_piece(sound: Path, number: int) -> Iterator[tuple[Matrix, float, float, int]]:
    meter, finder = ChromaMeter(), key.KeyFinder()
    due, step_s, heard_s = list(HEARD_S), EVERY_HOPS * HOP_S, 0.0
    for hop in in_hops(decode(sound)):
        tones = meter.step(clean(hop))
        if tones is None or not tones.chords.any():
            continue
        finder.step(tones.chords, tones.bass)
        heard_s += step_s
        if due and heard_s >= due[0]:
            due.pop(0)
            yield (*finder.evidence(), heard_s, number)


def _relative(notes: Matrix) -> Matrix:
    """Notes above each of twelve tonics, shape (n, 12, 24)."""
    turned = [np.roll(notes, -tonic, axis=2).reshape(len(notes), 24) for tonic in range(12)]
    return np.stack(turned, axis=1)


def _scores(weights: Matrix, notes: Matrix) -> Matrix:
    above = _relative(notes)
    return np.concatenate([above @ weights[:24], above @ weights[24:48] + weights[48]], axis=1)


def _shares(scores: Matrix) -> Matrix:
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    return likely / likely.sum(axis=1, keepdims=True)


def fit_weights(heard: Snapshots) -> Matrix:
    """Softmax regression over the 24 keys with weights shared by all tonics, held near the profiles."""
    start = np.zeros(49)
    for mode in range(2):
        shapes = [np.array(pair[mode]) - np.mean(pair[mode]) for pair in PROFILES]
        profile = PRIOR_SCALE * np.mean([shape / np.linalg.norm(shape) for shape in shapes], axis=0)
        start[24 * mode : 24 * mode + 24] = np.concatenate([profile, PRIOR_BASS * profile])
    above, rows = _relative(heard.notes), np.arange(len(heard.keys))

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        shares = _shares(_scores(weights, heard.notes))
        away = (weights - start)[:48]
        value = -np.log(shares[rows, heard.keys] + 1e-12).mean() + HOLD / 2 * float(away @ away)
        shares[rows, heard.keys] -= 1
        shares /= len(rows)
        by_mode = [np.einsum("nk,nkd->d", shares[:, at : at + 12], above) for at in (0, 12)]
        slope = np.concatenate([*by_mode, [shares[:, 12:].sum()]])
        slope[:48] += HOLD * away
        return float(value), slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def facts(weights: Matrix, heard: Snapshots) -> tuple[Matrix, Matrix]:
    """(best key, what the confidence is made of, shape (n, 4)) as in key.py."""
    shares = _shares(_scores(weights, heard.notes))
    top = shares.max(axis=1)
    odds = np.clip(np.log((top + 1e-9) / (1 - top + 1e-6)), -3, 6)
    tonal = np.log(np.maximum(heard.tonality, 1e-4))
    time = np.log(np.clip(heard.heard_s, 1.0, key.MEMORY_S))
    return shares.argmax(axis=1), np.stack([np.ones_like(top), odds, tonal, time], axis=1)


def fit_certainty(x: Matrix, right: Matrix) -> Matrix:
    """Logistic regression of being right."""

    def loss(b: Matrix) -> tuple[float, Matrix]:
        z = x @ b
        value = (np.logaddexp(0, z) - right * z).mean() + 1e-4 * float(b @ b)
        return float(value), x.T @ (1 / (1 + np.exp(-z)) - right) / len(z) + 2e-4 * b

    return np.asarray(minimize(loss, np.zeros(4), jac=True).x)


def confidence(certainty: Matrix, x: Matrix, tonality: Matrix) -> Matrix:
    low, high = key.TONAL
    return np.clip((tonality - low) / (high - low), 0, 1) / (1 + np.exp(-(x @ certainty)))


def across(heard: Snapshots, folds: int = 4) -> Matrix:
    """Certainty fitted to what weights say of pieces that they were not fitted to."""
    fold = np.cumsum(np.diff(heard.heard_s, prepend=np.inf) < 0) % folds
    told = np.zeros((len(fold), 4)), np.zeros(len(fold))
    for number in range(folds):
        inside, outside = (
            Snapshots(heard.notes[m], heard.tonality[m], heard.heard_s[m], heard.keys[m])
            for m in (fold != number, fold == number)
        )
        best, x = facts(fit_weights(inside), outside)
        told[0][fold == number], told[1][fold == number] = x, best == outside.keys
    tonal = heard.tonality > key.TONAL[0]
    return fit_certainty(told[0][tonal], told[1][tonal])


def reliability(title: str, said: Matrix, right: Matrix) -> None:
    for low in np.arange(0.0, 1.0, 0.2):
        there = (said >= low) & (said < low + 0.2)
        if there.any():
            print(
                f"# {title}: said {said[there].mean():.2f}, right {right[there].mean():.2f}, n {there.sum()}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", type=Path, default=[])
    parser.add_argument("--test", nargs="*", type=Path, default=[])
    args = parser.parse_args()
    heard = snapshots(args.folders)
    weights, certainty = fit_weights(heard), across(heard)
    for name, at in (("MAJOR", 0), ("MINOR", 24)):
        print(f"{name} = (")
        for part in (at, at + 12):
            print(f"    ({', '.join(f'{w:.2f}' for w in weights[part : part + 12])}),")
        print(")")
    print(f"MINOR_BIAS = {weights[48]:.2f}")
    print(f"CERTAINTY = ({', '.join(f'{b:.2f}' for b in certainty)})")
    for title, tested, keyed in (("test", args.test, True), ("without a key", args.without, False)):
        if tested:
            other = snapshots(tested, keyed=keyed)
            best, x = facts(weights, other)
            reliability(title, confidence(certainty, x, other.tonality), best == other.keys)


if __name__ == "__main__":
    main()
