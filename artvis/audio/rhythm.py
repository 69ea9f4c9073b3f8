"""Tempo, beats and bars of the music, and the person who knows them better.

It reads the network's words hop by hop; how likely each beat is stands in beat.py.
"""

from collections import deque
from typing import Final

from artvis.audio.beat import BarPointer, Place, Pointer
from artvis.audio.beatclock import BeatClock, ClockReading
from artvis.audio.beatnet import DELAY_S, Activation
from artvis.audio.tapping import Taps
from artvis.audio.trust import TRUST_UNTIL, Trust
from artvis.model.music import HOP_S, Beat, MusicEvent, Tempo

SURE_BY_HAND: Final = 0.95
"""Confidence of a tempo that a person has tapped."""
TEMPO_STEP: Final = 0.01
TEMPO_STEP_BY_HAND: Final = 0.001
CONFIDENCE_STEP: Final = 0.15
SILENCE_FORGETS_S: Final = 2.0
TEMPO_FROM_S: Final = 2.0
HELD_PACE_S: Final = 8.0
"""How slowly a tempo that a person has said is learnt anew, where it may drift."""
TEMPO_OVER_HOPS: Final = 350
"""The tempo is the mean of 4 s."""
HEED_FROM: Final = 0.6
"""Confidence from which the music moves a beat that a person has set, a little."""
NEARLY: Final = 0.25
"""Of a beat: who says so near a beat that it is the first means that beat."""


class Rhythm:
    """Follows the beat hop by hop, and obeys the hand."""

    def __init__(self) -> None:
        self._pointer = BarPointer()
        self._clock = BeatClock()
        self._trust = Trust()
        self._taps = Taps()
        self._now = self._pointer.now
        self._silent_s = 0.0
        self._held_in_silence = False
        self._bpm = 0.0
        self._believed_period_s = 0.0
        """What the music alone last said: 0 when that was nothing."""
        self._beats_followed = 0.0
        self._passed: deque[tuple[float, float]] = deque(maxlen=TEMPO_OVER_HOPS)
        """When the beat had come how far."""
        self._said_bpm, self._said_confidence = 0.0, 0.0
        self._announced = Place(0, 4, 0.0)
        self._t_s = 0.0
        self.beat_count, self.bar_count = 0, 0
        self.phase = 0.0
        self._beat_in_bar = 0

    @property
    def bpm(self) -> float:
        """0 when no tempo is known."""
        return self._bpm if self._trusted else 0.0

    @property
    def confidence(self) -> float:
        """0..1: of the beats announced now so many are right."""
        if self.held:
            return SURE_BY_HAND
        return self._trust.confidence if self._trust.trusted else min(self._trust.confidence, TRUST_UNTIL)

    @property
    def held(self) -> bool:
        """Whether a person has said what the tempo is, and has not let go."""
        return self._pointer.held

    @property
    def beats_in_bar(self) -> int:
        return self._announced.metre

    @property
    def bar_phase(self) -> float:
        return min((self._beat_in_bar + self.phase) / self.beats_in_bar, 0.9999)

    @property
    def _trusted(self) -> bool:
        return self.held or self._trust.trusted

    def advance(self, t_s: float, heard: Activation, *, silent: bool) -> list[MusicEvent]:
        """One hop on, to `t_s`: beats that are announced, and the tempo when it changes."""
        self._t_s = t_s
        if silent:
            self._rest()
        else:
            self._silent_s = 0.0
        if not silent or self.held:
            heed = not silent and (not self.held or self._trust.confidence > HEED_FROM)
            before = self._now
            self._now = self._pointer.step(Activation(0.0, 0.0, 0.0) if silent else heard, heed=heed)
            self._trust.step(self._now, heard)
            self._learn_tempo(before)
        reading = self._clock.step(t_s, self._now, trusted=self._trusted)
        self.phase = reading.phase
        return self._tell(reading)

    def _rest(self) -> None:
        before_s, self._silent_s = self._silent_s, self._silent_s + HOP_S
        self._trust.rest()
        if before_s <= SILENCE_FORGETS_S < self._silent_s and not self._held_in_silence:
            self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track; what was said during the silence before it stands."""
        if self._held_in_silence:
            self._held_in_silence = False
            return
        self._pointer.forget()
        self._clock.forget()
        self._trust.forget()
        self._bpm = self._said_bpm = 0.0

    def _learn_tempo(self, before: Pointer) -> None:
        """From how far the beat has come in the last seconds, which is finer than the periods of the pointer."""
        moved = self._now.phase - before.phase
        self._beats_followed += moved if moved > -0.5 else moved + 1
        if self._now.jumped:
            self._passed.clear()
            self._bpm = 60 / (self._now.period_hops * HOP_S)
        self._passed.append((self._t_s, self._beats_followed))
        t_s, beats = self._passed[0]
        if self._t_s - t_s > TEMPO_FROM_S:
            bpm = 60 * (self._beats_followed - beats) / (self._t_s - t_s)
            self._bpm += (bpm - self._bpm) * (HOP_S / HELD_PACE_S if self.held else 1.0)

    def _tell(self, reading: ClockReading) -> list[MusicEvent]:
        events: list[MusicEvent] = []
        if self._trusted:
            events.extend(self._tell_tempo())
        if reading.announced_s is not None:
            self._announced = self._place_ahead()
            one = self._announced.beat == 0
            events.append(Beat(self._t_s, reading.announced_s, self.confidence, one))
        if reading.reached:
            self.beat_count += 1
            self.bar_count += self._announced.beat == 0
            self._beat_in_bar = self._announced.beat
        return events

    def _place_ahead(self) -> Place:
        """The place in the bar of the beat that is announced."""
        over = self._pointer.place()
        if self._now.phase < 0.5:  # in the time of the network, which lags, it is over already
            return over
        return Place((over.beat + 1) % over.metre, over.metre, over.mass)

    def _tell_tempo(self) -> list[MusicEvent]:
        step = TEMPO_STEP_BY_HAND if self.held else TEMPO_STEP
        changed = self._said_bpm == 0 or abs(self._bpm / self._said_bpm - 1) > step
        if not changed and abs(self.confidence - self._said_confidence) < CONFIDENCE_STEP:
            return []
        self._said_bpm, self._said_confidence = self._bpm, self.confidence
        return [Tempo(self._t_s, self._bpm, self.confidence)]

    def second_opinion(self, bpm: float, confidence: float) -> None:
        """The deep listener's tempo: it counts for a while beside the network's own words, and never alone."""
        self._pointer.hear_opinion(bpm, confidence)

    # -- the hand ------------------------------------------------------------------------------------

    def tap(self, t_s: float) -> None:
        """A tap at `t_s`, in seconds of audio; from the fourth on tempo and phase are the person's."""
        if not self.held:
            self._believed_period_s = 60 / self.bpm if self.bpm else 0.0
        tapped = self._taps.add(t_s, believed_period_s=self._believed_period_s)
        if tapped is not None:
            self._hold(tapped.period_s, tapped.beat_s)

    def resync(self, t_s: float) -> None:
        """Beat one is at `t_s`. A beat that has been counted just before or after it is that one."""
        period_s = self._now.period_hops * HOP_S
        meant = self.beat_count > 0 and abs(t_s - self._clock.last_s) < NEARLY * period_s
        self.beat_count += not meant
        self.bar_count += not (meant and self._beat_in_bar == 0)
        self._hold(period_s, t_s, place=0)
        self.phase = self._clock.beat_by_hand(t_s, now_s=self._t_s, period_s=period_s)
        self._announced = Place(0, self.beats_in_bar, 1.0)
        self._beat_in_bar = 0

    def scale(self, factor: float) -> None:
        """The tempo times `factor`: 2 doubles it, 0.5 halves it; held until it is let go."""
        period_hops = self._now.period_hops / factor
        if self._pointer.scale_to(period_hops):
            self._take_by_hand(period_hops * HOP_S)

    def hold_tempo(self) -> None:
        """Keeps the tempo that is followed now, whatever the music does, until it is let go."""
        if self._bpm:
            beat_s = self._t_s - DELAY_S - self._now.phase * self._now.period_hops * HOP_S
            self._hold(60 / self._bpm, beat_s, fixed=True)

    def release(self) -> None:
        """Lets go of what a person has said: the music alone is followed again."""
        self._pointer.release()
        self._held_in_silence = False

    def _hold(self, period_s: float, beat_s: float, *, place: int | None = None, fixed: bool = False) -> None:
        phase = ((self._t_s - DELAY_S - beat_s) / period_s) % 1.0
        if not self._pointer.hold_to(period_s / HOP_S, phase, place, fixed=fixed):
            return
        self._take_by_hand(period_s)

    def _take_by_hand(self, period_s: float) -> None:
        self._now = self._pointer.now
        self._bpm = 60 / period_s
        self._passed.clear()
        self._held_in_silence = self._silent_s > 0
