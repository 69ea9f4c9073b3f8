"""What a show does of its own accord with what plays: nothing, unless it was told to."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sessionbus import SessionBus, wait_until

from artvis.app.nowplaying import Playing, check
from artvis.audio.hearing import Hearing
from artvis.model.notice import Notice
from artvis.model.nowplaying import NowPlaying
from artvis.model.sections import NowPlayingSection

_OFF = """
import sys, threading
from artvis.app import show
from artvis.app.nowplaying import Playing, check
from artvis.model.sections import NowPlayingSection
section = NowPlayingSection(file="now.txt", http_port=8765, show=True)
playing = Playing(section, environ={}, order=None, on_notice=None)
playing.start()
check(section, {})
print([name for name in sys.modules if name.startswith(("dbus_fast", "artvis.nowplaying"))])
print(threading.active_count())
playing.stop()
"""


def test_unless_it_is_switched_on_nothing_is_imported_opened_or_started() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OFF], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n1\n", "")


def playing_of(path: Path, *, show: bool = False) -> tuple[Playing, list[Callable[[Hearing], None]]]:
    orders: list[Callable[[Hearing], None]] = []

    def order(act: Callable[[Hearing], None]) -> bool:
        orders.append(act)
        return True

    section = NowPlayingSection(use=True, show=show, file=str(path))
    return Playing(section, environ={}, order=order, on_notice=lambda notice: None), orders


@pytest.mark.parametrize("show", [False, True])
def test_a_track_begins_in_the_hearing_and_is_shown_only_where_it_may(tmp_path: Path, show: bool) -> None:  # noqa: FBT001
    path = tmp_path / "now.txt"
    path.write_text("New Order - Blue Monday\n")
    playing, orders = playing_of(path, show=show)
    playing.start()
    try:
        wait_until(lambda: bool(orders))
    finally:
        playing.stop()
    assert orders == [Hearing.track_changed]
    assert playing.title() == "Blue Monday"
    assert playing.shown().title == ("Blue Monday" if show else "")


def test_a_port_that_is_taken_is_a_notice() -> None:
    notices: list[Notice] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        section = NowPlayingSection(use=True, http_port=taken.getsockname()[1])
        playing = Playing(section, environ={}, order=lambda act: True, on_notice=notices.append)
        playing.start()
        try:
            wait_until(lambda: bool(notices))
        finally:
            playing.stop()
    assert notices[0].code == "now-playing-port"
    assert playing.shown() == NowPlaying()


def test_the_doctor_says_whether_players_can_be_asked_and_never_what_they_play(tmp_path: Path) -> None:
    on = NowPlayingSection(use=True)
    assert check(NowPlayingSection(), {}).level == "ok"
    missing = check(on, {})
    assert (missing.level, missing.means) == ("warn", "no session bus to ask")
    assert check(NowPlayingSection(use=True, file="x"), {}).level == "ok"
    gone = check(on, {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"})
    assert gone.level == "warn"
    assert check(on, {"DBUS_SESSION_BUS_ADDRESS": "nonsense"}).level == "warn"


def test_the_doctor_names_the_players_that_are_there(session_bus: SessionBus) -> None:
    on = NowPlayingSection(use=True)
    assert check(on, session_bus.env).means == "players: none now"
    session_bus.fake("spotify.instance_7").say("Secret")
    session_bus.fake("playerctld").say("Secret")
    assert check(on, session_bus.env).means == "players: spotify"
