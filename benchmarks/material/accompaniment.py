"""Bands that mma's grooves play: random songs in known keys, with the tempo map, bars, sections and notes as truth.

It leaves mma's own tempo aside, and it decides no split by chance: a family of styles lies in one split for ever.
"""

import hashlib
import re
import subprocess
import tempfile
import zlib
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from harmony import Chord, KeyOf, tune
from midi import DRUMS, PROGRAM, Control, Note, Song, TempoMap, read
from perform import MELODY, Piece, perform
from truth import DURATION_S

SLOWEST_BPM, FASTEST_BPM = 55.0, 205.0
LONGEST_REST_S = 4.0
LIBRARY = Path("/usr/share/mma/lib")
NO_MUSIC = re.compile(r"metronome|^none$|ending|^intro$|^count$")
KNOWN = re.compile(r"^k?50s|8beat|bigband|disco|dsoul|folk|^fus|fusion|samba")
"""Styles of the development tracks: never trained or tuned on."""
TEMPI = (
    (r"68march", 100, 126),
    (r"dnb", 160, 178),
    (r"68|128", 54, 90),
    (r"slow|ballad|serenade|lullaby|hymn|spiritual|bald|ambient|desert|evansish|mellow|nite", 60, 92),
    (r"vienese", 140, 190),
    (r"fast|bebop|quickstep|polka|dixie|charleston|jive|bluegrass|showtune|ragtime|gypsy|zydeco|punk|metal", 140, 200),
    (r"waltz|34|twi$", 84, 180),
    (r"trance|techno|rave|house|thr|dance", 116, 145),
    (r"hip|trip|funk|soul|r\+b|rnb|rb|reggae|16", 76, 116),
    (r"swing|jazz|foxtrot|shuffle|boog|bogg|blues|broadway", 96, 184),
    (r"bossa|rhumba|beguine|bolero|tango|son|mambo|salsa|chacha|latin|cuban|merengue|calypso", 92, 150),
    (r"march", 104, 126),
    (r".", 86, 150),
)  # fmt: skip
"""Usual beats a minute by what a style's name contains, the first that fits."""


@dataclass(frozen=True, slots=True)
class Section:
    groove: str
    bars: int
    drums: bool = True
    pitched: bool = True
    stop: float = 0.0
    """Share of the last bar that is silent."""
    lead: bool = False
    """Whether a melody plays."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Where bars and beats lie, in quarters."""

    starts_q: list[float]
    """One more than there are bars: the last is the end."""
    beats_q: list[float]
    meter: str


def split_of(style: Path) -> str:
    """train (70 %), tune (15 %) or held (15 %), by a hash of the family: `rock1` and `rock2` are one."""
    if KNOWN.search(style.stem.lower()):
        return "held"
    family = re.sub(r"(34|68|\d)$", "", style.stem.lower())
    place = int.from_bytes(hashlib.sha256(family.encode()).digest()[:4]) / 2**32
    return "train" if place < 0.7 else "tune" if place < 0.85 else "held"


@cache
def styles(split: str) -> list[Path]:
    files = sorted(LIBRARY.glob("*/*.mma"))
    if not files:
        raise SystemExit("mma is not installed: apt-get install mma")
    return [file for file in files if not NO_MUSIC.search(file.stem) and split_of(file) == split]


def make(split: str, seed: int, folder: Path) -> None:
    """Writes one piece; tries again with the next draw where a groove cannot play the chords."""
    for attempt in range(20):
        rng = np.random.default_rng([seed, attempt, len(split)])
        style = Path(rng.choice([str(path) for path in styles(split)]))
        try:
            make_of(style, rng, folder, f"{split}_mma_{seed:04}_{style.stem.replace('.', '')}", split=split)
        except MmaFailed:
            continue
        return
    raise SystemExit("mma plays nothing at all: try `mma -V 8Beat`")


class MmaFailed(Exception):
    """mma could not play the song, or the groove is mostly silence."""


def make_of(
    style: Path,
    rng: np.random.Generator,
    folder: Path,
    name: str,
    *,
    split: str,
    bpm: float | None = None,
    steady: bool = False,
    group: str = "mma",
) -> None:
    """Writes one piece of a style; `steady` is a tempo without changes, and sound without damage."""
    key = KeyOf.at_random(rng)
    low, high = next((low, high) for pattern, low, high in TEMPI if re.search(pattern, style.stem.lower()))
    bpm = bpm or float(np.clip(rng.uniform(low, high) * np.exp(rng.normal(0, 0.1)), SLOWEST_BPM, 200))
    form = _form(style, bpm, rng)
    chords = key.progression(sum(part.bars for part in form), rng, sevenths=bool(rng.random() < 0.4))
    song = _played(style, form, chords)
    bars = _bars(song)
    song.notes = [note for part in _arranged(song, form, bars, rng) for note in part]
    if rng.random() < 0.5:
        song.notes += _melody(form, chords, bars, key, rng)
    curve = _tempo(bpm, bars, form, steady=steady, rng=rng)
    if np.diff(curve.seconds_at(sorted(note.at_q for note in song.notes))).max() > LONGEST_REST_S:
        raise MmaFailed
    _vary_programs(song, rng)
    piece = Piece(
        name,
        group,
        song,
        curve,
        bars.beats_q,
        tags=[style.stem, bars.meter],
        more={"split": split, "style": f"{style.parent.name}/{style.stem}", "meter": bars.meter},
        downbeats_q=bars.starts_q[:-1],
        sections_q=_changes(form, bars),
        key=key.name,
    )
    perform(piece, folder, rng, clean=steady)


def _changes(form: list[Section], bars: Bars) -> list[float]:
    """Where a section begins that differs from the last in more than its length."""
    first_bars = np.cumsum([part.bars for part in form])
    return [
        bars.starts_q[bar]
        for bar, (a, b) in zip(first_bars, pairwise(form), strict=False)
        if replace(a, bars=0, stop=0) != replace(b, bars=0, stop=0)
    ]


def _form(style: Path, bpm: float, rng: np.random.Generator) -> list[Section]:
    """Sections enough for the duration, of grooves of one file."""
    text = style.read_text(encoding="latin-1")
    names = re.findall(r"^\s*DefGroove\s+(\S+)", text, re.MULTILINE | re.IGNORECASE)
    usual = [name for name in names if not re.search(r"intro|end|fill|metro", name, re.IGNORECASE)] or names
    if not usual:
        raise MmaFailed
    chosen = [
        str(groove) for groove in rng.choice(usual, min(len(usual), int(rng.integers(1, 4))), replace=False)
    ]
    form: list[Section] = []
    if rng.random() < 0.3:
        form.append(
            Section(chosen[0], int(rng.choice([2, 4, 8])), drums=False, lead=bool(rng.random() < 0.3))
        )
    needed_beats = (DURATION_S + 14) * bpm / 60 * 1.3  # a ramp may be this much faster
    while sum(part.bars for part in form) * 2 < needed_beats / 1.5:
        draw = rng.random()
        form.append(
            Section(
                str(rng.choice(chosen)),
                int(rng.choice([4, 8, 8, 8, 16])),
                drums=draw > 0.07,
                pitched=not 0.07 < draw < 0.11,
                stop=float(rng.choice([0.25, 0.5, 1.0])) if rng.random() < 0.15 else 0.0,
                lead=bool(rng.random() < 0.6),
            )
        )
    return form


def _played(style: Path, form: list[Section], chords: list[Chord]) -> Song:
    lines = [f"Use {style.parent.name}/{style.stem}", "Tempo 120"]
    bar = 0
    for part in form:
        lines.append(f"Groove {part.groove}")
        for _ in range(part.bars):
            lines += [f"MidiMark bar{bar}", f"{bar + 1} {chords[bar].name}"]
            bar += 1
    lines += [f"MidiMark bar{bar}", f"{bar + 1} {chords[0].name}"]
    lines.insert(0, f"RndSeed {zlib.crc32('/'.join(lines).encode())}")  # mma's own chance follows the song
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch, "song.mma"), Path(scratch, "song.mid")
        source.write_text("\n".join(lines) + "\n", encoding="ascii")
        done = subprocess.run(
            ["mma", "-w", "-f", str(target), str(source)], capture_output=True, check=False, timeout=60
        )
        if done.returncode or not target.exists():
            raise MmaFailed
        return read(target)


def _bars(song: Song) -> Bars:
    """Bars from the marks; in 6/8, 9/8 and 12/8 the beat is the dotted quarter, as a conductor shows it."""
    starts_q = [at_q for at_q, _ in song.marks]
    beats_q, meter = [], ""
    for start_q, end_q in pairwise(starts_q):
        upper, lower = [(u, low) for at_q, u, low in song.meters if at_q <= start_q + 1e-6][-1]
        compound = lower == 8 and upper % 3 == 0 and upper > 3
        count = upper // 3 if compound else round(end_q - start_q)
        if abs(end_q - start_q - round(end_q - start_q)) > 1e-6 or count < 2:
            raise MmaFailed
        meter = meter or f"{upper}/{lower}"
        beats_q += [start_q + i * (end_q - start_q) / count for i in range(count)]
    return Bars(starts_q, beats_q, meter)


def _arranged(song: Song, form: list[Section], bars: Bars, rng: np.random.Generator) -> list[list[Note]]:
    """The notes of each section, without what is silent there."""
    first, parts = 0, []
    pitched = sorted({note.channel for note in song.notes} - {DRUMS})
    for part in form:
        start_q, last_q, end_q = (bars.starts_q[first + i] for i in (0, part.bars - 1, part.bars))
        first += part.bars
        stop_q = end_q - part.stop * (end_q - last_q)
        silent = {DRUMS} if not part.drums else set(pitched) if not part.pitched else set()
        if rng.random() < 0.2 and len(pitched) > 1:
            silent.add(int(rng.choice(pitched)))
        heard = [
            replace(note, end_q=min(note.end_q, stop_q)) if part.stop else note
            for note in song.notes
            if start_q - 0.1 <= note.at_q < stop_q - 0.1
        ]
        left = [note for note in heard if note.channel not in silent]
        parts.append(left if len(left) >= 2 * part.bars else heard)
    return parts


def _melody(
    form: list[Section], chords: list[Chord], bars: Bars, key: KeyOf, rng: np.random.Generator
) -> list[Note]:
    first, notes = 0, []
    for part in form:
        last = first + part.bars
        if part.lead:
            notes += tune(chords[first:last], bars.starts_q[first : last + 1], key, MELODY, rng)
        first = last
    return notes


def _tempo(
    beat_bpm: float, bars: Bars, form: list[Section], *, steady: bool, rng: np.random.Generator
) -> TempoMap:
    """Most songs keep their tempo; others drift, ramp or jump."""
    beat_q = bars.beats_q[1] - bars.beats_q[0]
    bpm = beat_bpm * beat_q
    grid_q = np.arange(0, bars.starts_q[-1] + 8, 0.125)
    speed = np.full(len(grid_q), bpm)
    draw = 1.0 if steady else rng.random()
    if draw < 0.14:  # a band without a click
        walk = np.convolve(rng.normal(0, 1, len(grid_q) + 128), np.hanning(128), "valid")[: len(grid_q)]
        speed *= 1 + rng.uniform(0.01, 0.035) * walk / max(1e-9, np.abs(walk).max())
    elif draw < 0.28:
        start_q = rng.uniform(0, 0.3) * grid_q[-1]
        length_q = rng.uniform(16, 100)
        speed *= 1 + (np.clip((grid_q - start_q) / length_q, 0, 1) * (rng.uniform(0.78, 1.28) - 1))
    elif draw < 0.36 and len(form) > 1:
        change_q = bars.starts_q[form[0].bars + (form[1].bars if len(form) > 2 else 0)]
        speed[grid_q >= change_q] *= rng.uniform(0.75, 1.3)
    speed = np.clip(speed, min(bpm, SLOWEST_BPM * beat_q), max(bpm, FASTEST_BPM * beat_q))
    seconds = np.r_[0, np.cumsum(60 * 0.125 / speed)]
    return TempoMap(np.r_[grid_q, grid_q[-1] + 0.125], seconds)


def _vary_programs(song: Song, rng: np.random.Generator) -> None:
    """Other instruments of the same family for half of the parts, and another drum kit."""
    swap = {c: int(rng.integers(8)) for c in range(16) if rng.random() < 0.5}
    song.controls = [
        replace(control, value=control.value // 8 * 8 + swap[control.channel])
        if control.number == PROGRAM and control.channel in swap
        else control
        for control in song.controls
        if control.channel != DRUMS
    ]
    song.controls.append(Control(0.0, DRUMS, PROGRAM, int(rng.choice([0, 0, 0, 8, 16, 24, 25, 32, 40]))))
