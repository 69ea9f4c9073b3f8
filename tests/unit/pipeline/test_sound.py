"""The sound of a show that is told to listen to something else, without a sound server."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from artvis.model.notice import Notice
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.sound import Sound


class Player:
    """The demo track, and what was said."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.opened: list[str] = []
        self.sound = Sound("demo", heard=Latest(Heard()), on_notice=self.notices.append, deep=None)
        self.sound.start()

    def until(self, condition: Callable[[], bool]) -> None:
        waiting = threading.Event()
        for _ in range(1000):
            if condition():
                return
            waiting.wait(0.01)
        raise AssertionError("it did not come")


@pytest.fixture
def player() -> Iterator[Player]:
    made = Player()
    made.until(lambda: made.sound.hears("demo"))
    yield made
    made.sound.stop()


def test_each_choice_that_is_refused_is_said_and_the_music_goes_on(player: Player, tmp_path: Path) -> None:
    for number in (1, 2):
        player.sound.choose(f"file:{tmp_path / 'away.flac'}", player.opened.append)
        player.until(lambda: len(player.notices) == number)  # noqa: B023 - waited for at once
        assert player.sound.spec == "demo"
    assert {(notice.code, notice.answer) for notice in player.notices} == {("source-refused", True)}
    assert player.opened == []
    assert player.sound.hears("demo")


def test_what_is_chosen_is_heard_only_when_sound_has_come_from_it(player: Player) -> None:
    player.sound.choose("no such source", player.opened.append)
    assert player.sound.spec == "no such source"
    player.until(lambda: bool(player.notices))
    assert not player.sound.hears("no such source")
