"""`artvis analyze FILE`: what a live listener would hear in a file, event by event or in a few lines.

It hears nothing itself and knows no more of the music than it is told.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from artvis.errors import InputError
from artvis.model.music import Beat, Key, Level, Mood, MusicEvent, Onset, Section, Silence, Tempo
from artvis.model.sections import Settings
from artvis.paths import Home

if TYPE_CHECKING:
    from artvis.app.analysis import ListeningCost

HELP = "listen to a file exactly as the live path does"
EXAMPLE = "artvis analyze song.flac --json"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="any sound file")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, in order of t")
    parser.add_argument(
        "--profile", action="store_true", help="print CPU per second of audio and the worst hop"
    )
    parser.add_argument("--no-deep", action="store_true", help="leave out the deep listener")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    del settings  # nothing of it is about a file
    from artvis.app import analysis  # 150 ms: numpy, PyAV

    heard: list[MusicEvent] = []
    cost: ListeningCost | None = None
    for event in analysis.listen(
        args.file,
        deep_cache=None if args.no_deep else home.cache,
        on_wait=lambda why: print(why, file=sys.stderr),
    ):
        if isinstance(event, analysis.ListeningCost):
            cost = event
        elif args.json:
            print(json.dumps(as_json(event)))
        else:
            heard.append(event)
    if cost is None or cost.seconds == 0:
        raise InputError(f"{args.file} is too short to hear anything.")
    if args.json:
        print(json.dumps(stat_line(cost)))
    else:
        print("\n".join(summary(heard, cost)))
    if args.profile:
        print(profile_line(cost), file=sys.stderr if args.json else sys.stdout)
    return 0


def as_json(event: MusicEvent) -> dict[str, object]:  # noqa: PLR0911 - one return for each kind of event
    """One line of `--json`."""
    t = round(event.t_s, 4)
    match event:
        case Beat(_, time_s, confidence, downbeat):
            line = {"time": round(time_s, 4), "confidence": round(confidence, 3), "downbeat": downbeat}
            return {"t": t, "type": "beat", **line}
        case Tempo(_, bpm, confidence):
            return {"t": t, "type": "tempo", "bpm": round(bpm, 2), "confidence": round(confidence, 3)}
        case Onset(_, time_s, strength):
            return {"t": t, "type": "onset", "time": round(time_s, 4), "strength": round(strength, 2)}
        case Key(_, key, confidence):
            return {"t": t, "type": "key", "key": key, "confidence": round(confidence, 3)}
        case Mood(_, valence, arousal):
            return {"t": t, "type": "mood", "valence": round(valence, 3), "arousal": round(arousal, 3)}
        case Section(_, time_s, label):
            return {"t": t, "type": "section", "time": round(time_s, 3), "label": label}
        case Silence(_, on):
            return {"t": t, "type": "silence", "on": on}
        case Level(_, lufs, bass, mid, treble):
            bands = {"bass": round(bass, 3), "mid": round(mid, 3), "treble": round(treble, 3)}
            return {"t": t, "type": "level", "lufs": round(lufs, 2), **bands}


def stat_line(cost: "ListeningCost") -> dict[str, object]:
    """The last line of `--json`."""
    return {
        "t": round(cost.seconds, 4),
        "type": "stat",
        "seconds": round(cost.seconds, 4),
        "cpu_s": round(cost.cpu_s, 4),
        "hop": cost.hop,
        "hop_ms_p99": round(cost.hop_ms_p99, 3),
        "hop_ms_max": round(cost.hop_ms_max, 3),
    }


def profile_line(cost: "ListeningCost") -> str:
    share = 100 * cost.cpu_s / cost.seconds
    return (
        f"cost      {share:.2f} % of a core ({cost.cpu_s / cost.seconds * 1e3:.1f} ms CPU per second of audio), "
        f"hop {cost.hop} samples: p99 {cost.hop_ms_p99:.2f} ms, worst {cost.hop_ms_max:.2f} ms"
    )


def summary(heard: list[MusicEvent], cost: "ListeningCost") -> list[str]:
    """What a person wants to know, in a few lines."""
    beats = [event for event in heard if isinstance(event, Beat)]
    tempos = [event for event in heard if isinstance(event, Tempo)]
    keys = [event for event in heard if isinstance(event, Key)]
    moods = [event for event in heard if isinstance(event, Mood)]
    sections = [event for event in heard if isinstance(event, Section)]
    loud = sorted(event.lufs for event in heard if isinstance(event, Level) and event.lufs > -70)
    onsets = sum(isinstance(event, Onset) for event in heard)
    lines = [f"length    {cost.seconds:.1f} s"]
    if tempos and beats:
        usual = Counter(round(event.bpm) for event in tempos[len(tempos) // 2 :]).most_common(1)[0][0]
        lines.append(
            f"tempo     {usual} BPM; {tempos[-1].bpm:.1f} BPM at the end (sure to {tempos[-1].confidence:.0%})"
        )
    else:
        lines.append("tempo     none found")
    lines.append(
        f"beats     {len(beats)}, {sum(beat.downbeat for beat in beats)} of them the first of a bar; {onsets} onsets"
    )
    lines.append(
        f"key       {keys[-1].key} (sure to {keys[-1].confidence:.0%})" if keys else "key       none found"
    )
    if moods:
        lines.append(f"mood      valence {moods[-1].valence:.2f}, arousal {moods[-1].arousal:.2f}")
    if loud:
        lines.append(
            f"loudness  {loud[len(loud) // 2]:.1f} LUFS in the middle, {loud[-1]:.1f} at the loudest moment"
        )
    else:
        lines.append("loudness  silence throughout")
    if sections:
        lines.append("sections  " + "  ".join(f"{event.label} {event.time_s:.0f} s" for event in sections))
    return lines
