"""`artvis paint`: one artwork, from a mood that is said or from a song."""

import argparse
import json
import os
import sys
from pathlib import Path

from artvis.cli.values import number, size, whole_number, writable_file
from artvis.errors import InputError
from artvis.model.sections import PROVIDERS, Settings
from artvis.paths import Home

HELP = "one artwork, from a mood or from a song"
EXAMPLE = 'artvis paint --mood 0.3,0.7 --key "A minor" --bpm 72 -o night.png'

_TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_FLATS = {
    "Db": "C#",
    "Eb": "D#",
    "Gb": "F#",
    "Ab": "G#",
    "Bb": "A#",
    "Cb": "B",
    "Fb": "E",
    "E#": "F",
    "B#": "C",
}


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--provider", metavar="NAME", help=f"who paints: {', '.join(PROVIDERS)}; no other is asked instead")
    add(
        "--mood",
        type=_mood,
        metavar="V,A",
        help="valence (sad to happy) and arousal (calm to excited), each 0..1",
    )
    add("--key", type=_key, metavar='"A minor"', help="tonic and mode")
    add("--bpm", type=number(20, 400), metavar="N", help="the tempo")
    add("--style", type=_style, metavar="S", help="a medium, a movement, or a style in your own words")
    add(
        "--seed",
        type=whole_number(0, 2**32 - 1),
        metavar="N",
        help="the same seed gives the same prompt and picture",
    )
    add("--size", type=size, metavar="WxH", help="of the picture")
    add("--from", dest="song", type=Path, metavar="FILE", help="take the music from a sound file")
    add("--at", type=number(0, 1e6), metavar="S", help="listen to the file up to this second (30)")
    add("-o", "--out", type=Path, metavar="OUT.png", help="write it here as well: .png, .jpg or .webp")
    add("--json", action="store_true", help="print the stored row as JSON")
    add("--prompt-only", action="store_true", help="print the prompt; call nobody, store nothing")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    if args.at is not None and args.song is None:
        raise InputError("--at needs a song to listen to: --from FILE.")
    from artvis.app import painting, pictures  # 200 ms with numpy, Pillow and sqlite3

    if args.out is not None:
        pictures.check_suffix(writable_file(args.out))
    order = painting.PaintOrder(
        provider=args.provider,
        mood=args.mood,
        key=args.key,
        bpm=args.bpm,
        style=args.style,
        seed=args.seed,
        size=args.size,
        song=args.song,
        at_s=args.at,
        out=args.out,
    )
    painting.check_back_end(order, settings)
    if args.prompt_only:
        prompt = painting.prompt_of(order, settings, home)
        print(json.dumps(painting.prompt_row(prompt)) if args.json else prompt.positive)
        return 0
    try:
        row = painting.paint(order, settings, home, os.environ)
    except painting.NotPainted as refusal:
        print(f"artvis: {refusal}", file=sys.stderr)
        return 1
    print(json.dumps(row) if args.json else row["path"] if args.out is None else args.out)
    return 0


def _mood(text: str) -> tuple[float, float]:
    valence, comma, arousal = text.partition(",")
    if not comma:
        raise argparse.ArgumentTypeError(f"{text} is no mood; write valence and arousal, such as 0.3,0.7")
    unit = number(0, 1)
    return unit(valence), unit(arousal)


def _key(text: str) -> str:
    """'A minor', also written 'a minor' or 'Bb major'."""
    tonic, _, mode = " ".join(text.split()).partition(" ")
    tonic = tonic[:1].upper() + tonic[1:]
    tonic, mode = _FLATS.get(tonic, tonic), mode.lower()
    if tonic not in _TONICS or mode not in ("major", "minor"):
        raise argparse.ArgumentTypeError(f"{text} is no key; write tonic and mode, such as 'A minor'")
    return f"{tonic} {mode}"


def _style(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a style needs a name")
    return text
