"""The key of the music, from its pitch classes over the last half minute.

It names major and minor keys only; modes are taken for the nearer of the two.
"""

from collections import deque
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.chroma import EVERY_HOPS, Chroma
from artvis.model.music import HOP_S

TONICS: Final = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

# Temperley 1999 leans to major, Albrecht & Shanahan 2013 to minor: their mean leans to neither.
_TEMPERLEY_MAJOR: Final = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
_TEMPERLEY_MINOR: Final = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
_ALBRECHT_MAJOR: Final = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_ALBRECHT_MINOR: Final = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)

MEMORY_S: Final = 30.0
HYSTERESIS: Final = 0.02
FIRST_AFTER_S: Final = 3.0


def _profiles(major: tuple[float, ...], minor: tuple[float, ...]) -> npt.NDArray[np.float64]:
    """All 24 keys, shape (24, 12), zero mean and unit length: correlation becomes a product."""
    rows = np.array([np.roll(profile, tonic) for profile in (major, minor) for tonic in range(12)])
    rows = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


_KEYS: Final = (
    _profiles(_TEMPERLEY_MAJOR, _TEMPERLEY_MINOR) + _profiles(_ALBRECHT_MAJOR, _ALBRECHT_MINOR)
) / 2


def _scores(chroma: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Correlation with all 24 keys, major first. `chroma` has shape (12,)."""
    centred = chroma - chroma.mean()
    return np.asarray(_KEYS @ (centred / (np.linalg.norm(centred) + 1e-9)), np.float64)


def _confidence(scores: npt.NDArray[np.float64], key: int) -> float:
    """0..1, from how well `key` fits and how far the next best is behind."""
    margin = float(scores[key] - np.delete(scores, key).max())
    fit = float(np.clip((scores[key] - 0.45) / 0.4, 0, 1))
    return fit * float(np.clip(0.5 + margin / 0.16, 0, 1))


def _minor_lean(scores: npt.NDArray[np.float64]) -> float:
    return float(np.clip((scores[12:].max() - scores[:12].max()) / 0.15, -1, 1))


def _name(key: int) -> str:
    return f"{TONICS[key % 12]} {'major' if key < 12 else 'minor'}"


def best_key(chroma: npt.NDArray[np.floating]) -> tuple[str, float, float]:
    """(key, confidence, minor lean -1..1) of one mean chroma, shape (12,)."""
    scores = _scores(chroma)
    best = int(scores.argmax())
    return _name(best), _confidence(scores, best), _minor_lean(scores)


class KeyFinder:
    """Keeps a slow mean of the chroma and the key that fits it best."""

    def __init__(self) -> None:
        self._recent: deque[Chroma] = deque(maxlen=7)
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._recent.clear()
        self._mean = np.zeros(12)
        self._scores = np.zeros(24)
        self._heard_s = 0.0
        self._key = -1
        self.confidence = 0.0

    @property
    def key(self) -> str:
        """'A minor', or '' while it is not known."""
        return _name(self._key) if self._key >= 0 else ""

    @property
    def minor_lean(self) -> float:
        """-1 clearly major .. 1 clearly minor, by the best key of each mode."""
        return _minor_lean(self._scores) if self._key >= 0 else 0.0

    def step(self, chroma: Chroma) -> None:
        """Adds one chroma; zeros (no tones) leave everything as it is."""
        if not chroma.any():
            return
        self._recent.append(chroma)
        self._heard_s += EVERY_HOPS * HOP_S
        typical = np.median(np.stack(self._recent), axis=0)
        pace = EVERY_HOPS * HOP_S / min(MEMORY_S, self._heard_s)
        self._mean += (typical - self._mean) * pace
        if self._heard_s >= FIRST_AFTER_S:
            self._decide()

    def second_opinion(self, key: str, confidence: float) -> None:
        """The deep listener's key: taken when it is sure and the scores here hardly differ."""
        if self._key < 0 or confidence < 0.5 or key == self.key:
            return
        tonic, _, mode = key.partition(" ")
        other = TONICS.index(tonic) + (12 if mode == "minor" else 0)
        if self._scores[other] > self._scores[self._key] - 2 * HYSTERESIS:
            self._key = other

    def _decide(self) -> None:
        self._scores = _scores(self._mean)
        best = int(self._scores.argmax())
        if self._key < 0 or self._scores[best] > self._scores[self._key] + HYSTERESIS:
            self._key = best
        heard = min(1.0, self._heard_s / 10.0)
        self.confidence = heard * _confidence(self._scores, self._key)
