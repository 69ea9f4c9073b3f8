"""Tempo, beats and bars of the music, and the person who knows them better.

It reads novelty and chroma from feature frames; how likely each beat is stands in beat.py.
"""

from typing import Final

import numpy as np

from artvis.audio.beat import BarPointer, Pointer
from artvis.audio.beatclock import BeatClock, ClockReading
from artvis.audio.downbeat import BEATS_IN_BAR, BarCounter
from artvis.audio.features import FeatureFrame
from artvis.audio.onset import LAG_S
from artvis.model.music import HOP_S, Beat, MusicEvent, Tempo

TRUST_FROM: Final = 0.30
"""Confidence from which beats are announced."""
TRUST_UNTIL: Final = 0.18
MODESTY: Final = 0.93
"""Of ten beats believed for certain that many are right, on music with known beats."""
SURE_BY_HAND: Final = 0.95
"""Confidence of a tempo that a person has tapped."""
TEMPO_STEP: Final = 0.01
CONFIDENCE_STEP: Final = 0.15
SILENCE_FORGETS_S: Final = 2.0
TAPS: Final = 4
TAP_PAUSE_S: Final = 2.0


class Rhythm:
    """Follows the beat hop by hop, and obeys taps."""

    def __init__(self) -> None:
        self._pointer = BarPointer()
        self._clock = BeatClock()
        self._bars = BarCounter()
        self._now = Pointer(0.0, 50.0, 0.0, jumped=False)
        self._taps: list[float] = []
        self._trusted = False
        self._silent_s = 0.0
        self._bpm = 0.0
        self._said_bpm, self._said_confidence = 0.0, 0.0
        self._announced_s = -10.0
        self._announced_downbeat = False
        self._t_s = 0.0
        self.confidence = 0.0
        self.beat_count, self.bar_count = 0, 0
        self.phase = 0.0
        self._beat_in_bar = 0

    @property
    def bpm(self) -> float:
        """0 when no tempo is known."""
        return self._bpm if self._trusted else 0.0

    @property
    def held(self) -> bool:
        """Whether a person has set the tempo."""
        return self._pointer.held

    @property
    def bar_phase(self) -> float:
        return (self._beat_in_bar + self.phase) / BEATS_IN_BAR

    def advance(self, frame: FeatureFrame) -> list[MusicEvent]:
        """One hop on: beats that are announced, and the tempo when it changes."""
        self._t_s = frame.t_s
        if frame.silent:
            self._rest()
        else:
            self._silent_s = 0.0
            self._now = self._pointer.step(frame.novelty)
            self._judge()
        self._bars.hear(frame.novelty, frame.chroma)
        reading = self._clock.step(frame.t_s, self._now, trusted=self._trusted)
        self.phase = reading.phase
        return self._tell(reading)

    def _rest(self) -> None:
        self._silent_s += HOP_S
        self._trusted = False
        self.confidence = 0.0
        if self._silent_s > SILENCE_FORGETS_S and self._silent_s - HOP_S <= SILENCE_FORGETS_S:
            self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self._pointer.forget()
        self._clock.forget()
        self._bars.forget()
        self._trusted, self.confidence = False, 0.0
        self._bpm = self._said_bpm = 0.0

    def _judge(self) -> None:
        clear = min(1.0, max(0.0, (self._pointer.evidence.clarity - 0.12) / 0.25))
        sure = MODESTY * self._now.mass * clear
        pace = HOP_S / (0.3 if sure < self.confidence else 0.6)
        self.confidence += (sure - self.confidence) * pace
        if self._pointer.held:
            self.confidence = max(self.confidence, SURE_BY_HAND)
        self._trusted = self.confidence >= (TRUST_UNTIL if self._trusted else TRUST_FROM)
        bpm = 60 / (self._now.period_hops * HOP_S)
        near = abs(bpm / self._bpm - 1) < 0.06 if self._bpm else False
        self._bpm = self._bpm + (bpm - self._bpm) * HOP_S / 0.8 if near else bpm

    def _tell(self, reading: ClockReading) -> list[MusicEvent]:
        events: list[MusicEvent] = []
        if self._trusted:
            events.extend(self._tell_tempo())
        if reading.announced_s is not None:
            gap_s = reading.announced_s - self._announced_s
            self._bars.beat(max(1, round(gap_s / (self._now.period_hops * HOP_S))) if gap_s < 8 else 1)
            self._announced_s = reading.announced_s
            self._announced_downbeat = self._bars.position == 0
            events.append(Beat(self._t_s, reading.announced_s, self.confidence, self._announced_downbeat))
        if reading.reached:
            self.beat_count += 1
            self.bar_count += self._announced_downbeat
            self._beat_in_bar = self._bars.position
        return events

    def _tell_tempo(self) -> list[MusicEvent]:
        changed = self._said_bpm == 0 or abs(self._bpm / self._said_bpm - 1) > TEMPO_STEP
        if not changed and abs(self.confidence - self._said_confidence) < CONFIDENCE_STEP:
            return []
        self._said_bpm, self._said_confidence = self._bpm, self.confidence
        return [Tempo(self._t_s, self._bpm, self.confidence)]

    def tap(self, t_s: float) -> None:
        """A tap at `t_s`, in seconds of audio; from the fourth on tempo and phase are the person's."""
        if self._taps and t_s - self._taps[-1] > TAP_PAUSE_S:
            self._taps = []
        self._taps = [*self._taps[-15:], t_s]
        if len(self._taps) < TAPS:
            return
        numbers = np.arange(len(self._taps))
        period_s = float(np.median(np.diff(self._taps)))
        if len(self._taps) > TAPS:  # a line through all taps is steadier than the median of gaps
            period_s = float(np.polyfit(numbers, self._taps, 1)[0])
        first_s = float(np.median(np.array(self._taps) - numbers * period_s))
        self._hold(period_s, first_s)

    def resync(self, t_s: float) -> None:
        """Beat one is at `t_s`."""
        self._hold(self._now.period_hops * HOP_S, t_s)
        self._clock.beat_by_hand(t_s)
        self._bars.set_downbeat()
        self._announced_s = t_s
        self._beat_in_bar = 0
        self.phase = 0.0
        self.beat_count += 1
        self.bar_count += 1

    def scale(self, factor: float) -> None:
        """The tempo times `factor`: 2 doubles it, 0.5 halves it."""
        period_s = self._now.period_hops * HOP_S / factor
        beat_s = self._t_s - LAG_S - self._now.phase * self._now.period_hops * HOP_S
        self._hold(period_s, beat_s)

    def hold_tempo(self) -> None:
        """The tempo stays as it is until it is let go."""
        self.scale(1.0)

    def release(self) -> None:
        """The music is followed again."""
        self._pointer.release()

    def _hold(self, period_s: float, beat_s: float) -> None:
        phase = ((self._t_s - LAG_S - beat_s) / period_s) % 1.0
        if not self._pointer.hold_to(period_s / HOP_S, phase):
            return
        self._now = Pointer(phase, period_s / HOP_S, 1.0, jumped=True)
        self._bpm = 60 / period_s
