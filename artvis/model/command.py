"""What a person asks of the running show, as values; keys, sockets and knobs all become one of these."""

from enum import StrEnum


class Command(StrEnum):
    FULLSCREEN = "fullscreen"
    LOVE = "love"
    NEVER = "never"
    UNDO_VOTE = "undo-vote"
    PREVIOUS = "previous"
    NEXT = "next"
    PAINT = "paint"
    WHY = "why"
    HOLD = "hold"
    BLACKOUT = "blackout"
    CALM = "calm"
    TAP = "tap"
    RESYNC = "resync"
    HALVE_TEMPO = "halve-tempo"
    DOUBLE_TEMPO = "double-tempo"
    NEXT_MONITOR = "next-monitor"
    HELP = "help"
    LEAVE = "leave"
    QUIT = "quit"
