"""`artvis render`: a film of a song, made by the same engine and the same pipeline as the window's."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from artvis.cli.values import number, size, whole_number, writable_file
from artvis.errors import InputError
from artvis.model.sections import PROVIDERS, Settings
from artvis.paths import Home

HELP = "a film of a song, or of the built-in demo track"
EXAMPLE = "artvis render song.flac -o film.mp4 --size 1280x720"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", nargs="?", type=Path, metavar="FILE", help="the song; without one, the demo track")
    add("-o", "--out", type=Path, metavar="OUT.mp4", help="the film")
    add("--frames", type=Path, metavar="DIR", help="every frame as PNG into this folder")
    add("--events", type=Path, metavar="FILE.jsonl", help="what happened when, a line each")
    add("--size", type=size, default=(1280, 720), metavar="WxH", help="of the film")
    add("--fps", type=whole_number(1, 120), default=30, metavar="N", help="frames a second")
    add(
        "--seed", type=whole_number(0, 2**31 - 1), default=1, metavar="N", help="of everything that is chance"
    )
    add("--start", type=number(0.0, 1e6), default=0.0, metavar="S", help="where in the song it begins")
    add("--duration", type=number(0.05, 1e6), metavar="S", help="how long it is")
    add("--provider", default="painter", choices=PROVIDERS, help="who paints")
    add("--scene", metavar="NAME|FILE.fs", help="this scene alone; without it, the music chooses")
    add("--library", action="store_true", help="use this home's library; two films are no longer the same")


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    if args.out is None and args.frames is None:
        raise InputError("Say where the film goes: -o OUT.mp4, or --frames DIR.")
    _check_outputs(args)
    from artvis.app.film import FilmOrder, make_film

    order = FilmOrder(
        song=args.file,
        out=args.out,
        frames=args.frames,
        events=args.events,
        size=args.size,
        fps=args.fps,
        seed=args.seed,
        start_s=args.start,
        duration_s=args.duration,
        provider=args.provider,
        scene=args.scene,
        own_library=not args.library,
    )
    figures = make_film(order, settings, home, environ=os.environ, progress=_progress())
    for sentence in figures.notices:
        print(f"artvis: {sentence}", file=sys.stderr)
    where = args.out or args.frames
    print(
        f"{where}: {figures.seconds:.1f} s, {figures.frames} frames, {figures.artworks} artworks, "
        f"made in {figures.wall_s:.1f} s",
        file=sys.stderr,
    )
    return 0


def _check_outputs(args: argparse.Namespace) -> None:
    if args.out is not None and args.out.suffix.lower() != ".mp4":
        raise InputError(f"{args.out} is no name for a film; it ends in .mp4.")
    for path in (args.out, args.events):
        if path is not None:
            writable_file(path)
    if args.frames is not None and not args.frames.is_dir():
        raise InputError(f"The folder {args.frames} does not exist.")


def _progress() -> Callable[[int, int], None]:
    """A line that is written over, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None
    begun_s = time.monotonic()

    def tell(done: int, total: int) -> None:
        if done % 10 and done != total:
            return
        rate = done / max(time.monotonic() - begun_s, 1e-3)
        end = "\n" if done == total else ""
        left_s = (total - done) / rate
        line = f"\r{100 * done // total:3d} %  {rate:4.0f} frames/s  {left_s:4.0f} s left "
        print(line, end=end, file=sys.stderr, flush=True)

    return tell
