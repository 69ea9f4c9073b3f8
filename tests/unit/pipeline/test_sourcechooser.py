"""The open list: what it looks at, what it opens and closes, and what a choice does. Devices are made up."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

import pytest

from artvis.audio.source import SourceInfo
from artvis.model.command import ListMove
from artvis.pipeline import sourcechooser
from artvis.pipeline.sourcechooser import ChooserPorts, SourceChooser
from artvis.pipeline.sourcelist import SourceRow

HDMI = SourceInfo("system:hdmi", "system", "HDMI", default=True, chosen=True, reason="")
USB = SourceInfo("system:usb", "system", "USB", default=False, chosen=False, reason="")
HEADSET = SourceInfo("mic:blue", "mic", "Headset", default=False, chosen=False, reason="", bluetooth=True)
DEMO = SourceInfo("demo", "demo", "built-in demo track", default=False, chosen=False, reason="")


class Machine:
    """Sources that come and go, and meters that remember what was opened."""

    def __init__(self) -> None:
        self.infos = [HDMI, USB, HEADSET, DEMO]
        self.watched: list[set[str]] = []
        self.closed = threading.Event()
        self.chosen: list[str] = []
        self.current = "system:hdmi"
        self.spec = "auto"
        self.heard = ""
        self.has_meters = True
        self.broken = False
        self.broken_looks = 0
        self.chooser = SourceChooser(
            ChooserPorts(
                look=self.look,
                meters=lambda: self if self.has_meters else None,
                current=lambda: self.current,
                spec=lambda: self.spec,
                choose=lambda row: self.chosen.append(row.spec),
                hears=lambda spec: spec == self.heard,
            )
        )

    def look(self) -> list[SourceInfo]:
        if self.broken:
            self.broken_looks += 1
            raise RuntimeError("the library of the sound server is broken")
        return list(self.infos)

    def watch(self, devices: Collection[str]) -> None:
        self.watched.append(set(devices))

    def heed(self, timeout_s: float) -> None:
        threading.Event().wait(min(timeout_s, 0.01))

    def levels(self, dt_s: float) -> Mapping[str, float]:
        return dict.fromkeys(self.watched[-1], 0.5) if self.watched else {}

    def close(self) -> None:
        self.closed.set()

    def rows(self) -> tuple[SourceRow, ...]:
        seen = self.chooser.seen()
        return seen.rows if seen else ()

    def until(self, condition: Callable[[], bool]) -> None:
        waiting = threading.Event()
        for _ in range(1000):
            if condition():
                return
            waiting.wait(0.005)
        raise AssertionError("it did not come")

    def open(self) -> None:
        self.chooser.toggle()
        self.until(lambda: len(self.rows()) == len(self.infos))
        self.until(lambda: bool(self.watched) or not self.has_meters)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    monkeypatch.setattr(sourcechooser, "LOOK_EVERY_S", 0.01)
    made = Machine()
    yield made
    made.chooser.stop()


def test_every_source_has_a_meter_but_the_one_on_bluetooth_is_never_opened(machine: Machine) -> None:
    machine.open()
    assert machine.watched[-1] == {"hdmi.monitor", "usb.monitor"}
    assert machine.chooser.levels(0.016, 0.8) == (0.5, 0.5, None, None)


def test_where_only_one_can_be_heard_the_show_itself_is_the_meter(machine: Machine) -> None:
    machine.has_meters = False
    machine.open()
    assert machine.chooser.levels(0.016, 0.8) == (0.8, None, None, None)
    assert machine.watched == []


def test_devices_that_come_and_go_appear_and_vanish_while_the_list_is_open(machine: Machine) -> None:
    machine.open()
    machine.infos = [HDMI, replace(USB, id="system:new", title="New"), DEMO]
    machine.until(lambda: [row.title for row in machine.rows()] == ["HDMI", "New", "built-in demo track"])
    machine.until(lambda: machine.watched[-1] == {"hdmi.monitor", "new.monitor"})


def test_enter_chooses_closes_and_says_so(machine: Machine) -> None:
    machine.open()
    machine.chooser.press(ListMove.DOWN)
    assert machine.chooser.press(ListMove.CHOOSE) == "Turning to USB …"
    assert machine.chosen == ["system:usb"]
    assert not machine.chooser.is_open
    assert machine.chooser.seen() is None
    assert machine.closed.wait(5)


def test_that_a_source_is_listened_to_is_said_once_when_sound_comes_from_it(machine: Machine) -> None:
    machine.open()
    machine.chooser.press(ListMove.DOWN)
    machine.chooser.press(ListMove.CHOOSE)
    machine.heard = "system"
    assert machine.chooser.said() == ""
    machine.heard = "system:usb"
    assert machine.chooser.said() == "Listening to USB"
    assert machine.chooser.said() == ""


def test_choosing_what_is_listened_to_changes_nothing_and_says_so(machine: Machine) -> None:
    machine.open()
    assert machine.chooser.press(ListMove.CHOOSE) == "Already listening to HDMI"
    assert machine.chosen == []
    assert not machine.chooser.is_open
    machine.heard = "system"
    assert machine.chooser.said() == ""


def test_what_only_stands_in_for_a_device_that_is_away_can_be_chosen_for_good(machine: Machine) -> None:
    machine.spec = "system:away"
    machine.open()
    assert machine.chooser.press(ListMove.CHOOSE) == "Turning to HDMI …"
    assert machine.chosen == ["system"]


def test_leaving_changes_nothing_and_closes_every_meter(machine: Machine) -> None:
    machine.open()
    machine.chooser.press(ListMove.DOWN)
    machine.chooser.press(ListMove.LEAVE)
    assert machine.chosen == []
    assert machine.closed.wait(5)


def test_a_click_after_the_list_was_left_chooses_nothing(machine: Machine) -> None:
    machine.open()
    machine.chooser.close()
    assert machine.chooser.press(ListMove.CHOOSE) == ""
    assert machine.chosen == []


def test_a_second_opening_shows_what_was_known_at_once(machine: Machine) -> None:
    machine.open()
    machine.chooser.toggle()
    machine.chooser.toggle()
    assert [row.title for row in machine.rows()] == ["HDMI", "USB", "Headset", "built-in demo track"]


def test_a_look_that_breaks_leaves_the_list_as_it_was_and_is_made_again(machine: Machine) -> None:
    machine.open()
    machine.broken = True
    machine.infos = [HDMI]
    broken_looks = machine.broken_looks
    machine.until(lambda: machine.broken_looks > broken_looks + 2)
    assert len(machine.rows()) == 4
    machine.broken = False
    machine.until(lambda: len(machine.rows()) == 1)
