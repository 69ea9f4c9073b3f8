"""Makes a film of a song: the whole path of a show without a window, on the clock of the film.

The same song, seed and settings give the same frames: time comes from the frame number, chance from the seed.
"""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from artvis import logs
from artvis.app import scenes
from artvis.app.wordlists import word_lists
from artvis.audio import demosource, filesource
from artvis.audio.deep import DeepWorker
from artvis.errors import InputError
from artvis.model.music import Beat, MusicEvent, Samples, Section
from artvis.model.sections import FLASH_GUARD_OFF, Settings
from artvis.painters.builtin import builtin
from artvis.paths import Home
from artvis.pipeline.atonce import AtOnce
from artvis.pipeline.conducting import Conductor, Memory
from artvis.pipeline.events import Mailbox, NoticeRaised, StageEvent
from artvis.pipeline.filming import FilmListening, FilmPainting
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import ImmediateLoader
from artvis.pipeline.painting import Studio, StudioPorts
from artvis.pipeline.showing import Showing, ShowingPorts, Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.providers.catalogue import back_end_of, open_provider
from artvis.queue.store import Store
from artvis.render.engine import Engine
from artvis.render.film import FilmWriter, part_of
from artvis.render.framefolder import FrameFolder
from artvis.render.headless import open_headless, read_pixels
from artvis.scene.flashguard import FlashRecord
from artvis.scene.roster import Roster

FILM_EPOCH_MS = 1_767_225_600_000  # 2026-01-01 UTC: a film's library has its own calendar


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """What is to be filmed. `song` None: the built-in demo track."""

    song: Path | None
    out: Path | None
    frames: Path | None = None
    events: Path | None = None
    size: tuple[int, int] = (1280, 720)
    fps: int = 30
    seed: int = 1
    start_s: float = 0.0
    duration_s: float | None = None
    provider: str = "painter"
    scene: str | None = None
    """Name or file of the one scene that is played; None: as in the settings."""
    own_library: bool = True
    """A temporary library; False: the library of the home, which gives up that two films are the same."""


@dataclass(frozen=True, slots=True)
class FilmFigures:
    frames: int
    seconds: float
    wall_s: float
    artworks: int
    notices: tuple[str, ...]
    """What went wrong on the way, a sentence each."""


@dataclass(slots=True)
class _Set:
    """Everything that works on one film."""

    listening: FilmListening
    painting: FilmPainting
    showing: Showing
    engine: Engine
    target: Any
    """The framebuffer into which every frame is drawn."""
    heard: Latest[Heard]
    stock: Latest[Stock]


def make_film(
    order: FilmOrder,
    settings: Settings,
    home: Home,
    *,
    environ: Mapping[str, str],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FilmFigures:
    """Films `order`; `progress` is told after each frame. An interrupted film leaves nothing behind."""
    wanted = settings.stage.scene if order.scene is None else order.scene
    roster, scene = scenes.for_film(wanted, home)
    length_s, blocks = _sound(order)
    begun_s = time.monotonic()
    frames = max(1, round(length_s * order.fps))
    with ExitStack() as stack:
        if order.out:  # registered first: a signal may come while the writer is being made
            stack.callback(part_of(order.out).unlink, missing_ok=True)
        writer = (
            stack.enter_context(FilmWriter(order.out, order.size, order.fps, audio=True))
            if order.out
            else None
        )
        folder = stack.enter_context(FrameFolder(order.frames)) if order.frames else None
        events = stack.enter_context(_all_or_nothing(order.events)) if order.events else None
        film = _build(
            order, settings, home, environ=environ, blocks=blocks, roster=roster, scene=scene, stack=stack
        )
        logs.start_logging(home.logs)
        shown = _shoot(order, film, frames, writer=writer, folder=folder, events=events, progress=progress)
        film.showing.stop()
        said = tuple(notice.text for notice in film.showing.notices)
    return FilmFigures(frames, round(frames / order.fps, 3), time.monotonic() - begun_s, shown, said)


@contextmanager
def _all_or_nothing(path: Path) -> Iterator[TextIO]:
    """A text file that gets its name when it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        out = part.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sound(order: FilmOrder) -> tuple[float, Iterator[Samples]]:
    """The length of the film and the decoded sound from the very beginning of the song."""
    if order.song is None:
        whole_s, blocks = demosource.DURATION_S, iter((demosource.demo_track(),))
    else:
        info = filesource.probe(order.song)
        whole_s, blocks = info.duration_s, filesource.decode(order.song)
    left_s = whole_s - order.start_s
    if left_s <= 0:
        raise InputError(f"The song is {whole_s:.1f} s long: nothing begins at {order.start_s:g} s.")
    return (left_s if order.duration_s is None else min(left_s, order.duration_s)), blocks


def _build(
    order: FilmOrder,
    settings: Settings,
    home: Home,
    *,
    environ: Mapping[str, str],
    blocks: Iterator[Samples],
    roster: Roster,
    scene: str,
    stack: ExitStack,
) -> _Set:
    name = back_end_of(order.provider, settings.providers, settings.network)
    provider = open_provider(name, settings.providers, environ, home.cache)
    stack.callback(provider.close)
    data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="artvis-film-")))
    store = Store(data if order.own_library else home.data)
    stack.callback(store.close)
    purse = store
    if provider.paid and order.own_library:  # money is that of the person, whatever library the film has
        purse = Store(home.data)
        stack.callback(purse.close)
    deep = DeepWorker(home.cache)
    deep.start()
    stack.callback(deep.stop)
    heard, stock, mailbox = Latest(Heard()), Latest(Stock()), Mailbox[StageEvent]()
    chance = np.random.default_rng(order.seed)
    now_ms = _calendar(heard) if order.own_library else _wall_ms
    library = ShowLibrary(
        AtOnce(store), mailbox=mailbox, now_ms=now_ms, screen="film", entropy=chance.bytes(10)
    )
    listening = FilmListening(blocks, heard=heard, deep=deep)
    studio = Studio(
        StudioPorts(
            store=AtOnce(store),
            blobs=store.blobs,
            mailbox=mailbox,
            session_id=lambda: library.session().id,
            entropy=lambda: chance.bytes(10),
            now_ms=now_ms,
            caps=settings.budget,
            purse=AtOnce(purse),
            purse_now_ms=_wall_ms,
        )
    )
    conductor = Conductor(
        settings.art,
        seed=order.seed,
        memory=Memory(),
        offline=not provider.networked,
        paid=provider.paid,
        taste=library.taste,
        lists=word_lists(settings.art.template, home, lambda notice: mailbox.post(NoticeRaised(notice))),
    )
    painting = FilmPainting(conductor=conductor, studio=studio, provider=provider)
    stack.callback(painting.close)
    built_in = builtin()
    showing = Showing(
        ShowingPorts(
            heard=heard,
            mailbox=mailbox,
            stock=stock,
            library=library,
            loader=ImmediateLoader(store.blobs.path, mailbox),
            order=listening.order,
            now_s=lambda: heard.get().at_s,
            roster=lambda: roster,
            scene=scene,
            seed=order.seed,
        ),
        built_in=built_in,
    )
    context = open_headless()
    stack.callback(context.release)
    flashes = FlashRecord(guarded=settings.stage.flash_guard != FLASH_GUARD_OFF)
    engine = Engine(
        context,
        built_in=built_in.pixels,
        flashes=flashes,
        clock=lambda: FILM_EPOCH_MS / 1e3 + heard.get().at_s,
    )
    target = context.simple_framebuffer(order.size)
    stack.callback(engine.release)
    while not engine.warm_up_step():
        pass
    return _Set(listening, painting, showing, engine, target, heard, stock)


def _shoot(
    order: FilmOrder,
    film: _Set,
    frames: int,
    *,
    writer: FilmWriter | None,
    folder: FrameFolder | None,
    events: TextIO | None,
    progress: Callable[[int, int], None],
) -> int:
    """Every frame in turn; how many artworks were fully shown."""
    log = _EventLog(events, order.start_s)
    film.listening.hear_until(order.start_s)
    for number in range(frames):
        t_s = order.start_s + number / order.fps
        sound, learnt = film.listening.hear_until(t_s + 1.0 / order.fps)
        heard = film.heard.get()
        film.painting.step(t_s, heard=heard, stock=film.stock.get())
        frame = film.showing.tick(t_s, 1.0 / order.fps, held=film.engine.held, playable=film.engine.playable)
        for picture in frame.wanted:
            film.engine.offer(picture.key, picture.pixels)
        for scene in frame.scenes:
            film.engine.offer_scene(scene)
        film.engine.upload_all()
        film.engine.prepare_all()
        film.engine.draw(frame.uniforms, film.target, order.size)
        pixels = read_pixels(film.target)
        log.note(t_s, learnt, film.showing, limiting=film.engine.guard.limiting)
        if folder is not None:
            folder.video(pixels)
        if writer is not None:
            writer.video(pixels)
            writer.audio(sound)
        progress(number + 1, frames)
    return film.showing.wall.shown_count


class _EventLog:
    """What happened when, a JSON object a line; times are those of the film."""

    def __init__(self, out: TextIO | None, start_s: float) -> None:
        self._out = out
        self._start_s = start_s
        self._incoming = self._scene = ""
        self._shown = 0
        self._limiting = False

    def note(self, t_s: float, learnt: list[MusicEvent], showing: Showing, *, limiting: bool) -> None:
        for event in learnt:
            match event:
                case Beat(_, time_s, confidence, downbeat):
                    self._write(time_s, "beat", confidence=round(confidence, 3), downbeat=downbeat)
                case Section(t, time_s, label):
                    self._write(t, "section", time=round(time_s - self._start_s, 3), label=label)
                case _:
                    pass
        incoming = showing.wall.incoming.picture.id if showing.wall.incoming else ""
        if incoming and incoming != self._incoming:
            self._write(t_s, "transition", id=incoming, name=showing.cast.transition_name)
        self._incoming = incoming
        if showing.cast.name and showing.cast.name != self._scene:
            self._write(t_s, "scene", name=showing.cast.name)
        self._scene = showing.cast.name
        if showing.wall.shown_count > self._shown:
            self._write(t_s, "artwork", id=showing.wall.shown_ids[-1])
        self._shown = showing.wall.shown_count
        if limiting and not self._limiting:
            self._write(t_s, "flash_limited")
        self._limiting = limiting

    def _write(self, t_s: float, kind: str, **facts: Any) -> None:
        if self._out is not None and t_s >= self._start_s:
            line = {"t": round(t_s - self._start_s, 3), "type": kind, **facts}
            self._out.write(json.dumps(line) + "\n")


def _calendar(heard: Latest[Heard]) -> Callable[[], int]:
    return lambda: FILM_EPOCH_MS + round(1e3 * heard.get().at_s)


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
