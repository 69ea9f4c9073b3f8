"""Which key gives which command, and the words that the help has for it.

A pure table: it knows no window system, and it carries nothing out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from artvis.model.command import Command, ListMove

Group = Literal["picture", "music", "stage"]


@dataclass(frozen=True, slots=True)
class Binding:
    """One command and the keys that give it.

    `keys` are key texts as `command_for` takes them. `label` is how people write them.
    """

    command: Command
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group


BINDINGS: tuple[Binding, ...] = (
    Binding(Command.LOVE, ("Up",), "↑", "love this picture", "picture"),
    Binding(Command.NEVER, ("Down",), "↓", "never show it again", "picture"),
    Binding(Command.UNDO_VOTE, ("Ctrl+Z",), "Ctrl Z", "take the last vote back", "picture"),
    Binding(Command.PREVIOUS, ("Left",), "←", "previous picture", "picture"),
    Binding(Command.NEXT, ("Right",), "→", "next picture", "picture"),
    Binding(Command.HOLD, ("Space",), "Space", "hold this picture, or go on", "picture"),
    Binding(Command.PAINT, ("G",), "G", "paint a new one now", "picture"),
    Binding(Command.WHY, ("I",), "I", "why this picture?", "picture"),
    Binding(Command.TAP, ("T",), "T", "tap the tempo, 4 or more", "music"),
    Binding(Command.RESYNC, ("R",), "R", "this is beat one", "music"),
    Binding(Command.HALVE_TEMPO, ("[",), "[", "half the tempo", "music"),
    Binding(Command.DOUBLE_TEMPO, ("]",), "]", "twice the tempo", "music"),
    Binding(Command.HOLD_TEMPO, ("L",), "L", "hold the tempo, or follow it again", "music"),
    Binding(Command.SOURCES, ("A",), "A", "what to listen to", "music"),
    Binding(Command.CALM, ("C",), "C", "calm: half the motion", "stage"),
    Binding(Command.BLACKOUT, ("B",), "B", "blackout, and back", "stage"),
    Binding(Command.FULLSCREEN, ("F", "F11"), "F", "full screen (double click)", "stage"),
    Binding(Command.NEXT_MONITOR, ("M",), "M", "next monitor", "stage"),
    Binding(Command.HELP, ("H", "?"), "H", "all keys", "stage"),
    Binding(Command.LEAVE, ("Esc",), "Esc", "close, or leave full screen", "stage"),
    Binding(Command.QUIT, ("Ctrl+Q",), "Ctrl Q", "quit", "stage"),
)


def _by_key() -> Mapping[str, Command]:
    table: dict[str, Command] = {}
    for binding in BINDINGS:
        for key in binding.keys:
            if key in table:
                raise ValueError(f"the key {key} is bound twice")
            table[key] = binding.command
    return MappingProxyType(table)


_COMMANDS = _by_key()

_MOVES: Mapping[str, ListMove] = MappingProxyType(
    {
        "Up": ListMove.UP,
        "Down": ListMove.DOWN,
        "PgUp": ListMove.PAGE_UP,
        "PgDown": ListMove.PAGE_DOWN,
        "Home": ListMove.FIRST,
        "End": ListMove.LAST,
        "Return": ListMove.CHOOSE,
        "Enter": ListMove.CHOOSE,
        "Esc": ListMove.LEAVE,
    }
)


def command_for(key: str) -> Command | None:
    """The command of a key text such as 'F', 'F11', 'Space', 'Up', '[' or 'Ctrl+Z'; None when it has none."""
    return _COMMANDS.get(key)


def move_for(key: str) -> ListMove | None:
    """What a key does while a list is open; it then has none of its other meanings. None: it keeps its command."""
    return _MOVES.get(key)
