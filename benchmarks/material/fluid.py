"""Plays notes with libfluidsynth at exact moments, faster than real time, with the soundfonts that Debian has.

It opens no sound device and reads no MIDI; moments are rounded to the synthesizer's blocks of 64 samples (0.7 ms).
"""

import ctypes
import ctypes.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from midi import BEND, PROGRAM

RATE_HZ = 44_100
BLOCK = 64
LATE_S = {"OPL-3_FM_128M": 0.006}
"""Silence that every sample of a soundfont begins with: measured with a click track, the others are within 3 ms."""
SOUNDFONTS = [
    path
    for path in map(
        Path,
        (
            "/usr/share/sounds/sf2/FluidR3_GM.sf2",
            "/usr/share/sounds/sf2/TimGM6mb.sf2",
            "/usr/share/sounds/sf2/sf_GMbank.sf2",
            "/usr/share/sounds/sf2/OPL-3_FM_128M.sf2",
            "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3",
        ),
    )
    if path.exists()
]
"""Debian's fluid-soundfont-gm, timgm6mb-soundfont, csound-soundfont, opl3-soundfont, musescore-general-soundfont-small."""


@dataclass(frozen=True, slots=True)
class Event:
    """At `t_s` a note on (velocity > 0), a note off (0), or a controller (pitch -1: number and value)."""

    t_s: float
    channel: int
    pitch: int
    velocity: int
    number: int = 0
    value: int = 0


@cache
def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("fluidsynth")
    if name is None:
        raise SystemExit("libfluidsynth is not installed: apt-get install fluidsynth")
    library = ctypes.CDLL(name)
    library.new_fluid_settings.restype = ctypes.c_void_p
    library.new_fluid_synth.restype = ctypes.c_void_p
    library.fluid_set_log_function(2, None, None)  # warnings of instruments that a soundfont lacks
    return library


def _synthesizer(soundfont: Path, reverb: float) -> tuple[ctypes.c_void_p, ctypes.c_void_p]:
    library = _library()
    settings = ctypes.c_void_p(library.new_fluid_settings())
    for name, number in (("synth.sample-rate", float(RATE_HZ)), ("synth.gain", 0.3)):
        library.fluid_settings_setnum(settings, name.encode(), ctypes.c_double(number))
    for name, whole in (
        ("synth.midi-channels", 32),
        ("synth.chorus.active", 0),
        ("synth.reverb.active", int(reverb > 0)),
        ("synth.dynamic-sample-loading", 1),
    ):
        library.fluid_settings_setint(settings, name.encode(), whole)
    library.fluid_settings_setnum(settings, b"synth.reverb.level", ctypes.c_double(reverb))
    synth = ctypes.c_void_p(library.new_fluid_synth(settings))
    if library.fluid_synth_sfload(synth, str(soundfont).encode(), 1) < 0:
        raise SystemExit(f"{soundfont} cannot be loaded")
    return settings, synth


def render(
    events: list[Event], duration_s: float, soundfont: Path, *, reverb: float
) -> npt.NDArray[np.float32]:
    """Stereo sound, shape (n, 2), float32, not normalised; `reverb` is its level, 0..1."""
    library = _library()
    settings, synth = _synthesizer(soundfont, reverb)
    early_s = LATE_S.get(soundfont.stem, 0.0)
    frames = int(duration_s * RATE_HZ)
    sound = np.zeros((frames + BLOCK, 2), np.float32)
    done = 0
    for event in [*sorted(events, key=lambda event: event.t_s), None]:
        at_s = duration_s if event is None else event.t_s - early_s
        until = frames if event is None else min(frames, max(0, round(at_s * RATE_HZ / BLOCK) * BLOCK))
        if until > done:
            here = sound[done:].ctypes.data_as(ctypes.c_void_p)
            library.fluid_synth_write_float(synth, until - done, here, 0, 2, here, 1, 2)
            done = until
        if event is not None and at_s < duration_s:
            _send(library, synth, event)
    library.delete_fluid_synth(synth)
    library.delete_fluid_settings(settings)
    return sound[:frames]


def _send(library: ctypes.CDLL, synth: ctypes.c_void_p, event: Event) -> None:
    channel = event.channel
    if event.pitch >= 0 and event.velocity:
        library.fluid_synth_noteon(synth, channel, event.pitch, event.velocity)
    elif event.pitch >= 0:
        library.fluid_synth_noteoff(synth, channel, event.pitch)
    elif event.number == PROGRAM:
        library.fluid_synth_program_change(synth, channel, event.value)
    elif event.number == BEND:
        library.fluid_synth_pitch_bend(synth, channel, event.value)
    else:
        library.fluid_synth_cc(synth, channel, event.number, event.value)
