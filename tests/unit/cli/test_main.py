import argparse
import sys
from types import SimpleNamespace

import pytest

from artvis.cli import main as command_line
from artvis.errors import InputError
from artvis.model.sections import Settings


@pytest.fixture
def command(artvis_home: object, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A command of the test's own, under the name `vote`; its `run` is what the test makes it."""
    module = SimpleNamespace(HELP="does nothing", EXAMPLE="artvis vote", configure=_configure, run=None)
    monkeypatch.setitem(sys.modules, "artvis.cli.vote", module)
    return module


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--number", type=int, default=1)


def _raises(error: BaseException) -> object:
    def run(*_: object) -> int:
        raise error

    return run


def test_the_code_of_a_command_is_the_exit_code(command: SimpleNamespace) -> None:
    command.run = lambda args, settings, home: args.number
    assert command_line.main(["vote", "--number", "1"]) == 1
    assert command_line.main(["vote", "--number", "0"]) == 0


def test_a_command_gets_the_settings_in_force(
    command: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTVIS_STAGE__FPS", "24")
    command.run = lambda args, settings, home: settings.stage.fps
    assert command_line.main(["vote"]) == 24


def test_a_command_that_loads_its_own_settings_gets_the_defaults_even_when_they_are_broken(
    command: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTVIS_STAGE__FPS", "broken")
    command.run = lambda args, settings, home: int(settings != Settings())
    assert command_line.main(["vote"]) == 2
    command.LOADS_OWN_SETTINGS = True
    assert command_line.main(["vote"]) == 0


def test_a_fault_of_the_environment_is_one_sentence_and_code_2(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    command.run = _raises(InputError("song.flac: there is no such file."))
    assert command_line.main(["vote"]) == 2
    assert capsys.readouterr() == ("", "artvis: song.flac: there is no such file.\n")


def test_an_interrupt_is_quiet_and_code_130(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    command.run = _raises(KeyboardInterrupt())
    assert command_line.main(["vote"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_bug_is_no_sentence(command: SimpleNamespace) -> None:
    command.run = _raises(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        command_line.main(["vote"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["vot"], "artvis: there is no command vot; did you mean vote?\n"),
        (["qqq"], "artvis: there is no command qqq; `artvis --help` lists all.\n"),
        (
            ["vote", "--nonsense"],
            "artvis vote: unrecognized arguments: --nonsense (see artvis vote --help)\n",
        ),
        (
            ["vote", "--number", "x"],
            "artvis vote: argument --number: invalid int value: 'x' (see artvis vote --help)\n",
        ),
    ],
)
def test_bad_use_is_one_sentence_and_code_2(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert command_line.main(words) == 2
    assert capsys.readouterr() == ("", sentence)


def test_options_alone_are_for_show(
    artvis_home: object, monkeypatch: pytest.MonkeyPatch, command: SimpleNamespace
) -> None:
    command.run = lambda args, settings, home: args.number
    monkeypatch.setitem(sys.modules, "artvis.cli.show", command)
    assert command_line.main(["--number", "7"]) == 7
    assert command_line.main([]) == 1
