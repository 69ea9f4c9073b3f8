"""The command line from outside: exit codes, streams, and what is loaded to answer a question."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import RunArtvis

from artvis.cli.main import COMMANDS

HEAVY = (
    "PySide6",
    "moderngl",
    "av",
    "librosa",
    "numba",
    "scipy",
    "requests",
    "sqlite_utils",
    "sounddevice",
    "PIL",
)


ACTIONS = {
    "config": ("path", "show", "set", "check"),
    "providers": ("test", "login"),
    "scenes": ("list", "check", "preview"),
}
HELPS = [
    ["--help"],
    *([name, "--help"] for name in COMMANDS),
    *([name, action, "--help"] for name, actions in ACTIONS.items() for action in actions),
]


@pytest.mark.parametrize("words", HELPS, ids=lambda words: "-".join(words[:-1]))
def test_help_loads_nothing_heavy_and_shows_an_example(artvis_home: Path, words: list[str]) -> None:
    code = (
        "import sys; from artvis.cli.main import main; rc = main(sys.argv[1:]); "
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr); sys.exit(rc)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert "example: artvis" in done.stdout


def test_the_overview_names_every_command(run_artvis: RunArtvis) -> None:
    done = run_artvis("--help")
    assert done.rc == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_version_prints_artvis_python_and_qt(run_artvis: RunArtvis) -> None:
    done = run_artvis("--version")
    assert done.rc == 0
    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert names[:3] == ["artvis", "Python", "Qt"]
    assert f"Python {sys.version.split()[0]}" in done.stdout


def test_an_unknown_command_is_one_sentence(run_artvis: RunArtvis) -> None:
    done = run_artvis("pant")
    assert (done.rc, done.stdout) == (2, "")
    assert done.stderr == "artvis: there is no command pant; did you mean paint?\n"


def test_broken_settings_stop_a_command_with_file_and_line(run_artvis: RunArtvis, artvis_home: Path) -> None:
    config = artvis_home / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("[stage]\nfps = 'fast'\n")
    done = run_artvis("doctor")
    assert (done.rc, done.stdout) == (2, "")
    assert done.stderr == f"artvis: {config / 'settings.toml'}:2: stage.fps must be a whole number.\n"


def test_config_check_says_file_and_line_first(run_artvis: RunArtvis, artvis_home: Path) -> None:
    assert run_artvis("config", "check").rc == 0
    config = artvis_home / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("[stage]\n\nfsp = 30\n")
    done = run_artvis("config", "check")
    sentence = "there is no setting stage.fsp; did you mean stage.fps?"
    assert (done.rc, done.stderr) == (2, f"{config / 'settings.toml'}:3: {sentence}\n")


def test_config_set_is_read_back_by_show_and_path_prints_the_file_alone(
    run_artvis: RunArtvis, artvis_home: Path
) -> None:
    assert run_artvis("config", "set", "budget.per_day_usd", "1.25").rc == 0
    path = run_artvis("config", "path").stdout
    assert path == f"{artvis_home / 'config' / 'settings.toml'}\n"
    shown = json.loads(run_artvis("config", "show", "--json", env={"ARTVIS_STAGE__FPS": "24"}).stdout)
    assert shown["budget"]["per_day_usd"] == 1.25
    assert shown["stage"]["fps"] == 24
    plain = run_artvis("config", "show").stdout
    assert "per_day_usd = 1.25  # file" in plain
    assert "fps = 60  # default" in plain


def test_config_never_prints_a_secret(run_artvis: RunArtvis) -> None:
    secrets = {
        "ARTVIS_OPENAI_API_KEY": "sk-hunter2",
        "ARTVIS_PROVIDERS__OPENAI__BASE_URL": "https://me:hunter2@localhost/v1",
    }
    for words in (
        ["config", "show"],
        ["config", "show", "--json"],
        ["config", "check"],
        ["doctor", "--json"],
    ):
        done = run_artvis(*words, env=secrets)
        assert "hunter2" not in done.stdout + done.stderr
    refused = run_artvis("config", "set", "providers.openai.api_key", "sk-hunter2")
    assert refused.rc == 2
    assert "hunter2" not in refused.stderr


def test_a_reader_that_leaves_early_makes_no_noise(artvis_home: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-u", "-m", "artvis", "config", "show"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait(20) == 0
    writer.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_command_that_is_interrupted_cleans_up_and_ends_with_130_without_a_traceback(
    artvis_home: Path, tmp_path: Path, name: str
) -> None:
    half_written = tmp_path / "half-written"
    half_written.touch()
    code = f"""
import os, pathlib, signal, sys
from artvis.cli import config, main

def run(*_):
    try:
        os.kill(os.getpid(), signal.{name})
        signal.pause()
    finally:
        pathlib.Path({str(half_written)!r}).unlink()

config.run = run
sys.argv = ["artvis", "config", "path"]
sys.exit(main.main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert not half_written.exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_command_under_nohup_goes_on_when_its_terminal_is_closed(artvis_home: Path) -> None:
    code = """
import os, signal, sys
from artvis.cli import config, main

signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what nohup does before it starts a program
config.run = lambda *_: os.kill(os.getpid(), signal.SIGHUP) or 0
sys.argv = ["artvis", "config", "path"]
sys.exit(main.main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
