"""`artvis tell` and a real show: what is said is done, answered, and seen by nobody who should not."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from commandline import RunArtvis
from PIL import Image
from showrun import ShowRun, Shows, children

pytestmark = pytest.mark.window


def door(home: Path) -> Path | None:
    return next(home.glob("run/show-*.sock"), None)


def status(run_artvis: RunArtvis) -> Mapping[str, object]:
    done = run_artvis("tell", "status", "--json")
    assert (done.rc, done.stderr) == (0, "")
    facts: Mapping[str, object] = json.loads(done.stdout)
    return facts


def until_told(run: ShowRun, home: Path) -> None:
    run.until(lambda: door(home) is not None, 15, "a door")
    run.until(run.is_drawn, 10, "a picture")


def test_a_show_is_told_to_hold_go_black_show_itself_and_quit(
    shows: Shows, run_artvis: RunArtvis, artvis_home: Path, tmp_path: Path
) -> None:
    run = shows.start("--source", "demo", "--fullscreen", "--scale", "0.5")
    until_told(run, artvis_home)
    socket = door(artvis_home)
    assert socket is not None
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600

    # Two at once: both are done, and each gets an answer of its own.
    words = [[sys.executable, "-m", "artvis", "tell", word] for word in ("hold", "calm")]
    both = [subprocess.Popen(each, stdout=subprocess.PIPE, text=True, env=os.environ) for each in words]
    assert [each.communicate(timeout=20)[0] for each in both] == ["Held\n", "Calm\n"]
    facts = status(run_artvis)
    assert (facts["held"], facts["calm"], facts["blackout"]) == (True, True, False)
    run.until(lambda: status(run_artvis)["source"] == "demo", 10, "the source")
    assert isinstance(facts["fps"], float)
    assert facts["fps"] > 1
    assert facts["scale"] == 0.5

    def is_screen(path: Path) -> bool:
        assert run_artvis("tell", "screenshot", path).rc == 0
        with Image.open(path) as image:
            seen = np.asarray(image.convert("RGB"), np.int16)
        assert seen.shape == (720, 1280, 3)
        return bool(np.abs(run.look() - seen).mean() < 8)

    run.until(lambda: is_screen(tmp_path / "seen.png"), 10, "the screen, the right way up, between two fades")

    assert run_artvis("tell", "blackout").rc == 0
    run.until(lambda: run.look().mean() < 4, 5, "black but for the answer")
    assert status(run_artvis)["blackout"] is True
    assert run_artvis("tell", "quit").stdout == "good night\n"
    assert run.finish(20)["frames"] > 0
    assert door(artvis_home) is None
    after = run_artvis("tell", "next")
    assert (after.rc, after.stdout) == (2, "")
    assert after.stderr == "artvis: No show is running; `artvis show` starts one.\n"


def test_a_clean_kiosk_is_told_without_a_word_on_its_screen_and_again_after_it_died(
    shows: Shows, run_artvis: RunArtvis, artvis_home: Path
) -> None:
    run = shows.start("--source", "demo", "--kiosk", "--clean", "--scale", "0.34")
    until_told(run, artvis_home)
    run_artvis("tell", "blackout")
    run.until(lambda: not run.look().any(), 5, "black all over")
    assert run_artvis("tell", "hold").stdout == "Held\n"
    assert not run.look().any(), "no toast"

    died = door(artvis_home)
    show = next(pid for pid in children(run.process.pid) if b"--pulse" in command_of(pid))
    os.kill(show, 9)
    run.until(lambda: door(artvis_home) not in (None, died), 20, "a show again")
    assert status(run_artvis)["blackout"] is False, "it is the new one"
    assert run_artvis("tell", "quit").rc == 0
    run.finish(20)


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("dance",), "invalid choice: 'dance'"),
        (("screenshot",), "Name the file"),
        (("screenshot", "nowhere/seen.png"), "nowhere does not exist"),
        (("hold", "seen.png"), "hold takes no FILE"),
    ],
)
def test_what_cannot_be_said_is_refused_before_anybody_is_told(
    run_artvis: RunArtvis, words: tuple[str, ...], complaint: str
) -> None:
    done = run_artvis("tell", *words)
    assert (done.rc, done.stdout) == (2, "")
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1
