from artvis.control.words import COMMANDS
from artvis.model.command import Command

OVER_THE_PICTURE = {Command.HELP, Command.WHY, Command.SOURCES, Command.LEAVE}


def test_every_command_but_those_that_open_something_has_one_word() -> None:
    assert sorted(COMMANDS.values()) == sorted(set(Command) - OVER_THE_PICTURE)
