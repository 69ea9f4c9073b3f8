"""`artvis show`: the window."""

import argparse
import json
import os
from pathlib import Path

from artvis.cli.values import number, size, whole_number, writable_file
from artvis.errors import GraphicsUnavailable, InputError
from artvis.model.sections import PROVIDERS, Settings
from artvis.paths import Home

HELP = "the window: it listens, paints and shows until it is left"
EXAMPLE = "artvis show --fullscreen --source system"
LOADS_OWN_SETTINGS = True  # a kiosk goes on with the last good ones

INTERRUPTED = 130


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--fullscreen", action="store_true", help="fill the screen")
    add("--screen", type=_monitor, metavar="N|NAME", help="on this monitor, counted from 0; it is waited for")
    add("--kiosk", action="store_true", help="full screen, no cursor, no keys; starts again when it dies")
    add("--clean", action="store_true", help="no notice, text or cursor on the picture")
    add(
        "--source",
        metavar="SOURCE",
        help="auto, system, system:NAME, mic, mic:NAME, mic:NAME#3-4, file:PATH or demo",
    )
    add("--provider", choices=PROVIDERS, help="who paints; naming a network back end allows it for this show")
    add(
        "--scene",
        metavar="NAME|FILE.fs",
        help="this scene alone, by name or file; without it, the music chooses",
    )
    add("--size", type=size, default=(1280, 720), metavar="WxH", help="of the window")
    add(
        "--fps",
        type=_fps,
        default=0,
        metavar="N",
        help="frames a second; 0: as in the settings; max: for measuring",
    )
    add("--scale", type=number(0.2, 1.0), metavar="N", help="pins the render scale, 0.2 to 1")
    add("--seconds", type=number(0.1, 1e9), metavar="N", help="leaves by itself after this time")
    add("--report", type=Path, metavar="FILE", help="writes what was measured, as JSON")
    add("--pulse", type=int, help=argparse.SUPPRESS)  # the watchdog's end of a pipe
    add("--watchdog", type=int, default=os.getppid(), help=argparse.SUPPRESS)


def run(args: argparse.Namespace, settings: Settings, home: Home) -> int:
    """Under a watchdog with --kiosk; the show itself otherwise."""
    del settings  # these are the defaults
    if args.report is not None:
        writable_file(args.report)
    if args.kiosk and args.pulse is None:
        from artvis.app.kiosk import run_kiosk

        return run_kiosk(_words(args), os.environ)
    from artvis.app.order import ShowOrder
    from artvis.app.show import begin_show

    order = ShowOrder(
        source=args.source,
        provider=args.provider,
        scene=args.scene,
        fullscreen=args.fullscreen,
        screen=args.screen,
        kiosk=args.kiosk,
        clean=args.clean,
        size=args.size,
        fps=args.fps,
        scale=args.scale,
        seconds=args.seconds,
        pulse=args.pulse,
        watchdog_pid=args.watchdog,
    )
    try:
        report, interrupted = begin_show(order, home, os.environ)
    except GraphicsUnavailable as problem:
        if args.pulse is None:
            raise
        from artvis.app.kiosk import without_graphics

        return without_graphics(problem)
    if args.report is not None:
        _write(args.report, report)
    return INTERRUPTED if interrupted else 0


def _write(path: Path, report: dict[str, object]) -> None:
    try:
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    except OSError as problem:
        raise InputError(f"The report {path} cannot be written: {problem.strerror}.") from problem


def _fps(text: str) -> int | None:
    return None if text == "max" else whole_number(0, 1000)(text)


def _monitor(text: str) -> int | str:
    if text.lstrip("-").isdecimal():
        return whole_number(0, 63)(text)
    if not (0 < len(text) <= 100 and text.isprintable()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number or name of a monitor")
    return text


def _words(args: argparse.Namespace) -> list[str]:
    """The same flags again, for the process under the watchdog."""
    words = ["--kiosk", "--size", f"{args.size[0]}x{args.size[1]}", "--fps", _fps_text(args.fps)]
    words += ["--clean"] if args.clean else []
    for flag in ("screen", "source", "provider", "scene", "scale", "seconds", "report"):
        value = getattr(args, flag)
        if value is not None:
            words += [f"--{flag}", str(value)]
    return words


def _fps_text(fps: int | None) -> str:
    return "max" if fps is None else str(fps)
