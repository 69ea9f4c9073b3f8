"""A whole show beside a real player: the title is on the screen, and in no file unless it may be."""

import signal
from pathlib import Path

import pytest
from sessionbus import SessionBus, song
from showrun import ShowRun, Shows

TITLE = "Quokka Parade"
FIRST, KNOWING = 1, 3  # pictures: the first is painted before anybody is asked what plays


def has_card(run: ShowRun) -> bool:
    """Bright letters on a dark ground at the top left, where the sky of every picture is neither."""
    corner = run.look()[24:76, 24:150]
    return bool(corner.max() > 200 and corner.mean() < 70)


@pytest.mark.window
@pytest.mark.parametrize(
    ("pictures", "allowed"),
    [
        (FIRST, False),
        pytest.param(KNOWING, False, marks=pytest.mark.full),
        pytest.param(KNOWING, True, marks=pytest.mark.full),
    ],
)
def test_a_title_is_shown_and_kept_only_where_a_person_has_said_so(
    shows: Shows,
    session_bus: SessionBus,
    tmp_path: Path,
    *,
    pictures: int,
    allowed: bool,
) -> None:
    session_bus.mpv(song(tmp_path / "1.flac", title=TITLE, artist="Some Band"))
    said = {"now_playing.use": True, "now_playing.show": True, "art.use_song_text": allowed}
    variables = {
        f"ARTVIS_{key.upper().replace('.', '__')}": str(value).lower() for key, value in said.items()
    }
    run = shows.start("--source", "demo", env={**session_bus.env, **variables})
    run.until(run.is_drawn, 20, "a picture")
    run.until(lambda: has_card(run), 60, "the card of the track")
    blobs = shows.folder / "home" / "data" / "blobs"
    run.until(
        lambda: sum(path.is_file() for path in blobs.rglob("*")) >= pictures, 90, f"{pictures} pictures"
    )
    run.process.send_signal(signal.SIGTERM)
    out, err = run.process.communicate(timeout=60)
    assert run.process.returncode == 130, err
    home = shows.folder / "home"
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    holding = [path.name for path in files if TITLE.encode() in path.read_bytes()]
    assert bool(holding) == allowed, holding
    assert not any("log" in name for name in holding)
    assert TITLE not in out + err + (shows.folder / "show-0" / "report.json").read_text()
