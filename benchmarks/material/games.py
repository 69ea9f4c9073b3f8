"""Music that people composed for games, from MIDI files in Debian packages, played with many soundfonts.

Beats come from a file's own tempo; a file whose notes do not lie on that grid is left out, and bars and keys are
never claimed: a MIDI file's time and key signatures are too often what a sequencer wrote by default.
"""

import hashlib
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from midi import Song, TempoMap, read
from perform import Piece, perform
from truth import DURATION_S

FITS_Q = 0.04
"""How far a note may lie from its place on the grid, in quarters: a 16th or a triplet."""
LEAST_FIT = 0.93
HELD = "openmsx"
"""Pieces whose path contains this are only held; the development tracks are taken from the same set."""
KNOWN = {
    "keep_on_rolling",
    "linns_basket",
    "mighty_giant_run",
    "relax_song",
    "say_what_redfarn",
    "train_filled_with_cash",
}
"""Development tracks, in no split."""


def split_of(name: str, path: Path) -> str:
    if HELD in str(path):
        return "held"
    place = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32
    return "train" if place < 0.7 else "tune" if place < 0.85 else "held"


@cache
def songs(folder: Path) -> dict[str, tuple[Path, Song]]:
    """Every song under `folder` (MIDI files and the lumps of Doom's WAD files) that fits its own grid."""
    found = {}
    for path in sorted(folder.rglob("*.mid")):
        found[path.stem] = (path, path.read_bytes())
    for path in sorted(folder.rglob("*.wad")):
        found |= {f"{path.stem}_{name}": (path, data) for name, data in _lumps(path.read_bytes())}
    kept, seen = {}, set()
    with tempfile.TemporaryDirectory() as scratch:
        for name, (path, data) in found.items():
            copy = Path(scratch, "song.mid")
            copy.write_bytes(data)
            digest = hashlib.sha256(data).digest()
            if name in KNOWN or digest in seen:
                continue
            song = read(copy)
            if fits_its_grid(song):
                seen.add(digest)
                kept[name] = (path, song)
    return kept


def _lumps(wad: bytes) -> list[tuple[str, bytes]]:
    count, directory = (int.from_bytes(wad[at : at + 4], "little") for at in (4, 8))
    lumps = []
    for entry in range(directory, directory + 16 * count, 16):
        start, size = (int.from_bytes(wad[at : at + 4], "little") for at in (entry, entry + 4))
        if wad[start : start + 4] == b"MThd":
            name = wad[entry + 8 : entry + 16].rstrip(b"\0").decode("ascii").lower()
            lumps.append((name.removeprefix("d_"), wad[start : start + size]))
    return lumps


def fits_its_grid(song: Song) -> bool:
    """Whether notes lie on 16ths or triplets of a tempo that the file states, loudest on the beat, for 45 s."""
    if len(song.notes) < 200 or not song.tempos:
        return False
    at_q = np.array([note.at_q for note in song.notes])
    loud = np.array([note.velocity for note in song.notes], float)
    tempo = TempoMap.of(song.tempos, float(at_q.max()))
    if tempo.seconds_at(float(at_q.max())) < DURATION_S + 5:
        return False
    off = np.minimum(*(np.abs(at_q * n - np.round(at_q * n)) / n for n in (4, 3)))
    # A rule of thumb against a grid that is shifted or an octave off: more loudness on beats than on any other 16th.
    place = np.round(at_q * 4).astype(int) % 4
    weights = [float(loud[place == i].sum()) for i in range(4)]
    return bool((off < FITS_Q).mean() >= LEAST_FIT and weights[0] == max(weights))


def make(split: str, seed: int, folder: Path, source: Path) -> None:
    """Writes 40 s of one song; seeds count through the songs of the split, again and again."""
    pool = {name: song for name, (path, song) in songs(source).items() if split_of(name, path) == split}
    if not pool:
        raise SystemExit(f"no song of {split} under {source}: unpack openttd-openmsx and freedoom there")
    name = sorted(pool)[seed % len(pool)]
    rng = np.random.default_rng([seed, 44, len(split)])
    song = pool[name]
    last_q = max(note.at_q for note in song.notes)
    tempo = TempoMap.of(song.tempos, last_q)
    end_s = float(tempo.seconds_at(last_q))
    start_s = float(rng.uniform(0, min(60.0, end_s - DURATION_S - 2)))
    first_q = min(note.at_q for note in song.notes)
    piece = Piece(
        f"{split}_game_{seed:04}_{name}",
        "game",
        Song(list(song.notes), list(song.controls), list(song.tempos)),
        tempo,
        [float(q) for q in range(int(np.floor(first_q)), int(last_q) + 1)],
        tags=[name],
        more={"split": split, "style": name, "meter": ""},
    )
    perform(piece, folder, rng, start_s=start_s)
