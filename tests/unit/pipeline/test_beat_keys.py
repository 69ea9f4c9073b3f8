"""From a key to the beat that is drawn: a real hearing, a real stage, and a clock that is a number."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from drums import drums

from artvis.audio.hearing import Hearing
from artvis.model.artwork import Picture
from artvis.model.command import Command
from artvis.model.music import HOP, HOP_S
from artvis.pipeline.alignment import Alignment, retold
from artvis.pipeline.atonce import AtOnce
from artvis.pipeline.events import Mailbox, StageEvent
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import ImmediateLoader
from artvis.pipeline.showing import Showing, ShowingPorts, StageFrame, Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.queue.store import Store
from artvis.ui.overlay import music_line

FRAME_S = 1 / 60
BPM = 120.0


class Booth:
    """Drums that are heard hop by hop, and a stage that ticks in between; keys are carried out with the next hop."""

    def __init__(self, folder: Path, alignment: Alignment) -> None:
        self._store = Store(folder)
        self._sound = drums(40.0, bpm=BPM)
        self._hearing = Hearing(deep=False)
        self._orders: list[Callable[[Hearing], None]] = []
        self._before: tuple = ()
        self._hops = 0
        self.now_s = 0.0
        self.heard = Latest(Heard())
        mailbox: Mailbox[StageEvent] = Mailbox()
        self.showing = Showing(
            ShowingPorts(
                heard=self.heard,
                mailbox=mailbox,
                stock=Latest(Stock()),
                library=ShowLibrary(AtOnce(self._store), mailbox=mailbox, now_ms=lambda: 1_800_000_000_000),
                loader=ImmediateLoader(self._store.blobs.path, mailbox),
                order=self._order,
                now_s=lambda: self.now_s,
                alignment=lambda: alignment,
            ),
            built_in=Picture("", np.zeros((64, 96, 3), np.uint8), ()),
        )

    def _order(self, act: Callable[[Hearing], None]) -> bool:
        self._orders.append(act)
        return True

    def frame(self) -> StageFrame:
        self.now_s += FRAME_S
        while (self._hops + 1) * HOP_S <= self.now_s:
            for act in self._orders:
                act(self._hearing)
            state, _ = self._hearing.feed(self._sound[self._hops * HOP : (self._hops + 1) * HOP])
            self._hops += 1
            before = retold(self._before, state) if self._orders else self._before
            self._orders.clear()
            self.heard.set(Heard(state, self._hops * HOP_S, before))
            self._before = (*before[-42:], state)
        return self.showing.tick(self.now_s, FRAME_S, held=frozenset())

    def play(self, seconds: float) -> StageFrame:
        for _ in range(round(seconds / FRAME_S)):
            frame = self.frame()
        return frame

    def close(self) -> None:
        self._store.close()


@pytest.fixture
def booth(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Booth]:
    made = Booth(tmp_path, getattr(request, "param", Alignment(display_s=0.01)))
    yield made
    made.close()


@pytest.mark.parametrize(
    "booth", [Alignment(display_s=0.01), Alignment(output_s=0.2)], indirect=True, ids=["wired", "bluetooth"]
)
def test_beat_one_is_drawn_with_the_first_frame_after_the_key_and_goes_on_from_there(booth: Booth) -> None:
    frame = booth.play(6.0)
    while not 0.4 < frame.uniforms.beat_phase < 0.5:
        frame = booth.frame()
    assert booth.showing.command(Command.RESYNC) == "This is one"
    pressed_s = booth.now_s
    first = booth.showing.tick(booth.now_s + 0.001, 0.001, held=frozenset()).uniforms  # before the next hop
    assert first.bar_phase < 0.03
    assert first.beat_phase < 0.1
    phases = []
    for _ in range(24):
        uniforms = booth.frame().uniforms
        phases.append((uniforms.beat_phase, (booth.now_s - pressed_s) * BPM / 60 % 1.0))
    assert max(abs(drawn - true) for drawn, true in phases[:8]) < FRAME_S * BPM / 60
    drawn = [phase for phase, _ in phases]
    assert drawn == sorted(drawn)  # one beat, not two


def test_beat_one_that_was_said_a_while_ago_was_then(booth: Booth) -> None:
    booth.play(6.0)
    said_s = booth.now_s
    booth.play(0.15)
    booth.showing.command(Command.RESYNC, at_s=said_s)
    phases = [(booth.frame().uniforms.beat_phase, booth.now_s) for _ in range(24)]
    late = [abs(phase - (now_s - said_s) * BPM / 60 % 1.0) for phase, now_s in phases[12:]]
    assert max(min(each, 1.0 - each) for each in late) < FRAME_S * BPM / 60


def test_half_the_tempo_holds_until_it_is_let_go(booth: Booth) -> None:
    assert music_line(booth.play(6.0).overlay).startswith("120 BPM")
    booth.showing.command(Command.HALVE_TEMPO)
    held = booth.play(4.0).overlay
    assert held.bpm == pytest.approx(BPM / 2, abs=1)
    assert "tempo held" in music_line(held)
    booth.showing.command(Command.DOUBLE_TEMPO)
    assert booth.play(0.5).overlay.bpm == pytest.approx(BPM, abs=1)
    assert booth.showing.command(Command.HOLD_TEMPO) == "Following the tempo again"
    assert not booth.play(0.1).overlay.tempo_held


def test_the_tempo_is_held_and_followed_again_with_one_key(booth: Booth) -> None:
    assert booth.showing.command(Command.HOLD_TEMPO) == "No tempo is known yet"
    booth.play(5.0)
    assert booth.showing.command(Command.HOLD_TEMPO).startswith("Tempo held, 1")
    assert "tempo held 1" in music_line(booth.play(0.1).overlay)
    assert booth.showing.command(Command.HOLD_TEMPO) == "Following the tempo again"
    assert "BPM" in music_line(booth.play(0.1).overlay)


def test_taps_through_slow_headphones_are_about_the_beat_that_is_heard(tmp_path: Path) -> None:
    output_s = 0.2
    booth = Booth(tmp_path, Alignment(output_s=output_s))
    booth.play(4.0)
    for _ in range(9):  # with every beat as it is in the air
        due_s = (np.floor((booth.now_s - output_s) * 2) + 1) / 2 + output_s
        while booth.now_s < due_s:
            frame = booth.frame()
        booth.showing.command(Command.TAP)
    frame = booth.play(0.25)
    booth.close()
    true = (booth.now_s - output_s) * 2 % 1.0
    away = (frame.uniforms.beat_phase - true + 0.5) % 1.0 - 0.5
    assert abs(away) < 2 * FRAME_S * BPM / 60
    assert frame.overlay.bpm == pytest.approx(BPM, abs=0.5)
