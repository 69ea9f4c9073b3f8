"""Opens the window on a show, runs Qt until it is left, and gives what was measured.

The order of the start is the order of `run_window`: environment, display, Qt, window, first frame; only then the
overlay and everything slow. The order of the end is its reverse. What the show consists of is decided by the caller.
"""

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from artvis.errors import GraphicsUnavailable
from artvis.model.notice import Notice
from artvis.ui.display import require_display, require_qt_plugin

try:
    import moderngl
    from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, Qt, QTimer, QUrl, Slot
    from PySide6.QtGui import QFont, QGuiApplication
    from PySide6.QtQml import QQmlComponent, QQmlEngine
    from PySide6.QtQuick import QQuickItem
except ImportError as _error:  # libEGL and libGL are linked by the bindings themselves
    raise GraphicsUnavailable(
        f"Qt cannot be loaded ({_error}); scripts/setup installs what it needs."
    ) from _error

from artvis.ui.commands import CommandRouter
from artvis.ui.desk import WindowDesk, facts_of
from artvis.ui.leaving import SignalQuit
from artvis.ui.measuring import FrameMeter, FrameReport
from artvis.ui.overlay import Overlay
from artvis.ui.placement import Placement
from artvis.ui.ports import ShowParts, StageFrame, WindowOptions
from artvis.ui.qtmessages import qt_messages_in_the_log
from artvis.ui.stage import Stage, StageEngine
from artvis.ui.window import StageWindow

log = logging.getLogger(__name__)

OVERLAY_QML = Path(__file__).parent / "qml" / "Overlay.qml"
FAMILIES = [
    "Inter",
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    "Helvetica Neue",
    "Cantarell",
    "Ubuntu",
    "Noto Sans",
    "Open Sans",
    "DejaVu Sans",
]
NEVER_SHOWN_S = 30.0
QUIET_QT = "*.debug=false;*.info=false;qt.qpa.*=false;qt.multimedia.*=false"


@qt_messages_in_the_log()
def run_window(
    options: WindowOptions,
    make_show: Callable[[], ShowParts],
    *,
    make_engine: Callable[[moderngl.Context], StageEngine] | None = None,
) -> FrameReport:
    """Shows the window until it is left.

    `make_show` is called once Qt is there and must be quick: the first frame waits for it. Raises GraphicsUnavailable
    when there is no display, or none with OpenGL 3.3; a kiosk goes on with still pictures then. Graphics that fail
    after the first frame can come back with a new process, so then it is raised in a kiosk too. `make_show`'s parts are
    stopped in any case.
    """
    _prepare_environment(os.environ, options)
    require_display(os.environ)
    app = _application()
    parts = make_show()
    run = _Run(app, options, parts, make_engine or (lambda gl: _engine(gl, parts)))
    try:
        return run.until_left()
    except GraphicsUnavailable as problem:
        if not options.kiosk or run.has_shown:
            raise
        log.warning("%s The kiosk shows still pictures.", problem)
        run.release()
        return _until_still_is_left(app, options, parts)
    finally:
        run.halt()
        parts.stop()
        run.release()


def _until_still_is_left(app: QGuiApplication, options: WindowOptions, parts: ShowParts) -> FrameReport:
    from artvis.painters.builtin import builtin  # seldom needed
    from artvis.ui.still import NO_OPENGL, StillWindow

    parts.tell(NO_OPENGL)
    meter = FrameMeter()
    built_in = parts.built_in if parts.built_in is not None else builtin().pixels
    window = StillWindow(options, parts, built_in, meter)
    _lead_monitors(window.placement, parts)
    router = CommandRouter(
        show=parts.show, frame=window.placement, cover=Overlay(options), options=options
    )  # there are no keys, but a show without them can be told
    router.quit_asked.connect(lambda: app.exit(0))
    desk = WindowDesk(
        carry_out=lambda command, at_s: router.carry_out(command, at_s=at_s),
        facts=window.facts,
        look=window.seen,
    )
    window.first_frame_shown.connect(lambda: parts.take_orders(desk))
    signals = SignalQuit(lambda: app.exit(0))
    if options.seconds is not None:
        QTimer.singleShot(round(1e3 * options.seconds), lambda: app.exit(0))
    try:
        window.open()
        app.exec()
        report = meter.report(size=(window.width(), window.height()), renderer="raster")
        return replace(report, interrupted=signals.signalled)
    finally:
        window.halt()
        signals.close()
        window.close()


def _lead_monitors(placement: Placement, parts: ShowParts) -> None:
    """What happens to its monitor reaches the show."""

    def away(sentence: str) -> None:
        parts.monitor_away(sentence)
        parts.tell(Notice("warning", "no-monitor", sentence))

    def back(name: str) -> None:
        parts.tell(Notice("info", "no-monitor", "", over=True))
        parts.tell(Notice("info", "monitor-back", f"Monitor {name} is there again; the show waited for it."))

    placement.went_away.connect(away)
    placement.came_back.connect(back)
    placement.chosen.connect(parts.monitor_chosen)


def _engine(gl: moderngl.Context, parts: ShowParts) -> StageEngine:
    from artvis.render.engine import Engine  # 25 ms, once the window is on its way

    return Engine(gl, built_in=parts.built_in, flashes=parts.flashes)


def _prepare_environment(environ: MutableMapping[str, str], options: WindowOptions) -> None:
    environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"  # else Qt waits 5 ms before each frame
    environ["QSG_RHI_BACKEND"] = "opengl"
    environ["QSG_RENDER_LOOP"] = "basic"  # the threaded loop and a Python callback hang at close
    environ.setdefault("QT_LOGGING_RULES", QUIET_QT)
    if options.qml_cache is not None:
        environ.setdefault("QML_DISK_CACHE_PATH", os.fspath(options.qml_cache))


def _application() -> QGuiApplication:
    running = QGuiApplication.instance()
    if running is not None:
        return cast(QGuiApplication, running)
    if sys.platform.startswith("linux"):
        require_qt_plugin(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    app = QGuiApplication(["artvis"])
    app.setApplicationName("artvis")
    app.setDesktopFileName("artvis")
    return app


class _Run(QObject):
    """One run of the window: its objects, from first frame to last."""

    def __init__(
        self,
        app: QGuiApplication,
        options: WindowOptions,
        parts: ShowParts,
        make_engine: Callable[[moderngl.Context], StageEngine],
    ) -> None:
        super().__init__()
        self._app = app
        self._options = options
        self._parts = parts
        self._failure = ""
        self.has_shown = False
        self._released = False
        self._meter = FrameMeter()
        self._window = StageWindow(options)
        self._overlay = Overlay(options, reduced_motion=parts.reduced_motion)
        self._qml: QQmlEngine | None = None
        self._root: QQuickItem | None = None
        self._stage = Stage(
            self._window, parts=parts, options=options, make_engine=make_engine, meter=self._meter
        )
        self._router = CommandRouter(
            show=parts.show,
            frame=self._window.placement,
            cover=self._overlay,
            options=options,
            chooser=parts.chooser,
        )
        _lead_monitors(self._window.placement, parts)
        self._frame: StageFrame | None = None
        self._desk = WindowDesk(
            carry_out=lambda command, at_s: self._router.carry_out(command, at_s=at_s),
            facts=self._shown_facts,
            look=lambda: self._window.grabWindow() if self._window.isExposed() else None,
        )
        facts: Any = self._overlay.facts  # its signals are made by name
        facts.row_pointed.connect(self._router.on_row_pointed)
        facts.row_clicked.connect(self._router.on_row_clicked)
        facts.list_rolled.connect(self._router.on_list_rolled)
        facts.list_left.connect(self._router.on_list_left)
        self._signals = SignalQuit(self.on_leave)
        self._stage.frame_made.connect(self.on_frame_made)
        self._stage.first_frame_shown.connect(self.on_first_frame)
        # Queued: it may be said in the middle of a render pass.
        self._stage.failed.connect(self.on_failed, Qt.ConnectionType.QueuedConnection)
        self._window.key_pressed.connect(self._router.on_key)
        self._window.key_pressed.connect(self._stage.on_hurried)  # after what it asks for is done
        self._window.stirred.connect(self.on_stirred)
        self._window.closing.connect(self.on_leave)
        self._router.answered.connect(self.on_answered)
        self._router.quit_asked.connect(self.on_leave)

    def until_left(self) -> FrameReport:
        if self._options.seconds is not None:  # a window that is never shown has no first frame to count from
            QTimer.singleShot(round(1e3 * (self._options.seconds + NEVER_SHOWN_S)), self, self.on_leave)
        self._window.open()
        self._stage.begin()
        self._app.exec()
        if self._failure:
            raise GraphicsUnavailable(self._failure)
        report = self._meter.report(size=self._stage.size_px, renderer=self._stage.renderer)
        return replace(report, interrupted=self._signals.signalled)

    def halt(self) -> None:
        """No tick after this, and nothing to be seen: what takes its time to stop does so unseen."""
        if not self._released:
            self._stage.stop()
            self._window.hide()

    def release(self) -> None:
        """The overlay goes, then OpenGL. May be called twice."""
        if self._released:
            return
        self.halt()
        self._released = True
        self._signals.close()
        if self._root is not None:
            self._root.deleteLater()
        self._window.close()
        self._window.deleteLater()
        if self._qml is not None:
            self._qml.deleteLater()
        # Now, while every object of ours is still there; Qt gives us the context once more to clean up.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @Slot(object, float)
    def on_frame_made(self, frame: StageFrame, now_s: float) -> None:
        self._frame = frame
        self._overlay.show_state(frame.overlay, now_s)

    @Slot()
    def on_first_frame(self) -> None:
        self.has_shown = True
        self._overlay.begin(time.monotonic())
        if self._options.seconds is not None:
            QTimer.singleShot(round(1e3 * self._options.seconds), self, self.on_leave)
        try:
            if not self._options.clean:
                self._load_overlay()
        except Exception:
            log.exception("the overlay could not be loaded")
        self._parts.after_first_frame()
        self._parts.take_orders(self._desk)
        gc.collect()
        gc.freeze()  # what is here now stays for the whole show: no collection needs to look at it again

    @Slot(str)
    def on_failed(self, sentence: str) -> None:
        self._failure = sentence
        self.on_leave()

    @Slot()
    def on_leave(self) -> None:
        # Not quit(): it asks the windows first, and a kiosk's window does not close for the asking.
        self._app.exit(0)

    @Slot()
    def on_stirred(self) -> None:
        self._overlay.stir()

    @Slot(str)
    def on_answered(self, text: str) -> None:
        self._overlay.answer(text)

    def _shown_facts(self) -> dict[str, Any]:
        facts = self._meter.now(time.monotonic())
        facts |= {
            "renderer": self._stage.renderer,
            "size": "{}x{}".format(*self._stage.size_px),
            "hidden": not self._window.isExposed(),
        }
        return facts if self._frame is None else facts | facts_of(self._frame)

    def _load_overlay(self) -> None:
        font = QFont()
        font.setFamilies(FAMILIES)
        self._app.setFont(font)
        engine = QQmlEngine()
        component = QQmlComponent(engine, QUrl.fromLocalFile(os.fspath(OVERLAY_QML)))
        item = component.createWithInitialProperties({"facts": self._overlay.facts})
        if not isinstance(item, QQuickItem):
            raise TypeError(component.errorString())
        QQmlEngine.setObjectOwnership(item, QQmlEngine.ObjectOwnership.CppOwnership)
        item.setParent(self._window)
        item.setParentItem(self._window.contentItem())
        self._qml, self._root = engine, item
