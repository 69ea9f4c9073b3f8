"""The demo track itself: plays the score with the voices over the desk, four bars at a time.

It keeps no time and writes to no ring; `demosource` does.
"""

from dataclasses import dataclass, field

import numpy as np

from artvis.audio.demo import desk, voices
from artvis.audio.demo.score import (
    ARPEGGIO,
    BAR_SAMPLES,
    BARS,
    BASS_LINE,
    BEAT_SAMPLES,
    DRIFT,
    HATS,
    HEARTBEAT,
    HOOK,
    HOOK_RISING,
    KICKS,
    RIMS,
    SIGH,
    SNARES,
    STABS,
    STEP_SAMPLES,
    STEPS_A_BAR,
    WALK,
    Note,
    chord_at,
    chords_of,
    part_of,
    sample_of,
)
from artvis.model.music import SAMPLE_RATE_HZ, Samples

CHUNK_BARS = 4
CHUNKS = BARS // CHUNK_BARS
CHUNK_SAMPLES = CHUNK_BARS * BAR_SAMPLES

SWING = 0.14
"""How late the sixteenths between the eighths come, in sixteenths."""

DRIVE = 0.77
"""Sets the loudness of the whole at -16 LUFS."""


@dataclass(slots=True)
class _Buses:
    """The groups of the desk for four bars."""

    drums: Samples = field(default_factory=desk.new_bus)
    bass: Samples = field(default_factory=desk.new_bus)
    pads: Samples = field(default_factory=desk.new_bus)
    """Ducked by the kick, much room."""
    plucked: Samples = field(default_factory=desk.new_bus)
    """Ducked a little, echo and room."""
    sung: Samples = field(default_factory=desk.new_bus)
    """Not ducked, echo and room."""
    kicks: list[int] = field(default_factory=list)
    """Where kicks fall, in samples."""


def chunk(number: int) -> Samples:
    """Four bars before the master, shape (524,288, 2): 378,000 samples, and then what rings on over the next ones."""
    rng = np.random.default_rng((112, number))
    buses = _Buses()
    for bar in range(CHUNK_BARS):
        _play_bar(buses, number * CHUNK_BARS + bar, bar, rng)
    _play_melody(buses, number)
    return _mixed(buses)


def mastered(mix: Samples) -> Samples:
    return desk.warmed(mix, DRIVE)


def _mixed(buses: _Buses) -> Samples:
    duck = desk.ducking(buses.kicks, 0.62)
    pads = buses.pads * duck
    bass = buses.bass * duck
    plucked = buses.plucked * (0.5 + 0.5 * duck)
    sung = buses.sung
    plucked_echo = desk.echoes(plucked, 0.42)
    sung_echo = desk.echoes(sung, 0.3, repeats=3)
    send = 0.34 * pads + 0.30 * plucked + 0.22 * plucked_echo + 0.30 * sung + 0.14 * buses.drums
    room = desk.in_the_room(send)
    mix: Samples = buses.drums + bass + pads + plucked + plucked_echo + sung + sung_echo + 0.9 * room
    return mix


def _play_bar(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    """Bar `bar` of the track, as bar `at` of these four."""
    part = part_of(bar)
    _pad(buses, bar, at)
    if part in {"intro", "break", "outro", "build"}:
        _plucks(buses, bar, at, rng)
    if part == "intro":
        _heartbeat(buses, bar, at)
    if part in {"build", "groove"}:
        _drums(buses, bar, at, rng)
    if part == "groove":
        _bass(buses, bar, at)
        _arpeggio(buses, bar, at, rng)
        _stabs(buses, bar, at, rng)
    elif part != "break" or bar % 4 < 3:
        _low_note(buses, bar, at)
    _transitions(buses, bar, at, rng)


def _pad(buses: _Buses, bar: int, at: int) -> None:
    chords = chords_of(bar)
    steps = STEPS_A_BAR // len(chords)
    length_s = steps * STEP_SAMPLES / SAMPLE_RATE_HZ + 0.85
    top_hz, gain = {
        "intro": (700.0, 0.115),
        "build": (1000.0, 0.10),
        "groove": (1500.0, 0.085),
        "break": (1900.0, 0.115),
        "outro": (900.0, 0.11),
    }[part_of(bar)]
    for number, chord in enumerate(chords):
        for pitch in chord.voices:
            sides = (voices.pad(pitch, length_s, top_hz, 0), voices.pad(pitch, length_s, top_hz, 1))
            desk.place_wide(buses.pads, sample_of(at, number * steps), sides, gain)


def _plucks(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    for step, voice, strength in WALK if part_of(bar) in {"intro", "build"} else DRIFT:
        pitch = chord_at(bar, step).voices[voice] + 12
        gain = 0.16 * strength * rng.uniform(0.88, 1.08)
        start = sample_of(at, step) + round(rng.normal(0, 0.003) * SAMPLE_RATE_HZ)
        pan = 0.5 * (voice - 1.5) / 1.5
        desk.place(buses.plucked, start, voices.struck(pitch, 1.4, voices.PLUCK), gain, pan)
    if bar % 2:  # a high answer now and then
        pitch = chord_at(bar, 12).voices[3] + 24
        desk.place(buses.plucked, sample_of(at, 12), voices.struck(pitch, 1.4, voices.PLUCK), 0.055, 0.6)


def _low_note(buses: _Buses, bar: int, at: int) -> None:
    """One long bass note under the calm parts."""
    length_s = 4.1 * BEAT_SAMPLES / SAMPLE_RATE_HZ
    pitch = chords_of(bar)[0].bass
    desk.place(buses.bass, sample_of(at, 0), voices.bass(pitch + (12 if pitch < 33 else 0), length_s), 0.16)


def _heartbeat(buses: _Buses, bar: int, at: int) -> None:
    """The faint pulse of the opening."""
    for step in HEARTBEAT:
        desk.place(buses.drums, sample_of(at, step), voices.kick(), 0.15)
    for step in RIMS if bar else ():
        desk.place(buses.drums, sample_of(at, step), voices.rim(), 0.05, -0.2)


def _drums(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    _kicks(buses, bar, at)
    _hats(buses, bar, at, rng)
    if part_of(bar) == "groove":
        for step in SNARES:
            desk.place(buses.drums, sample_of(at, step), voices.snare(step // 4 % 2), 0.34, 0.03)
    if bar in {15, 25}:  # a fill into the next part
        for step, gain in ((11, 0.10), (13, 0.12), (14, 0.17), (15, 0.22)):
            desk.place(buses.drums, sample_of(at, step), voices.snare(step % 2), gain, 0.1 * (step - 13))


def _kicks(buses: _Buses, bar: int, at: int) -> None:
    groove = part_of(bar) == "groove"
    for step in KICKS:
        start = sample_of(at, step)
        buses.kicks.append(start)
        desk.place(buses.drums, start, voices.kick(), 0.46 if groove else 0.30)
    if groove and bar % 2:
        desk.place(buses.drums, sample_of(at, 14), voices.kick(), 0.22)


def _hats(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    groove = part_of(bar) == "groove"
    for step in range(STEPS_A_BAR):
        level = HATS[step % 4] or (0.34 if groove else 0.0)
        late = SWING if step % 2 else 0.0
        start = sample_of(at, step + late) + round(rng.normal(0, 0.0015) * SAMPLE_RATE_HZ)
        gain = 0.18 * level * rng.uniform(0.8, 1.15) * (1.0 if groove else 0.6 + 0.1 * (bar % 4))
        if groove and step % 4 == 2:
            desk.place(buses.drums, start, voices.hat(0.075, step % 3), 1.1 * gain, -0.25)
        elif gain:
            desk.place(buses.drums, start, voices.hat(0.022, step % 3), gain, 0.25)


def _bass(buses: _Buses, bar: int, at: int) -> None:
    root = chords_of(bar)[0].bass
    for step, interval, steps in BASS_LINE:
        sound = voices.bass(root + interval, steps * STEP_SAMPLES / SAMPLE_RATE_HZ * 0.94)
        desk.place(buses.bass, sample_of(at, step), sound, 0.25 if interval == 0 else 0.21)


def _arpeggio(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    last_groove = bar >= 20
    for step, voice in enumerate(ARPEGGIO):
        chord = chord_at(bar, step)
        pitch = (chord.voices[voice] if voice < 4 else chord.voices[0] + 12) + 12
        late = SWING if step % 2 else 0.0
        gain = (0.085 if last_groove else 0.105) * (1.2 if step % 4 == 0 else 1.0) * rng.uniform(0.8, 1.1)
        start = sample_of(at, step + late)
        desk.place(
            buses.plucked, start, voices.struck(pitch, 0.5, voices.ARP), gain, 0.55 * np.sin(0.7 * step)
        )


def _stabs(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    for step in STABS:
        for number, pitch in enumerate(chord_at(bar, step).voices):
            gain = 0.085 * rng.uniform(0.9, 1.1)
            start = sample_of(at, step + (SWING if step % 2 else 0.0)) + number * 90  # rolled by 2 ms a note
            desk.place(
                buses.pads, start, voices.struck(pitch, 0.7, voices.KEYS), gain, 0.3 * (number - 1.5) / 1.5
            )


def _transitions(buses: _Buses, bar: int, at: int, rng: np.random.Generator) -> None:
    """What announces a new part: wind, a roll, and a crash on its first beat."""
    if bar in {8, 16, 20, 26}:
        desk.place(buses.drums, sample_of(at, 0), voices.crash(), 0.16 if bar in {8, 20} else 0.10, -0.1)
    if bar in {6, 18}:
        bars_s = 2 * BAR_SAMPLES / SAMPLE_RATE_HZ
        desk.place(buses.pads, sample_of(at, 0), voices.riser(bars_s, 300 if bar == 6 else 320), 0.20)
    if bar in {7, 19}:
        for step in range(8, STEPS_A_BAR):
            gain = 0.02 * 1.3 ** (step - 8) * rng.uniform(0.9, 1.1)
            desk.place(buses.drums, sample_of(at, step), voices.snare(step % 2), gain, 0.1 * (-1) ** step)


def _play_melody(buses: _Buses, number: int) -> None:
    notes, gain = _melody_of(number)
    for note in notes:
        length_s = note.steps * STEP_SAMPLES / SAMPLE_RATE_HZ
        start = sample_of(0, note.step) - round(0.006 * SAMPLE_RATE_HZ)  # a slow attack comes a little early
        desk.place(buses.sung, start, voices.lead(note.pitch, length_s), gain, 0.06)


def _melody_of(number: int) -> tuple[tuple[Note, ...], float]:
    """The melody over four bars, and how loud."""
    return {3: (HOOK, 0.115), 4: (SIGH, 0.085), 5: (HOOK_RISING, 0.15), 6: (HOOK[:8], 0.13)}.get(
        number, ((), 0.0)
    )
