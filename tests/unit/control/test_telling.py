"""A show's door: who gets in, what is understood, and that nobody holds it shut."""

import json
import pickle
import socket
import stat
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sessionbus import wait_until

from artvis.control.asking import ask
from artvis.control.doors import knock, open_door
from artvis.control.telling import Telling
from artvis.control.wire import REQUEST_BYTES, Request, read_request, request_line
from artvis.errors import InputError
from artvis.model.artwork import Pixels
from artvis.model.command import Command
from artvis.model.notice import Notice

PICTURE = np.arange(90 * 160 * 3, dtype=np.uint32).reshape(90, 160, 3).astype(np.uint8)


class Window:
    """Stands for a window, whose own thread is not needed here; `slow` keeps its answers back."""

    def __init__(self) -> None:
        self.told: list[Command] = []
        self.picture: Pixels | None = PICTURE
        self.slow = False
        self.owed: list[Future[str]] = []

    def tell(self, command: Command, *, at_s: float) -> Future[str]:
        self.told.append(command)
        self.at_s = at_s
        answer: Future[str] = Future()
        if self.slow:
            self.owed.append(answer)
        else:
            answer.set_result(f"{command.value}!")
        return answer

    def facts(self) -> Future[Mapping[str, Any]]:
        return done({"fps": 60.0})

    def look(self) -> Future[Pixels | None]:
        return done(self.picture)


def done(value: Any) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(value)
    return future


class Room:
    """A folder with shows in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[Notice] = []
        self.shows: list[Telling] = []

    def open(self, window: Window) -> Telling:
        before = set(self.doors())
        show = Telling(self.folder, facts=lambda: {"source": "demo"}, on_notice=self.notices.append)
        show.start(window)
        self.shows.append(show)
        wait_until(lambda: bool(self.notices) or bool(set(self.doors()) - before))
        return show

    def doors(self) -> list[Path]:
        return list(self.folder.glob("show-*.sock"))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / ("a-long-name-" * 9) / "run")  # longer than the address of a socket may be
    yield made
    for show in made.shows:
        show.stop()
    assert made.doors() == []


def test_words_are_carried_out_and_answered_behind_a_door_for_this_user_alone(room: Room) -> None:
    window = Window()
    room.open(window)
    [door] = room.doors()
    assert stat.S_IMODE(door.stat().st_mode) == 0o600
    assert stat.S_IMODE(room.folder.stat().st_mode) == 0o700
    assert ask(room.folder, "hold").text == "hold!"
    assert ask(room.folder, "status").facts == {"fps": 60.0, "source": "demo"}
    seen = ask(room.folder, "screenshot")
    assert seen.facts == {"size": "160x90"}
    assert seen.payload == PICTURE.tobytes()
    window.picture = None
    assert not ask(room.folder, "screenshot").ok
    assert not ask(room.folder, "sources").ok
    assert window.told == [Command.HOLD]


HOSTILE = (
    b"hold\n",
    b"\xff\xfe\x00\n",
    b'{"word": "hold"}\n',
    b'{"word": ["hold"], "token": ""}\n',
    b'{"word": "hold", "token": "\\ud800"}\n',
    b"[" * (REQUEST_BYTES - 1) + b"\n",
    b"x" * (20 * REQUEST_BYTES),
    pickle.dumps(Path("/")) + b"\n",
    b"",
)


def test_bytes_of_strangers_are_refused_and_the_door_stays_open(room: Room) -> None:
    window = Window()
    room.open(window)
    for data in HOSTILE:
        caller = knock(room.folder)
        assert caller is not None
        with caller.socket as door:
            try:
                door.sendall(data)
                door.shutdown(socket.SHUT_WR)
                answer = door.recv(4096)
            except OSError:  # it hung up before it had read all
                answer = b""
        assert answer == b"" or json.loads(answer)["ok"] is False
    assert window.told == []
    assert ask(room.folder, "next").text == "next!"


def test_a_word_counts_from_the_moment_at_which_it_was_asked(room: Room) -> None:
    window = Window()
    room.open(window)
    ask(room.folder, "tap", ago_s=1.5)
    assert 1.5 <= time.monotonic() - window.at_s < 2.5
    for ago in ("-1.0", "2.5", "NaN", "Infinity", "1e999", '"1.0"', "[1.0]", "true", "1" * 400):
        request = read_request(b'{"word": "tap", "token": "", "ago_s": %s}' % ago.encode())
        assert request == Request("tap", "")


def test_callers_who_say_nothing_or_take_no_answer_keep_nobody_waiting(room: Room) -> None:
    window = Window()
    window.picture = np.zeros(
        (2000, 2000, 3), np.uint8
    )  # more than the system keeps for whoever does not read
    room.open(window)
    slow = [knock(room.folder) for _ in range(6)]
    for caller in slow[:3]:
        assert caller is not None
        caller.socket.sendall(b'{"word":')
    for caller in slow[3:]:
        assert caller is not None
        caller.socket.sendall(request_line(Request("screenshot", "")))
    assert ask(room.folder, "calm").text == "calm!"
    for caller in slow[:3]:
        assert caller is not None
        caller.socket.setblocking(False)
        with pytest.raises(BlockingIOError):
            caller.socket.recv(1)  # it still has its time
    for caller in slow:
        assert caller is not None
        caller.socket.close()


def test_the_newest_show_that_lives_is_told_and_what_a_dead_one_left_is_taken_away(room: Room) -> None:
    first, second = Window(), Window()
    room.open(first)
    dead = open_door(room.folder)
    dead.socket.close()
    newest = room.open(second)
    assert not dead.path.exists()
    assert len(room.doors()) == 2
    ask(room.folder, "hold")
    newest.stop()
    ask(room.folder, "next")
    assert (first.told, second.told) == ([Command.NEXT], [Command.HOLD])
    room.shows[0].stop()
    open_door(room.folder).socket.close()
    with pytest.raises(InputError, match="No show is running"):
        ask(room.folder, "hold")


def test_what_was_asked_before_the_end_is_still_answered(room: Room) -> None:
    window = Window()
    window.slow = True
    show = room.open(window)
    caller = knock(room.folder)
    assert caller is not None
    with caller.socket as door:
        door.sendall(request_line(Request("quit", caller.token)))
        wait_until(lambda: bool(window.owed))
        stopping = threading.Thread(target=show.stop)
        stopping.start()
        wait_until(lambda: show._server is not None and show._server.over.is_set())
        window.owed[0].set_result("good night")
        stopping.join()
        assert json.loads(door.recv(4096))["text"] == "good night"


def test_without_unix_sockets_a_token_in_a_file_of_this_user_opens_the_door(tmp_path: Path) -> None:
    window = Window()
    show = Telling(tmp_path / "run", facts=dict, on_notice=lambda notice: None, unix=False)
    show.start(window)
    try:
        wait_until(lambda: bool(list(tmp_path.glob("run/show-*.json"))))
        [door] = tmp_path.glob("run/*")
        assert stat.S_IMODE(door.stat().st_mode) == 0o600
        assert ask(tmp_path / "run", "hold").text == "hold!"
        with socket.create_connection(("127.0.0.1", json.loads(door.read_text())["port"])) as stranger:
            stranger.sendall(request_line(Request("next", "0" * 32)))
            assert json.loads(stranger.recv(4096))["ok"] is False
        assert window.told == [Command.HOLD]
    finally:
        show.stop()
    assert not door.exists()


def test_a_show_that_cannot_open_its_door_says_so_and_goes_on(room: Room) -> None:
    room.folder.parent.mkdir()
    room.folder.write_text("a file stands where the folder should")
    room.open(Window()).stop()
    [notice] = room.notices
    assert notice.code == "telling"
    room.folder.unlink()
