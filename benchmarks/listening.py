"""How well artvis listens, beside aubio and a naive energy detector, on music whose truth is known.

    python benchmarks/listening.py held=DIR [NAME=DIR …] [--deep] [--jobs 2] [--per-track] [--markdown listening.md]

A folder holds pairs of NAME.ogg (or .wav) and NAME.json, as `benchmarks/material/make.py` writes them.
Columns are means over the pieces for which they have a meaning; lock is a median.
"""

import argparse
import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import listeners
import measures
import numpy as np
from listeners import Heard
from measures import BEAT_S, NAN, ONSET_S, SECTION_S, Times

ONSETS_KNOWN: Final = {"mma", "synth"}
"""Groups whose onsets are scored: every note is known and none is drowned in a room."""
COLUMNS: Final = {
    "F live": "{:.3f}", ">= .9": "{:.2f}", "CMLt": "{:.3f}", "AMLt": "{:.3f}", "Acc1": "{:.3f}", "Acc2": "{:.3f}",
    "lock s": "{:.1f}", "report ms": "{:+.0f}", "jitter ms": "{:.1f}", "false/s": "{:.2f}", "downbeat F": "{:.3f}",
    "onset F": "{:.3f}", "key": "{:.3f}", "key 10 s": "{:.3f}", "section F": "{:.3f}", "CPU %": "{:.2f}",
    "p99 ms": "{:.2f}",
}  # fmt: skip
MUST: Final = (
    ".87",
    ".72",
    ".80",
    "",
    ".90",
    "",
    "2",
    "-15 to -40",
    "7",
    ".5",
    ".60",
    ".85",
    ".70",
    ".60",
    "",
    "5",
    "3",
)
GOAL: Final = (
    ".93",
    ".85",
    ".87",
    "",
    ".94",
    "",
    "1",
    "",
    "",
    ".1",
    ".75",
    ".90",
    ".78",
    ".68",
    "",
    "3",
    "1.5",
)
BINS: Final = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 1.001)
MARK: Final = "<!-- figures -->"
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one piece."""

    set_name: str
    piece: str
    group: str
    system: str
    scores: Scores
    said: list[tuple[float, bool]]
    """Confidence of every beat, and whether it was right."""


def score(truth: dict[str, Any], heard: Heard) -> Scores:
    """Every column for one piece; NaN where the truth says nothing."""
    beats, spans, duration_s = np.array(truth["beats"], float), _spans(truth), float(truth["duration"])
    seen = np.sort([beat.seen_s for beat in heard.beats])
    ours = measures.trimmed(measures.outside(seen, spans))
    true = measures.trimmed(measures.outside(beats, spans))
    row: Scores = {"false/s": measures.false_rate(seen, spans)}
    if len(beats):
        row["F live"] = measures.f_measure(true, ours, BEAT_S)
        row["CMLt"], row["AMLt"] = measures.continuity(true, ours)
        row["Acc1"], row["Acc2"] = measures.tempo_accuracy(beats, heard.tempi, seen, duration_s, spans)
        row["lock s"] = measures.lock_s(measures.outside(beats, spans), seen, duration_s)
        row["report ms"], row["jitter ms"] = _timing(beats, heard)
    if truth.get("downbeats") and heard.bars_and_keys:
        firsts = np.sort([beat.seen_s for beat in heard.beats if beat.downbeat])
        true, ours = (
            measures.trimmed(measures.outside(times, spans))
            for times in (np.array(truth["downbeats"]), firsts)
        )
        row["downbeat F"] = measures.f_measure(true, ours, BEAT_S)
    if truth.get("onsets") and truth["group"] in ONSETS_KNOWN:
        row["onset F"] = measures.f_measure(np.array(truth["onsets"]), np.sort(heard.onsets), ONSET_S)
    if truth.get("key") and heard.bars_and_keys:
        for column, until_s in (("key", duration_s), ("key 10 s", 10.0)):
            said = [name for t_s, name in heard.keys if t_s <= until_s]
            row[column] = measures.key_score(truth["key"], said[-1]) if said else 0.0
    if truth.get("sections") and heard.deep:
        row["section F"] = measures.f_measure(np.array(truth["sections"]), np.sort(heard.sections), SECTION_S)
    return row | {"CPU %": 100 * heard.core_share, "p99 ms": heard.hop_ms_p99}


def _spans(truth: dict[str, Any]) -> measures.Spans:
    return [(float(begin_s), float(end_s)) for begin_s, end_s in truth.get("nobeat", [])]


def _timing(beats: Times, heard: Heard) -> tuple[float, float]:
    """(median of when a right beat was said minus its true time, deviation of the times claimed), in ms."""
    errors = measures.nearest_errors(beats, np.array([beat.time_s for beat in heard.beats]))
    right = np.abs(errors) <= BEAT_S
    if not right.any():
        return NAN, NAN
    early = np.array([beat.t_s - beat.time_s for beat in heard.beats])
    return 1e3 * float(np.median((errors + early)[right])), 1e3 * float(errors[right].std())


def reliability(truth: dict[str, Any], heard: Heard) -> list[tuple[float, bool]]:
    """(confidence, right within 70 ms) of every beat that was announced."""
    claimed = np.array([beat.time_s for beat in heard.beats])
    right = np.abs(measures.nearest_errors(np.array(truth["beats"], float), claimed)) <= BEAT_S
    return [(beat.confidence, bool(hit)) for beat, hit in zip(heard.beats, right, strict=True)]


def hear(deep_cache: Path | None, task: tuple[str, Path, str]) -> Row:
    """One system on one piece: the unit of work of a process."""
    set_name, truth_file, system = task
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    sound = next(path for end in (".ogg", ".wav") if (path := truth_file.with_suffix(end)).exists())
    if system == "artvis":
        heard = listeners.artvis(sound, deep_cache=deep_cache)
    else:
        heard = {"aubio": listeners.aubio, "naive": listeners.naive}[system](sound)
    said = reliability(truth, heard) if system == "artvis" else []
    return Row(set_name, truth["name"], truth["group"], system, score(truth, heard), said)


def mean_of(rows: Iterable[Row]) -> dict[str, str]:
    """The figures of several pieces, as text; a column without meaning is empty."""
    rows = list(rows)
    figures: dict[str, str] = {}
    for column, form in COLUMNS.items():
        values = [row.scores.get("F live" if column == ">= .9" else column, NAN) for row in rows]
        known = np.array([value for value in values if not np.isnan(value)])
        if column == ">= .9":
            known = (known >= 0.9).astype(float)
        middle = np.median if column == "lock s" else np.mean
        figures[column] = form.format(float(middle(known))).replace("0.", ".", 1) if len(known) else ""
    return figures


def table(rows: list[Row], systems: list[str]) -> list[str]:
    """Markdown: every system on all pieces of a set, then by group."""
    groups = sorted({row.group for row in rows})
    lines = [
        "| group | system | " + " | ".join(COLUMNS) + " |",
        "|---|---|" + "---:|" * len(COLUMNS),
        "| | must | " + " | ".join(MUST) + " |",
        "| | goal | " + " | ".join(GOAL) + " |",
    ]
    for group in (None, *groups):
        count = len({row.piece for row in rows if group in (None, row.group)})
        for system in systems:
            mine = [row for row in rows if row.system == system and group in (None, row.group)]
            name = f"{group or 'all'} ({count})"
            lines.append(f"| {name} | {system} | " + " | ".join(mean_of(mine).values()) + " |")
    return lines


def reliability_table(rows: list[Row], sets: list[str]) -> list[str]:
    lines = ["| confidence | " + " | ".join(sets) + " |", "|---|" + "---:|" * len(sets)]
    for low, high in pairwise(BINS):
        cells = []
        for name in sets:
            hits = [
                hit for row in rows if row.set_name == name for sure, hit in row.said if low <= sure < high
            ]
            cells.append(f"{np.mean(hits):.2f} of {len(hits)}" if hits else "")
        lines.append(f"| {low:.2f} to {min(high, 1):.2f} | " + " | ".join(cells) + " |")
    return lines


def report(rows: list[Row], sets: list[str], systems: list[str]) -> str:
    parts = []
    for name in sets:
        parts += [f"## {name}", "", *table([row for row in rows if row.set_name == name], systems), ""]
    if "artvis" in systems:
        parts += [
            "## Is its confidence true?", "",
            "Share of the announced beats that are right within 70 ms, by the confidence they were announced with.",
            "", *reliability_table(rows, sets), "",
        ]  # fmt: skip
    return "\n".join(parts)


def per_track(rows: list[Row], systems: list[str]) -> str:
    lines = []
    for piece in sorted({row.piece for row in rows}):
        for system in systems:
            for row in rows:
                if row.piece == piece and row.system == system:
                    figures = {column: text for column, text in mean_of([row]).items() if text}
                    lines.append(
                        f"{piece:40} {system:8} " + "  ".join(f"{c} {v}" for c, v in figures.items())
                    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", metavar="NAME=DIR")
    parser.add_argument("--systems", default="artvis,aubio,naive")
    parser.add_argument("--only", default="", help="pieces whose name contains this")
    parser.add_argument("--every", type=int, default=1, help="only each so many-th piece, for a quick look")
    parser.add_argument(
        "--deep", action="store_true", help="with the deep listener: sections, mood, second opinions"
    )
    parser.add_argument("--deep-cache", type=Path, default=Path.home() / ".cache/artvis")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--per-track", action="store_true")
    parser.add_argument(
        "--markdown", type=Path, help=f"write the tables into this file, after its line {MARK}"
    )
    args = parser.parse_args()
    systems = args.systems.split(",")
    if "aubio" in systems and not listeners.aubio_is_there():
        print("aubio is left out: apt-get install python3-aubio brings it.")
        systems.remove("aubio")
    folders = dict(item.split("=", 1) for item in args.sets)
    tasks = [
        (name, file, system)
        for name, folder in folders.items()
        for file in sorted(f for f in Path(folder).glob("*.json") if args.only in f.name)[:: args.every]
        for system in systems
    ]
    work = partial(hear, args.deep_cache if args.deep else None)
    with ProcessPoolExecutor(args.jobs) as pool:
        rows = list(pool.map(work, tasks))
    text = report(rows, list(folders), systems)
    print(per_track(rows, systems) if args.per_track else text)
    if args.markdown:
        above = args.markdown.read_text(encoding="utf-8").split(MARK)[0]
        args.markdown.write_text(f"{above}{MARK}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
