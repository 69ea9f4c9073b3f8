"""From measures to music: the state that is shown, and the events that a live listener learns.

It decides with what is in the feature frames alone; it takes no clock, opens nothing, and keeps no sound.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from artvis.audio.chroma import EVERY_HOPS
from artvis.audio.deepresult import DeepResult
from artvis.audio.features import FeatureFrame
from artvis.audio.key import KeyFinder
from artvis.audio.mood import LiveMood, MoodFacts, share
from artvis.audio.rhythm import Rhythm
from artvis.audio.section import SectionFinder
from artvis.model.music import HOP_S, Key, Level, Mood, MusicEvent, MusicState, Onset, Section, Silence

NEW_TRACK_SILENCE_S: Final = 2.0
LEVEL_EVERY_S: Final = 0.4
MOOD_EVERY_S: Final = 2.0
ONSET_RATE_S: Final = 8.0
METER_FLOOR_LUFS: Final = -60.0
KEY_CONFIDENCE_STEP: Final = 0.15
NOISE_FLATNESS: Final = (0.35, 0.56)
"""From the first on music begins to be noise, at the second it is little else."""
SHORT_TERM_S: Final = 3.0
FIRST_SECTION: Final = "A"
SECTION_LAG_S: Final = 4.5
"""A section is noticed when its first seconds are over."""
SAME_TRACK_S: Final = 6.0
"""A track that begins after a silence and is named by a player this much earlier or later is one track."""
NEARBY_S: Final = 4.0
"""Two boundaries that near are the same one, found twice."""


@dataclass(slots=True)
class _Said:
    """What was announced last, so that an event is a change."""

    key: str = ""
    key_confidence: float = 0.0
    level_s: float = -1.0
    mood_s: float = 0.0


class MusicTracker:
    """Advances the music by one feature frame at a time."""

    def __init__(self) -> None:
        self._rhythm = Rhythm()
        self._key = KeyFinder()
        self._mood = LiveMood()
        self._sections = SectionFinder()
        self._onsets: deque[float] = deque(maxlen=400)
        self._said = _Said()
        self._t_s = 0.0
        self._silent, self._silent_s = True, 0.0
        self._sound_s = 0.0
        """Seconds since the last silence."""
        self._tracks, self._section_count = 0, 0
        self._named_track_waits = False
        self._heard_track_s, self._named_track_s = 0.0, -SAME_TRACK_S
        self._section, self._section_s = "", 0.0
        self._deep_sections = False

    def advance(self, frame: FeatureFrame) -> tuple[MusicState, tuple[MusicEvent, ...]]:
        """One hop on: the state at `frame.t_s`, and what was learnt in it, in order."""
        self._t_s = frame.t_s
        events: list[MusicEvent] = []
        self._hear_silence(frame, events)
        if self._named_track_waits:
            self._begin_named_track(events)
        events.extend(self._rhythm.advance(frame.t_s, frame.pulse, silent=frame.silent))
        if not frame.silent:
            self._hear_onset(frame, events)
            self._hear_key(frame, events)
            self._hear_section(frame, events)
            self._hear_mood(frame, events)
        if frame.t_s - self._said.level_s >= LEVEL_EVERY_S:
            self._said.level_s = frame.t_s
            events.append(Level(frame.t_s, frame.momentary_lufs, frame.bass, frame.mid, frame.treble))
        return self._state(frame), tuple(events)

    def hint(self, deep: DeepResult) -> tuple[MusicEvent, ...]:
        """A deep result has come: it leans on the mood and on the key, and says which section this is."""
        self._mood.hint(deep.valence, deep.arousal)
        events: list[MusicEvent] = [Mood(self._t_s, self._mood.valence, self._mood.arousal)]
        self._key.second_opinion(deep.key, deep.key_confidence)
        if deep.bpm:
            self._rhythm.second_opinion(deep.bpm, deep.bpm_confidence)
        if deep.section_label:
            self._deep_sections = True
            began_s = deep.section_time_s or 0.0
            if deep.section_label != self._section and (
                not self._section or began_s > self._section_s + NEARBY_S
            ):
                self._begin_section(deep.section_label, began_s, events)
        return tuple(events)

    def track_changed(self) -> None:
        """A player says that a new track has begun; it begins with the next frame."""
        self._named_track_waits = True

    def tap(self, t_s: float) -> None:
        """A tap at `t_s` seconds of audio; four make a tempo."""
        self._rhythm.tap(t_s)

    def resync(self, t_s: float) -> None:
        """Beat one is at `t_s`."""
        self._rhythm.resync(t_s)

    def scale(self, factor: float) -> None:
        """The tempo times `factor`, until it is let go."""
        self._rhythm.scale(factor)

    def hold_tempo(self) -> None:
        """Keeps the tempo as it is now, until it is let go."""
        self._rhythm.hold_tempo()

    def release(self) -> None:
        """Lets go of what a person has said of the beat."""
        self._rhythm.release()

    def _hear_silence(self, frame: FeatureFrame, events: list[MusicEvent]) -> None:
        if frame.silent != self._silent or frame.t_s <= HOP_S:
            events.append(Silence(frame.t_s, frame.silent))
        self._sound_s = 0.0 if frame.silent else self._sound_s + HOP_S
        if frame.silent:
            self._silent_s += HOP_S
        elif self._silent:
            if self._silent_s >= NEW_TRACK_SILENCE_S:
                self._begin_track()
            self._silent_s = 0.0
        self._silent = frame.silent

    def _begin_track(self) -> None:
        self._heard_track_s = self._t_s
        if self._t_s - self._named_track_s >= SAME_TRACK_S:
            self._tracks += 1
        self._rhythm.forget()
        self._forget_tones()

    def _begin_named_track(self, events: list[MusicEvent]) -> None:
        """Key and sections begin anew. The tempo goes on: in a mix the next track has come in on the beat already."""
        self._named_track_waits = False
        self._named_track_s = self._t_s
        self._forget_tones()
        if self._t_s - self._heard_track_s >= SAME_TRACK_S:
            self._tracks += 1
            self._begin_section(FIRST_SECTION, self._t_s, events)

    def _forget_tones(self) -> None:
        self._key.forget()
        self._mood.forget()
        self._sections.forget()
        self._said.key = ""

    def _hear_onset(self, frame: FeatureFrame, events: list[MusicEvent]) -> None:
        onset = frame.onset
        if onset is not None:
            self._onsets.append(onset.time_s)
            events.append(Onset(frame.t_s, onset.time_s, onset.strength))

    def _hear_key(self, frame: FeatureFrame, events: list[MusicEvent]) -> None:
        if frame.chroma is None or frame.bass_chroma is None:
            return
        self._key.step(frame.chroma, frame.bass_chroma)
        key, confidence, said = self._key.key, self._key.confidence, self._said
        if key and (key != said.key or abs(confidence - said.key_confidence) >= KEY_CONFIDENCE_STEP):
            said.key, said.key_confidence = key, confidence
            events.append(Key(frame.t_s, key, confidence))

    def _hear_section(self, frame: FeatureFrame, events: list[MusicEvent]) -> None:
        label = self._sections.step(frame.novelty.bands)
        began_s = max(0.0, frame.t_s - SECTION_LAG_S)
        known = self._section_s == self._named_track_s and began_s - self._section_s < NEARBY_S
        if label is not None and not self._deep_sections and not known:
            self._begin_section(label, began_s, events)

    def _begin_section(self, label: str, time_s: float, events: list[MusicEvent]) -> None:
        if self._section:
            self._section_count += 1
        self._section, self._section_s = label, time_s
        events.append(Section(self._t_s, time_s, label))

    def _hear_mood(self, frame: FeatureFrame, events: list[MusicEvent]) -> None:
        if frame.chroma is None:  # 11 times a second is often enough
            return
        # The short-term loudness of the first 3 s has silence in it.
        lufs = frame.short_term_lufs if self._sound_s >= SHORT_TERM_S else frame.momentary_lufs
        self._mood.step(
            MoodFacts(
                lufs=lufs,
                onset_rate_hz=self._onset_rate_hz(),
                bpm=self._rhythm.bpm,
                centroid_hz=frame.centroid_hz,
                minor_lean=self._key.minor_lean * self._key.confidence,
                noise=share(frame.flatness, *NOISE_FLATNESS),
                pulse=self._rhythm.confidence,
            ),
            EVERY_HOPS * HOP_S,
        )
        if frame.t_s - self._said.mood_s >= MOOD_EVERY_S:
            self._said.mood_s = frame.t_s
            events.append(Mood(frame.t_s, self._mood.valence, self._mood.arousal))

    def _onset_rate_hz(self) -> float:
        while self._onsets and self._onsets[0] < self._t_s - ONSET_RATE_S:
            self._onsets.popleft()
        return len(self._onsets) / min(ONSET_RATE_S, max(self._sound_s, 1.0))

    def _state(self, frame: FeatureFrame) -> MusicState:
        rhythm = self._rhythm
        return MusicState(
            t_s=frame.t_s,
            lufs=frame.momentary_lufs,
            level=min(1.0, max(0.0, 1 - frame.momentary_lufs / METER_FLOOR_LUFS)),
            silent=frame.silent,
            bass=frame.bass,
            mid=frame.mid,
            treble=frame.treble,
            centroid_hz=frame.centroid_hz,
            flatness=frame.flatness,
            onset_strength=max(0.0, frame.novelty.full),
            onset_rate_hz=self._onset_rate_hz(),
            bpm=rhythm.bpm,
            confidence=rhythm.confidence,
            beat_count=rhythm.beat_count,
            beat_phase=rhythm.phase,
            bar_phase=rhythm.bar_phase,
            bar_count=rhythm.bar_count,
            beats_in_bar=rhythm.beats_in_bar,
            tempo_held=rhythm.held,
            key=self._key.key,
            key_confidence=self._key.confidence if self._key.key else 0.0,
            valence=self._mood.valence,
            arousal=self._mood.arousal,
            section=self._section,
            section_count=self._section_count,
            track_count=self._tracks,
            rolloff_hz=frame.rolloff_hz,
            width=frame.width,
            spectrum=frame.bars,
            waveform=frame.waveform,
            fft=frame.fft,
        )
