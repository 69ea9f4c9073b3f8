"""The stage: one tick and one picture a video frame, drawn below Qt Quick's overlay in Qt's own render pass.

It decides nothing about the show (`ports.Show`) and makes no GL call but the creation of the context (`render`).
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol, Self

import moderngl
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QOpenGLContext
from PySide6.QtQuick import QQuickWindow

from artvis.errors import GraphicsUnavailable
from artvis.model.artwork import Pixels
from artvis.scene.isf.document import StagedScene
from artvis.scene.pacing import Pacing
from artvis.scene.uniforms import Uniforms
from artvis.ui.measuring import FrameMeter
from artvis.ui.pace import Pace
from artvis.ui.ports import ShowParts, StageFrame, WindowOptions

log = logging.getLogger(__name__)

SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "software rasterizer")
HEARTBEAT_MS = 500
STUCK_S = 2.0  # exposed, but nothing was drawn for this long: an update was lost, ask again
SAME_AGAIN_S = 60.0
LONGEST_DT_S = 0.1  # after a pause the scene goes on, it does not leap
GL_NEEDED = (3, 3)

_DIRECT = Qt.ConnectionType.DirectConnection
_QUEUED = Qt.ConnectionType.QueuedConnection


class StageEngine(Protocol):
    """The part of `render.engine.Engine` that a window uses."""

    @property
    def held(self) -> frozenset[str]: ...
    @property
    def playable(self) -> frozenset[str]: ...
    def offer(self, art_id: str, pixels: Pixels) -> None: ...
    def offer_scene(self, staged: StagedScene) -> None: ...
    def warm_up_step(self) -> bool: ...
    def upload(self, budget_s: float = ...) -> None: ...
    def draw(
        self,
        uniforms: Uniforms,
        target: moderngl.Framebuffer,
        size: tuple[int, int],
        *,
        scale: float = ...,
        effects: float = ...,
    ) -> None: ...
    def release(self) -> None: ...


class QtLoader:
    """Gives moderngl the entry points of Qt's current context: its own detection knows GLX only, not Wayland."""

    def load_opengl_function(self, name: str) -> int:
        context = QOpenGLContext.currentContext()
        return int(context.getProcAddress(name.encode()) or 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Qt makes its context current, not we."""


class Stage(QObject):
    """Drives one QQuickWindow. Make it before the window is shown; call `stop` before the window goes."""

    frame_made = Signal(object, float)
    """(StageFrame, now_s), on each tick, before Qt takes over the overlay."""
    first_frame_shown = Signal()
    failed = Signal(str)
    """The graphics cannot be used; the text is for a person."""

    def __init__(
        self,
        window: QQuickWindow,
        *,
        parts: ShowParts,
        options: WindowOptions,
        make_engine: Callable[[moderngl.Context], StageEngine],
        meter: FrameMeter,
    ) -> None:
        super().__init__()
        self._window = window
        self._parts = parts
        self._options = options
        self._make_engine = make_engine
        self._meter = meter
        self._engine: StageEngine | None = None
        self._gl: moderngl.Context
        self._frame: StageFrame | None = None
        self._pace: Pace | None = None
        self._pacing = Pacing(options.fps, pinned=options.scale)
        self._begun_s = self._submitted_s = self._swapped_s = time.monotonic()
        self._running = True
        self._ticked_s = time.monotonic()
        self._drawn = False
        self._drew_artwork = False
        self._gui_s = 0.0
        self._swaps = 0
        self._asked = False
        self._hidden = False
        self._broken: set[str] = set()  # what has failed in the last video frame: "tick", "draw"
        self._logged_s: dict[str, float] = {}
        self.renderer = ""
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.on_frame_due)
        self._heart = QTimer(self, interval=HEARTBEAT_MS)
        self._heart.timeout.connect(self.on_heartbeat)
        window.sceneGraphError.connect(self.on_scene_graph_error)
        window.sceneGraphInvalidated.connect(self.on_scene_graph_invalidated, _DIRECT)
        window.beforeRenderPassRecording.connect(self.on_before_render_pass, _DIRECT)
        window.frameSwapped.connect(self.on_frame_swapped, _QUEUED)

    @property
    def size_px(self) -> tuple[int, int]:
        """The window in pixels of the screen."""
        ratio = self._window.effectiveDevicePixelRatio()
        return round(self._window.width() * ratio), round(self._window.height() * ratio)

    @property
    def _is_seen(self) -> bool:
        """There are window managers that leave a minimised window exposed, so that its picture stays in a list."""
        minimised = bool(self._window.windowStates() & Qt.WindowState.WindowMinimized)
        return self._window.isExposed() and not minimised

    def begin(self) -> None:
        """Call it once the window is shown."""
        self._heart.start()
        self.on_frame_due()

    def stop(self) -> None:
        """No tick and no frame after this."""
        self._running = False
        self._timer.stop()
        self._heart.stop()

    @Slot()
    def on_scene_graph_invalidated(self) -> None:
        if self._engine is not None:
            self._engine.release()
            self._engine = None

    @Slot(object, str)
    def on_scene_graph_error(self, _: object, message: str) -> None:
        self._fail(f"This display cannot draw the show: {message}.")

    @Slot()
    def on_frame_due(self) -> None:
        """Begins a frame: all that changes in the overlay changes here, so that Qt draws once for it."""
        begun_s = time.thread_time()
        self._begun_s = time.monotonic()
        self._tick(self._begun_s)
        self._gui_s = time.thread_time() - begun_s
        self._asked = True
        self._window.update()

    @Slot()
    def on_hurried(self) -> None:
        """A hand has done something: where nothing is being drawn, the next frame begins now and not when it is due."""
        if self._timer.isActive():
            self._timer.stop()
            self.on_frame_due()

    @Slot()
    def on_before_render_pass(self) -> None:
        if self._frame is None or not self._running:
            return
        begun_s = time.thread_time()
        self._window.beginExternalCommands()
        try:
            if self._engine is None:
                self._engine = self._begin_drawing()
            self._draw(self._engine, self._frame.uniforms)
            self._broken.discard("draw")
        except GraphicsUnavailable as error:
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001 - the loop boundary of drawing
            self._say_broken("draw", error)
        finally:
            self._window.endExternalCommands()
        self._gui_s += time.thread_time() - begun_s
        self._submitted_s = time.monotonic()

    @Slot()
    def on_frame_swapped(self) -> None:
        if not self._running or not self._drawn or self._pace is None:
            return
        now_s = time.monotonic()
        if not self._asked:
            return  # Qt drew for itself (an expose, a resize): the next frame of ours is due already
        self._asked = False
        self._tell_hidden(hidden=False)
        self._swaps += 1
        self._meter.swapped(now_s, scale=self._pacing.scale, gui_s=self._gui_s, artwork=self._drew_artwork)
        interval_s, self._swapped_s = now_s - self._swapped_s, now_s
        # A swap that waits for the screen is not work; in software the swap is where the work is done.
        busy_s = (self._submitted_s if self._pace.vsync else now_s) - self._begun_s
        self._pacing.step(now_s, interval_s=interval_s, busy_s=busy_s)
        # Where the screen holds the swap back, it shows the picture with its next turn.
        self._parts.frame_took(now_s - self._begun_s + (self._pace.refresh_s if self._pace.vsync else 0.0))
        wait_s = self._pace.wait_s(now_s)
        if not self._is_seen:
            pass  # the heartbeat goes on
        elif wait_s < 0.0005:
            self.on_frame_due()
        else:
            self._timer.start(round(1e3 * wait_s))
        if self._swaps == 1:
            self.first_frame_shown.emit()
        self._tell_alive()

    @Slot()
    def on_heartbeat(self) -> None:
        """A hidden window draws nothing, but its show goes on; a shown one that stands still is woken."""
        now_s = time.monotonic()
        if now_s - self._ticked_s < HEARTBEAT_MS / 1e3:
            return
        if self._is_seen:
            if self._hidden or now_s - self._ticked_s > STUCK_S:
                self.on_frame_due()
            return
        self._tell_hidden(hidden=True)
        self._tick(now_s)
        self._meter.paused(now_s)
        self._tell_alive()

    def _tell_alive(self) -> None:
        """A frame that only repeats the last good state is no sign of life: a watchdog must start the show again."""
        if not self._broken:
            self._parts.frame_shown()

    def _tell_hidden(self, *, hidden: bool) -> None:
        if hidden != self._hidden:
            self._hidden = hidden
            self._parts.hidden(hidden)

    def _tick(self, now_s: float) -> None:
        if not self._running:
            return
        dt_s, self._ticked_s = min(now_s - self._ticked_s, LONGEST_DT_S), now_s
        engine, nothing = self._engine, frozenset[str]()
        try:
            frame = self._parts.show.tick(
                now_s,
                dt_s,
                held=engine.held if engine is not None else nothing,
                playable=engine.playable if engine is not None else nothing,
                cost_limit=self._pacing.cost_limit,
            )
            if engine is not None:
                _offer(engine, frame)
            self._frame = frame
            self.frame_made.emit(frame, now_s)
            self._broken.discard("tick")
        except Exception as error:  # noqa: BLE001 - the loop boundary of the show
            self._say_broken("tick", error)

    def _begin_drawing(self) -> StageEngine:
        context = QOpenGLContext.currentContext()
        found = (context.format().majorVersion(), context.format().minorVersion()) if context else (0, 0)
        if found < GL_NEEDED:
            raise GraphicsUnavailable(f"OpenGL 3.3 is needed, this display has {found[0]}.{found[1]}.")
        try:
            loader: Any = QtLoader()
            self._gl = moderngl.create_context(context=loader)
            self.renderer = str(self._gl.info["GL_RENDERER"])
            engine = self._make_engine(self._gl)
        except Exception as error:
            log.exception("the engine could not be made")
            raise GraphicsUnavailable(f"This display cannot draw the show: {error}") from error
        software = any(name in self.renderer.lower() for name in SOFTWARE)
        refresh_hz = self._window.screen().refreshRate()
        self._pace = Pace(self._options.fps, refresh_hz=refresh_hz, vsync=not software)
        return engine

    def _draw(self, engine: StageEngine, uniforms: Uniforms) -> None:
        # What is bound, not the window's own: Qt draws into a texture when somebody grabs the window. And before the
        # warming up, which binds targets of its own: a frame drawn there is black on the screen.
        target = self._gl.detect_framebuffer()
        if self._swaps > 0:
            engine.warm_up_step()
        engine.upload()
        engine.draw(uniforms, target, self.size_px, scale=self._pacing.scale, effects=self._pacing.effects)
        self._drawn = True
        self._drew_artwork = uniforms.art_a in engine.held or (
            uniforms.fade > 0.0 and uniforms.art_b in engine.held
        )

    def _say_broken(self, where: str, error: Exception) -> None:
        """In the log once a minute, however many frames break."""
        self._broken.add(where)
        now_s = time.monotonic()
        if now_s - self._logged_s.get(where, -SAME_AGAIN_S) >= SAME_AGAIN_S:
            self._logged_s[where] = now_s
            log.error("the %s of a video frame failed; the last good state stays", where, exc_info=error)

    def _fail(self, sentence: str) -> None:
        self.stop()
        self.failed.emit(sentence)


def _offer(engine: StageEngine, frame: StageFrame) -> None:
    for picture in frame.wanted:
        engine.offer(picture.key, picture.pixels)
    for scene in frame.scenes:
        engine.offer_scene(scene)
