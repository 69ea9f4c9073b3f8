"""Puts a show together: hearing, painting, library and window; starts them in order and stops them in reverse.

The order of the start is the order of `begin_show`: what was asked for is checked, then the painter's process, the
library, the window with the built-in picture; only after its first frame the sound, the network and the deep listener.
"""

import logging
import resource
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from artvis import logs
from artvis.app import scenes
from artvis.app.beginning import (
    OpenedLibrary,
    check_source,
    choose_scene,
    close_library,
    has_key,
    in_background,
    network_back_end,
    open_library,
    read_settings,
)
from artvis.app.kiosk import pulse, say
from artvis.app.nowplaying import Playing
from artvis.app.order import ShowOrder
from artvis.app.remembering import Remembering
from artvis.app.report import notices_of, show_report
from artvis.app.scenes import SceneChoice
from artvis.app.source_choice import chooser
from artvis.app.wordlists import word_lists
from artvis.audio.deep import DeepWorker
from artvis.control.telling import Telling
from artvis.desktop.session import DesktopSession
from artvis.model.command import Command
from artvis.model.notice import Notice
from artvis.model.sections import FLASH_GUARD_OFF, Settings
from artvis.painters.builtin import builtin
from artvis.paths import Home
from artvis.pipeline.alignment import Alignment
from artvis.pipeline.conducting import Conductor, Memory
from artvis.pipeline.events import Mailbox, NoticeRaised, StageEvent
from artvis.pipeline.lanes import Lane
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import PictureLoader
from artvis.pipeline.painting import Studio, StudioPorts
from artvis.pipeline.pasttrials import PastTrials
from artvis.pipeline.scenery import Scenery
from artvis.pipeline.showing import Showing, ShowingPorts, Stock
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.pipeline.sound import Sound
from artvis.processes import give_large_memory_back
from artvis.providers.painter import PainterProvider
from artvis.providers.provider import ImageProvider
from artvis.queue.store import Store
from artvis.scene.flashguard import FlashRecord
from artvis.ui.display import require_display

log = logging.getLogger(__name__)

DISPLAY_EASING = 0.1
LONGEST_DISPLAY_S = 0.1


def begin_show(order: ShowOrder, home: Home, environ: Mapping[str, str]) -> tuple[dict[str, Any], bool]:
    """Runs until it is left; what was measured, and whether a signal ended it. Raises ArtvisError if it cannot begin.

    In a kiosk nobody can answer: broken settings, an unusable library or source cost a notice, not the show.
    """
    give_large_memory_back()
    found, notices = read_settings(order, home, environ)
    settings = found.settings
    spec = settings.audio.source if order.source is None else order.source
    remembered = order.source is None and not spec.startswith("file:")  # a device that is away may come back
    if not (remembered or order.kiosk):
        check_source(spec)
    scene, said = choose_scene(order, settings, home)
    painter = PainterProvider()
    with ExitStack() as stack:
        stack.callback(painter.close)
        painter.start()  # before all that takes time: it needs 0.2 s to come up, in a process of its own
        opening = in_background(lambda: _library(order, home, environ))
        stack.callback(_close, opening, home)
        from artvis.ui.application import run_window  # Qt: 200 ms, while the painter and the library come up
        from artvis.ui.ports import ShowParts, WindowOptions

        library = opening.result()
        show = Show(
            settings,
            home,
            environ=environ,
            store=library.store,
            painter=painter,
            source=spec,
            scene=scene,
            network=network_back_end(order, found, has_purse=library.has_purse),
            can_choose=has_key(order, settings, Command.SOURCES),
        )
        for notice in (*notices, *said, *library.notices):
            show.tell(notice)
        stack.enter_context(logs.catching_the_uncaught(lambda: show.tell(broken(home))))
        stack.callback(show.stop)
        frames = run_window(
            WindowOptions(
                size=order.size,
                fullscreen=order.fullscreen or order.kiosk,
                screen=_screen(order, settings),
                kiosk=order.kiosk,
                kiosk_keys=settings.kiosk.keys,
                clean=order.clean,
                fps=settings.stage.fps if order.fps == 0 else order.fps,
                scale=order.scale,
                seconds=order.seconds,
                qml_cache=home.cache / "qml",
            ),
            lambda: ShowParts(
                show=show.showing,
                built_in=show.built_in.pixels,
                flashes=show.flashes,
                after_first_frame=show.after_first_frame,
                take_orders=show.telling.start,
                tell=show.tell,
                frame_took=show.frame_took,
                frame_shown=_nothing if order.pulse is None else pulse(order.pulse, order.watchdog_pid),
                hidden=show.set_hidden,
                monitor_away=say,
                monitor_chosen=show.monitors.choose,
                reduced_motion=show.desktop.reduced_motion,
                chooser=show.chooser,
                stop=show.stop,
            ),
        )
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    report = show_report(show, frames.as_json(), workers_cpu_s=workers.ru_utime + workers.ru_stime)
    return report, frames.interrupted


class Show:
    """The parts of one show; made before the window, started when its first frame stands."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        *,
        environ: Mapping[str, str],
        store: Store,
        painter: PainterProvider,
        source: str,
        scene: SceneChoice,
        network: str,
        can_choose: bool,
    ) -> None:
        """`source` as --source; `network` is the back end to which the person has consented, or ''.

        `can_choose`: a key opens the list of sources.
        """
        self._store = store
        self._mailbox = Mailbox[StageEvent]()
        self._heard = Latest(Heard())
        self._stock = Latest(Stock())
        self._memory = Memory()
        self.built_in = builtin()
        self.flashes = FlashRecord(guarded=settings.stage.flash_guard != FLASH_GUARD_OFF)
        self._seed = secrets.randbits(31)
        self._leaving = threading.Event()
        self._display_s = 0.0
        self._offset_s = settings.stage.av_offset_ms / 1e3
        self.library = ShowLibrary(store, mailbox=self._mailbox, now_ms=wall_ms, screen="window")
        self.library.recall(self._memory.add_older)
        self._lists = word_lists(settings.art.template, home, self.tell)
        self.studio = self._new_studio(settings)
        self.sound = Sound(
            source,
            heard=self._heard,
            on_notice=self.tell,
            deep=DeepWorker(home.cache),
            can_choose=can_choose,
        )
        self.chooser = chooser(self.sound, source, home, environ, self.tell)
        self.desktop = DesktopSession(self._plays, environ)
        self.monitors = Remembering("stage.screen", home, environ, self.tell)
        self.playing = Playing(
            settings.now_playing, environ=environ, order=self.sound.order, on_notice=self.tell
        )
        self.scenery = Scenery(
            scenes.places(home, scene.file),
            rehearsal=scenes.new_rehearsal(),
            on_notice=self.tell,
            first=scene.name,
            past=PastTrials(home.cache / "scenes.json", now_s=time.time()),
        )
        self._loader = PictureLoader(store.blobs.path, self._mailbox)
        self.showing = Showing(
            ShowingPorts(
                heard=self._heard,
                mailbox=self._mailbox,
                stock=self._stock,
                library=self.library,
                loader=self._loader,
                order=self.sound.order,
                now_s=time.monotonic,
                source_title=lambda: self.sound.title,
                alignment=self.alignment,
                now_playing=self.playing.shown,
                chooser=self.chooser,
                reduced_motion=self.desktop.reduced_motion,
                roster=self.scenery.roster.get,
                scene=scene.name,
                seed=self._seed,
            ),
            built_in=self.built_in,
        )
        self.telling = Telling(home.runtime, facts=self._facts, on_notice=self.tell)
        self._lanes = self._new_lanes(network, settings, home, environ=environ, painter=painter)
        self._lanes[0].start()
        self._loader.start()

    def tell(self, notice: Notice) -> None:
        """Puts a notice on the screen; from any thread."""
        self._mailbox.post(NoticeRaised(notice))

    def after_first_frame(self) -> None:
        """Everything that may be slow."""
        self.sound.start()
        self.playing.start()
        self.desktop.start()
        self.scenery.start()
        for lane in self._lanes[1:]:
            lane.start()

    def frame_took(self, seconds: float) -> None:
        """A frame was lit so long after its tick; the pauses of a window that was hidden count for little."""
        self._display_s += DISPLAY_EASING * (min(seconds, LONGEST_DISPLAY_S) - self._display_s)

    def alignment(self) -> Alignment:
        """The delays between ear and eye, as they are now."""
        return replace(self.sound.delays(), display_s=self._display_s, offset_s=self._offset_s)

    def set_hidden(self, hidden: bool) -> None:  # noqa: FBT001 - called by the window with one value
        """A hidden show paints seldom, for no money, soon gives the sound device back, and keeps nobody awake."""
        self.showing.hidden = hidden
        self.sound.set_watched(not hidden)
        self.desktop.set_seen(not hidden)

    def stop(self) -> None:
        """Impressions are closed, then every thread and process ends, whatever breaks. A second call does nothing."""
        if self._leaving.is_set():
            return
        self._leaving.set()
        with ExitStack() as stack:  # the last of these is done first
            stack.callback(self._loader.stop)
            stack.callback(self.scenery.stop)
            stack.callback(self.sound.stop)
            stack.callback(self.playing.stop)
            stack.callback(self.chooser.stop)
            stack.callback(self.monitors.stop)
            stack.callback(self.desktop.stop)
            for lane in self._lanes:
                stack.callback(lane.stop)
            for lane in self._lanes:
                stack.callback(lane.cancel)
            stack.callback(self.showing.stop)
            stack.callback(self.telling.stop)

    def _facts(self) -> dict[str, Any]:
        """What `artvis tell status` says beside what the window knows; from any thread."""
        return {
            "held": self.showing.held,
            "blackout": self.showing.blackout,
            "calm": self.showing.calm,
            "source": self.sound.source_id,
            "notices": notices_of(self.showing),
        }

    def _plays(self) -> bool:
        return not self._heard.get().at(time.monotonic()).silent

    def _new_studio(self, settings: Settings) -> Studio:
        return Studio(
            StudioPorts(
                store=self._store,
                blobs=self._store.blobs,
                mailbox=self._mailbox,
                session_id=lambda: self.library.session().id,
                entropy=lambda: secrets.token_bytes(10),
                now_ms=wall_ms,
                caps=settings.budget,
                pause=self._leaving.wait,
            )
        )

    def _new_lanes(
        self,
        network: str,
        settings: Settings,
        home: Home,
        *,
        environ: Mapping[str, str],
        painter: PainterProvider,
    ) -> list[Lane]:
        """The offline painter's lane first; then that of the network back end, if one is named."""
        offline = self._lane("painting-0", settings, lambda: painter, filler=bool(network))
        if not network:
            return [offline]

        def open_network() -> ImageProvider:
            from artvis.providers.catalogue import open_provider  # requests: 90 ms

            return open_provider(network, settings.providers, environ, home.cache)

        paid = self._lane(
            "painting-1", settings, open_network, network=True, on_failure=offline.paint_instead
        )
        return [offline, paid]

    def _lane(
        self,
        name: str,
        settings: Settings,
        provider: Callable[[], ImageProvider],
        *,
        filler: bool = False,
        network: bool = False,
        on_failure: Callable[[], None] = lambda: None,
    ) -> Lane:
        conductor = Conductor(
            settings.art,
            seed=self._seed,
            memory=self._memory,
            offline=not network,
            paid=network,
            filler=filler,
            song=self.playing.title,
            taste=self.library.taste,
            lists=self._lists,
        )
        return Lane(
            name,
            conductor=conductor,
            studio=self.studio,
            provider=provider,
            heard=self._heard,
            stock=self._stock,
            on_failure=on_failure,
        )


def broken(home: Home) -> Notice:
    """What a person reads when something broke that nobody has caught."""
    where = home.logs / logs.FILE_NAME
    return Notice(
        "error", "bug", "Something in artvis broke; the show goes on.", f"The log says what: {where}."
    )


def wall_ms() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def _library(order: ShowOrder, home: Home, environ: Mapping[str, str]) -> OpenedLibrary:
    require_display(environ)  # a show that cannot open its window leaves no library and no log
    logs.start_logging(home.logs)
    return open_library(home.data, at_any_price=order.kiosk)


def _close(opening: Future[OpenedLibrary], home: Home) -> None:
    if opening.exception() is None:
        close_library(opening.result().store, home.data)


def _nothing() -> None:
    """For a show that nobody watches over."""


def _screen(order: ShowOrder, settings: Settings) -> int | str | None:
    if order.screen is not None:
        return order.screen
    return None if settings.stage.screen == -1 else settings.stage.screen
