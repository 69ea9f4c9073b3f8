"""Fits the numbers of artvis/audio/keyprofiles.py to pieces of known key, and writes that file.

    python training/key_profiles.py FOLDER … --tune FOLDER … --without FOLDER_OR_SOUND … --into FILE [--test FOLDER …]

A folder holds sound files, each with a JSON of the same name beside it whose "key" is e.g. "A minor". The weights are
fitted to FOLDER alone, the confidence to what they say of pieces that they were not fitted to: a quarter of FOLDER at a
time, and --tune. --without takes sounds that have no key (noise, speech, drums). --test is reported and never fitted to.
--cache keeps the chromas of each sound, for the next run. Needs scipy, which librosa brings.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
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
STEP_S = EVERY_HOPS * HOP_S

HEARD_S = (3.0, 4.0, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 30.0, 36.0)
JOINED_S = (0.0, 10.0, 20.0)
"""A piece is learnt as heard from there on too: not everybody comes in at its start, which is the tonic most often."""
HOLD = 0.003
"""How strongly the weights are held near the profiles that they began at: .001 to .01 are as good on other pieces."""
PRIOR = (12.0, 3.6, 0.0, 0.0)
"""Length of the profiles at the start: notes, bass notes, major and minor triads."""
SIZE = 12 * len(PRIOR)
FOLDS = 4
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
    """Shape (n, 4, 12): the mean of what key.py takes from chromas, shaped as there."""
    tonality: Matrix
    heard_s: Matrix
    joined_s: Matrix
    pieces: npt.NDArray[np.int64]
    keys: npt.NDArray[np.int64]
    """0..23, or -1 for what has none."""

    def some(self, which: npt.NDArray[np.bool_]) -> "Snapshots":
        return Snapshots(*(getattr(self, field.name)[which] for field in fields(self)))


def pieces(paths: list[Path], *, keyed: bool) -> Iterator[tuple[Path, int]]:
    """Sounds, or those of folders, with their keys."""
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for sound in (one for one in inside if one.suffix in SOUNDS):
            beside = sound.with_suffix(".json")
            if not keyed:
                yield sound, -1
            elif beside.exists() and (name := json.loads(beside.read_text()).get("key")):
                tonic, _, mode = name.partition(" ")
                yield sound, key.key_number(f"{SAME_NOTE.get(tonic, tonic)} {mode}")


def tones(sound: Path, cache: Path | None) -> tuple[Matrix, Matrix]:
    """Chromas of chords and of the bass, each of shape (n, 12), without those that have no tones."""
    kept = cache / f"{sound.resolve().parent.name}-{sound.stem}.npz" if cache else None
    if kept is None or not kept.exists():
        meter = ChromaMeter()
        heard = [meter.step(clean(hop)) for hop in in_hops(decode(sound))]
        found = [one for one in heard if one is not None and one.chords.any()]
        chords, bass = (np.array([getattr(one, part) for one in found]) for part in ("chords", "bass"))
        if kept is None:
            return chords, bass
        np.savez(kept, chords=chords, bass=bass)
    with np.load(kept) as file:
        return file["chords"], file["bass"]


def snapshots(
    paths: list[Path], cache: Path | None, *, keyed: bool = True, joined: tuple[float, ...] = (0.0,)
) -> Snapshots:
    rows: list[tuple[Matrix, float, float, float, int, int]] = []
    for piece, (sound, number) in enumerate(pieces(paths, keyed=keyed)):
        chords, bass = tones(sound, cache)
        for joined_s in joined:
            first = int(joined_s / STEP_S)
            for notes, tonality, heard_s in _heard(chords[first:], bass[first:]):
                rows.append((notes, tonality, heard_s, joined_s, piece, number))
    return Snapshots(*(np.array(column) for column in zip(*rows, strict=True)))


def _heard(chords: Matrix, bass: Matrix) -> Iterator[tuple[Matrix, float, float]]:
    finder, due = key.KeyFinder(), list(HEARD_S)
    for count, both in enumerate(zip(chords, bass, strict=True), 1):
        finder.step(*both)
        if due and count * STEP_S >= due[0]:
            yield (*finder.evidence(), due.pop(0))


def _relative(notes: Matrix) -> Matrix:
    """Notes above each of twelve tonics, shape (n, 12, SIZE)."""
    turned = [np.roll(notes, -tonic, axis=2).reshape(len(notes), SIZE) for tonic in range(12)]
    return np.stack(turned, axis=1)


def _scores(weights: Matrix, above: Matrix) -> Matrix:
    major, minor = weights[: 2 * SIZE].reshape(2, SIZE)
    return np.concatenate([above @ major, above @ minor + weights[-1]], axis=1)


def _shares(scores: Matrix) -> Matrix:
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    return likely / likely.sum(axis=1, keepdims=True)


def fit_weights(heard: Snapshots) -> Matrix:
    """Softmax regression over the 24 keys with weights shared by all tonics, held near the profiles."""
    start = np.zeros(2 * SIZE + 1)
    for mode in range(2):
        shapes = [np.array(pair[mode]) - np.mean(pair[mode]) for pair in PROFILES]
        profile = np.mean([shape / np.linalg.norm(shape) for shape in shapes], axis=0)
        start[SIZE * mode : SIZE * mode + SIZE] = np.concatenate([scale * profile for scale in PRIOR])
    above, rows = _relative(heard.notes), np.arange(len(heard.keys))

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        shares = _shares(_scores(weights, above))
        away = (weights - start)[:-1]
        value = -np.log(shares[rows, heard.keys] + 1e-12).mean() + HOLD / 2 * float(away @ away)
        shares[rows, heard.keys] -= 1
        shares /= len(rows)
        by_mode = [np.einsum("nk,nkd->d", shares[:, at : at + 12], above) for at in (0, 12)]
        slope = np.concatenate([*by_mode, [shares[:, 12:].sum()]])
        slope[:-1] += HOLD * away
        return float(value), slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x).round(2)


def facts(weights: Matrix, heard: Snapshots) -> tuple[Matrix, Matrix]:
    """(best key, what the confidence is made of, shape (n, 4)) as in key.py."""
    shares = _shares(_scores(weights, _relative(heard.notes)))
    top = shares.max(axis=1)
    odds = np.clip(np.log((top + 1e-9) / (1 - top + 1e-6)), -3, 6)
    tonal = np.log(np.maximum(heard.tonality, key.FAINTEST_TONALITY))
    time = np.log(np.clip(heard.heard_s, 1.0, key.MEMORY_S))
    return shares.argmax(axis=1), np.stack([np.ones_like(top), odds, tonal, time], axis=1)


def fit_certainty(weights: Matrix, heard: Snapshots, others: list[Snapshots]) -> Matrix:
    """Logistic regression of being right about pieces that the weights were not fitted to; what has no key never is."""
    told = [(*facts(weights, other), other, 1.0) for other in others]
    fold = np.random.default_rng(0).permutation(heard.pieces.max() + 1)[heard.pieces] % FOLDS
    for number in range(FOLDS):
        outside = heard.some(fold == number)
        told.append((*facts(fit_weights(heard.some(fold != number)), outside), outside, 1 / len(JOINED_S)))
    x = np.concatenate([made_of for _, made_of, _, _ in told])
    right = np.concatenate([best == one.keys for best, _, one, _ in told]).astype(float)
    weight = np.concatenate([np.full(len(best), each) for best, _, _, each in told])
    weight *= np.concatenate([one.tonality for _, _, one, _ in told]) > key.TONAL[0]
    weight /= weight.sum()

    def loss(b: Matrix) -> tuple[float, Matrix]:
        z = x @ b
        value = weight @ (np.logaddexp(0, z) - right * z) + 1e-4 * float(b @ b)
        return float(value), x.T @ (weight * (1 / (1 + np.exp(-z)) - right)) + 2e-4 * b

    return np.asarray(minimize(loss, np.zeros(4), jac=True).x).round(2)


def confidence(certainty: Matrix, x: Matrix, tonality: Matrix) -> Matrix:
    low, high = key.TONAL
    return np.clip((tonality - low) / (high - low), 0, 1) / (1 + np.exp(-(x @ certainty)))


def report(title: str, weights: Matrix, certainty: Matrix, heard: Snapshots) -> None:
    """How often the key is right with time, and by what was said of it."""
    best, x = facts(weights, heard)
    said, right = confidence(certainty, x, heard.tonality), best == heard.keys
    for seconds in (5.0, 10.0, 36.0):
        there = (heard.heard_s == seconds) & (heard.joined_s == 0)
        if there.any():
            print(f"# {title}: right {right[there].mean():.2f} after {seconds:g} s, n {there.sum()}")
    for low in np.arange(0.0, 1.0, 0.2):
        there = (said >= low) & (said < low + 0.2)
        if there.any():
            print(
                f"# {title}: said {said[there].mean():.2f}, right {right[there].mean():.2f}, n {there.sum()}"
            )


def module(weights: Matrix, certainty: Matrix) -> str:
    """The text of keyprofiles.py."""
    text = HEAD
    for name, mode in zip(("MAJOR", "MINOR"), weights[: 2 * SIZE].reshape(2, -1, 12), strict=True):
        rows = [f"    ({', '.join(f'{w + 0.0:.2f}' for w in part)}),\n" for part in mode]
        text += f"{name}: Final[Profile] = (\n{''.join(rows)})\n"
    text += f"MINOR_BIAS: Final = {weights[-1]:.2f}\n"
    text += f"CERTAINTY: Final = ({', '.join(f'{b:.2f}' for b in certainty)})\n"
    return text + TAIL


HEAD = '''"""What each note and chord says for a key: weights of a softmax regression, and of the confidence that goes with it.

Numbers only; key.py uses them, and training/key_profiles.py fits them and writes this file: pieces of mma and made-up
dance music through soft synthesizers, some through a room, clipped or out of tune, each as heard for 3 to 36 s from
three places on. The fit began at, and was held near, the mean of the profiles of Temperley 1999 (leaning to major) and
of Albrecht & Shanahan 2013 (leaning to minor).
"""

from typing import Final

Profile = tuple[tuple[float, ...], ...]
"""Weight of each semitone above the tonic: as a note, as a bass note, as the root of a major and of a minor triad."""

'''
TAIL = '''"""Constant, and weights of the log odds, of the logarithm of the tonality, and of that of the seconds heard."""
'''


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    for name in ("--tune", "--without", "--test"):
        parser.add_argument(name, nargs="+", type=Path, default=[])
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--into", type=Path)
    args = parser.parse_args()
    if args.cache:
        args.cache.mkdir(parents=True, exist_ok=True)
    heard = snapshots(args.folders, args.cache, joined=JOINED_S)
    others = {"tune": (args.tune, True), "without a key": (args.without, False)}
    not_fitted = {
        title: snapshots(paths, args.cache, keyed=keyed) for title, (paths, keyed) in others.items() if paths
    }
    weights = fit_weights(heard)
    certainty = fit_certainty(weights, heard, list(not_fitted.values()))
    for folder in args.test:
        not_fitted[folder.name] = snapshots([folder], args.cache)
    for title, other in {"fitted": heard, **not_fitted}.items():
        report(title, weights, certainty, other)
    if args.into:
        args.into.write_text(module(weights, certainty), encoding="utf-8")


if __name__ == "__main__":
    main()
