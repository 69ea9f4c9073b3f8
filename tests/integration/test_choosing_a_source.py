"""Key A in a whole show on a real sound server: what can be heard, what is chosen, and what is remembered."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from capturing import Playing
from showrun import ShowRun, Shows
from soundserver import MAIN, SECOND, PipeWireServer, SoundServer

pytestmark = [pytest.mark.window, pytest.mark.sound]


def _press(shows: Shows, *keys: str) -> None:
    for key in keys:
        subprocess.run(["xdotool", "key", key], env=shows.env, check=True, timeout=20)


def _recorded(server: SoundServer) -> list[str]:
    """The sources that are being recorded now, by name, one for each recorder; '' for one not connected yet."""
    names = dict(line.split("\t")[:2] for line in server.pactl("list", "short", "sources").splitlines())
    outputs = server.pactl("list", "short", "source-outputs").splitlines()
    return sorted(names.get(line.split("\t")[1], "") for line in outputs)


def _until(run: ShowRun, condition: Callable[[], bool], what: str, within_s: float = 15.0) -> None:
    run.until(condition, within_s, what)


@pytest.mark.parametrize(
    "server", [SoundServer, pytest.param(PipeWireServer, marks=pytest.mark.full)], indirect=True
)
def test_a_chosen_source_is_heard_at_once_and_again_at_the_next_start(
    server: SoundServer, playing: Playing, shows: Shows, artvis_home: Path
) -> None:
    settings = artvis_home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("# mine\n[stage]\nfps = 30\n")
    main, second = f"{MAIN}.monitor", f"{SECOND}.monitor"
    run = shows.start()
    _until(run, lambda: _recorded(server) == [main], "the show listens to the default output")
    _press(shows, "a")
    _until(run, lambda: _recorded(server) == [main, main, second], "a recorder for each meter")
    _press(shows, "Down", "Return")
    _until(run, lambda: _recorded(server) == [second], "the show alone records, the other output")
    _until(run, lambda: "system:" in settings.read_text(), "the choice in the settings")
    recorder = server.pactl("list", "short", "source-outputs")
    _press(shows, "a")
    _until(run, lambda: len(_recorded(server)) == 3, "the list again")
    _press(shows, "Return")
    _until(run, lambda: _recorded(server) == [second], "the list is closed")
    assert server.pactl("list", "short", "source-outputs") == recorder, "chosen again, it is not opened anew"
    assert settings.read_text() == f'# mine\n[stage]\nfps = 30\n\n[audio]\nsource = "system:{SECOND}"\n'
    _press(shows, "ctrl+q")
    report = run.finish()
    assert report["audio"]["source"] == f"system:{SECOND}"
    assert report["notices"] == []

    again = shows.start()
    _until(again, lambda: _recorded(server) == [second], "the next show listens to it from the start")
    _press(shows, "ctrl+q")
    again.finish()
    told = shows.start("--source", "demo", seconds=2).finish()
    assert told["audio"]["source"] == "demo"
    assert f'source = "system:{SECOND}"' in settings.read_text()


def test_a_remembered_device_that_is_away_is_waited_for_and_its_return_is_heard(
    server: SoundServer, playing: Playing, shows: Shows, artvis_home: Path
) -> None:
    (artvis_home / "config").mkdir(parents=True)
    (artvis_home / "config" / "settings.toml").write_text(f'[audio]\nsource = "system:{SECOND}"\n')
    server.unplug(SECOND)
    run = shows.start()
    _until(run, lambda: _recorded(server) == [f"{MAIN}.monitor"], "the default output meanwhile")
    server.plug(SECOND)
    _until(run, lambda: _recorded(server) == [f"{SECOND}.monitor"], "the device that has come back")
    _press(shows, "ctrl+q")
    codes = [notice["code"] for notice in run.finish()["notices"]]
    assert codes[0] == "audio-fell-back"
    assert "audio-device-back" in codes
