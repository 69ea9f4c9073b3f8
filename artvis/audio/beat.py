"""The bar pointer: where in the beat the music is and how long a beat lasts, as a belief over all of both.

It follows forward only, one step a hop, and decides nothing about bars, shown confidence or announcing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.tempo import PERIODS, Evidence, TempoEvidence, tempo_prior

Grid = npt.NDArray[np.float32]

ROWS: Final = len(PERIODS)
COLUMNS: Final = int(PERIODS[-1])
RESET_A_HOP: Final = 3e-4
"""Share of belief that begins anew each hop, so that a cut in the music is survived."""
EVIDENCE_HOPS: Final = 8
EVIDENCE_LEAK: Final = 0.01
TEMPO_STIFFNESS: Final = 70.0
"""How unlikely a change of tempo between two beats is. Source: Krebs et al. 2015, eq. 6 (there 100)."""
SCORE_RANGE: Final = (-1.5, 4.0)
FULL_WEIGHT, LOW_WEIGHT = 0.6, 0.5


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


def _template(weights: dict[float, float], width_hops: float) -> Grid:
    """Expected novelty at each state, shape (73, 96): bumps at shares of the beat, zero mean by period."""
    grid = np.zeros((ROWS, COLUMNS))
    for row, period in enumerate(PERIODS):
        at = np.arange(period)
        for share, weight in weights.items():
            distance = np.abs(at - share * period)
            distance = np.minimum(distance, period - distance)
            grid[row, :period] += weight * np.exp(-0.5 * (distance / width_hops) ** 2)
        grid[row, :period] -= grid[row, :period].mean()
    return grid.astype(np.float32)


class BarPointer:
    """A hidden Markov model over (period, hops since the beat), 4,380 states. Source: Krebs et al. 2015."""

    SWITCH_RATIO: Final = 1.5
    """Another beat must be that much more believed before it is followed."""

    def __init__(self) -> None:
        self._full = _template({0.0: 1.0, 0.5: 0.85, 0.25: 0.3, 0.75: 0.3}, 1.5) * np.float32(FULL_WEIGHT)
        self._low = _template({0.0: 1.0, 0.5: 0.25}, 1.8) * np.float32(LOW_WEIGHT)
        self._valid = (np.arange(COLUMNS)[None, :] < PERIODS[:, None]).astype(np.float32)
        ratio = PERIODS[None, :] / PERIODS[:, None]
        turn = np.exp(-TEMPO_STIFFNESS * np.abs(ratio - 1))
        self._turn = (turn / turn.sum(axis=1, keepdims=True)).astype(np.float32)
        self._rows = np.arange(ROWS)
        self._ends = PERIODS - 1
        self._uniform = self._valid / PERIODS[:, None].astype(np.float32)
        self.evidence = TempoEvidence()
        self._allowed: Grid | None = None
        self._hops = 0
        self._tempo: Evidence = tempo_prior()
        self._belief = self._uniform * self._tempo[:, None]
        self._phase, self._period = 0.0, 0.5 * float(PERIODS[0] + PERIODS[-1])

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._tempo = tempo_prior()
        self._belief = self._uniform * self._tempo[:, None]
        self.evidence.forget()
        self._allowed = None

    def hold_to(self, period_hops: float, phase: float, *, slack: float = 0.07) -> None:
        """Follows only periods within `slack` of the given one, from the given phase: a person said so."""
        near = np.abs(PERIODS / period_hops - 1) <= slack
        if not near.any():
            return
        self._allowed = near.astype(np.float32)[:, None]
        closeness = np.exp(-0.5 * ((PERIODS / period_hops - 1) / 0.015) ** 2)
        away = np.abs((np.arange(COLUMNS)[None, :] / PERIODS[:, None] - phase + 0.5) % 1.0 - 0.5)
        belief = self._valid * self._allowed * closeness[:, None] * np.exp(-0.5 * (away / 0.04) ** 2)
        self._belief = (belief / belief.sum()).astype(np.float32)
        self._phase, self._period = phase, period_hops

    @property
    def held(self) -> bool:
        return self._allowed is not None

    def step(self, full: float, low: float) -> Pointer:
        """One hop on, with its two z-scored novelties."""
        lowest, highest = SCORE_RANGE
        self.evidence.push(full + 0.5 * low)
        self._move()
        seen = self._full * np.float32(min(max(full, lowest), highest))
        seen += self._low * np.float32(min(max(low, lowest), highest))
        self._belief *= np.exp(seen)
        self._belief *= self._valid if self._allowed is None else self._valid * self._allowed
        self._belief /= self._belief.sum()
        return self._follow()

    def _move(self) -> None:
        self._hops += 1
        ends = self._belief[self._rows, self._ends]
        moved = np.empty_like(self._belief)
        moved[:, 1:] = self._belief[:, :-1]
        moved[:, 0] = ends @ self._turn
        reset = RESET_A_HOP
        if self._hops % EVIDENCE_HOPS == 0:
            self._tempo = self.evidence.measure()
            reset += EVIDENCE_LEAK
        moved *= np.float32(1 - reset)
        moved += self._uniform * (self._tempo * np.float32(reset))[:, None]
        self._belief = moved

    def _follow(self) -> Pointer:
        phase = (self._phase + 1 / self._period) % 1.0
        mass, near_phase, near_period = self._around(phase, self._period)
        row, column = divmod(int(self._belief.argmax()), COLUMNS)
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
        weight = self._belief[rows, columns]
        mass = float(weight.sum())
        if mass < 1e-9:
            return 0.0, phase, period
        away = (columns / periods - phase + 0.5) % 1.0 - 0.5
        moved = float((weight * away).sum()) / mass
        return mass, (phase + moved) % 1.0, float((weight * periods).sum()) / mass
