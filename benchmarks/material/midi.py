"""Reads a standard MIDI file into notes and controllers on a grid of quarter notes, with its own tempo and bars.

It writes no MIDI and leaves out what no truth or sound is made of (lyrics, system messages, SMPTE time).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

DRUMS = 9
"""The channel of percussion, counted from 0."""
PROGRAM, BEND = -1, -2
"""Numbers of a Control that is no controller: a program change, a pitch bend."""


@dataclass(frozen=True, slots=True)
class Note:
    """`at_q` and `end_q` in quarter notes from the file's start."""

    at_q: float
    end_q: float
    channel: int
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Control:
    at_q: float
    channel: int
    number: int
    value: int


@dataclass(slots=True)
class Song:
    notes: list[Note] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    tempos: list[tuple[float, float]] = field(default_factory=list)
    """(quarter, quarters a minute), each from there on."""
    meters: list[tuple[float, int, int]] = field(default_factory=list)
    """(quarter, upper, lower number of the time signature)."""
    marks: list[tuple[float, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Quarters to seconds and back, exact at its knots and linear between them."""

    quarters: npt.NDArray[np.float64]
    seconds: npt.NDArray[np.float64]

    @classmethod
    def of(cls, tempos: list[tuple[float, float]], end_q: float) -> "TempoMap":
        """Steps of tempo, as in a MIDI file; 120 a minute until the first."""
        steps = sorted([(0.0, 120.0), *tempos], key=lambda step: step[0])
        quarters = np.array([step[0] for step in steps] + [max(end_q, steps[-1][0]) + 1])
        lengths = np.diff(quarters) * 60 / np.array([step[1] for step in steps])
        keep = np.r_[np.diff(quarters) > 0, True]
        return cls(quarters[keep], np.r_[0, np.cumsum(lengths)][keep])

    def seconds_at(self, quarter: float | Sequence[float]) -> npt.NDArray[np.float64]:
        return np.asarray(np.interp(np.asarray(quarter, float), self.quarters, self.seconds))


def read(path: Path) -> Song:
    """The file as a Song; raises ValueError if it is no MIDI file with a division in ticks."""
    data = path.read_bytes()
    if data[:4] != b"MThd" or data[12] & 0x80:
        raise ValueError(f"{path.name} is no MIDI file in ticks")
    division = int.from_bytes(data[12:14])
    song = Song()
    at = 14
    while data[at : at + 4] == b"MTrk":
        length = int.from_bytes(data[at + 4 : at + 8])
        _read_track(data[at + 8 : at + 8 + length], division, song)
        at += 8 + length
    song.notes.sort(key=lambda note: note.at_q)
    song.controls.sort(key=lambda control: control.at_q)
    return song


def _read_track(data: bytes, division: int, song: Song) -> None:
    at, tick, status = 0, 0, 0
    held: dict[tuple[int, int], list[tuple[float, int]]] = {}
    while at < len(data):
        delta, at = _number(data, at)
        tick += delta
        quarter = tick / division
        if data[at] & 0x80:
            status = data[at]
            at += 1
        if status == 0xFF:
            kind = data[at]
            length, at = _number(data, at + 1)
            _meta(song, quarter, kind, data[at : at + length])
            at += length
        elif status in (0xF0, 0xF7):
            length, at = _number(data, at)
            at += length
        else:
            size = 1 if status & 0xE0 == 0xC0 else 2
            _message(song, held, quarter, status, data[at : at + size])
            at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        value = value << 7 | data[at] & 0x7F
        at += 1
        if not data[at - 1] & 0x80:
            return value, at


def _meta(song: Song, quarter: float, kind: int, body: bytes) -> None:
    if kind == 0x51:
        song.tempos.append((quarter, 60e6 / int.from_bytes(body)))
    elif kind == 0x58:
        song.meters.append((quarter, body[0], 2 ** body[1]))
    elif kind == 0x06:
        song.marks.append((quarter, body.decode("latin-1")))


def _message(
    song: Song, held: dict[tuple[int, int], list[tuple[float, int]]], quarter: float, status: int, body: bytes
) -> None:
    kind, channel = status & 0xF0, status & 0x0F
    if kind == 0x90 and body[1]:
        held.setdefault((channel, body[0]), []).append((quarter, body[1]))
    elif kind in (0x80, 0x90) and held.get((channel, body[0])):
        begun_q, velocity = held[channel, body[0]].pop(0)
        song.notes.append(Note(begun_q, quarter, channel, body[0], velocity))
    elif kind == 0xB0:
        song.controls.append(Control(quarter, channel, body[0], body[1]))
    elif kind == 0xC0:
        song.controls.append(Control(quarter, channel, PROGRAM, body[0]))
    elif kind == 0xE0:
        song.controls.append(Control(quarter, channel, BEND, body[0] | body[1] << 7))
