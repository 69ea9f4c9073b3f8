"""What is true of a piece, by construction, and the one place that writes piece and truth to a folder.

Nothing here listens to sound: times come from the notes that made it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

RATE_HZ = 44_100
DURATION_S = 40.0
SAME_ONSET_S = 0.03
"""Notes closer than this are heard as one onset."""
Sound = npt.NDArray[np.float32]
TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


@dataclass(frozen=True, slots=True)
class Truth:
    """Times in seconds of the sound; `sections` are the moments at which a section begins, the first left out."""

    name: str
    group: str
    beats: list[float] = field(default_factory=list)
    downbeats: list[float] = field(default_factory=list)
    onsets: list[float] = field(default_factory=list)
    sections: list[float] = field(default_factory=list)
    nobeat: list[tuple[float, float]] = field(default_factory=list)
    """Stretches without any pulse."""
    key: str = ""
    """'A minor', or '' where none is known."""
    tags: list[str] = field(default_factory=list)
    duration: float = DURATION_S

    @property
    def tempo(self) -> list[tuple[float, float]]:
        """(beat, beats a minute up to the next)."""
        return [(round(a, 4), round(60 / (b - a), 3)) for a, b in pairwise(self.beats)]

    def within(self, start_s: float, duration_s: float = DURATION_S) -> "Truth":
        """The truth of the stretch of sound from `start_s` on."""

        def cut(times: Iterable[float]) -> list[float]:
            moved = (time - start_s for time in times)
            return [round(max(0.0, time), 4) for time in moved if -0.0005 <= time < duration_s]

        spans = [(max(0.0, a - start_s), min(duration_s, b - start_s)) for a, b in self.nobeat]
        return replace(
            self,
            beats=cut(self.beats),
            downbeats=cut(self.downbeats),
            onsets=cut(self.onsets),
            sections=[time for time in cut(self.sections) if time > 0.5],
            nobeat=[span for span in spans if span[1] > span[0]],
            duration=duration_s,
        )


def merged(times: Iterable[float]) -> list[float]:
    """Sorted times with those left out that follow a kept one by less than SAME_ONSET_S."""
    kept: list[float] = []
    for time in sorted(times):
        if not kept or time - kept[-1] >= SAME_ONSET_S:
            kept.append(float(time))
    return kept


def audible(times: Sequence[float], loudness_db: Sequence[float]) -> list[float]:
    """Onsets among note-ons: none that is 24 dB under the loudest note of the second around it."""
    t, level = np.asarray(times, float), np.asarray(loudness_db, float)
    order = np.argsort(t, kind="stable")
    t, level = t[order], level[order]
    first, last = np.searchsorted(t, t - 0.5), np.searchsorted(t, t + 0.5)
    return merged(t[i] for i in range(len(t)) if level[i] >= level[first[i] : last[i]].max() - 24)


def write(folder: Path, truth: Truth, sound: Sound, **more: Any) -> None:
    """Sound as Ogg Vorbis and truth as JSON; the JSON comes last and each file whole, so a reader sees no half piece."""
    folder.mkdir(parents=True, exist_ok=True)
    ogg, half = folder / f"{truth.name}.ogg", folder / f".{truth.name}.half"
    with soundfile.SoundFile(half, "w", RATE_HZ, 2, format="OGG", subtype="VORBIS") as file:
        for start in range(0, len(sound), RATE_HZ):  # libsndfile overflows its stack on a whole piece
            file.write(sound[start : start + RATE_HZ])
    half.replace(ogg)
    half.write_text(json.dumps({**asdict(truth), "tempo": truth.tempo, **more}), encoding="utf-8")
    half.replace(folder / f"{truth.name}.json")
