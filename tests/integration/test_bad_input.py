"""Commands that are given what they cannot use: one sentence, exit code 2, and everything is as it was before."""

import hashlib
import json
import shutil
import sqlite3
import time
from pathlib import Path

import pytest
from commandline import Ran, RunArtvis
from showrun import Shows
from soundserver import SoundServer

from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, sessions
from artvis.queue.store import Store

NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
NO_SOUND_SERVER = {"PULSE_SERVER": "unix:/nonexistent/pulse"}
OLD_OPENGL = {"MESA_GL_VERSION_OVERRIDE": "2.1"}
SETTINGS = "[budget]\nper_day_usd = 0.25\n"


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with settings and a picture in its library."""
    home = tmp_path_factory.mktemp("lived-in")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(SETTINGS)
    store = Store(home / "data")
    now_ms = time.time_ns() // 1_000_000
    session = store.run(sessions.canonical, proposal=None, now_ms=now_ms)
    begun = store.run(artworks.begin, session_id=session.id, now_ms=now_ms)
    store.run(
        artworks.complete,
        begun,
        sha256=store.blobs.put(b"a picture"),
        size_bytes=9,
        width=16,
        height=9,
        detail=ArtworkDetail("painter"),
        now_ms=now_ms,
    )
    store.close()
    return home


@pytest.fixture
def place(lived_in: Path, artvis_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the commands run: a home that is lived in, and some files that are no music."""
    shutil.copytree(lived_in, artvis_home)
    (tmp_path / "text.mp3").write_text("these are words\n" * 40)
    (tmp_path / "empty.wav").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return tmp_path


def everything(folder: Path) -> dict[str, str]:
    """Every folder and file below, with what is in it.

    Without the copy of good settings, which any show refreshes, and what SQLite lays beside a library that is read.
    """
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
        if path.name not in ("settings.last-good.toml", "library.db-shm")
        and not (path.name == "library.db-wal" and not path.stat().st_size)
    }


def is_one_sentence(ran: Ran) -> bool:
    return (
        (ran.rc, ran.stdout) == (2, "")
        and ran.stderr.startswith("artvis")
        and ran.stderr.count("\n") == 1
        and ran.stderr.endswith((".\n", ")\n"))
        and "Traceback" not in ran.stderr
    )


SONGS = {"missing.flac": "no file", "text.mp3": "not a sound file", "empty.wav": "empty", "folder": "folder"}


@pytest.mark.parametrize("song", SONGS)
def test_a_song_that_is_none_is_refused_by_every_command_that_takes_one(
    run_artvis: RunArtvis, place: Path, song: str
) -> None:
    before = everything(place)
    for words in (
        ("analyze", song, "--json"),
        ("render", song, "-o", "film.mp4", "--events", "events.jsonl"),
        ("paint", "--from", song),
        ("show", "--source", f"file:{song}", "--seconds", "1", "--report", "report.json"),
    ):
        ran = run_artvis(*words)
        assert is_one_sentence(ran), ran
        assert ran.stderr.startswith("artvis: ")
        assert SONGS[song] in ran.stderr
    assert everything(place) == before


@pytest.mark.parametrize(
    "command",
    [
        "show --source nonsense",
        "show --source system:",
        "show --source file:",
        "show --provider nobody",
        "show --size 5",
        "show --size 9x9",
        "show --fps fast",
        "show --seconds 0",
        "show --seconds nan",
        "show --scale 3",
        "show --screen -1",
        "show --screen 64",
        "show --screen=",
        "show --report nowhere/report.json",
        "show --report folder",
        "--nonsense",
        "nonsense",
        "analyze",
        "render",
        "render -o nowhere/film.mp4",
        "render -o folder",
        "render -o film.mp4 --events nowhere/events.jsonl",
        "render --frames nowhere",
        "render --frames full",
        "render --frames folder -o film.mp4 --events events.jsonl --size 65x64",
        "render -o film.mp4 --events events.jsonl --provider openai",
        "render -o film.mp4 --fps 0",
        "render -o film.mp4 --fps 30.5",
        "render -o film.mp4 --seed -1",
        "render -o film.mp4 --start 61",
        "render -o film.mp4 --duration 0",
        "render -o film.mp4 --provider nobody",
        "paint -o nowhere/picture.png",
        "paint --provider nobody",
        "sources --listen 0",
        "scenes",
        "scenes check folder",
        "scenes check nowhere.fs",
        "scenes preview nobody -o picture.png",
        "scenes preview nobody -o nowhere/picture.png",
        "library show nothing",
        "library delete nothing",
        "library next --session nothing",
        "library next --limit 0",
        "library nonsense",
        "vote nothing up",
        "vote nothing sideways",
        "usage --nonsense",
        "providers test nobody",
        "config set no.such 1",
        "config set stage.fps fast",
        "config set budget.per_day_usd -1",
    ],
)
def test_bad_use_is_one_sentence_before_any_work(run_artvis: RunArtvis, place: Path, command: str) -> None:
    before = everything(place)
    ran = run_artvis(*command.split(), env=NO_DISPLAY)
    assert is_one_sentence(ran), ran
    assert "display" not in ran.stderr, "what is asked for is looked at before the machine is"
    assert everything(place) == before


@pytest.mark.sound
def test_a_device_that_is_not_there_is_refused(
    run_artvis: RunArtvis, place: Path, sound_server: SoundServer
) -> None:
    before = everything(place)
    for source in ("system:nobody", "mic:nobody"):
        ran = run_artvis("show", "--source", source, "--seconds", "1", env=sound_server.env)
        assert is_one_sentence(ran), ran
        assert "nobody" in ran.stderr
    assert everything(place) == before


def test_a_source_of_the_settings_is_checked_like_one_of_the_command_line(
    run_artvis: RunArtvis, place: Path
) -> None:
    before = everything(place)
    ran = run_artvis("show", env={"ARTVIS_AUDIO__SOURCE": "file:missing.flac", **NO_DISPLAY})
    assert is_one_sentence(ran), ran
    assert "missing.flac" in ran.stderr
    assert everything(place) == before


@pytest.mark.parametrize(
    "command",
    ["show --source demo", "analyze text.mp3", "render -o film.mp4", "paint", "sources", "library list",
     "vote nothing up", "usage", "providers", "doctor", "config show", "config check", "config set stage.fps 3"],
)  # fmt: skip
def test_broken_settings_are_named_with_file_and_line_and_never_touched(
    run_artvis: RunArtvis, place: Path, artvis_home: Path, command: str
) -> None:
    file = artvis_home / "config" / "settings.toml"
    file.write_text("[budget]\n# my caps\nper_day_usd = 'much'\n")
    before = everything(place)
    ran = run_artvis(*command.split(), env=NO_DISPLAY)
    assert (ran.rc, ran.stdout) == (2, "")
    assert ran.stderr.removeprefix("artvis: ").startswith(f"{file}:3: budget.per_day_usd ")
    assert ran.stderr.count("\n") == 1
    assert everything(place) == before


def test_a_newer_library_is_refused_and_stays_as_it_is(
    run_artvis: RunArtvis, place: Path, artvis_home: Path, display: dict[str, str]
) -> None:
    library = artvis_home / "data" / "library.db"
    db = sqlite3.connect(library)
    db.execute("PRAGMA user_version=9999")
    db.close()
    before = everything(artvis_home / "data")
    for command in (
        "show --source demo --seconds 1",
        "paint --size 160x96",
        "library list",
        "library next",
        "library verify --repair",
        "library delete nothing",
        "usage",
        "vote nothing up",
        "render -o film.mp4 --library --duration 0.1",
    ):
        ran = run_artvis(*command.split(), env=display)
        assert is_one_sentence(ran), ran
        assert "newer artvis" in ran.stderr
    assert everything(artvis_home / "data") == before
    assert not (place / "film.mp4").exists()


def test_without_a_display_a_show_is_refused_and_makes_nothing(run_artvis: RunArtvis, place: Path) -> None:
    before = everything(place)
    for changes in (NO_DISPLAY, {**NO_DISPLAY, "DISPLAY": ":9753"}):
        ran = run_artvis("show", "--source", "demo", "--report", "report.json", env=changes)
        assert is_one_sentence(ran), ran
        assert "display" in ran.stderr
    assert everything(place) == before


@pytest.mark.window
def test_opengl_before_3_3_is_refused_and_nothing_is_lost(
    run_artvis: RunArtvis, place: Path, artvis_home: Path, display: dict[str, str]
) -> None:
    listed = run_artvis("library", "list", "--json").stdout
    ran = run_artvis("show", "--source", "demo", "--report", "report.json", env={**display, **OLD_OPENGL})
    assert is_one_sentence(ran), ran
    assert "OpenGL 3.3" in ran.stderr
    assert (artvis_home / "config" / "settings.toml").read_text() == SETTINGS
    (kept,) = json.loads(listed)["artworks"]
    assert kept in json.loads(run_artvis("library", "list", "--json").stdout)["artworks"]
    assert run_artvis("library", "verify").rc == 0
    assert not (place / "report.json").exists()


@pytest.mark.window
def test_a_kiosk_with_opengl_before_3_3_shows_a_picture_says_so_and_can_be_told(
    shows: Shows, run_artvis: RunArtvis
) -> None:
    run = shows.start("--kiosk", "--source", "demo", seconds=6, env=OLD_OPENGL)
    run.until(run.is_drawn, 5.0, "a picture")
    run.until(lambda: run_artvis("tell", "hold").stdout == "Held\n", 5.0, "an answer")
    assert json.loads(run_artvis("tell", "status", "--json").stdout)["renderer"] == "raster"
    report = run.finish()
    assert "no-opengl" in [notice["code"] for notice in report["notices"]]
    assert report["artworks_shown"] >= 1


@pytest.mark.window
def test_a_back_end_without_a_key_costs_a_sentence_and_offline_art_goes_on(shows: Shows) -> None:
    run = shows.start("--provider", "openai", "--source", "demo", seconds=5)
    report = run.finish()
    assert run.said == ""
    (notice,) = [notice for notice in report["notices"] if notice["code"] == "no-back-end"]
    assert "ARTVIS_OPENAI_API_KEY" in notice["text"]
    assert report["artworks_shown"] >= 1
