"""Compositions for `artvis paint` and `artvis providers`: the music, the prompt, one back end, the purse, the library.

One picture, by the back end that was named and no other; what could not be painted leaves nothing behind.
"""

import sqlite3
import time
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from artvis import logs
from artvis.app.library import artwork_row
from artvis.app.pictures import write_picture
from artvis.app.wordlists import word_lists
from artvis.audio import filesource
from artvis.audio.hearing import Hearing
from artvis.audio.patience import in_hops
from artvis.errors import ArtvisError, InputError, ProviderError
from artvis.model.music import HOP_S, MusicState
from artvis.model.notice import Notice
from artvis.model.sections import ArtSection, Settings
from artvis.paths import Home
from artvis.pipeline.conducting import Commission
from artvis.pipeline.painting import describe
from artvis.prompt.compose import Prompt, compose
from artvis.prompt.taste import UNTAUGHT, Taste, learnt
from artvis.prompt.wildcards import WordLists
from artvis.providers import catalogue, imagecheck, prices
from artvis.providers.catalogue import BackEnd, back_ends
from artvis.providers.painter import PainterProvider
from artvis.providers.provider import GeneratedImage, ImageProvider
from artvis.providers.trying import tried
from artvis.queue import artworks, lessons, sessions, usage
from artvis.queue.connection import DATABASE, open_reader, translated
from artvis.queue.store import Store

CALLS_MAX: Final = 3
DEADLINE_S: Final = 60.0
TEST_SIZE: Final = (512, 512)

_ROW: Final = (
    "id",
    "sha256",
    "width",
    "height",
    "provider",
    "model",
    "seed",
    "prompt",
    "negative",
    "palette",
    "cost_usd",
    "reasons",
    "path",
)
_DEFAULT_AT_S: Final = 30.0


class NotPainted(ArtvisError):
    """The purse or the back end said no; the sentence says why."""


@dataclass(frozen=True, slots=True)
class PaintOrder:
    """What was asked for; None is 'as the music, the settings or chance have it'."""

    provider: str | None = None
    mood: tuple[float, float] | None = None
    key: str | None = None
    bpm: float | None = None
    style: str | None = None
    seed: int | None = None
    size: tuple[int, int] | None = None
    song: Path | None = None
    at_s: float | None = None
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class _Painted:
    image: GeneratedImage
    cost_usd: float


@dataclass(frozen=True, slots=True)
class _Past:
    """What the library says of before: the last subjects and media, the last painter, and what votes have taught."""

    pairs: Sequence[tuple[str, str]] = ()
    painter: str = ""
    taste: Taste = UNTAUGHT


def check_back_end(order: PaintOrder, settings: Settings) -> None:
    """Raises InputError for a back end that there is not, before any work."""
    name = _back_end(order, settings)
    if name not in catalogue.NAMES:
        raise InputError(f"There is no image back end {name}; there are {', '.join(catalogue.NAMES)}.")


def prompt_row(prompt: Prompt) -> dict[str, Any]:
    """A prompt as JSON."""
    return {
        "prompt": prompt.positive,
        "negative": prompt.negative,
        "seed": prompt.seed,
        "width": prompt.size[0],
        "height": prompt.size[1],
        "palette": list(prompt.palette.hexes),
        "style": prompt.style,
        "subject": prompt.subject,
        "medium": prompt.medium,
        "reasons": list(prompt.reasons),
    }


def prompt_of(order: PaintOrder, settings: Settings, home: Home) -> Prompt:
    """The prompt that `paint` would use; calls nobody and stores nothing."""
    music, title = _music(order)
    return _commission(
        order, settings, music, title=title, past=_past(home), lists=_lists(settings, home)
    ).prompt


def paint(order: PaintOrder, settings: Settings, home: Home, environ: Mapping[str, str]) -> dict[str, Any]:
    """Paints, stores and, where a file is named, writes it; the stored row. Raises NotPainted."""
    music, title = _music(order)
    logs.start_logging(home.logs)
    with closing(_provider(order, settings, home, environ)) as provider, closing(Store(home.data)) as store:
        past = store.run(_read_past)
        commission = _commission(order, settings, music, title=title, past=past, lists=_lists(settings, home))
        session = store.run(sessions.canonical, proposal=None, now_ms=_now_ms())
        artwork_id = store.run(artworks.begin, session_id=session.id, now_ms=_now_ms())
        try:
            painted = _painted(commission.prompt, provider, store, settings, artwork_id)
            song = title if settings.art.use_song_text else ""  # a stored picture may be given away
            row = _keep(commission, painted, store, artwork_id, song=song)
        except BaseException:
            store.run(artworks.roll_back, artwork_id)
            raise
    if order.out is not None:
        write_picture(painted.image.pixels, order.out)
    return row


def listed(settings: Settings, environ: Mapping[str, str]) -> tuple[list[BackEnd], str]:
    """All back ends, and the date of their prices."""
    return back_ends(settings.providers, environ, _size(settings.art)), prices.as_of()


def cost_of_test(name: str, settings: Settings, environ: Mapping[str, str]) -> float | None:
    """What `providers test` of a back end may cost. Raises InputError for an unknown one."""
    found = [end for end in back_ends(settings.providers, environ, TEST_SIZE) if end.name == name]
    if not found:
        raise InputError(f"There is no image back end {name}; there are {', '.join(catalogue.NAMES)}.")
    return found[0].price_usd


def _provider(order: PaintOrder, settings: Settings, home: Home, environ: Mapping[str, str]) -> ImageProvider:
    try:
        provider = catalogue.open_provider(
            _back_end(order, settings), settings.providers, environ, home.cache
        )
    except ProviderError as error:
        raise NotPainted(str(error)) from error
    if isinstance(provider, PainterProvider):
        provider.start()  # it comes up while the library does
    return provider


def _back_end(order: PaintOrder, settings: Settings) -> str:
    """The back end that was named: on the command line, else in the settings."""
    return catalogue.back_end_of(
        order.provider or settings.art.provider, settings.providers, settings.network
    )


def _music(order: PaintOrder) -> tuple[MusicState, str]:
    """The music to be painted, and the title of the song: what was heard, with what was said on top of it."""
    music, title = MusicState(silent=False), ""
    if order.song is not None:
        music, title = _heard(order.song, order.at_s)
    if order.mood is not None:
        music = replace(music, valence=order.mood[0], arousal=order.mood[1])
    if order.key is not None:
        music = replace(music, key=order.key, key_confidence=1.0)
    if order.bpm is not None:
        music = replace(music, bpm=order.bpm, confidence=1.0)
    return music, title


def _heard(song: Path, at_s: float | None) -> tuple[MusicState, str]:
    """Listens to a file up to a moment, as a live listener would; to its first half minute if none is said."""
    info = filesource.probe(song)
    if at_s is not None and 0 < info.duration_s < at_s:
        raise InputError(f"{song} ends after {info.duration_s:.1f} s; there is nothing at {at_s:g} s.")
    hearing, state = Hearing(deep=False), MusicState()
    until = int((_DEFAULT_AT_S if at_s is None else at_s) / HOP_S) + 1
    for _, hop in zip(range(until), in_hops(filesource.decode(song)), strict=False):
        state, _ = hearing.feed(hop)
    return state, info.title


def _past(home: Home) -> _Past:
    """The past of a home, without making a library where there is none."""
    if not (home.data / DATABASE).exists():
        return _Past()
    with translated():
        reader: sqlite3.Connection | None = open_reader(home.data)
        if reader is None:  # of an older version; it is migrated when something is stored
            return _Past()
        with closing(reader) as db:
            return _read_past(db)


def _read_past(db: sqlite3.Connection) -> _Past:
    last = artworks.list_artworks(db, limit=1)
    return _Past(
        artworks.recent_subjects(db), last[0].detail.painter if last else "", learnt(lessons.lessons(db))
    )


def _lists(settings: Settings, home: Home) -> WordLists:
    """Those that the person's template names. Raises InputError where one is not there."""
    missing: list[Notice] = []
    lists = word_lists(settings.art.template, home, missing.append)
    if missing:
        raise InputError(f"{missing[0].text} {missing[0].action}")
    return lists


def _commission(
    order: PaintOrder,
    settings: Settings,
    music: MusicState,
    *,
    title: str,
    past: _Past,
    lists: WordLists,
) -> Commission:
    """With a seed the same order gives the same picture; without one it is never that of before."""
    preferences = settings.art
    if order.style:
        preferences = replace(preferences, styles=(order.style,), dynamic_mode=False)
    if order.size:
        preferences = replace(preferences, size=f"{order.size[0]}x{order.size[1]}")
    offline = _back_end(order, settings) == "painter"
    prompt = compose(
        music,
        preferences,
        history=past.pairs if order.seed is None else (),
        seed=_seed_of(music, title) if order.seed is None else order.seed,
        song=title,
        offline=offline,
        last_painter=past.painter if offline and order.seed is None else "",
        taste=past.taste if order.seed is None else UNTAUGHT,
        lists=lists,
    )
    if order.seed is not None:
        prompt = replace(prompt, seed=order.seed)
    return Commission(prompt, asked=True, preview=False, music=music)


def _seed_of(music: MusicState, title: str) -> int:
    """The same music has the same seed."""
    words = f"{title} {music.key} {music.bpm:.0f} {music.valence:.1f} {music.arousal:.1f}"
    return zlib.crc32(words.encode()) & 0x7FFFFFFF


def _painted(
    prompt: Prompt, provider: ImageProvider, store: Store, settings: Settings, artwork_id: str
) -> _Painted:
    """The picture. Each call that may cost is booked before it is made. Raises NotPainted."""
    estimate = provider.estimate_usd(prompt)

    def call(left_s: float) -> _Painted:
        if not provider.paid:
            return _Painted(provider.generate(prompt, deadline_s=left_s, idempotency_key=artwork_id), 0.0)
        booking = store.run(
            usage.reserve,
            provider=provider.name,
            artwork_id=artwork_id,
            estimate_usd=estimate,
            caps=settings.budget,
            now_ms=_now_ms(),
        )
        if isinstance(booking, str):
            raise NotPainted(booking)
        try:
            image = provider.generate(prompt, deadline_s=left_s, idempotency_key=artwork_id)
        except ProviderError as error:
            if error.billed:
                store.run(usage.settle, booking.id, None)
            else:
                store.run(usage.release, booking.id)
            raise
        store.run(usage.settle, booking.id, image.cost_usd)
        return _Painted(image, image.cost_usd if image.cost_usd is not None else estimate or 0.0)

    try:
        return tried(call, calls=CALLS_MAX, deadline_s=DEADLINE_S)
    except ProviderError as error:
        raise NotPainted(str(error)) from error


def _keep(
    commission: Commission, painted: _Painted, store: Store, artwork_id: str, *, song: str
) -> dict[str, Any]:
    """Blob first, then the row that replaces the placeholder; the row as it is stored."""
    detail = replace(describe(commission, painted.image), cost_usd=painted.cost_usd, song=song)
    data = imagecheck.encode(painted.image.pixels, detail)
    height, width = painted.image.pixels.shape[:2]
    store.run(
        artworks.complete,
        artwork_id,
        sha256=store.blobs.put(data),
        size_bytes=len(data),
        width=width,
        height=height,
        detail=detail,
        now_ms=_now_ms(),
    )
    artwork = store.run(artworks.get, artwork_id)
    if artwork is None:
        raise NotPainted("The picture was deleted while it was being stored.")
    row = artwork_row(artwork, store.blobs)
    return {name: row[name] for name in _ROW}


def _size(preferences: ArtSection) -> tuple[int, int]:
    width, _, height = preferences.size.partition("x")
    return int(width), int(height)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
