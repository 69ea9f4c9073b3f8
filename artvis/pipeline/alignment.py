"""Which moment of the music to draw, so that what is seen is on the beat of what is heard.

It measures nothing and reads no clock: delays and moments come in as values.
"""

from dataclasses import dataclass, replace
from math import floor, inf
from typing import Final

from artvis.model.music import HOP_S, MusicState
from artvis.pipeline.barcount import BarCount

REACH_S: Final = 0.5
"""Furthest that is looked ahead (predicted) or back (remembered)."""
LOST_S: Final = 0.03
"""Hops that are later than this, many in a row, are not late: sound was lost, and all that follows comes later."""
LOST_HOPS: Final = 30
WINDOW_S: Final = 8.0
"""The earliest arrival of so long counts: a stream can be late by one block for seconds on end."""
EASING: Final = 0.02


@dataclass(frozen=True, slots=True)
class Alignment:
    """The delays between a sound in the air and the same sound on the screen."""

    capture_s: float = 0.0
    """From a sound's way into the output (or the microphone) until it arrives here."""
    analysis_s: float = 0.0
    """From its arrival until it is analysed, the wait for a whole hop included."""
    output_s: float = 0.0
    """What the output still held back of it when it was captured: it is in the air that much later."""
    display_s: float = 0.0
    """From the tick of a video frame until it is lit."""
    offset_s: float = 0.0
    """What a person has calibrated: above 0 the picture comes earlier, below 0 later."""

    @property
    def picture_s(self) -> float:
        """From now to the arrival of the sound that is in the air when the frame ticked now is lit; it may be < 0."""
        wanted_s = self.capture_s - self.output_s + self.display_s + self.offset_s
        return min(REACH_S, max(-REACH_S, wanted_s))

    @property
    def ear_s(self) -> float:
        """From now to the arrival of the sound that is in the air now.

        An offset below 0 means that the output holds back more than it says (Bluetooth); one above 0 is the screen's.
        """
        return max(-REACH_S, self.capture_s - self.output_s + min(self.offset_s, 0.0))

    @property
    def applied_s(self) -> float:
        """How far beyond the newest state is drawn: above 0 it is predicted, below 0 the picture waits."""
        return self.picture_s + self.analysis_s


class ArrivalClock:
    """When sound arrives, without the jitter of blocks and threads: jitter only ever delays, so the earliest count."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew, as after sound that was passed over."""
        self._offset_s = self._lowest_s = self._lowest_before_s = inf
        self._window_ends_s = 0.0
        self._lost = 0

    def step(self, t_s: float, seen_s: float) -> float:
        """When the sound at `t_s` (seconds of audio) arrived, given that it was seen at `seen_s` (monotonic)."""
        offset_s = seen_s - t_s
        self._lost = self._lost + 1 if offset_s > self._offset_s + LOST_S else 0
        if self._lost > LOST_HOPS:
            self.forget()
        if seen_s >= self._window_ends_s:
            self._lowest_before_s, self._lowest_s = self._lowest_s, inf
            self._window_ends_s = seen_s + WINDOW_S
        self._lowest_s = min(self._lowest_s, offset_s)
        lowest_s = min(self._lowest_s, self._lowest_before_s)
        if lowest_s < self._offset_s:
            self._offset_s = lowest_s
        else:
            self._offset_s += EASING * (lowest_s - self._offset_s)
        return t_s + self._offset_s


class SteadyBeat:
    """Lets beat and bar go forward only: a beat that was drawn because it was predicted is not drawn again."""

    def __init__(self) -> None:
        self._beat = self._bar = 0.0
        self._bars = BarCount()

    def step(self, music: MusicState) -> MusicState:
        """`music` as it is drawn. What falls back by a whole beat or bar has begun anew, and is taken as it is."""
        beat, bar = music.beat_count + music.beat_phase, music.bar_count + music.bar_phase
        beat_kept, bar_kept = beat < self._beat < beat + 1.0, bar < self._bar < bar + 1.0
        if not beat_kept:
            self._beat = beat
        if not bar_kept:
            self._bar = bar
        if not (beat_kept or bar_kept):
            return self._bars.step(music, music)
        beat_count, bar_count = floor(self._beat), floor(self._bar)
        shown = replace(
            music,
            beat_count=beat_count,
            beat_phase=self._beat - beat_count,
            bar_count=bar_count,
            bar_phase=self._bar - bar_count,
        )
        return self._bars.step(shown, music)

    def strike(self) -> None:
        """Beat one is now: a person said so, and the next frame shows it. One that has just been drawn is that one."""
        self._beat, self._bar = _struck(self._beat, 0.3), _struck(self._bar, 0.08)
        self._bars.strike(floor(self._beat))


def _struck(position: float, just: float) -> float:
    return floor(position) + (1.0 if position % 1.0 >= just else 0.0)


def moved(music: MusicState, ahead_s: float) -> MusicState:
    """The beat moved on by `ahead_s` (back when it is < 0), as it will be at this tempo; nothing else changes."""
    if music.bpm <= 0.0 or music.silent or ahead_s == 0.0:
        return music
    beats = min(REACH_S, max(-REACH_S, ahead_s)) * music.bpm / 60.0
    phase, bar_phase = music.beat_phase + beats, music.bar_phase + beats / music.beats_in_bar
    beats_passed, bars_passed = floor(phase), floor(bar_phase)
    return replace(
        music,
        beat_count=music.beat_count + beats_passed,
        beat_phase=phase - beats_passed,
        bar_count=music.bar_count + bars_passed,
        bar_phase=bar_phase - bars_passed,
    )


def remembered(before: tuple[MusicState, ...], newest: MusicState, back_s: float) -> MusicState:
    """The state `back_s` before the newest one, out of those `before` it, a hop apart and the latest last."""
    hops = -floor(-back_s / HOP_S)
    if hops > len(before):
        oldest = before[0] if before else newest
        return moved(oldest, -(back_s - len(before) * HOP_S))
    return moved(before[-hops], hops * HOP_S - back_s)


def retold(before: tuple[MusicState, ...], newest: MusicState) -> tuple[MusicState, ...]:
    """The states before the newest one as if its beat had always been: what a person says of the beat holds at once."""
    told = []
    for hops, state in zip(range(len(before), 0, -1), before, strict=True):
        beat = moved(newest, -hops * HOP_S)
        told.append(
            replace(
                state,
                bpm=beat.bpm,
                confidence=beat.confidence,
                beat_count=beat.beat_count,
                beat_phase=beat.beat_phase,
                bar_count=beat.bar_count,
                bar_phase=beat.bar_phase,
                beats_in_bar=beat.beats_in_bar,
            )
        )
    return tuple(told)
