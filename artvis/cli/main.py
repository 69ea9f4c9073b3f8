"""The command `artvis`: finds the module of a command, hands it settings, makes an exit code.

It does no work of its own and imports nothing that a command does not need.
"""

import argparse
import difflib
import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from artvis import __version__, paths, settings
from artvis.errors import ArtvisError
from artvis.model.sections import Settings

COMMANDS = (
    "show",
    "render",
    "analyze",
    "paint",
    "sources",
    "scenes",
    "calibrate",
    "tell",
    "library",
    "vote",
    "taste",
    "usage",
    "providers",
    "config",
    "doctor",
)
DONE, REFUSED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


class CommandModule(Protocol):
    """What a file of artvis/cli gives; one with LOADS_OWN_SETTINGS gets the defaults and reads for itself."""

    HELP: str
    EXAMPLE: str

    def configure(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, args: argparse.Namespace, settings: Settings, home: paths.Home) -> int: ...


class OneSentenceParser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 it says no, 2 bad use or environment, 130 interrupted."""
    if getattr(sys, "frozen", False):  # a spawned worker of the bundle begins here
        from multiprocessing import freeze_support  # 12 ms

        freeze_support()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name need not be text
    if argv is None:  # being told to end is an interruption too, so that no half-written file stays
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        hang_up = getattr(
            signal, "SIGHUP", None
        )  # a terminal that is closed; nohup has it ignored, and so it stays
        if hang_up is not None and signal.getsignal(hang_up) != signal.SIG_IGN:
            signal.signal(hang_up, signal.default_int_handler)
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()
    except ArtvisError as problem:
        print(f"artvis: {problem}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has seen enough. What is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except SystemExit as leave:  # argparse
        return leave.code if isinstance(leave.code, int) else DONE
    return code


def _dispatch(words: list[str]) -> int:
    first = words[0] if words else "show"
    if first in ("-h", "--help", "help"):
        print(_overview())
        return DONE
    if first in ("-V", "--version"):
        print(_versions())
        return DONE
    if first.startswith("-"):
        return _run("show", words)
    if first in COMMANDS:
        return _run(first, words[1:])
    near = difflib.get_close_matches(first, COMMANDS, n=1)
    hint = f"did you mean {near[0]}?" if near else "`artvis --help` lists all."
    print(f"artvis: there is no command {first}; {hint}", file=sys.stderr)
    return UNUSABLE


def _run(name: str, words: list[str]) -> int:
    command = _module(name)
    parser = OneSentenceParser(
        prog=f"artvis {name}",
        description=command.HELP,
        epilog=f"example: {command.EXAMPLE}",
        allow_abbrev=False,
    )
    command.configure(parser)
    args = parser.parse_args(words)
    home = paths.home(os.environ)
    own = getattr(command, "LOADS_OWN_SETTINGS", False)
    return command.run(args, Settings() if own else settings.load(home, os.environ), home)


def _module(name: str) -> CommandModule:
    return cast("CommandModule", importlib.import_module(f"artvis.cli.{name}"))


def _overview() -> str:
    lines = ["usage: artvis [COMMAND] [OPTIONS]", "", "Without a command: artvis show.", ""]
    lines += [f"  {name:<10} {_module(name).HELP}" for name in COMMANDS]
    lines += [
        "",
        "artvis COMMAND --help says more; artvis --version prints versions.",
        "example: artvis show --fullscreen",
    ]
    return "\n".join(lines)


def _versions() -> str:
    from artvis.app import health  # 40 ms

    return "\n".join([f"artvis {__version__}", *health.versions()])
