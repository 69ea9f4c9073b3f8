import pytest

from artvis.control.keymap import BINDINGS, command_for
from artvis.model.command import Command


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
        ("G", Command.PAINT),
        ("I", Command.WHY),
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
