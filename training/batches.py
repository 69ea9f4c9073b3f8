"""Cuts the measured pieces into batches and disturbs them as rooms, loudspeakers, mixes and drummers would.

It works on bands and notes, not on sound, which costs a thousandth; all chance comes from the generator handed in.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from measures import Measured, frames_of, tempo_of

from artvis.audio.beatinput import (
    BAND_LAG,
    BANDS,
    COMPRESSION,
    FAINTEST_PEAK,
    GAIN_MEMORY_S,
    HIGH_HZ,
    INPUTS,
    LOW_HZ,
    LOWEST_NOTE_HZ,
    NOTE_LAG,
    NOTES,
)  # fmt: skip
from artvis.audio.beatnet import TEMPI_BPM
from artvis.model.music import HOP_S

Grid = npt.NDArray[np.float32]

CENTRES_HZ = np.concatenate(
    [np.geomspace(LOW_HZ, HIGH_HZ, BANDS), LOWEST_NOTE_HZ * 2 ** (np.arange(NOTES) / 12)]
)
OCTAVE = np.log2(CENTRES_HZ / 30.0).astype(np.float32)


def shaped(magnitudes: Grid) -> Grid:
    """What `BeatInput.shape` makes of magnitudes, for whole batches: (..., hops, 114) to (..., hops, 228)."""
    out = np.empty((*magnitudes.shape[:-1], INPUTS), np.float32)
    fall = HOP_S / GAIN_MEMORY_S
    time = (np.arange(magnitudes.shape[-2]) * fall).astype(np.float64)
    for first, count, lag, at in ((0, BANDS, BAND_LAG, 0), (BANDS, NOTES, NOTE_LAG, 2 * BANDS)):
        part = magnitudes[..., first : first + count]
        loudest = np.log(np.maximum(part.max(axis=-1), FAINTEST_PEAK)) + time
        peak = np.exp(np.maximum.accumulate(loudest, axis=-1) - time)
        peak = np.maximum(peak, FAINTEST_PEAK)
        bands = np.log1p(part * (COMPRESSION / peak[..., None]).astype(np.float32))
        before = np.zeros((*bands.shape[:-1], count + 2), np.float32)
        before[..., lag:, 1:-1] = bands[..., :-lag, :]
        widest = np.maximum(np.maximum(before[..., :-2], before[..., 1:-1]), before[..., 2:])
        out[..., at : at + count] = bands
        out[..., at + count : at + 2 * count] = np.maximum(bands - widest, 0)
    return out


class Batches:
    """Endless batches from pieces."""

    def __init__(self, pieces: Sequence[Measured], rng: np.random.Generator, *, hops: int, size: int) -> None:
        self._pieces = pieces
        self._rng = rng
        self._hops, self._size = hops, size

    def next(self) -> tuple[Grid, Grid, Grid]:
        """(inputs (size, hops, 228); targets (size, hops, 28): beat, downbeat, onset, tempo classes; weights (…, 4))."""
        rows = [self._sequence() for _ in range(self._size)]
        magnitudes, targets, weights = (np.stack(column) for column in zip(*rows, strict=True))
        return shaped(self._smeared(magnitudes)), targets, weights

    def _sequence(self) -> tuple[Grid, Grid, Grid]:
        rng = self._rng
        magnitudes, target, weight = self._excerpt(self._hops)
        if rng.random() < 0.12:  # a cut, or a mix, into another piece
            at = int(self._hops * rng.uniform(0.25, 0.75))
            other, other_target, other_weight = self._excerpt(self._hops - at)
            magnitudes = np.concatenate([magnitudes[:at], other])
            target, weight = (
                np.concatenate([target[:at], other_target]),
                np.concatenate([weight[:at], other_weight]),
            )
        magnitudes = magnitudes * self._equaliser()
        if rng.random() < 0.2:
            magnitudes = self._compressed(magnitudes)
        if rng.random() < 0.4:
            magnitudes = self._noisy(magnitudes)
        if rng.random() < 0.1:
            start = int(rng.uniform(0.1, 0.9) * self._hops)
            magnitudes[start : start + int(rng.uniform(10, 200))] *= 0.0
        return magnitudes.astype(np.float32), target, weight

    def _excerpt(self, hops: int) -> tuple[Grid, Grid, Grid]:
        rng = self._rng
        piece = self._pieces[int(rng.integers(len(self._pieces)))]
        stretch = float(np.exp(rng.uniform(-0.2, 0.2))) if rng.random() < 0.6 else 1.0
        warped = rng.random() < 0.06
        need = int(np.ceil(hops * stretch)) + 2
        total = len(piece.magnitudes)
        start = 0 if rng.random() < 0.2 else int(rng.integers(0, max(1, total - need)))
        at = start + np.arange(hops) * stretch
        if warped:  # rubato that nobody could tap to: no beat is the truth
            at = start + np.cumsum(np.exp(np.repeat(rng.normal(0, 0.45, hops // 20 + 1), 20)[:hops]))
        at = np.minimum(at, total - 1.001)
        low = at.astype(int)
        share = (at - low).astype(np.float32)[:, None]
        magnitudes = piece.magnitudes[low] * (1 - share) + piece.magnitudes[low + 1] * share
        target = np.zeros((hops, 3 + len(TEMPI_BPM)), np.float32)
        weight = np.ones((hops, 4), np.float32)
        weight[:, 3] = 0
        if not warped:
            for column, times_s in enumerate((piece.beats, piece.downbeats, piece.onsets)):
                target[:, column] = frames_of((times_s - start * HOP_S) / stretch, hops)
            target[:, 3:], weight[:, 3] = tempo_of((piece.beats - start * HOP_S) / stretch, hops)
        weight[:, 2] = float(piece.knows_onsets and not warped)
        weight[:, 1] = float(warped or len(piece.downbeats) > 0)
        weight[at >= total - 2] = 0
        return magnitudes.astype(np.float32), target, weight

    def _equaliser(self) -> Grid:
        rng = self._rng
        gain_db = rng.normal(0, 2.0) * (OCTAVE - 4.5)
        for _ in range(2):
            gain_db = gain_db + rng.normal(0, 6) * np.exp(
                -0.5 * ((OCTAVE - rng.uniform(0, 9)) / rng.uniform(0.5, 2)) ** 2
            )
        if rng.random() < 0.15:
            gain_db = gain_db - np.clip(30 * (rng.uniform(1.5, 3.0) - OCTAVE), 0, 40)  # a small loudspeaker
        if rng.random() < 0.15:
            gain_db = gain_db - np.clip(30 * (OCTAVE - rng.uniform(5.0, 8.0)), 0, 40)  # muffled
        return np.asarray(10 ** (gain_db / 20) * np.exp(rng.normal(-1, 1)), np.float32)

    def _compressed(self, magnitudes: Grid) -> Grid:
        level = np.sqrt((magnitudes**2).sum(axis=1))
        slow = np.convolve(level, np.ones(9) / 9, "same") + 1e-4
        return np.asarray(
            magnitudes * (slow.mean() / slow)[:, None] ** self._rng.uniform(0.2, 0.7), np.float32
        )

    def _noisy(self, magnitudes: Grid) -> Grid:
        rng = self._rng
        level = np.sqrt((magnitudes**2).mean()) * 10 ** (-rng.uniform(0, 40) / 20)
        tilt = 10 ** (-(OCTAVE - 3) * rng.uniform(0, 6) / 20)
        noise = np.abs(rng.normal(1.0, 0.35, magnitudes.shape)) * level * tilt
        return np.asarray(np.sqrt(magnitudes**2 + noise**2), np.float32)

    def _smeared(self, magnitudes: Grid) -> Grid:
        """Rooms: an exponential tail of its own for each sequence; none for most."""
        rng, size = self._rng, len(magnitudes)
        in_room = rng.random(size) < 0.3
        decay_s = np.exp(rng.uniform(np.log(0.15), np.log(1.2), size)) / 6.9
        decay_s = np.where(rng.random(size) < 0.02, 0.8, decay_s)
        keep = np.exp(-2 * HOP_S / decay_s).astype(np.float32)[:, None]
        wet = (in_room * rng.uniform(0.1, 0.7, size)).astype(np.float32)[:, None]
        power = magnitudes**2
        tail = np.zeros_like(power[:, 0])
        out = np.empty_like(power)
        for hop in range(power.shape[1]):
            tail = tail * keep + power[:, hop] * (1 - keep)
            out[:, hop] = power[:, hop] * (1 - wet * 0.5) + wet * tail * 4
        return np.sqrt(out)
