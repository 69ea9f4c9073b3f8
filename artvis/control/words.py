"""Which word gives which command, for those who tell the show by `artvis tell`.

A pure table, as keymap.py is for keys. What opens something over the picture has no word: it is for who sits there.
"""

from collections.abc import Mapping
from types import MappingProxyType

from artvis.model.command import Command

COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "hold": Command.HOLD,
        "next": Command.NEXT,
        "previous": Command.PREVIOUS,
        "calm": Command.CALM,
        "blackout": Command.BLACKOUT,
        "tap": Command.TAP,
        "resync": Command.RESYNC,
        "halve": Command.HALVE_TEMPO,
        "double": Command.DOUBLE_TEMPO,
        "hold-tempo": Command.HOLD_TEMPO,
        "love": Command.LOVE,
        "never": Command.NEVER,
        "undo-vote": Command.UNDO_VOTE,
        "paint": Command.PAINT,
        "fullscreen": Command.FULLSCREEN,
        "next-monitor": Command.NEXT_MONITOR,
        "quit": Command.QUIT,
    }
)
STATUS, SCREENSHOT = "status", "screenshot"
WORDS = (*COMMANDS, STATUS, SCREENSHOT)
