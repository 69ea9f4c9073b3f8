"""Electronic music from random patterns, kits, mixes and forms, with beats, bars, onsets and sections as truth.

It has the traps of the field on purpose: off-beat basses, half-time drops, drones without a pulse, ramps, hard cuts.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

import kit
import numpy as np
import numpy.typing as npt
from degrade import at_random
from harmony import KeyOf
from patterns import Genre, Steps, draw, genres, split_of
from truth import DURATION_S, RATE_HZ, Sound, Truth, audible, write

DRUM_PARTS = ("kick", "snare", "hat", "open", "percussion")
TAIL_S = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    bars: int
    parts: frozenset[str]
    """Which of the parts play; none but a drone is a stretch without a pulse."""
    stop: int = 0
    """Beats at the end that are silent."""
    half_time: bool = False


@dataclass(slots=True)
class Mix:
    """Buses of the duration, and what is heard when."""

    buses: dict[str, Sound]
    onsets: list[float] = field(default_factory=list)
    loudness_db: list[float] = field(default_factory=list)

    @classmethod
    def silent(cls, duration_s: float) -> "Mix":
        frames = int((duration_s + TAIL_S) * RATE_HZ)
        return cls({bus: np.zeros(frames, np.float32) for bus in ("drums", "bass", "music")})

    def hit(self, bus: str, at_s: float, wave: Sound, gain: float, *, heard: bool = True) -> None:
        room = self.buses[bus]
        first = round(float(at_s) * RATE_HZ)
        if not 0 <= first < len(room) or gain <= 0.02:
            return
        room[first : first + len(wave)] += gain * wave[: len(room) - first]
        if heard:
            self.onsets.append(at_s)
            self.loudness_db.append(20 * float(np.log10(gain)))


@dataclass(frozen=True, slots=True)
class Track:
    """Patterns of one bar and the instruments that play them."""

    genre_name: str
    genre: Genre
    bpm: float
    beats: int
    """In a bar."""
    per_beat: int
    swing: float
    patterns: dict[str, Steps]
    key: KeyOf


def make(split: str, seed: int, folder: Path) -> None:
    """Writes one piece: a track, or two with a hard cut between them."""
    rng = np.random.default_rng([seed, {"train": 11, "tune": 22, "held": 33}[split]])
    cut_s = float(rng.uniform(12, 28)) if rng.random() < 0.12 else DURATION_S
    track = draw_track(split, rng)
    sound, truth = play(track, cut_s, rng)
    tags = [track.genre_name]
    if cut_s < DURATION_S:
        second = draw_track(split, rng)
        sound, truth = _joined(sound, truth, *play(second, DURATION_S - cut_s, rng), cut_s)
        tags += ["cut", second.genre_name]
    sound, done = at_random(sound, rng)
    name = f"{split}_synth_{seed:04}_{track.genre_name.replace(' ', '_').replace(',', '')}"
    truth = replace(truth, name=name, group="room" if "room" in done else "synth", tags=tags)
    meter = f"{track.beats}/4"
    write(folder, truth.within(0.0), sound, split=split, style=track.genre_name, meter=meter, damage=done)


def draw_track(split: str, rng: np.random.Generator, genre_name: str = "") -> Track:
    """A genre and patterns of it; patterns of another split are drawn again."""
    pool = genres(split)
    name = genre_name or str(rng.choice(list(pool)))
    genre = pool[name]
    beats = int(rng.choice([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 5]))
    per_beat = 3 if rng.random() < 0.08 else 4
    while True:
        kick = draw(str(rng.choice(genre.kick)), beats, per_beat, np.zeros(0), rng)
        patterns = {
            part: draw(str(rng.choice(ways)), beats, per_beat, kick, rng)
            for part, ways in (("snare", genre.snare), ("hat", genre.hat), ("bass", genre.bass))
        } | {
            part: draw(way, beats, per_beat, kick, rng)
            for part, way in (
                ("open", "off"),
                ("percussion", "euclid"),
                ("stab", "syncopated"),
                ("lead", "euclid"),
            )
        }
        if split_of(kick, patterns["snare"], patterns["bass"]) == split:
            break
    return Track(
        genre_name=name,
        genre=genre,
        bpm=float(rng.uniform(genre.slowest_bpm, genre.fastest_bpm)),
        beats=beats,
        per_beat=per_beat,
        swing=float(rng.uniform(0, genre.swing)),
        patterns={"kick": kick, **patterns},
        key=KeyOf.at_random(rng),
    )


def play(
    track: Track,
    duration_s: float,
    rng: np.random.Generator,
    *,
    form: list[Section] | None = None,
    ramp: tuple[float, float] | None = None,
) -> tuple[Sound, Truth]:
    """Sound, shape (n, 2), and its truth; `ramp` is the factor of the tempo at the start and at the end."""
    bar_q = track.beats
    form = form or _form(track, duration_s, rng)
    bars = sum(section.bars for section in form)
    beat_s = _beat_times(track.bpm, bars * bar_q + 1, duration_s, ramp, rng)
    mix = Mix.silent(duration_s)
    sections, spans, first = [], [], 0
    last_heard: tuple[frozenset[str], bool] | None = None
    chords = track.key.progression(bars, rng, sevenths=bool(rng.random() < 0.4))
    instruments = _Instruments(rng)
    for section in form:
        begin_s, end_s = beat_s[first * bar_q], beat_s[(first + section.bars) * bar_q]
        if first and (section.parts, section.half_time) != last_heard:
            sections.append(begin_s)
        last_heard = (section.parts, section.half_time)
        if not section.parts - {"drone", "riser"}:
            spans.append((begin_s, end_s))
        for bar in range(first, first + section.bars):
            last = bar == first + section.bars - 1
            times = beat_s[bar * bar_q : (bar + 1) * bar_q + 1]
            instruments.bar(mix, track, section, times, chords[bar].pitches, stop=section.stop if last else 0)
        instruments.over(mix, section, begin_s, end_s, chords[first].pitches)
        first += section.bars
    beats, downbeats = (
        [float(t) for t in times if not _inside(t, spans)] for times in (beat_s[:-1], beat_s[:-1:bar_q])
    )
    tonal = any(section.parts & {"stab", "lead", "pad", "drone"} for section in form)
    truth = Truth(
        "", "synth", beats, downbeats, audible(mix.onsets, mix.loudness_db), sections, spans,
        track.key.name if tonal else "",
    )  # fmt: skip
    return _mixed(mix, duration_s, rng), truth.within(0.0, duration_s)


def _inside(t: float, spans: list[tuple[float, float]]) -> bool:
    return any(a - 1e-6 <= t < b - 1e-6 for a, b in spans)


def _form(track: Track, duration_s: float, rng: np.random.Generator) -> list[Section]:
    """Sections of 4 to 16 bars that add and remove parts; some begin without drums, some drop to half time."""
    drums = {"kick", "snare", "hat"}
    extras = ["open", "percussion", "stab", "lead", "pad", "bass", "bass"]
    bar_s = track.beats * 60 / track.bpm
    form: list[Section] = []
    if rng.random() < 0.35:
        start = rng.choice(["drone", "pad", "music", "hats"])
        openings = {
            "drone": {"drone", "riser"},
            "pad": {"pad", "stab"},
            "music": {"lead", "pad", "bass"},
            "hats": {"hat"},
        }
        form.append(Section(int(rng.choice([2, 4, 4, 8])), frozenset(openings[str(start)])))
    while sum(section.bars for section in form) * bar_s < duration_s * 1.35 + 4:
        parts = drums | {str(part) for part in rng.choice(extras, int(rng.integers(1, 6)))}
        draw_ = rng.random()
        half_time = False
        if draw_ < 0.12:
            parts -= {"kick", "snare"}
        elif draw_ < 0.17:
            parts = (parts - drums) | {"pad", "lead"}
        elif draw_ < 0.2:
            parts = {"drone", "riser"} if bar_s * 4 < 10 else parts
        elif draw_ < 0.28:
            half_time = track.bpm > 115
        elif draw_ < 0.5:
            parts -= {str(rng.choice(["kick", "snare", "hat"]))}
        bars = int(rng.choice([4, 8, 8, 16])) if "drone" not in parts else 4
        stop = int(rng.choice([1, 2, track.beats])) if rng.random() < 0.2 else 0
        form.append(Section(bars, frozenset(parts), stop=stop, half_time=half_time))
    return form


def _beat_times(
    bpm: float, count: int, duration_s: float, ramp: tuple[float, float] | None, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """From 0 to 0.8 s on; one piece in eight ramps, one in fifteen drifts like a band."""
    factor = np.ones(count)
    draw_ = rng.random()
    if ramp is None and draw_ < 0.12:
        ramp = (1.0, float(rng.uniform(0.75, 1.3)))
    if ramp is not None:
        expected = duration_s * bpm / 60 * (ramp[0] + ramp[1]) / 2
        factor = ramp[0] + np.clip(np.arange(count) / expected, 0, 1) * (ramp[1] - ramp[0])
    elif draw_ < 0.19:
        walk = np.convolve(rng.normal(0, 1, count + 31), np.hanning(32), "valid")[:count]
        factor += 0.02 * walk / np.abs(walk).max()
    steps = 60 / np.clip(bpm * factor, min(55, bpm), max(205, bpm))
    return np.asarray(rng.choice([0.0, rng.uniform(0, 0.8)]) + np.r_[0, np.cumsum(steps[:-1])])


class _Instruments:
    """A kit, its levels and places, drawn once for a track."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        makers = {"kick": kit.kick, "snare": kit.snare, "hat": kit.hat, "percussion": kit.percussion}
        self._hits = {part: maker(rng) for part, maker in makers.items()}
        self._hits["open"] = kit.hat(rng, open_=True)
        self._tones = {part: kit.Tone(rng, dark=part == "bass") for part in ("bass", "stab", "lead")}
        low, high = np.array([(0.6, 1.0), (0.3, 0.9), (0.08, 0.4), (0.08, 0.35), (0.1, 0.4)]).T
        self._gains = dict(zip(DRUM_PARTS, rng.uniform(low, high), strict=True))
        self._gains |= {
            "bass": rng.uniform(0.25, 0.8),
            "stab": rng.uniform(0.08, 0.22),
            "lead": rng.uniform(0.08, 0.4),
        }
        self._pad_gain = rng.uniform(0.1, 0.4)
        self._loose_s = float(rng.choice([0, 0, 0.002, 0.006]))
        self._long = rng.uniform(0.4, 1.6)

    def bar(
        self,
        mix: Mix,
        track: Track,
        section: Section,
        times: npt.NDArray[np.float64],
        chord: tuple[int, ...],
        *,
        stop: int,
    ) -> None:
        beats = track.beats - stop
        per_beat = track.per_beat
        grid_s = np.interp(np.arange(track.beats * per_beat + 1) / per_beat, np.arange(len(times)), times)
        step_s = float(grid_s[1] - grid_s[0])
        patterns = _at_half_time(track) if section.half_time else track.patterns
        for part in (*DRUM_PARTS, "bass", "stab", "lead"):
            if part not in section.parts:
                continue
            for step in np.flatnonzero(patterns[part][: beats * per_beat]):
                late_s = track.swing * step_s if step % 2 and per_beat == 4 else 0.0
                at_s = max(0.0, float(grid_s[step]) + late_s + float(self._rng.normal(0, self._loose_s)))
                gain = self._gains[part] * float(patterns[part][step]) * float(self._rng.uniform(0.9, 1))
                self._play(
                    mix, part, at_s, gain, chord, _length_s(patterns[part], int(step), step_s, self._long)
                )

    def _play(
        self, mix: Mix, part: str, at_s: float, gain: float, chord: tuple[int, ...], length_s: float
    ) -> None:
        if part in DRUM_PARTS:
            mix.hit("drums", at_s, self._hits[part], gain)
        elif part == "bass":
            mix.hit(
                "bass", at_s, self._tones[part].note(36 + chord[0] % 12 - 12 * (chord[0] > 7), length_s), gain
            )
        elif part == "lead":
            note = 60 + int(self._rng.choice(chord)) + 12 * int(self._rng.integers(2))
            mix.hit("music", at_s, self._tones[part].note(note, length_s), gain)
        else:
            for pitch in chord:
                mix.hit("music", at_s, self._tones[part].note(60 + pitch, min(length_s, 0.5)), gain)

    def over(self, mix: Mix, section: Section, begin_s: float, end_s: float, chord: tuple[int, ...]) -> None:
        """What lies over a whole section: a pad, a drone, a riser up to the next."""
        length_s = float(end_s - begin_s)
        if section.parts & {"pad", "drone"}:
            wave = kit.pad(self._rng, [48 + pitch for pitch in chord[:3]], length_s)
            mix.hit("music", begin_s, wave, self._pad_gain, heard=False)
        if "riser" in section.parts:
            mix.hit("music", begin_s, kit.riser(self._rng, length_s), 0.25, heard=False)


def _at_half_time(track: Track) -> dict[str, Steps]:
    """Kick on the first beat and snare on the third: felt at half the tempo, counted at the same."""
    count = track.beats * track.per_beat
    kick, snare = np.zeros(count), np.zeros(count)
    kick[0], snare[track.beats // 2 * track.per_beat] = 1.0, 1.0
    return track.patterns | {"kick": kick, "snare": snare}


def _length_s(pattern: Steps, step: int, step_s: float, share: float) -> float:
    """Up to the next note of the pattern, as legato as `share` says."""
    later = np.flatnonzero(pattern[step + 1 :])
    steps = int(later[0]) + 1 if len(later) else len(pattern) - step
    return min(2.0, steps * step_s * share)


def _mixed(mix: Mix, duration_s: float, rng: np.random.Generator) -> Sound:
    """Buses together: the music ducks under the kick in some, a filter opens or closes over some, width at random."""
    frames = int(duration_s * RATE_HZ)
    drums, bass, music = (mix.buses[bus][:frames] for bus in ("drums", "bass", "music"))
    if rng.random() < 0.45:
        level = np.abs(drums[: frames // 64 * 64]).reshape(-1, 64).max(axis=1)
        held = np.zeros_like(level)
        for i in range(1, len(level)):
            held[i] = max(level[i], held[i - 1] * 0.992)
        duck = np.repeat(1 - rng.uniform(0.4, 0.95) * np.minimum(1, held), 64)
        duck = np.r_[duck, np.ones(frames - len(duck))]
        bass, music = bass * duck, music * duck
    total = drums + bass + music
    if rng.random() < 0.2:
        dark = kit.filtered(total.astype(np.float64), "low", rng.uniform(250, 1200))
        sweep = np.clip(np.linspace(rng.uniform(-1, 1), rng.uniform(0, 2), frames), 0, 1)
        total = total * sweep + dark * (1 - sweep)
    side = rng.uniform(0, 0.5) * np.convolve(music, rng.normal(0, 0.1, 32), "same")
    return np.stack([total + side, total - side], axis=1).astype(np.float32)


def _joined(first: Sound, a: Truth, second: Sound, b: Truth, cut_s: float) -> tuple[Sound, Truth]:
    """A hard cut from one track to another; two keys are no key."""
    at = int(cut_s * RATE_HZ)
    late = b.within(-cut_s, DURATION_S)
    truth = Truth(
        "", "synth", a.beats + late.beats, a.downbeats + late.downbeats, a.onsets + late.onsets,
        [*a.sections, cut_s, *late.sections], [*a.nobeat, *late.nobeat],
    )  # fmt: skip
    joined = np.zeros((int(DURATION_S * RATE_HZ), 2), np.float32)
    joined[:at] = first[:at]
    joined[at : at + len(second)] = second[: len(joined) - at]
    return joined, truth
