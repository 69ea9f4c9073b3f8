"""Turns a song and its tempo into sound with truth: soundfont, levels, cut and damage at random.

It decides nothing about the music: notes, beats and bars come in as they are.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from degrade import at_random, normalised
from fluid import SOUNDFONTS, Event, render
from midi import DRUMS, PROGRAM, Control, Song, TempoMap
from truth import DURATION_S, RATE_HZ, Sound, Truth, audible, write

MELODY = 16
"""The channel of an added tune: no MIDI file can use it."""
LEADS = (0, 4, 11, 21, 22, 24, 26, 30, 40, 56, 60, 64, 65, 66, 68, 71, 73, 75, 80, 81, 105)
SLOW_ATTACK = {44, *range(48, 56), *range(88, 96), 99, 101, 103}
"""Programs (strings, choirs, pads) whose notes have no moment at which they begin."""
VOLUME = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """A song and what is true of it; times in quarters."""

    name: str
    group: str
    song: Song
    tempo: TempoMap
    beats_q: list[float]
    tags: list[str]
    more: dict[str, Any]
    """What else the JSON says of it."""
    downbeats_q: list[float] = field(default_factory=list)
    sections_q: list[float] = field(default_factory=list)
    key: str = ""


def perform(
    piece: Piece, folder: Path, rng: np.random.Generator, *, clean: bool = False, start_s: float | None = None
) -> None:
    """Writes 40 s of the song, damaged at random unless `clean`; `start_s` < 0 is silence before it."""
    song = piece.song
    if start_s is None:
        start_s = -float(rng.uniform(0, 1.2)) if rng.random() < 0.5 else float(rng.uniform(0, 9))
    soundfont = SOUNDFONTS[int(rng.choice(len(SOUNDFONTS), p=_weights()))]
    volumes = {c: int(rng.integers(70, 118)) for c in range(MELODY + 1)}
    song.controls = [control for control in song.controls if control.number != VOLUME]
    song.controls += [Control(0.0, channel, VOLUME, volume) for channel, volume in volumes.items()]
    song.controls.append(Control(0.0, MELODY, PROGRAM, int(rng.choice(LEADS))))
    truth = _truth(piece, _onsets(song, piece.tempo, volumes)).within(start_s)
    sound = _rendered(song, piece.tempo, start_s, soundfont, reverb=float(rng.choice([0, 0.2, 0.5])))
    sound, done = (normalised(sound, -1), []) if clean else at_random(sound, rng)
    if "room" in done:
        truth = replace(truth, group="room")
    write(folder, truth, sound, **piece.more, soundfont=soundfont.stem, damage=done)


def _truth(piece: Piece, onsets: list[float]) -> Truth:
    beats, downbeats, sections = (
        [float(t) for t in piece.tempo.seconds_at(places)]
        for places in (piece.beats_q, piece.downbeats_q, piece.sections_q)
    )
    return Truth(piece.name, piece.group, beats, downbeats, onsets, sections, key=piece.key, tags=piece.tags)


def _weights() -> list[float]:
    """MuseScore's soundfont takes a second to unpack, so it comes less often."""
    weights = [0.5 if path.suffix == ".sf3" else 1.0 for path in SOUNDFONTS]
    return [weight / sum(weights) for weight in weights]


def _onsets(song: Song, tempo: TempoMap, volumes: dict[int, int]) -> list[float]:
    programs = {c.channel: c.value for c in song.controls if c.number == PROGRAM and c.channel != DRUMS}
    notes = [note for note in song.notes if programs.get(note.channel) not in SLOW_ATTACK]
    times = tempo.seconds_at([note.at_q for note in notes])
    # A synthesizer's amplitude goes with the square of velocity and of volume (General MIDI level 2).
    levels = [40 * np.log10(note.velocity / 127 * volumes[note.channel] / 127) for note in notes]
    return audible(list(times), levels)


def _rendered(song: Song, tempo: TempoMap, start_s: float, soundfont: Path, *, reverb: float) -> Sound:
    """Plays from the song's start, so that what sounds at `start_s` sounds on, and cuts."""
    lead_s = max(0.0, -start_s)
    events = [
        Event(lead_s + float(t), c.channel, -1, 0, c.number, c.value)
        for t, c in zip(tempo.seconds_at([c.at_q for c in song.controls]), song.controls, strict=True)
    ]
    begins, ends = (
        lead_s + tempo.seconds_at([getattr(note, field) for note in song.notes])
        for field in ("at_q", "end_q")
    )
    for note, begin_s, end_s in zip(song.notes, begins, ends, strict=True):
        events.append(Event(float(begin_s), note.channel, note.pitch, note.velocity))
        events.append(Event(max(float(end_s), float(begin_s) + 0.03), note.channel, note.pitch, 0))
    skipped_s = max(0.0, start_s)
    sound = render(events, skipped_s + DURATION_S, soundfont, reverb=reverb)
    return sound[int(skipped_s * RATE_HZ) :]
