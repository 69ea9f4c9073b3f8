"""The listening thread with a source that writes what a test says; the hearing is real."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from artvis.audio.ring import Ring
from artvis.audio.source import CaptureStats, SourceKind
from artvis.model.music import HOP, MusicState, Samples
from artvis.model.notice import Notice
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard, Listening


class Written:
    """A source whose samples a test writes into the ring."""

    id = "system:test"
    kind: SourceKind = "system"
    title = "Test output"
    sample_rate_hz = 44_100
    latency_s = 0.0
    finished = False

    def __init__(self) -> None:
        self.ring = Ring()

    def start(self, ring: Ring, on_notice: Callable[[Notice], None]) -> None:
        self.ring = ring

    def stop(self) -> None: ...

    def stats(self) -> CaptureStats:
        return CaptureStats()


class Room:
    """A listening thread, and a way to wait for what it hears."""

    def __init__(self) -> None:
        self.source = Written()
        self.heard = Latest(Heard())
        self.notices: list[Notice] = []
        self.listening = Listening(self.source, heard=self.heard, on_notice=self.notices.append)
        self.listening.start()

    def play(self, samples: Samples) -> None:
        for start in range(0, len(samples), HOP):
            self.source.ring.write(samples[start : start + HOP])

    def until(self, condition: Callable[[], bool], within_s: float = 10.0) -> None:
        waiting = threading.Event()
        end_s = time.monotonic() + within_s
        while not condition() and time.monotonic() < end_s:
            waiting.wait(0.01)
        assert condition()


@pytest.fixture
def room() -> "object":
    made = Room()
    yield made
    made.listening.stop()


def tone(seconds: float) -> Samples:
    t = np.arange(round(seconds * 44_100 / HOP) * HOP) / 44_100
    return np.repeat(0.3 * np.sin(2 * np.pi * 440 * t)[:, None], 2, axis=1).astype(np.float32)


def test_what_is_written_is_heard_hop_by_hop(room: Room) -> None:
    room.play(tone(0.4))
    room.until(lambda: room.listening.figures().hops == round(0.4 * 44_100 / HOP))
    state = room.heard.get().state
    assert not state.silent
    assert state.centroid_hz == pytest.approx(440, rel=0.1)


def test_a_backlog_after_a_sleep_is_skipped_not_worked_through(room: Room) -> None:
    room.play(tone(2.0))
    room.until(lambda: room.listening.figures().hops > 0)
    room.until(lambda: room.source.ring.available < HOP)
    assert room.listening.figures().hops < 60  # of 172


def test_silence_is_said_within_three_seconds_and_once(room: Room) -> None:
    room.play(np.zeros((HOP * 4, 2), np.float32))
    room.until(lambda: bool(room.notices), within_s=3.0)
    assert room.notices[0].text == "Test output is silent."


def test_sound_that_stops_arriving_is_silence_after_a_second() -> None:
    loud = MusicState(silent=False, level=0.8, bass=0.9, bpm=120)
    assert Heard(loud, 10.0).at(10.5).level == 0.8
    assert Heard(loud, 10.0).at(11.5).silent
    assert Heard(loud, 10.0).at(11.5).bass == 0.0


def test_phases_run_on_between_two_hops_and_never_past_the_beat() -> None:
    heard = Heard(MusicState(silent=False, bpm=120, beat_phase=0.5, bar_phase=0.625), 10.0)
    assert heard.at(10.05).beat_phase == pytest.approx(0.6)
    assert heard.at(10.05).bar_phase == pytest.approx(0.65)
    assert Heard(MusicState(silent=False, bpm=120, beat_phase=0.98), 10.0).at(10.09).beat_phase < 1.0


def test_an_order_is_carried_out_on_the_listening_thread(room: Room) -> None:
    threads: list[str] = []
    room.listening.order(lambda hearing: threads.append(threading.current_thread().name))
    room.play(tone(0.1))
    room.until(lambda: bool(threads))
    assert threads == ["listening"]


def test_a_hearing_that_breaks_is_begun_anew_and_said(room: Room) -> None:
    def breaks(hearing: object) -> None:
        raise RuntimeError("broken")

    for _ in range(5):
        room.listening.order(breaks)
        room.play(tone(HOP / 44_100))
        faults = len(room.notices)
        room.until(lambda: room.source.ring.available == 0)
    room.until(lambda: bool(room.notices))
    assert room.notices[0].code == "hearing"
    hops = room.listening.figures().hops
    room.play(tone(0.2))
    room.until(lambda: room.listening.figures().hops > hops)
    assert faults == 0


def test_what_was_said_of_a_source_is_over_when_another_takes_its_place(room: Room) -> None:
    room.play(np.zeros((HOP * 4, 2), np.float32))
    room.until(lambda: bool(room.notices), within_s=3.0)
    room.listening.hand_over()
    assert [(notice.code, notice.over) for notice in room.notices] == [
        ("no-signal", False),
        ("no-signal", True),
    ]
