"""The care of a live source for its stream, over a sound card and a sound server made for the tests."""

import threading
import time
from collections.abc import Callable

import numpy as np

from artvis.audio.devices import Device, Pick, Target, Wish
from artvis.audio.follower import Elsewhere
from artvis.audio.live import LiveSource, Rung
from artvis.audio.pulse import ServerAway
from artvis.audio.ring import Ring
from artvis.audio.source import Tally
from artvis.errors import AudioUnavailable
from artvis.model.notice import Notice

SPEAKERS = Device("speakers", "Built-in Audio")
WAIT_S = 5.0
BLOCK = np.full((512, 2), 0.5, np.float32)


class FakeStream:
    """A stream whose sound the test sends itself."""

    latency_s = 0.02
    process_id = 1

    def __init__(self, ring: Ring, tally: Tally, *, hangs_on_close: threading.Event | None = None) -> None:
        self.alive = True
        self.closed = threading.Event()
        self._ring = ring
        self._tally = tally
        self._hangs_on_close = hangs_on_close

    def send(self) -> None:
        self._ring.write(BLOCK)
        self._tally.block()

    def close(self) -> None:
        if self._hangs_on_close is not None:
            self._hangs_on_close.wait(WAIT_S)
        self.closed.set()


class FakeCard:
    """A rung that keeps the streams it has opened."""

    def __init__(self, *, sends: bool = True) -> None:
        self.streams: list[FakeStream] = []
        self.opened = threading.Semaphore(0)
        self.devices: list[str] = []
        self.hangs_on_close: threading.Event | None = None
        self._sends = sends

    def __call__(self, device: str, ring: Ring, tally: Tally, *, pick: Pick | None = None) -> FakeStream:
        stream = FakeStream(ring, tally, hangs_on_close=self.hangs_on_close)
        self.devices.append(device)
        self.streams.append(stream)
        if self._sends:
            stream.send()
        self.opened.release()
        return stream


class FakeServer:
    """A follower whose server can be away."""

    def __init__(self) -> None:
        self.device: Device | None = None
        self.early_s = 0.0
        self.on_notice: Callable[[Notice], None] = lambda _: None
        self.away = False
        self.elsewhere = False
        self.answers = True
        self.stands_still_s = 0.0
        self.stood_still = threading.Event()
        self.asked = threading.Semaphore(0)
        self.closed = False

    def locate(self) -> Target:
        self.asked.release()
        if self.away:
            raise AudioUnavailable("No sound server answers.")
        self.device = SPEAKERS
        return Target(SPEAKERS, "speakers.monitor")

    def follow(self, process_id: int, timeout_s: float, *, flowing: Callable[[], bool]) -> None:
        threading.Event().wait(min(timeout_s, 0.01))
        if self.stands_still_s:
            threading.Event().wait(self.stands_still_s)
            self.stands_still_s = 0.0
            self.stood_still.set()
        if not self.answers:
            threading.Event().wait(0.35)
            raise ServerAway("No sound server answers.")
        if self.elsewhere:
            self.elsewhere = False
            raise Elsewhere("another output is the default")

    def close(self) -> None:
        self.closed = True


class Said:
    """The notices of a source, and a way to wait for one."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._more = threading.Condition()

    def __call__(self, notice: Notice) -> None:
        with self._more:
            self.notices.append(notice)
            self._more.notify_all()

    def await_codes(self, *codes: str) -> None:
        with self._more:
            assert self._more.wait_for(lambda: tuple(n.code for n in self.notices) == codes, WAIT_S), (
                self.notices
            )

    def await_code(self, code: str) -> Notice:
        with self._more:
            assert self._more.wait_for(lambda: code in [n.code for n in self.notices], WAIT_S)
        return next(notice for notice in self.notices if notice.code == code)


def _unavailable(device: str, ring: Ring, tally: Tally, *, pick: Pick | None = None) -> FakeStream:
    raise AudioUnavailable("PortAudio is missing.")


def _started(server: FakeServer, *rungs: Rung) -> tuple[LiveSource, Ring, Said]:
    source = LiveSource(Wish("system"), rungs, follower=server)
    ring, said = Ring(), Said()
    source.start(ring, said)
    return source, ring, said


def _opened(card: FakeCard) -> FakeStream:
    assert card.opened.acquire(timeout=WAIT_S)
    return card.streams[-1]


def test_a_source_knows_its_device_only_once_the_server_has_told() -> None:
    server, card = FakeServer(), FakeCard()
    source = LiveSource(Wish("system"), (card,), follower=server)
    assert (source.id, source.title) == ("system", "system audio")
    source.start(Ring(), lambda _: None)
    _opened(card)
    source.stop()
    assert (source.id, source.title) == ("system:speakers", "Built-in Audio")
    assert card.devices == ["speakers.monitor"]
    assert server.closed
    assert card.streams[0].closed.is_set()


def test_the_next_rung_is_taken_when_the_first_does_not_hold() -> None:
    card = FakeCard()
    source, _, said = _started(FakeServer(), _unavailable, card)
    _opened(card)
    source.stop()
    assert said.notices == []
    assert source.stats().blocks == 1


def test_a_rung_that_opens_and_gives_nothing_is_left_for_the_next() -> None:
    deaf, good = FakeCard(sends=False), FakeCard()
    source, _, _ = _started(FakeServer(), deaf, good)
    _opened(deaf).alive = False
    _opened(good)
    source.stop()
    assert (len(deaf.streams), len(good.streams)) == (1, 1)


def test_a_stream_that_breaks_is_opened_again() -> None:
    card = FakeCard()
    source, _, said = _started(FakeServer(), card)
    _opened(card).alive = False
    _opened(card)
    assert said.await_code("audio-back").text == "Listening to Built-in Audio again."
    assert "broke off" in said.await_code("audio-lost").text
    source.stop()
    assert source.stats().reconnects == 1
    assert card.streams[0].closed.is_set()


def test_half_a_second_without_a_block_is_a_dead_stream() -> None:
    card = FakeCard()
    source, _, said = _started(FakeServer(), card)
    _opened(card)
    begun_s = time.monotonic()
    assert "stopped sending" in said.await_code("audio-lost").text
    assert 0.3 < time.monotonic() - begun_s < 1.5
    _opened(card)
    source.stop()
    assert len(card.streams) == 2


def test_a_stream_that_only_paused_for_breath_is_kept() -> None:
    card = FakeCard()
    source, _, said = _started(FakeServer(), card)
    stream = _opened(card)
    said.await_code("audio-lost")
    stream.send()
    said.await_code("audio-back")
    source.stop()
    assert len(card.streams) == 1
    assert source.stats().reconnects == 0


def test_a_server_that_answers_late_while_its_sound_stands_still_keeps_its_stream() -> None:
    server, card = FakeServer(), FakeCard()
    source, _, said = _started(server, card)
    stream = _opened(card)
    server.answers = False
    said.await_code("audio-lost")
    stream.send()
    said.await_code("audio-back")
    source.stop()
    assert len(card.streams) == 1
    assert source.stats().reconnects == 0


def test_a_server_that_answers_no_more_and_sends_nothing_is_given_up() -> None:
    server, card = FakeServer(), FakeCard()
    source, _, said = _started(server, card)
    _opened(card)
    server.answers = False
    _opened(card)
    assert card.streams[0].closed.wait(WAIT_S)
    source.stop()
    assert said.notices[0].code == "audio-lost"


def test_a_stream_that_hangs_while_closing_does_not_hold_up_the_next() -> None:
    card = FakeCard()
    card.hangs_on_close = threading.Event()
    source, _, _ = _started(FakeServer(), card)
    first = _opened(card)
    first.alive = False
    _opened(card)
    assert not first.closed.is_set()
    card.hangs_on_close.set()
    source.stop()
    assert first.closed.wait(WAIT_S)


def test_a_server_that_is_away_is_asked_again_and_said_once() -> None:
    server, card = FakeServer(), FakeCard()
    server.away = True
    source, _, said = _started(server, card)
    for _ in range(3):
        assert server.asked.acquire(timeout=WAIT_S)
    assert [notice.code for notice in said.notices] == ["audio-lost"]
    assert said.notices[0].text.startswith("No sound server answers")
    assert said.notices[0].action
    server.away = False
    _opened(card)
    said.await_code("audio-back")
    source.stop()


def test_stopping_while_the_server_is_away_takes_no_time() -> None:
    server = FakeServer()
    server.away = True
    source, _, _ = _started(server, FakeCard())
    assert server.asked.acquire(timeout=WAIT_S)
    begun_s = time.monotonic()
    source.stop()
    source.stop()
    assert time.monotonic() - begun_s < 0.5


def test_a_bug_in_a_rung_does_not_end_the_source() -> None:
    card = FakeCard()
    bugs = iter((True,))

    def sometimes_broken(device: str, ring: Ring, tally: Tally, *, pick: Pick | None = None) -> FakeStream:
        if next(bugs, False):
            raise KeyError(device)
        return card(device, ring, tally)

    source, _, _ = _started(FakeServer(), sometimes_broken)
    _opened(card)
    source.stop()


def test_a_stream_that_is_wanted_elsewhere_is_opened_anew_without_a_word() -> None:
    server, card = FakeServer(), FakeCard()
    source, _, said = _started(server, card)
    _opened(card)
    server.elsewhere = True
    _opened(card)
    assert card.streams[0].closed.is_set()
    source.stop()
    assert said.notices == []


def test_a_paused_source_holds_nothing_and_its_rest_is_neither_gap_nor_reconnect() -> None:
    server, card = FakeServer(), FakeCard()
    source, _, said = _started(server, card)
    _opened(card)
    source.pause()
    source.pause()
    assert card.streams[0].closed.wait(WAIT_S)
    assert not card.opened.acquire(timeout=0.2)
    assert server.closed
    source.resume()
    _opened(card)
    source.stop()
    stats = source.stats()
    assert (stats.blocks, stats.gaps_over_100ms, stats.reconnects, said.notices) == (2, 0, 0, [])


def test_a_source_that_is_paused_before_it_starts_opens_nothing_and_can_be_stopped() -> None:
    card = FakeCard()
    source = LiveSource(Wish("system"), (card,), follower=FakeServer())
    source.pause()
    source.start(Ring(), lambda _: None)
    assert not card.opened.acquire(timeout=0.2)
    source.stop()


def test_every_loss_is_said_not_only_the_first() -> None:
    card = FakeCard()
    source, _, said = _started(FakeServer(), card)
    for _ in range(2):
        _opened(card).alive = False
    _opened(card)
    said.await_codes("audio-lost", "audio-back", "audio-lost", "audio-back")
    source.stop()


def test_a_program_that_stood_still_itself_gives_its_stream_the_time_to_go_on() -> None:
    server, card = FakeServer(), FakeCard()
    source, _, said = _started(server, card)
    stream = _opened(card)
    server.stands_still_s = 1.0  # as when the machine is overloaded: the blocks wait in a pipe
    assert server.stood_still.wait(WAIT_S)
    sending = threading.Event()
    while not sending.wait(0.05) and source.stats().blocks < 20:
        stream.send()
    source.stop()
    assert said.notices == []
    assert len(card.streams) == 1
