import pytest

from artvis.control.keymap import BINDINGS, command_for, move_for
from artvis.model.command import Command, ListMove


def test_every_command_has_a_key() -> None:
    assert {binding.command for binding in BINDINGS} == set(Command)


def test_no_command_stands_twice_in_the_help() -> None:
    assert len(BINDINGS) == len({binding.command for binding in BINDINGS})


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("F", Command.FULLSCREEN),
        ("F11", Command.FULLSCREEN),
        ("Up", Command.LOVE),
        ("Down", Command.NEVER),
        ("Left", Command.PREVIOUS),
        ("Right", Command.NEXT),
        ("Space", Command.HOLD),
        ("B", Command.BLACKOUT),
        ("C", Command.CALM),
        ("T", Command.TAP),
        ("R", Command.RESYNC),
        ("[", Command.HALVE_TEMPO),
        ("]", Command.DOUBLE_TEMPO),
        ("L", Command.HOLD_TEMPO),
        ("G", Command.PAINT),
        ("I", Command.WHY),
        ("A", Command.SOURCES),
        ("M", Command.NEXT_MONITOR),
        ("H", Command.HELP),
        ("?", Command.HELP),
        ("Esc", Command.LEAVE),
        ("Ctrl+Z", Command.UNDO_VOTE),
        ("Ctrl+Q", Command.QUIT),
    ],
)
def test_each_key_gives_its_command(key: str, command: Command) -> None:
    assert command_for(key) is command


@pytest.mark.parametrize("key", ["", "X", "Q", "Ctrl+F", "Alt+F", "Z"])
def test_other_keys_give_nothing(key: str) -> None:
    assert command_for(key) is None


def test_every_line_of_the_help_has_a_label_and_words() -> None:
    assert all(binding.label and binding.help and binding.keys for binding in BINDINGS)


@pytest.mark.parametrize(
    ("key", "move"),
    [
        ("Up", ListMove.UP),
        ("Down", ListMove.DOWN),
        ("PgUp", ListMove.PAGE_UP),
        ("PgDown", ListMove.PAGE_DOWN),
        ("Home", ListMove.FIRST),
        ("End", ListMove.LAST),
        ("Return", ListMove.CHOOSE),
        ("Enter", ListMove.CHOOSE),
        ("Esc", ListMove.LEAVE),
        ("A", None),
        ("Space", None),
    ],
)
def test_in_an_open_list_keys_move_and_choose_and_others_keep_their_command(
    key: str, move: ListMove | None
) -> None:
    assert move_for(key) is move
