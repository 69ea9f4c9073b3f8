"""What must be settled before a show's window opens: settings, library, source, keys, and who may be called."""

import contextlib
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from artvis import settings as files
from artvis.app import scenes
from artvis.app.order import ShowOrder
from artvis.app.scenes import SceneChoice
from artvis.errors import InputError, StoreError
from artvis.model.command import Command
from artvis.model.notice import Notice
from artvis.model.sections import Settings
from artvis.paths import Home
from artvis.providers.catalogue import NETWORKED, back_end_of
from artvis.queue import bookings
from artvis.queue.connection import DATABASE
from artvis.queue.maintenance import is_beyond_use, set_aside
from artvis.queue.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenedLibrary:
    """The library of a show. `has_purse`: what was spent is known and will be remembered, so calls may be paid."""

    store: Store
    notices: tuple[Notice, ...] = ()
    has_purse: bool = True


def in_background(work: Callable[[], T]) -> Future[T]:
    """Runs `work` on a thread that ends with it."""
    result: Future[T] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that asks for the result
            result.set_exception(error)

    threading.Thread(target=run, name="beginning").start()
    return result


def read_settings(
    order: ShowOrder, home: Home, environ: Mapping[str, str]
) -> tuple[files.KioskSettings, tuple[Notice, ...]]:
    """The settings in force; in a kiosk a mistake in them is a notice, elsewhere a SettingsError."""
    if not order.kiosk:
        found = files.KioskSettings(files.load(home, environ))
    elif (found := files.load_for_kiosk(home, environ)).mistake:
        return found, (Notice("warning", "settings", found.mistake),)
    files.remember_good(home)
    return found, ()


def has_key(order: ShowOrder, settings: Settings, command: Command) -> bool:
    """Whether a key gives `command` in this show: a kiosk takes those of its settings alone."""
    return not order.kiosk or command in settings.kiosk.keys


def open_library(folder: Path, *, at_any_price: bool) -> OpenedLibrary:
    """The library. Where it cannot be opened: an error, or `at_any_price` another one and a notice.

    A damaged or newer library is kept under its date and a new one begun, which takes over its bookings. Where the
    disk is full or the folder cannot be written, pictures are kept until the end of the show only, in another folder
    than `folder`.
    """
    try:
        return OpenedLibrary(Store(folder))
    except StoreError as error:
        if not at_any_price:
            raise
        problem = error
    if is_beyond_use(problem):
        with contextlib.suppress(StoreError):  # the folder may not be written: then nothing of it is touched
            return _begun_anew(folder, problem)
    text = f"{problem} Nothing is kept beyond this show, and nothing is paid for."
    return OpenedLibrary(
        _library_of_this_show(problem), (Notice("warning", "library", text),), has_purse=False
    )


def _begun_anew(folder: Path, problem: StoreError) -> OpenedLibrary:
    booked = bookings.read(folder / DATABASE)
    kept = set_aside(folder, time.time_ns() // 1_000_000)
    store = Store(folder)
    if booked is not None:
        try:
            store.run(bookings.carry_over, booked)
        except StoreError:
            log.exception("the bookings of the old library could not be taken over")
            booked = None
    text = f"{problem} It was kept as {kept.name}."
    if booked is None:
        text += " What was spent cannot be read from it, so nothing is paid for in this show."
    return OpenedLibrary(store, (Notice("warning", "library-set-aside", text),), has_purse=booked is not None)


def _library_of_this_show(problem: StoreError) -> Store:
    """In a temporary folder; in memory where no disk has room for one. Raises `problem` where that fails too."""
    for place in (None, "/dev/shm"):  # noqa: S108 - the memory disk of Linux; mkdtemp makes a folder of our own in it
        try:
            return Store(Path(tempfile.mkdtemp(prefix="artvis-", dir=place)))
        except (StoreError, OSError) as error:
            log.warning("no library in %s: %s", place or "the temporary folder", error)
    raise problem


def close_library(store: Store, folder: Path) -> None:
    """Closes it; one that was only for this show goes with it."""
    store.close()
    if store.folder != folder:
        shutil.rmtree(store.folder, ignore_errors=True)


def choose_scene(order: ShowOrder, settings: Settings, home: Home) -> tuple[SceneChoice, tuple[Notice, ...]]:
    """The scene that is wanted. One of --scene must exist and be well; else, as in a kiosk, it costs a notice.

    Raises InputError, SceneError or GraphicsUnavailable.
    """
    if order.scene and not order.kiosk:
        scenes.require(order.scene, home)
    try:
        return scenes.chosen(settings.stage.scene if order.scene is None else order.scene, home), ()
    except InputError as mistake:
        return SceneChoice(), (Notice("warning", "scene", f"{mistake} The music chooses."),)


def check_source(spec: str) -> None:
    """Refuses a source that cannot be meant: an unknown kind, a missing file, a device that is not there."""
    if spec in ("auto", "system", "mic", "demo"):
        return
    from artvis.audio.sources import open_source  # asks the sound server, or reads the file: 50 ms

    open_source(spec)


def network_back_end(order: ShowOrder, found: files.KioskSettings, *, has_purse: bool) -> str:
    """The network back end that may be called, or ''.

    Naming one, on the command line or in the settings, is consent for that one. A key alone is not. A purse that is
    forgotten with this show would pay again after each start, and a cap that cannot be read is no cap.
    """
    if not (has_purse and found.caps_known):
        return ""
    settings = found.settings
    name = back_end_of(order.provider or settings.art.provider, settings.providers, settings.network)
    return name if name in NETWORKED else ""
