"""The studio with a real library: placeholder, money, picture, row and hand-over; and what is left after a failure."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from artvis.errors import DiskFull, ProviderError
from artvis.model.artwork import Pixels
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection, BudgetSection
from artvis.pipeline.conducting import Commission, Conductor, Memory
from artvis.pipeline.events import (
    ArtworkReady,
    ArtworkRefined,
    Mailbox,
    NoticeRaised,
    PaintingBegan,
    PaintingFailed,
    StageEvent,
)
from artvis.pipeline.painting import Studio, StudioPorts
from artvis.pipeline.showing import Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.prompt.compose import Prompt
from artvis.providers.provider import GeneratedImage
from artvis.queue import artworks, usage
from artvis.queue.maintenance import verify
from artvis.queue.store import Store

NOW_MS = 1_800_000_000_000


class Till:
    """A paid back end that gives a picture, or the faults it is told to give, in order."""

    name = "till"
    model = "till-1"
    paid = True
    networked = True
    continues = False

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.calls = 0
        self.images: list[Pixels | None] = []
        self.asked: list[str] = []

    def estimate_usd(self, _prompt: Prompt) -> float | None:
        return 0.01

    def generate(
        self, prompt: Prompt, *, deadline_s: float, idempotency_key: str, image: Pixels | None = None
    ) -> GeneratedImage:
        self.calls += 1
        self.images.append(image)
        self.asked.append(prompt.positive)
        if self.faults:
            raise self.faults.pop(0)
        return GeneratedImage(picture(), self.name, self.model, prompt.seed, 0.008)

    def health(self) -> str:
        return "till: ready"

    def cancel(self) -> None: ...
    def close(self) -> None: ...


class FreeWithPreview(Till):
    paid = False

    def generate_preview(self, _prompt: Prompt) -> Pixels:
        return picture()[::2, ::2].copy()


def picture() -> Pixels:
    return np.random.default_rng(7).integers(0, 255, (96, 128, 3), np.uint8)


def commission(*, asked: bool = False, preview: bool = False) -> Commission:
    made = Conductor(ArtSection(), seed=1, memory=Memory()).consider(0.0, MusicState(), Stock())
    assert made is not None
    return Commission(made.prompt, asked=asked, preview=preview, music=made.music)


class Bench:
    """A studio on a real library; `events` drains what it posted."""

    def __init__(self, folder: Path, caps: BudgetSection) -> None:
        self.folder = folder
        self.store = Store(folder)
        self.mailbox: Mailbox[StageEvent] = Mailbox()
        self.waits: list[float] = []
        self.stops = False
        library = ShowLibrary(self.store, mailbox=self.mailbox, now_ms=lambda: NOW_MS)
        self.studio = Studio(
            StudioPorts(
                store=self.store,
                blobs=self.store.blobs,
                mailbox=self.mailbox,
                session_id=lambda: library.session().id,
                entropy=lambda: np.random.default_rng().bytes(10),
                now_ms=lambda: NOW_MS,
                caps=caps,
                pause=self.pause,
            )
        )

    def pause(self, wait_s: float) -> bool:
        self.waits.append(wait_s)
        return self.stops

    def events(self) -> list[StageEvent]:
        return self.mailbox.drain()

    def states(self) -> list[str]:
        found = [self.store.run(artworks.list_artworks, state=state) for state in ("live", "placeholder")]
        return [artwork.state for rows in found for artwork in rows]

    def left(self, caps: BudgetSection) -> dict[str, object]:
        left = self.store.run(usage.report, caps, NOW_MS)["left"]
        assert isinstance(left, dict)
        return left


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(caps: BudgetSection | None = None) -> Bench:
        made.append(Bench(tmp_path, caps or BudgetSection()))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


def test_a_picture_goes_from_placeholder_to_live_and_is_handed_over_in_memory(
    bench: Callable[..., Bench],
) -> None:
    here = bench()
    assert here.studio.paint(commission(asked=True), Till())
    began, ready = here.events()
    assert isinstance(began, PaintingBegan)
    assert isinstance(ready, ArtworkReady)
    assert ready.asked
    assert ready.picture.id == began.id
    assert np.array_equal(ready.picture.pixels, picture())
    assert here.states() == ["live"]
    assert not verify(here.folder)


def test_a_preview_is_handed_over_first_and_refined_by_the_whole_picture(bench: Callable[..., Bench]) -> None:
    here = bench()
    here.studio.paint(commission(preview=True), FreeWithPreview())
    began, preview, refined = here.events()
    assert isinstance(began, PaintingBegan)
    assert isinstance(preview, ArtworkReady)
    assert isinstance(refined, ArtworkRefined)
    assert preview.picture.refining
    assert preview.picture.pixels.shape == (48, 64, 3)
    assert refined.picture.pixels.shape == (96, 128, 3)


@pytest.mark.parametrize("kind", ["auth", "billing", "moderation", "model", "request", "badimage"])
def test_a_failure_that_no_wait_can_mend_is_not_tried_again(bench: Callable[..., Bench], kind: str) -> None:
    here, till = bench(), Till(*[ProviderError(kind, "No.")] * 3)  # type: ignore[arg-type]
    assert not here.studio.paint(commission(), till)
    assert till.calls == 1
    began, failed, notice = here.events()
    assert isinstance(began, PaintingBegan)
    assert isinstance(failed, PaintingFailed)
    assert isinstance(notice, NoticeRaised)
    assert notice.notice.text == "No."
    assert here.states() == []


@pytest.mark.parametrize(("refusals", "calls", "made"), [(1, 2, 1), (2, 2, 0)])
def test_words_of_the_person_that_are_refused_are_left_out_once(
    bench: Callable[..., Bench], refusals: int, calls: int, made: int
) -> None:
    one = bench()
    till = Till(*[ProviderError("moderation", "It refuses to paint this.") for _ in range(refusals)])
    own = ArtSection(template="a fox", artists="Zoe Zett", styles=("my vapor", "fresco"), use_song_text=True)
    conductor = Conductor(own, seed=1, memory=Memory(), offline=False, paid=True, song=lambda: "A Title")
    wanted = conductor.consider(0.0, MusicState(), Stock())
    assert wanted is not None
    assert one.studio.paint(wanted, till) == bool(made)
    assert (till.calls, one.studio.made) == (calls, made)
    for words in ("a fox", "Zoe Zett", "A Title"):
        assert [words in asked for asked in till.asked] == [True, False]
    if made:
        [kept] = one.store.run(artworks.list_artworks)
        assert (kept.detail.prompt, kept.detail.song, kept.detail.artists) == (till.asked[1], "", "")


@pytest.mark.parametrize("kind", ["server", "busy", "timeout"])
def test_a_server_that_fails_twice_gives_its_picture_at_the_third_call(
    bench: Callable[..., Bench], kind: str
) -> None:
    caps = BudgetSection()
    here, till = bench(caps), Till(*[ProviderError(kind, "It failed.", billed=True)] * 2)  # type: ignore[arg-type]
    assert here.studio.paint(commission(), till)
    assert till.calls == 3
    assert len(here.waits) == 2
    assert here.left(caps)["hour_count"] == 12 - 3


def test_a_back_end_paints_on_its_last_picture_while_the_subject_and_the_track_stay(
    bench: Callable[..., Bench],
) -> None:
    here, till, held = bench(), Till(), commission()
    till.continues = True
    other_subject = replace(held, prompt=replace(held.prompt, subject="a well"))
    other_track = replace(other_subject, music=replace(held.music, track_count=9))
    for made in (held, held, other_subject, other_track, other_track):
        here.studio.paint(made, till)
    assert [image is not None for image in till.images] == [False, True, False, False, True]
    assert till.images[1] is not None
    assert np.array_equal(till.images[1], picture())


def test_a_wait_that_the_server_asks_for_is_kept_and_a_long_one_is_not_waited_for(
    bench: Callable[..., Bench],
) -> None:
    here = bench()
    assert here.studio.paint(commission(), Till(ProviderError("rate", "Too many.", retry_after_s=7.0)))
    assert here.waits == [7.0]
    assert not here.studio.paint(commission(), Till(ProviderError("rate", "Later.", retry_after_s=600.0)))
    assert here.waits == [7.0]


def test_a_refusal_that_costs_nothing_gives_its_money_back(bench: Callable[..., Bench]) -> None:
    caps = BudgetSection()
    here = bench(caps)
    here.studio.paint(commission(), Till(ProviderError("auth", "The key was refused.")))
    assert here.left(caps)["hour_count"] == 12


def test_the_purse_refuses_the_call_before_it_is_made(bench: Callable[..., Bench]) -> None:
    here, till = bench(BudgetSection(per_hour_count=2)), Till()
    assert [here.studio.paint(commission(), till) for _ in range(4)] == [True, True, False, False]
    assert till.calls == 2
    notices = [event.notice for event in here.events() if isinstance(event, NoticeRaised)]
    assert "2 paid pictures" in notices[0].text


def test_the_count_of_the_hour_holds_over_a_restart(bench: Callable[..., Bench]) -> None:
    caps, till = BudgetSection(per_hour_count=3), Till()
    for _ in range(4):
        here = bench(caps)
        here.studio.paint(commission(), till)
        here.store.close()
    assert till.calls == 3


def test_a_picture_is_shown_even_where_it_cannot_be_kept(bench: Callable[..., Bench], tmp_path: Path) -> None:
    here = bench()
    blobs = tmp_path / "blobs"
    blobs.mkdir(exist_ok=True)
    blobs.rmdir()
    blobs.write_text("a file where the folder should be")
    assert here.studio.paint(commission(), Till())
    kinds = [type(event) for event in here.events()]
    assert ArtworkReady in kinds
    assert NoticeRaised in kinds


def test_the_bytes_of_a_picture_whose_row_cannot_be_written_do_not_stay(bench: Callable[..., Bench]) -> None:
    here = bench()

    def write_protect(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA query_only=ON")

    class Protecting(Till):
        paid = False

        def generate(self, prompt: Prompt, **options: Any) -> GeneratedImage:
            here.store.run(write_protect)
            return super().generate(prompt, **options)

    assert here.studio.paint(commission(), Protecting())
    assert ArtworkReady in [type(event) for event in here.events()]
    assert list(here.store.blobs.all()) == []
    assert here.store.blobs.incoming() == []
    assert not here.store.blobs.unsettled


def test_a_show_that_stops_between_two_tries_makes_no_further_call(bench: Callable[..., Bench]) -> None:
    here, till = bench(), Till(ProviderError("server", "It failed."))
    here.stops = True
    assert not here.studio.paint(commission(), till)
    assert till.calls == 1
    assert here.states() == []


def test_a_bug_in_a_back_end_leaves_no_placeholder_and_nothing_on_the_overlay(
    bench: Callable[..., Bench],
) -> None:
    here, till = bench(), Till(ZeroDivisionError("a bug"))
    with pytest.raises(ZeroDivisionError):
        here.studio.paint(commission(), till)
    began, failed = here.events()
    assert isinstance(began, PaintingBegan)
    assert failed == PaintingFailed(began.id)
    assert here.states() == []


class FullDisk:
    """A library on a disk that is full by the time a booking is to be settled."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(self, question: Callable[..., object], *args: object, **kwargs: object) -> Future[object]:
        if question is not usage.settle:
            return self._store.submit(question, *args, **kwargs)
        full: Future[object] = Future()
        full.set_exception(DiskFull("The library cannot be written: the disk is full."))
        return full


def test_a_paid_picture_is_shown_although_its_booking_cannot_be_settled(bench: Callable[..., Bench]) -> None:
    here = bench()
    here.studio = Studio(replace(here.studio._ports, store=FullDisk(here.store)))
    assert here.studio.paint(commission(), Till())
    assert isinstance(here.events()[-1], ArtworkReady)
    assert here.left(BudgetSection())["day_usd"] == pytest.approx(0.49), "booked at the estimate"


def test_a_film_is_paid_from_the_purse_of_the_person(bench: Callable[..., Bench], tmp_path: Path) -> None:
    here = bench(BudgetSection(per_hour_count=1))
    person = Store(tmp_path / "of-the-person")
    here.studio = Studio(replace(here.studio._ports, purse=person, purse_now_ms=lambda: NOW_MS + 5))
    assert here.studio.paint(commission(), Till())
    till = Till()
    assert not here.studio.paint(commission(), till)
    assert till.calls == 0
    assert person.run(usage.report, BudgetSection(), NOW_MS)["left"]["day_usd"] == pytest.approx(0.492)
    person.close()
    assert here.left(BudgetSection())["day_usd"] == pytest.approx(0.5), (
        "the film's own library booked nothing"
    )
