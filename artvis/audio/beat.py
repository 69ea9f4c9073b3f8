"""The bar pointer: where in the beat the music is and how long a beat lasts, as a belief over all of both.

It follows forward only, one step a hop, and decides nothing about bars, shown confidence or announcing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.onset import Novelty
from artvis.audio.tempo import PERIODS, Evidence, TempoEvidence, tempo_prior
from artvis.model.music import HOP_S

Grid = npt.NDArray[np.float32]

ROWS: Final = len(PERIODS)
COLUMNS: Final = int(PERIODS[-1])
RESET_A_HOP: Final = 3e-4
"""Share of belief that begins anew each hop, so that a cut in the music is survived."""
EVIDENCE_HOPS: Final = 8
EVIDENCE_LEAK: Final = 0.01
TEMPO_STIFFNESS: Final = 70.0
"""How unlikely a change of tempo between two beats is. Source: Krebs et al. 2015, eq. 6 (there 100)."""
SCORE_RANGE: Final = (-1.0, 2.5)
"""Novelty beyond it counts no more: one loud syncopation must not outweigh accents that come regularly."""
TEMPO_PULL: Final = 0.04
"""Of the logarithm of the tempo prior, each hop: it decides between a beat and its double, and little else."""

BEATS: Final = 2
"""A cycle of two tells the bass drum's beat from the snare's, and so a beat from its double or half."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The novelty of one band over a cycle, as heights at places in the beat."""

    weight: float
    """How much a deviation of this band counts."""
    on_beats: tuple[float, float]
    on_halves: float
    on_quarters: float
    width_hops: float


FULL: Final = Expectation(0.6, (1.0, 1.0), on_halves=0.85, on_quarters=0.3, width_hops=1.5)
LOW: Final = Expectation(0.4, (1.2, 0.4), on_halves=0.25, on_quarters=0.0, width_hops=1.8)
SNARE: Final = Expectation(0.7, (0.2, 1.3), on_halves=0.5, on_quarters=0.0, width_hops=1.5)


@dataclass(frozen=True, slots=True)
class Pointer:
    """The beat that is followed."""

    phase: float
    """0..1 since the last beat, in the time of the novelty (which lags the sound)."""
    period_hops: float
    mass: float
    """0..1: the belief near this beat."""
    jumped: bool
    """Whether another beat than a hop ago is followed."""


def _template(expected: Expectation) -> Grid:
    """What is expected at each state, shape (2, 73, 96): zero mean over the cycle of each period."""
    grid = np.zeros((BEATS, ROWS, COLUMNS))
    for row, period in enumerate(PERIODS):
        at = np.arange(period * BEATS)
        cycle = np.zeros(period * BEATS)
        for beat in range(BEATS):
            heights = (
                expected.on_beats[beat],
                expected.on_quarters,
                expected.on_halves,
                expected.on_quarters,
            )
            for quarter, height in enumerate(heights):
                away = np.abs(at - (beat + quarter / 4) * period)
                away = np.minimum(away, period * BEATS - away)
                cycle += height * np.exp(-0.5 * (away / expected.width_hops) ** 2)
        grid[:, row, :period] = (cycle - cycle.mean()).reshape(BEATS, period)
    return np.asarray(expected.weight * grid, np.float32)


class BarPointer:
    """A hidden Markov model over (beat of two, period, hops since the beat), 8,760 states, forward only.

    Source: Krebs, Böck & Widmer 2015 (state space); the expectations and the cycle of two beats are our own.
    """

    SWITCH_RATIO: Final = 1.5
    """Another beat must be that much more believed before it is followed."""

    def __init__(self) -> None:
        self._full, self._low, self._snare = _template(FULL), _template(LOW), _template(SNARE)
        prior = np.log(tempo_prior())
        self._pull = np.asarray(TEMPO_PULL * (prior - prior.max()), np.float32)[None, :, None]
        self._valid = (np.arange(COLUMNS)[None, :] < PERIODS[:, None]).astype(np.float32)
        ratio = PERIODS[None, :] / PERIODS[:, None]
        turn = np.exp(-TEMPO_STIFFNESS * np.abs(ratio - 1))
        self._turn = (turn / turn.sum(axis=1, keepdims=True)).astype(np.float32)
        self._rows = np.arange(ROWS)
        self._ends = PERIODS - 1
        self._anywhere = self._valid / (BEATS * PERIODS[:, None]).astype(np.float32)
        self.evidence = TempoEvidence()
        self._hops = 0
        self._belief = np.empty((BEATS, ROWS, COLUMNS), np.float32)
        self._spare = np.empty_like(self._belief)
        self._seen = np.empty_like(self._belief)
        self._phase, self._period = 0.0, 0.5 / HOP_S
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._tempo: Evidence = tempo_prior()
        self._belief[:] = self._anywhere * self._tempo[:, None]
        self._folded: Grid = self._belief.sum(axis=0)
        self.evidence.forget()
        self._allowed = self._valid
        self.held = False
        """Whether a person has said what the tempo is."""

    def hold_to(self, period_hops: float, phase: float, *, slack: float = 0.07) -> bool:
        """Follows only periods within `slack` of the given one, from the given phase: a person said so.

        False, and nothing changes, when the period is none that can be followed.
        """
        near = np.abs(PERIODS / period_hops - 1) <= slack
        if not near.any():
            return False
        self._allowed = self._valid * near[:, None].astype(np.float32)
        closeness = np.exp(-0.5 * ((PERIODS / period_hops - 1) / 0.015) ** 2)
        away = np.abs((np.arange(COLUMNS)[None, :] / PERIODS[:, None] - phase + 0.5) % 1.0 - 0.5)
        belief = self._allowed * closeness[:, None] * np.exp(-0.5 * (away / 0.04) ** 2)
        self._belief[:] = belief / (belief.sum() * BEATS)
        self._phase, self._period = phase % 1.0, period_hops
        self.held = True
        return True

    def release(self) -> None:
        """Follows every tempo again, from where it is."""
        self._allowed = self._valid
        self.held = False

    def step(self, novelty: Novelty) -> Pointer:
        """One hop on."""
        self.evidence.push(novelty.full + 0.5 * novelty.low)
        self._move()
        seen = self._seen
        seen[:] = self._pull
        for template, score in (
            (self._full, novelty.full),
            (self._low, novelty.low),
            (self._snare, novelty.snare),
        ):
            np.multiply(
                template, np.float32(min(max(score, SCORE_RANGE[0]), SCORE_RANGE[1])), out=self._spare
            )
            seen += self._spare
        np.exp(seen, out=seen)
        self._belief *= seen
        self._belief *= self._allowed
        self._belief /= self._belief.sum()
        return self._follow()

    def _move(self) -> None:
        self._hops += 1
        ends = self._belief[:, self._rows, self._ends] @ self._turn
        moved = self._spare
        moved[:, :, 1:] = self._belief[:, :, :-1]
        moved[:, :, 0] = ends[::-1]  # the end of either beat is the start of the other
        reset = RESET_A_HOP
        if self._hops % EVIDENCE_HOPS == 0:
            self._tempo = self.evidence.measure()
            reset += EVIDENCE_LEAK
        moved *= np.float32(1 - reset)
        moved += self._anywhere * (self._tempo * np.float32(reset))[:, None]
        self._belief, self._spare = moved, self._belief

    def _follow(self) -> Pointer:
        np.add(self._belief[0], self._belief[1], out=self._folded)
        phase = (self._phase + 1 / self._period) % 1.0
        mass, near_phase, near_period = self._around(phase, self._period)
        row, column = divmod(int(self._folded.argmax()), COLUMNS)
        best_period = float(PERIODS[row])
        best = self._around(column / best_period, best_period)
        jumped = best[0] > self.SWITCH_RATIO * mass
        if jumped:
            mass, near_phase, near_period = best
        self._phase, self._period = near_phase, near_period
        return Pointer(near_phase, near_period, mass, jumped)

    _ACROSS = np.arange(-2, 3)[:, None]
    _ALONG = np.arange(-4, 5)[None, :]

    def _around(self, phase: float, period: float) -> tuple[float, float, float]:
        """(mass, phase, period): the belief near a beat, and its mean place."""
        rows = min(max(round(period) - int(PERIODS[0]), 2), ROWS - 3) + self._ACROSS
        periods = PERIODS[rows]
        columns = (np.rint(phase * periods).astype(int) + self._ALONG) % periods
        weight = self._folded[rows, columns]
        mass = float(weight.sum())
        if mass < 1e-9:
            return 0.0, phase, period
        away = (columns / periods - phase + 0.5) % 1.0 - 0.5
        moved = float((weight * away).sum()) / mass
        return mass, (phase + moved) % 1.0, float((weight * periods).sum()) / mass
