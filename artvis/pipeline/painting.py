"""From a commission to a picture that is in the library and on its way to the stage.

One `Studio` serves every back end of a show; the threads that call it stand in `lanes`. It decides neither when nor
what to paint (`conducting`).
"""

import logging
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from artvis.backoff import full_jitter_s
from artvis.errors import ArtvisError, ProviderError, StoreError
from artvis.model.artwork import ArtworkDetail, Picture, Pixels, QueueEntry, title_of
from artvis.model.notice import Notice
from artvis.model.sections import BudgetSection
from artvis.palette.extract import of_picture
from artvis.pipeline.conducting import Commission
from artvis.pipeline.events import (
    ArtworkReady,
    ArtworkRefined,
    Mailbox,
    NoticeRaised,
    PaintingBegan,
    PaintingFailed,
    StageEvent,
)
from artvis.pipeline.showlibrary import Questions
from artvis.providers import imagecheck
from artvis.providers.provider import GeneratedImage, ImageProvider, PreviewProvider
from artvis.providers.trying import RETRIED
from artvis.queue import artworks, ids, usage
from artvis.queue.blobs import BlobFolder

log = logging.getLogger(__name__)

TRIES = 3
IN_ALL_S = 600.0  # of all tries together: as long as the lease on a placeholder holds
OFFLINE_S = 60.0
LEAST_S = 1.0  # a call that has less time than this is not made


def _sleep(wait_s: float) -> bool:
    time.sleep(wait_s)
    return False


class PurseClosed(ArtvisError):
    """A cap is reached; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """An artwork that is being painted. `stored`: it stands in the library."""

    id: str
    stored: bool


@dataclass(frozen=True, slots=True)
class _Before:
    """What a back end painted last, and of what."""

    track: int
    subject: str
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class StudioPorts:
    """The collaborators of a `Studio`."""

    store: Questions
    blobs: BlobFolder
    mailbox: Mailbox[StageEvent]
    session_id: Callable[[], str]
    """The canonical session; asked on the store thread, after the question that finds it."""
    entropy: Callable[[], bytes]
    """Ten bytes for an id: random in a show, seeded in a film."""
    now_ms: Callable[[], int]
    caps: BudgetSection
    clock_s: Callable[[], float] = time.monotonic
    """The clock of the stage."""
    pause: Callable[[float], bool] = _sleep
    """Waits between two tries. True when the show stops meanwhile: then nothing is tried again."""
    purse: Questions | None = None
    """The library in which paid calls are booked, where that is not `store`: a film's is forgotten with it."""
    purse_now_ms: Callable[[], int] | None = None
    """The clock of the purse, where that is not `now_ms`: money is spent on no film's clock."""


class Studio:
    """Places a placeholder, has the picture made, and replaces or rolls back the placeholder."""

    def __init__(self, ports: StudioPorts) -> None:
        self._ports = ports
        self._purse = ports.purse or ports.store
        self._purse_now_ms = ports.purse_now_ms or ports.now_ms
        self._before: dict[str, _Before] = {}
        self.made = 0
        self.errors = 0

    def paint(self, commission: Commission, provider: ImageProvider) -> bool:
        """All of it, on the caller's thread; False when there is no picture, after the notice that says why."""
        begun = self._begin()
        preview = self._preview(commission, provider)
        placeholder = self._placeholder(begun)
        self._post(PaintingBegan(placeholder.id, commission.prompt.subject))
        if preview is not None:
            self._post(self._ready(placeholder.id, commission, preview, refining=True))
        try:
            commission, image = self.produce(commission, provider, placeholder)
            self.deliver(placeholder, commission, image, refined=preview is not None)
        except ArtvisError as error:
            self.give_up(placeholder, provider, error)
            return False
        except BaseException:
            self._take_out(placeholder)
            raise
        return True

    def announce(self, commission: Commission) -> Placeholder:
        """The placeholder of a picture that will be delivered later."""
        placeholder = self._placeholder(self._begin())
        self._post(PaintingBegan(placeholder.id, commission.prompt.subject))
        return placeholder

    def produce(
        self, commission: Commission, provider: ImageProvider, placeholder: Placeholder
    ) -> tuple[Commission, GeneratedImage]:
        """The picture, and what it is of; after at most three tries. ArtvisError if there is none.

        Each paid try is booked before the call. Where a person's own words are refused they are left out, once.
        """
        ends_s = time.monotonic() + IN_ALL_S
        for attempt in range(1, TRIES + 1):
            try:
                image = self._once(commission, provider, placeholder, left_s=ends_s - time.monotonic())
            except ProviderError as error:
                plain = commission.in_plain_words() if error.kind == "moderation" else None
                if plain is not None and attempt < TRIES:
                    log.info("%s refused the words of the person; once more without them", provider.name)
                    commission = plain
                    continue
                if not provider.networked or error.kind not in RETRIED or attempt == TRIES:
                    raise
                wait_s = error.retry_after_s or full_jitter_s(attempt, random.random())
                if wait_s > 30.0 or time.monotonic() + wait_s + LEAST_S > ends_s:
                    raise
                if self._ports.pause(wait_s):
                    raise
            else:
                return commission, image
        raise AssertionError("unreachable")

    def deliver(
        self,
        placeholder: Placeholder,
        commission: Commission,
        image: GeneratedImage,
        *,
        refined: bool = False,
    ) -> None:
        """Blob and row first, then the hand-over in memory. A full disk costs the row, never the picture."""
        pixels = image.pixels
        pixels.flags.writeable = False
        track, subject = commission.music.track_count, commission.prompt.subject
        self._before[image.provider] = _Before(track, subject, pixels)
        detail = describe(commission, image)
        sha256 = ""
        try:
            sha256 = self._keep(placeholder, pixels, detail)
        except StoreError as error:
            log.exception("a finished picture could not be stored")
            self._say("not-kept", f"This picture could not be kept: {error}")
        self.made += 1
        ready = self._ready(
            placeholder.id, commission, pixels, palette=detail.palette, name=image.provider, sha256=sha256
        )
        self._post(ArtworkRefined(ready.picture, ready.entry) if refined else ready)

    def give_up(self, placeholder: Placeholder, provider: ImageProvider, error: ArtvisError) -> None:
        """Rolls the placeholder back and says why in one sentence."""
        self._take_out(placeholder)
        if isinstance(error, ProviderError) and error.kind == "cancelled":
            return
        self.errors += 1
        log.warning("no picture from %s: %s", provider.name, error)
        self._say(f"paint-{provider.name}", str(error), "Offline art goes on.")

    def turned_away(self, error: ArtvisError) -> None:
        """A back end that cannot be used at all, said in one sentence."""
        self.errors += 1
        log.warning("a back end cannot be used: %s", error)
        self._say("no-back-end", str(error), "Offline art goes on.")

    def _take_out(self, placeholder: Placeholder) -> None:
        self._post(PaintingFailed(placeholder.id))
        if placeholder.stored:
            self._ports.store.submit(artworks.roll_back, placeholder.id)

    def _once(
        self, commission: Commission, provider: ImageProvider, placeholder: Placeholder, *, left_s: float
    ) -> GeneratedImage:
        prompt, image = commission.prompt, self._picture_before(commission, provider)
        if not provider.paid:
            seconds = left_s if provider.networked else OFFLINE_S
            return provider.generate(prompt, deadline_s=seconds, idempotency_key=placeholder.id, image=image)
        reservation = self._reserve(commission, provider, placeholder)
        try:
            made = provider.generate(prompt, deadline_s=left_s, idempotency_key=placeholder.id, image=image)
        except ProviderError as error:
            if error.billed:
                self._book(self._purse.submit(usage.settle, reservation, None))
            else:
                self._book(self._purse.submit(usage.release, reservation))
            raise
        self._book(self._purse.submit(usage.settle, reservation, made.cost_usd))
        return made

    def _picture_before(self, commission: Commission, provider: ImageProvider) -> Pixels | None:
        """What `provider` painted last, where this picture holds its subject within the same track."""
        before = self._before.get(provider.name)
        if before is None or not provider.continues:
            return None
        is_held = (before.track, before.subject) == (commission.music.track_count, commission.prompt.subject)
        return before.pixels if is_held else None

    @staticmethod
    def _book(answer: Future[None]) -> None:
        """Waits for the purse. Where it cannot be written the booking stands at its estimate; the picture is paid."""
        try:
            answer.result()
        except StoreError:
            log.exception("a booking could not be settled and counts as spent")

    def _reserve(self, commission: Commission, provider: ImageProvider, placeholder: Placeholder) -> int:
        answer = self._purse.submit(
            usage.reserve,
            provider=provider.name,
            artwork_id=placeholder.id,
            estimate_usd=provider.estimate_usd(commission.prompt),
            caps=self._ports.caps,
            now_ms=self._purse_now_ms(),
        ).result()
        if isinstance(answer, str):
            raise PurseClosed(answer)
        return answer.id

    def _preview(self, commission: Commission, provider: ImageProvider) -> Pixels | None:
        if not commission.preview or not isinstance(provider, PreviewProvider):
            return None
        try:
            return provider.generate_preview(commission.prompt)
        except ProviderError as error:
            log.info("no preview: %s", error)  # the whole picture is tried all the same
            return None

    def _begin(self) -> Future[str]:
        entropy, now_ms = self._ports.entropy(), self._ports.now_ms()

        def begin(db: sqlite3.Connection) -> str:
            return artworks.begin(db, session_id=self._ports.session_id(), now_ms=now_ms, entropy=entropy)

        return self._ports.store.submit(begin)

    def _placeholder(self, begun: Future[str]) -> Placeholder:
        try:
            return Placeholder(begun.result(), stored=True)
        except StoreError as error:
            log.exception("no placeholder")
            self._say("not-kept", f"New pictures are not kept: {error}")
            return Placeholder(ids.new_id(self._ports.now_ms(), self._ports.entropy()), stored=False)

    def _keep(self, placeholder: Placeholder, pixels: Pixels, detail: ArtworkDetail) -> str:
        """Stores bytes and row; the sha256 of the bytes, '' when there is no placeholder to replace."""
        if not placeholder.stored:
            return ""
        data = imagecheck.encode(pixels, detail)
        height, width = pixels.shape[:2]
        sha256 = self._ports.blobs.put(data)
        try:
            self._ports.store.submit(
                artworks.complete,
                placeholder.id,
                sha256=sha256,
                size_bytes=len(data),
                width=width,
                height=height,
                detail=detail,
                now_ms=self._ports.now_ms(),
            ).result()
        except Exception:
            self._take_back(sha256)
            raise
        return sha256

    def _take_back(self, sha256: str) -> None:
        """The bytes of a picture whose row could not be written. On the store thread, where every row is written."""

        def drop(db: sqlite3.Connection) -> None:
            if not artworks.uses_blob(db, sha256):
                self._ports.blobs.take_back(sha256)

        try:
            self._ports.store.submit(drop).result()
        except (StoreError, OSError):
            log.exception("the bytes of a picture without a row stay until the next start")

    def _ready(
        self,
        artwork_id: str,
        commission: Commission,
        pixels: Pixels,
        *,
        palette: tuple[str, ...] = (),
        name: str = "painter",
        sha256: str = "",
        refining: bool = False,
    ) -> ArtworkReady:
        prompt = commission.prompt
        colours = palette or prompt.palette.hexes
        title = title_of(prompt.subject, prompt.medium)
        pixels.flags.writeable = False
        picture = Picture(artwork_id, pixels, colours, provider=name, title=title, refining=refining)
        entry = QueueEntry(
            id=artwork_id,
            sha256=sha256,
            created_at_ms=self._ports.now_ms(),
            fresh=True,
            rerun=False,
            palette=colours,
            title=title,
            reasons=prompt.reasons,
        )
        return ArtworkReady(picture, entry, asked=commission.asked, at_s=self._ports.clock_s())

    def _say(self, code: str, text: str, action: str = "") -> None:
        self._post(NoticeRaised(Notice("warning", code, text, action)))

    def _post(self, event: StageEvent) -> None:
        self._ports.mailbox.post(event)


def describe(commission: Commission, image: GeneratedImage) -> ArtworkDetail:
    """What is stored of a picture beside its bytes."""
    prompt, music = commission.prompt, commission.music
    return ArtworkDetail(
        provider=image.provider,
        model=image.model,
        seed=image.seed,
        prompt=prompt.positive,
        negative=prompt.negative,
        palette=of_picture(image.pixels),
        cost_usd=image.cost_usd or 0.0,
        reasons=prompt.reasons,
        valence=music.valence,
        arousal=music.arousal,
        key=music.key,
        bpm=round(music.bpm, 1),
        style=prompt.style,
        subject=prompt.subject,
        medium=prompt.medium,
        painter=prompt.painter,
        section=music.section,
        song=commission.song,
        artists=prompt.artists,
    )
