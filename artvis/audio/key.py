"""The key of the music, from its pitch classes over the last half minute, and how likely it is to be right.

It names major and minor keys only; modes are taken for the nearer of the two.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.chroma import CHORDS_HZ, EVERY_HOPS, Chroma
from artvis.audio.keyprofiles import CERTAINTY, MAJOR, MINOR, MINOR_BIAS, Profile
from artvis.model.music import HOP_S

TONICS: Final = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

MEMORY_S: Final = 30.0
FIRST_AFTER_S: Final = 3.0
HYSTERESIS: Final = 0.25
"""Natural logarithm of how much likelier another key has to be before it takes over."""
CLAIM_FROM: Final = 0.20
"""Confidence from which a key is named."""
CLAIM_UNTIL: Final = 0.12
RECENT: Final = 8
"""Chromas, 0.74 s, that a chord is made out of: their median has no drums in it, their mean has the whole chord."""
TRIAD_CONTRAST: Final = 10.0
"""How much likelier a triad is that fits by 0.1 more: e times."""
STEADY_AFTER: Final = 4
"""Chromas between two that share no sample (0.37 s): notes last as long, gliding voices and noise do not."""
TONAL: Final = (0.12, 0.24)
"""How well triads fit, times steadiness: noise has 0.02, drums and speech up to 0.17 (once 0.21), music 0.2 to 0.75."""
FAINTEST_TONALITY: Final = 0.01
"""Less counts as this in a logarithm."""
OPINION_WEIGHT: Final = 0.5
"""The deep listener hears the same sound in another way: half of its evidence is new."""
OPINION_LASTS_S: Final = 20.0

Scores = npt.NDArray[np.float64]


def _all_keys(profile: Profile) -> Scores:
    """A profile for each of twelve tonics, shape (12, 48): its four parts one after another."""
    return np.array([np.concatenate([np.roll(part, tonic) for part in profile]) for tonic in range(12)])


def _triads() -> Scores:
    """Major and then minor triads on twelve roots, shape (24, 12), zero mean and unit length."""
    notes = np.zeros((2, 12))
    notes[0, [0, 4, 7]] = notes[1, [0, 3, 7]] = 1.0
    rows = np.array([np.roll(triad, root) for triad in notes for root in range(12)]) - 0.25
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float64)


_TRIADS: Final = _triads()
_WEIGHTS: Final = np.concatenate([_all_keys(MAJOR), _all_keys(MINOR)])
_BIAS: Final = np.repeat([0.0, MINOR_BIAS], 12)
_FAINT: Final = 0.03
"""Contrast that counts as half: what hardly differs from an even spread has little to say."""


def _of_noise() -> Scores:
    """What steady noise adds to the chroma, unit length: the higher a note, the wider, and the top octave is cut."""
    hz = np.arange(CHORDS_HZ[0], CHORDS_HZ[1], 0.5)
    width = np.bincount(np.rint(12 * np.log2(hz / 440.0) + 69).astype(np.int64) % 12, minlength=12)
    centred = width - width.mean()
    return np.asarray(centred / np.linalg.norm(centred), np.float64)


_NOISE: Final = _of_noise()


def _tones(chroma: npt.NDArray[np.floating]) -> Scores:
    """A chroma of shape (12,) without its mean and without what may be noise."""
    centred = chroma - chroma.mean()
    return np.asarray(centred - (centred @ _NOISE) * _NOISE, np.float64)


def _shape(chroma: npt.NDArray[np.floating]) -> Scores:
    centred = chroma - chroma.mean(axis=-1, keepdims=True)
    return np.asarray(centred / (np.linalg.norm(centred, axis=-1, keepdims=True) + _FAINT), np.float64)


def _scores(notes: npt.NDArray[np.floating]) -> Scores:
    """Log odds of the 24 keys, major first. `notes` has shape (4, 12): means of what _heard gives."""
    return np.asarray(_WEIGHTS @ _shape(notes).ravel() + _BIAS, np.float64)


def _shares(scores: Scores) -> Scores:
    """Scores as probabilities that sum to 1."""
    likely = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), np.float64)


def _heard(recent: npt.NDArray[np.floating], bass: npt.NDArray[np.floating]) -> tuple[Scores, float]:
    """What is taken from chromas, shapes (n, 12) and (12,), and how well the best triad fits, up to 1.

    The notes, the bass notes, and how likely each major and each minor triad is: shape (4, 12).
    """
    fit = _TRIADS @ _shape(recent.mean(axis=0))
    triads = _shares(TRIAD_CONTRAST * fit).reshape(2, 12)
    return np.vstack([np.median(recent, axis=0), bass, triads]), float(fit.max())


def _confidence(share: float, tonality: float, heard_s: float) -> float:
    """How likely a key is right that has this `share` of the probability: fitted, see keyprofiles."""
    base, by_share, by_tonality, by_time = CERTAINTY
    log_odds = min(6.0, max(-3.0, math.log((share + 1e-9) / (1 - share + 1e-6))))
    value = base + by_share * log_odds + by_tonality * math.log(max(tonality, FAINTEST_TONALITY))
    value += by_time * math.log(min(MEMORY_S, max(heard_s, 1.0)))
    tonal = (tonality - TONAL[0]) / (TONAL[1] - TONAL[0])
    return min(1.0, max(0.0, tonal)) / (1 + math.exp(-value))


def _name(key: int) -> str:
    return f"{TONICS[key % 12]} {'major' if key < 12 else 'minor'}"


def key_number(name: str) -> int:
    """'A minor' as 0..23, major first. Raises ValueError for what is no key."""
    tonic, _, mode = name.partition(" ")
    return TONICS.index(tonic) + (12 if mode == "minor" else 0)


class KeyFinder:
    """Keeps slow means of the notes and the key that fits them best."""

    def __init__(self) -> None:
        self._recent = np.zeros((RECENT, 12))
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._recent[:] = 0.0
        self._mean = np.zeros((4, 12))
        self._steadiness, self._fit = 0.0, 0.0
        self._scores = np.zeros(24)
        self._opinion = np.zeros(24)
        self._count = 0
        self._key = -1
        self._claimed = False
        self.confidence = 0.0

    @property
    def key(self) -> str:
        """'A minor', or '' while it is not known."""
        return _name(self._key) if self._claimed else ""

    @property
    def minor_lean(self) -> float:
        """-1 clearly major .. 1 clearly minor; 0 while no key is known."""
        return 2 * float(_shares(self._scores)[12:].sum()) - 1 if self._claimed else 0.0

    def step(self, chords: Chroma, bass: Chroma) -> None:
        """Adds one chroma of each; zeros (no tones) leave everything as it is."""
        if not chords.any():
            return
        now, then = _tones(chords), _tones(self._recent[(self._count - STEADY_AFTER) % RECENT])
        likeness = float(now @ then) / (float(np.linalg.norm(now) * np.linalg.norm(then)) + 1e-6)
        self._recent[self._count % RECENT] = chords
        self._count += 1
        step_s = EVERY_HOPS * HOP_S
        heard_s = self._count * step_s
        pace = step_s / min(MEMORY_S, heard_s)
        notes, fit = _heard(self._recent[: self._count], bass)
        self._mean += (notes - self._mean) * pace
        self._fit += (fit - self._fit) * pace
        if self._count > STEADY_AFTER:
            since = (self._count - STEADY_AFTER) * step_s
            self._steadiness += (likeness - self._steadiness) * step_s / min(MEMORY_S, since)
        self._opinion *= 1 - step_s / OPINION_LASTS_S
        if heard_s >= FIRST_AFTER_S:
            self._decide(heard_s)

    def second_opinion(self, key: str, confidence: float) -> None:
        """The deep listener's key: its log odds count beside those of the notes here, and fade."""
        if not key:
            return
        sure = min(0.95, max(0.0, confidence))
        others = (1 - sure) / 23
        self._opinion[:] = 0.0
        self._opinion[key_number(key)] = OPINION_WEIGHT * max(0.0, math.log((sure + 1e-9) / others))

    def evidence(self) -> tuple[Scores, float]:
        """(shaped notes, shape (4, 12), and tonality): all that key and confidence are made of, beside the time."""
        return _shape(self._mean), self._tonality()

    def _tonality(self) -> float:
        return max(0.0, self._steadiness) * self._fit

    def _decide(self, heard_s: float) -> None:
        self._scores = _scores(self._mean) + self._opinion
        best = int(self._scores.argmax())
        if self._key < 0 or self._scores[best] > self._scores[self._key] + HYSTERESIS:
            self._key = best
        share = float(_shares(self._scores)[self._key])
        self.confidence = _confidence(share, self._tonality(), heard_s)
        self._claimed = self.confidence >= (CLAIM_UNTIL if self._claimed else CLAIM_FROM)


def best_key(
    chords: npt.NDArray[np.floating],
    bass: npt.NDArray[np.floating],
    *,
    steadiness: float = 0.6,
    heard_s: float = MEMORY_S,
) -> tuple[str, float, float]:
    """(key, confidence, minor lean -1..1) of a row of chromas 0.09 s apart, both of shape (n, 12), n at least 1."""
    heard = [_heard(chords[max(0, at + 1 - RECENT) : at + 1], bass[at]) for at in range(len(chords))]
    shares = _shares(_scores(np.mean([notes for notes, _ in heard], axis=0)))
    best = int(shares.argmax())
    tonality = steadiness * float(np.mean([fit for _, fit in heard]))
    confidence = _confidence(float(shares[best]), tonality, heard_s)
    return _name(best), confidence, 2 * float(shares[12:].sum()) - 1
