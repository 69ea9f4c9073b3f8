"""Which key gives which command, and the words that the help has for it.

A pure table: it knows no window system, and it carries nothing out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from artvis.model.command import Command

Group = Literal["picture", "beat", "window"]


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
    Binding(Command.HOLD, ("Space",), "Space", "hold this picture, go on", "picture"),
    Binding(Command.PAINT, ("G",), "G", "paint a new one now", "picture"),
    Binding(Command.WHY, ("I",), "I", "why this picture?", "picture"),
    Binding(Command.TAP, ("T",), "T", "tap the tempo, four times or more", "beat"),
    Binding(Command.RESYNC, ("R",), "R", "this is beat one", "beat"),
    Binding(Command.HALVE_TEMPO, ("[",), "[", "half the tempo", "beat"),
    Binding(Command.DOUBLE_TEMPO, ("]",), "]", "twice the tempo", "beat"),
    Binding(Command.CALM, ("C",), "C", "calm: half the motion, slow fades", "beat"),
    Binding(Command.BLACKOUT, ("B",), "B", "blackout, and back", "beat"),
    Binding(Command.FULLSCREEN, ("F", "F11"), "F", "full screen, or double click", "window"),
    Binding(Command.NEXT_MONITOR, ("M",), "M", "next monitor", "window"),
    Binding(Command.HELP, ("H", "?"), "H", "all keys", "window"),
    Binding(Command.LEAVE, ("Esc",), "Esc", "close what is open, then leave full screen", "window"),
    Binding(Command.QUIT, ("Ctrl+Q",), "Ctrl Q", "quit", "window"),
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


def command_for(key: str) -> Command | None:
    """The command of a key text such as 'F', 'F11', 'Space', 'Up', '[' or 'Ctrl+Z'; None when it has none."""
    return _COMMANDS.get(key)
