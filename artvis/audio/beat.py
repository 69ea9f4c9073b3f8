"""The bar pointer: which beat of the bar it is, where in the beat, and how long a beat is, as a belief over all three.

It follows forward only, one step a hop, and decides nothing about shown confidence or announcing.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.beatnet import NO_TEMPO, TEMPI_BPM, Activation
from artvis.model.music import HOP_S

Grid = npt.NDArray[np.float32]

SLOWEST_BPM, FASTEST_BPM = 54.0, 215.0
PERIODS: Final = np.arange(int(60 / FASTEST_BPM / HOP_S), int(np.ceil(60 / SLOWEST_BPM / HOP_S)) + 1)
"""Every beat period in whole hops, 24 .. 96."""

ROWS: Final = len(PERIODS)
COLUMNS: Final = int(PERIODS[-1])
METRES: Final = (4, 3)
"""Beats in a bar, of the metres that are followed; five and seven are heard as beats with uncertain bars."""
METRE_SHARES: Final = (0.85, 0.15)
"""How common they are, before anything is heard."""
BEATS: Final = sum(METRES)
RESET_A_HOP: Final = 1e-4
"""Share of belief that begins anew each hop, so that a cut in the music is survived."""
TEMPO_HOPS: Final = 8
"""How often the network's word for the tempo counts."""
TEMPO_WEIGHT: Final = 0.05
"""Of that word: what it says of neighbouring moments is nearly the same, and must not count as often."""
TEMPO_STIFFNESS: Final = 80.0
"""How unlikely a change of tempo between two beats is. Source: Krebs et al. 2015, eq. 6 (there 100)."""
METRE_CHANGE: Final = 0.002
"""How likely a bar is followed by one of another metre."""
BEFORE: Final = 2
"""Hops before a beat that still count as on it; column 0 of the belief is so long before the beat."""
WIDTH_HOPS: Final = 1.2
_ON: Final = np.arange(2 * BEFORE + 1)
ON_BEAT: Final = np.exp(-0.5 * ((_ON - BEFORE) / WIDTH_HOPS) ** 2).astype(np.float32)
BEAT_WEIGHT: Final = 0.5
BAR_WEIGHT: Final = 0.35
USUAL: Final = 2.7
"""Added to the logit: a beat fills a fifteenth of its period, so a hop is one with odds of exp(-2.7)."""
SCORE_RANGE: Final = (-3.0, 5.0)
FAINTEST: Final = 1e-3
OPINION_S: Final = 8.0
"""How long an opinion from outside counts: until the next one is due."""
OPINION_WEIGHT: Final = 1.0
"""Of the logarithm of the opinion, beside that of the network's word."""
TEMPO_SLACK: Final = 0.02
"""How far a tempo that was tapped or held may be off, and follow."""
OCTAVE_SLACK: Final = 0.07
NEXT_HOPS: Final = 1.2
"""The next whole periods are always within it: between them lies what is meant."""
COMMON_BAR: Final = 0.8
"""A bar that a person begins is one of four beats, unless so much belief is in another metre."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """The beat that is followed."""

    phase: float
    """0..1 since the last beat, in the time of the network's words (which lag the sound)."""
    period_hops: float
    mass: float
    """0..1: the belief near this beat."""
    jumped: bool
    """Whether another beat than a hop ago is followed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the bar the beat is."""

    beat: int
    """0 is the downbeat."""
    metre: int
    """Beats in the bar."""
    mass: float
    """0..1: the belief in it."""


def _places() -> tuple[npt.NDArray[np.intp], list[int]]:
    """(the beat after each, the firsts of the bars), beats of all metres in one row."""
    follows, firsts, first = [], [], 0
    for metre in METRES:
        firsts.append(first)
        follows += [first + (beat + 1) % metre for beat in range(metre)]
        first += metre
    return np.array(follows), firsts


def _tempo_classes() -> Grid:
    """Spreads the tempo classes over PERIODS, shape (73, 25): linear between the two nearest classes."""
    step = np.log(TEMPI_BPM[1] / TEMPI_BPM[0])
    place = np.log(60 / (PERIODS * HOP_S) / TEMPI_BPM[0]) / step
    return np.asarray(np.clip(1 - np.abs(place[:, None].clip(0, 24) - np.arange(25)), 0, 1), np.float32)


FOLLOWS, FIRSTS = _places()
_SHARES = np.array(METRE_SHARES, np.float32)[:, None]
_PLACE = [beat for metre in METRES for beat in range(metre)]
_METRE = [metre for metre in METRES for _ in range(metre)]


class BarPointer:
    """A hidden Markov model over (beat of a bar of four or three, period, hops since the beat), 30,660 states.

    Forward only. Source: Krebs, Böck & Widmer 2015 (state space); how the network's words count is our own.

    Belief moves on by a column a hop; it lies still in memory, and what moves is `_start`, the slot of column 0 in each
    row, which is a ring of as many slots as the period has hops.
    """

    SWITCH_RATIO: Final = 1.5
    """Another beat must be that much more believed before it is followed."""

    def __init__(self) -> None:
        self._valid = (np.arange(COLUMNS)[None, :] < PERIODS[:, None]).astype(np.float32)
        ratio = PERIODS[None, :] / PERIODS[:, None]
        turn = np.exp(-TEMPO_STIFFNESS * np.abs(ratio - 1))
        self._turn = (turn / turn.sum(axis=1, keepdims=True)).astype(np.float32)
        self._rows = np.arange(ROWS)
        common = np.repeat(np.array(METRE_SHARES) / METRES, METRES)[:, None, None]
        self._anywhere = (common * self._valid / PERIODS[:, None]).astype(np.float32)
        self._classes = _tempo_classes()
        self._belief = np.empty((BEATS, ROWS, COLUMNS), np.float32)
        self._folded = np.empty((ROWS, COLUMNS), np.float32)
        self._total = 1.0
        self._hops = 0
        self._start = np.zeros(ROWS, np.int64)
        self.now = Pointer(0.0, 43.0, 0.0, jumped=False)
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._belief[:] = self._anywhere / ROWS
        self._hops = 0
        self._opinion = NO_TEMPO
        self._opinion_until = 0
        self._count_all()
        self.release()

    # -- the hand ------------------------------------------------------------------------------------

    def release(self) -> None:
        """Follows the music alone again."""
        self._near_rows: Grid | None = None
        self._keeps_phase = self._fixed = False

    @property
    def held(self) -> bool:
        """Whether a person has said what the tempo is, and has not let go."""
        return self._near_rows is not None

    def hold_to(self, period_hops: float, phase: float, place: int | None, *, fixed: bool = False) -> bool:
        """Follows the given beat, wherever the music's own is; `place` 0 if the nearest is a downbeat, None if unsaid.

        It goes along with a tempo that drifts, unless it is `fixed`. False, and nothing changes, when the period is
        none that can be followed.
        """
        if not self._limit(period_hops, 0.0 if fixed else TEMPO_SLACK):
            return False
        self._fixed = fixed
        closeness = np.exp(-0.5 * ((PERIODS / period_hops - 1) / 0.012) ** 2)
        belief = self._valid * closeness[:, None] * self._window(phase, 0.04)
        by_beat = np.full(BEATS, 1e-6)
        if place is None:
            by_beat += self._by_beat(self.now.phase, self.now.period_hops)
        else:
            one = self._bar_to_begin()
            is_ahead = phase % 1.0 > 0.5  # then the beat that is over is the last of the bar before
            by_beat[one + _METRE[one] - 1 if is_ahead else one] = 1.0
        self._belief[:] = (by_beat / by_beat.sum()).astype(np.float32)[:, None, None] * belief
        self._count_all()
        self._keeps_phase = True
        self.now = Pointer(phase % 1.0, period_hops, 1.0, jumped=True)
        return True

    def _bar_to_begin(self) -> int:
        """The downbeat of the metre that is heard, where it is heard plainly; else of the common one."""
        by_beat = self._by_beat(self.now.phase, self.now.period_hops)
        shares = np.add.reduceat(by_beat, FIRSTS) / (by_beat.sum() + 1e-12)
        return FIRSTS[int(shares.argmax()) if shares.max() > COMMON_BAR else 0]

    def scale_to(self, period_hops: float) -> bool:
        """Follows the same beat at another octave of its tempo, and no other from now on."""
        period, phase = self.now.period_hops, self.now.phase
        if not self._limit(period_hops, OCTAVE_SLACK):
            return False
        self._fixed = False
        if period_hops > period and self.place().beat % 2:  # of two beats the one on an odd place is left out
            phase += 1
        self._keeps_phase = False
        closeness = np.exp(-0.5 * ((PERIODS / period_hops - 1) / 0.03) ** 2)
        phase = (phase * period / period_hops) % 1.0
        self._belief[:] = self._anywhere * closeness[:, None] * self._window(phase, 0.06)
        self._count_all()
        self.now = Pointer(phase, period_hops, 1.0, jumped=True)
        return True

    def _limit(self, period_hops: float, slack: float) -> bool:
        near = np.abs(PERIODS - period_hops) <= max(slack * period_hops, NEXT_HOPS)
        if not near.any():
            return False
        self._slack = slack
        self._near_rows = near.astype(np.float32)[:, None]
        return True

    def _window(self, phase: float, width: float) -> Grid:
        """How near each state is to `phase`, shape (73, 96), 1 at it."""
        columns = (np.arange(COLUMNS)[None, :] - self._start[:, None]) % PERIODS[:, None]
        away = np.abs(((columns - BEFORE) / PERIODS[:, None] - phase + 0.5) % 1.0 - 0.5)
        return np.asarray(np.exp(-0.5 * (away / width) ** 2), np.float32)

    def hear_opinion(self, bpm: float, confidence: float) -> None:
        """Somebody who has heard more holds `bpm` for the tempo; it counts by its confidence, for OPINION_S."""
        octaves = np.log2(TEMPI_BPM / bpm)
        likely = 1 - confidence + confidence * np.exp(-0.5 * (octaves / 0.06) ** 2)
        self._opinion = np.asarray(OPINION_WEIGHT * np.log(np.maximum(likely, 0.05)), np.float32)
        self._opinion_until = self._hops + round(OPINION_S / HOP_S)

    # -- the music -----------------------------------------------------------------------------------

    def step(self, heard: Activation, *, heed: bool = True) -> Pointer:
        """One hop on. With `heed` False a beat that is held runs on by itself: the music says nothing for sure."""
        self._hops += 1
        self._start = (self._start - 1) % PERIODS
        slots = (self._start[:, None] + _ON) % PERIODS[:, None]
        near = self._belief[:, self._rows[:, None], slots]
        before = near.sum()
        near[:, :, 0] = self._moved_on(near[:, :, 0])
        near *= self._factors(heard)
        self._belief[:, self._rows[:, None], slots] = near
        self._folded[self._rows[:, None], slots] = near.sum(axis=0)
        self._total += float(near.sum() - before)
        if self._keeps_phase:
            self._stay_with_the_hand()
        elif self._hops % TEMPO_HOPS == 0:
            heeded = self._hops < self._opinion_until
            self._weigh_tempo(heard.tempo + self._opinion if heeded else heard.tempo)
        if self._keeps_phase and not heed:
            ahead = self.now.phase + 1 / self.now.period_hops
            self.now = Pointer(ahead % 1.0, self.now.period_hops, self.now.mass, jumped=False)
        else:
            self.now = self._follow()
            if self.held and heed and not self._fixed:
                self._limit(self.now.period_hops, self._slack)
        return self.now

    def _moved_on(self, ends: Grid) -> Grid:
        """What begins a beat now, of what was at the ends of the beats before, both shape (7, 73)."""
        begun = np.empty_like(ends)
        begun[FOLLOWS] = ends @ self._turn
        firsts = begun[FIRSTS]
        begun[FIRSTS] = firsts + METRE_CHANGE * (_SHARES * firsts.sum(axis=0) - firsts)
        return begun

    @staticmethod
    def _factors(heard: Activation) -> Grid:
        """How much better the network's words fit the states on a beat than the others, shape (7, 1, 5)."""
        beat = min(max(heard.beat, FAINTEST), 1 - FAINTEST)
        low, high = SCORE_RANGE
        score = BEAT_WEIGHT * min(max(math.log(beat / (1 - beat)) + USUAL, low), high)
        share = min(max(heard.downbeat / beat, 0.02), 0.98)
        # the share says something only where there is a beat
        scores = np.full(BEATS, score + beat * BAR_WEIGHT * math.log((1 - share) * 4 / 3), np.float32)
        scores[FIRSTS] = score + beat * BAR_WEIGHT * math.log(share * 4)
        return np.asarray(np.exp(scores[:, None, None] * ON_BEAT), np.float32)

    def _weigh_tempo(self, words: Grid) -> None:
        """Counts the network's word for the tempo, and lets a little of the belief begin anew at that tempo."""
        likely = self._classes @ np.exp(words - words.max())
        likely /= likely.sum()
        anew = RESET_A_HOP * TEMPO_HOPS
        self._belief *= (likely**TEMPO_WEIGHT * np.float32((1 - anew) / max(self._total, 1e-30)))[:, None]
        self._belief += self._anywhere * (likely * np.float32(anew))[:, None]
        if self._near_rows is not None:
            self._belief *= self._near_rows
        self._count_all()

    def _stay_with_the_hand(self) -> None:
        self._belief *= self._window(self.now.phase + 1 / self.now.period_hops, 0.07)
        self._belief *= np.float32(1 / max(float(self._belief.sum()), 1e-30))
        if self._near_rows is not None:
            self._belief *= self._near_rows
        self._count_all()

    def _count_all(self) -> None:
        np.sum(self._belief, axis=0, out=self._folded)
        self._total = float(self._folded.sum())

    # -- reading out ---------------------------------------------------------------------------------

    def place(self) -> Place:
        """The place in its bar of the beat that is over."""
        by_beat = self._by_beat(self.now.phase, self.now.period_hops)
        best = int(by_beat.argmax())
        return Place(_PLACE[best], _METRE[best], float(by_beat[best] / (by_beat.sum() + 1e-12)))

    def _by_beat(self, phase: float, period: float) -> npt.NDArray[np.float64]:
        rows, columns = self._near(phase, period)
        periods = PERIODS[rows]
        weight = self._belief[:, rows, (columns + self._start[rows]) % periods]
        laps = columns // periods
        found = (weight * (laps == 0)).sum(axis=(1, 2), dtype=np.float64)
        ahead = (weight * (laps == 1)).sum(axis=(1, 2), dtype=np.float64)
        behind = (weight * (laps == -1)).sum(axis=(1, 2), dtype=np.float64)
        found += ahead[FOLLOWS]
        found[FOLLOWS] += behind
        return np.asarray(found, np.float64)

    def _follow(self) -> Pointer:
        phase = (self.now.phase + 1 / self.now.period_hops) % 1.0
        mass, near_phase, near_period = self._around(phase, self.now.period_hops)
        row, slot = divmod(int(self._folded.argmax()), COLUMNS)
        best_period = float(PERIODS[row])
        column = (slot - int(self._start[row])) % int(PERIODS[row])
        best_phase = ((column - BEFORE) / best_period) % 1.0
        away_hops = ((best_phase - phase + 0.5) % 1.0 - 0.5) * best_period
        jumped = False
        if abs(best_period - self.now.period_hops) > 2 or abs(away_hops) > 4:
            best = self._around(best_phase, best_period)
            jumped = best[0] > self.SWITCH_RATIO * mass
            if jumped:
                mass, near_phase, near_period = best
        return Pointer(near_phase, near_period, mass / max(self._total, 1e-30), jumped)

    _ACROSS = np.arange(-2, 3)[:, None]
    _ALONG = np.arange(-4, 5)[None, :]

    def _near(self, phase: float, period: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """(rows, columns) of the states near a beat; columns run over the ends of the beat."""
        rows = min(max(round(period) - int(PERIODS[0]), 2), ROWS - 3) + self._ACROSS
        return rows, np.rint(phase * PERIODS[rows]).astype(int) + BEFORE + self._ALONG

    def _around(self, phase: float, period: float) -> tuple[float, float, float]:
        """(mass, phase, period): the belief near a beat, and its mean place."""
        rows, columns = self._near(phase, period)
        periods = PERIODS[rows]
        weight = self._folded[rows, (columns + self._start[rows]) % periods]
        mass = float(weight.sum())
        if mass < 1e-9 * self._total:
            return 0.0, phase, period
        away = (columns - BEFORE) / periods - phase
        moved = float((weight * away).sum()) / mass
        return mass, (phase + moved) % 1.0, float((weight * periods).sum()) / mass
