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
    HOLD_TEMPO = "hold-tempo"
    SOURCES = "sources"
    NEXT_MONITOR = "next-monitor"
    HELP = "help"
    LEAVE = "leave"
    QUIT = "quit"


class ListMove(StrEnum):
    """What a person does in a list that lies over the show."""

    UP = "up"
    DOWN = "down"
    PAGE_UP = "page-up"
    PAGE_DOWN = "page-down"
    FIRST = "first"
    LAST = "last"
    CHOOSE = "choose"
    LEAVE = "leave"
