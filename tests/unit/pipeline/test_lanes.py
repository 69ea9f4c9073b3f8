"""The painting threads with a real studio and library: what they do when a back end does not let them paint."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from artvis.errors import ProviderError
from artvis.model.sections import ArtSection, BudgetSection
from artvis.pipeline.conducting import Conductor, Memory
from artvis.pipeline.events import Mailbox, NoticeRaised, StageEvent
from artvis.pipeline.lanes import Lane
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.painting import Studio, StudioPorts
from artvis.pipeline.showing import Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.prompt.compose import Prompt
from artvis.providers.provider import GeneratedImage, ImageProvider
from artvis.queue.store import Store

PATIENCE_S = 10.0


class Deaf:
    """A back end that does not hear a cancel that came before its call, and has begun a call when `called` is set."""

    name, model, paid, networked, continues = "deaf", "deaf-1", False, False, False

    def __init__(self) -> None:
        self.called = threading.Event()
        self._cancelled = threading.Event()
        self.go_on = threading.Event()

    def estimate_usd(self, _prompt: Prompt) -> float | None:
        return 0.0

    def generate(self, prompt: Prompt, **_: object) -> GeneratedImage:
        self.called.set()
        self.go_on.wait(PATIENCE_S)
        self._cancelled.clear()
        assert self._cancelled.wait(PATIENCE_S), "never cancelled"
        raise ProviderError("cancelled", "The painting was cancelled.")

    def health(self) -> str:
        return "deaf: ready"

    def cancel(self) -> None:
        self._cancelled.set()
        self.go_on.set()

    def close(self) -> None: ...


class Bench:
    """A lane on a real library; `helped` grows with each call for help to the other lane."""

    def __init__(self, folder: Path, provider: Callable[[], ImageProvider]) -> None:
        self.store = Store(folder)
        self.mailbox: Mailbox[StageEvent] = Mailbox()
        self.stock = Latest(Stock())
        self.helped = threading.Semaphore(0)
        library = ShowLibrary(self.store, mailbox=self.mailbox, now_ms=lambda: 1_800_000_000_000)
        studio = Studio(
            StudioPorts(
                store=self.store,
                blobs=self.store.blobs,
                mailbox=self.mailbox,
                session_id=lambda: library.session().id,
                entropy=lambda: np.random.default_rng().bytes(10),
                now_ms=lambda: 1_800_000_000_000,
                caps=BudgetSection(),
            )
        )
        self.lane = Lane(
            "painting-1",
            conductor=Conductor(ArtSection(), seed=1, memory=Memory(), offline=False, paid=True),
            studio=studio,
            provider=provider,
            heard=Latest(Heard()),
            stock=self.stock,
            on_failure=self.helped.release,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[[Callable[[], ImageProvider]], Bench]]:
    made: list[Bench] = []

    def make(provider: Callable[[], ImageProvider]) -> Bench:
        made.append(Bench(tmp_path, provider))
        made[-1].lane.start()
        return made[-1]

    yield make
    for each in made:
        each.lane.stop()
        each.store.close()


@pytest.mark.parametrize(
    "fault", [ProviderError("auth", "It has no key."), ImportError("a keyring that is broken")]
)
def test_without_a_back_end_each_wish_is_passed_on_and_the_reason_is_said_once(
    bench: Callable[[Callable[[], ImageProvider]], Bench], fault: Exception
) -> None:
    def open_nothing() -> ImageProvider:
        raise fault

    here = bench(open_nothing)
    assert here.helped.acquire(timeout=PATIENCE_S), "the first picture of this lane"
    for number in (1, 2):
        here.stock.set(Stock(asked=number))
        assert here.helped.acquire(timeout=PATIENCE_S), "key G"
    here.lane.stop()
    assert [event.notice.code for event in here.mailbox.drain() if isinstance(event, NoticeRaised)] == [
        "no-back-end"
    ]


def test_a_stop_ends_a_call_that_was_begun_while_it_was_said(
    bench: Callable[[Callable[[], ImageProvider]], Bench],
) -> None:
    deaf = Deaf()
    here = bench(lambda: deaf)
    assert deaf.called.wait(PATIENCE_S)
    begun_s = time.monotonic()
    here.lane.stop()
    assert time.monotonic() - begun_s < 1.0
    assert "painting-1" not in {thread.name for thread in threading.enumerate()}
