"""The process in which scenes are tried out: each is compiled and drawn where nobody sees it, then spoken of.

It protects the machine from a scene that takes too much, and nothing from itself: who has started it ends it where it
hangs (`pipeline.rehearsing`). It draws with the engine of the show, so what it compiles stays in the driver's cache,
and the show has little to compile.
"""

import contextlib
import logging
import math
import os
import signal
import sys
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import moderngl
import numpy as np

from artvis.errors import GraphicsUnavailable, SceneError
from artvis.model.music import NO_SPECTRUM
from artvis.painters.builtin import builtin
from artvis.processes import end_with_parent
from artvis.render.engine import Engine
from artvis.render.headless import open_headless, read_pixels
from artvis.render.likewindow import open_like_window
from artvis.render.targets import Size, Target
from artvis.scene.flashguard import FlashRecord
from artvis.scene.isf.document import StagedScene
from artvis.scene.standin import stand_in
from artvis.scene.trial import READY, Compiled, Limits, Trial
from artvis.scene.uniforms import Uniforms

OTHER: Final = "other"
"""The key of the picture that a transition brings in."""
_NICE: Final = 10
_LOOKED_AT: Final = (160, 90)
_MEASURED_AT: Final = (320, 180)
_MEASURED_S: Final = 0.15
_FRAMES: Final = 8
_SOFTWARE: Final = ("llvmpipe", "softpipe", "SwiftShader")
"""Drivers that draw in this process: there, processor time is what a frame costs, however busy the machine is."""
_KINDS: Final = 3
"""Kinds of target into which a scene is drawn here: a software driver compiles it for each."""
_STEP_S: Final = 0.73
"""Between two frames that are looked at: never twice the same moment of a beat."""
_FLAT: Final = 2.0
"""A frame whose standard deviation is below this is one colour."""


def rehearse(pipe: Connection, parent: int, limits: Limits) -> None:
    """The life of the process: a `StagedScene` in, `Compiled` and a `Trial` out; it ends with `parent` or the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    end_with_parent(parent)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    logging.disable()  # what there is to say goes through the pipe
    os.environ["LP_NUM_THREADS"] = "1"  # one core is enough for a software driver that nobody waits for
    with contextlib.suppress(EOFError, OSError):  # nobody wants to know any more
        try:
            rehearsal = _Rehearsal(_context(), limits)
        except GraphicsUnavailable as error:
            pipe.send(str(error))
            return
        _bound_memory(limits.memory_bytes)
        pipe.send(READY)
        while True:
            staged: StagedScene = pipe.recv()
            pipe.send(rehearsal.try_out(staged, pipe))


def _context() -> moderngl.Context:
    """With a framebuffer like a window's where EGL can make one. Raises GraphicsUnavailable."""
    try:
        return open_like_window(_LOOKED_AT)
    except GraphicsUnavailable:
        return open_headless()


def on_stage(staged: StagedScene, t_s: float, dt_s: float, *, fade: float = 0.5) -> Uniforms:
    """A lively moment of this scene, or of this transition with the picture `OTHER`, half-way in."""
    if staged.document.kind == "transition":
        return stand_in(t_s, dt_s, transition=staged.key, art=("", OTHER), fade=fade)
    return stand_in(t_s, dt_s, scene=staged.key)


def put_on(engine: Engine, staged: StagedScene) -> None:
    """Compiles it. Raises SceneError."""
    engine.offer_scene(staged)
    engine.prepare_all()
    if staged.key in engine.refused:
        raise engine.refused[staged.key]


class _Rehearsal:
    """A stage, and what the plainest scene takes on it."""

    def __init__(self, context: moderngl.Context, limits: Limits) -> None:
        self._context = context
        self._limits = limits
        software = any(name in context.info["GL_RENDERER"] for name in _SOFTWARE)
        self._clock = time.process_time if software else time.perf_counter
        picture = builtin().pixels
        # The guard would turn frames that leap, as these do, away from the target that they are drawn for.
        self._engine = Engine(context, built_in=picture, flashes=FlashRecord(guarded=False))
        self._engine.offer(OTHER, np.ascontiguousarray(picture[:, ::-1]))
        self._engine.upload_all()
        self._targets = {
            _LOOKED_AT: context.screen or Target.make(context, _LOOKED_AT).fbo,
            _MEASURED_AT: Target.make(context, _MEASURED_AT).fbo,
        }
        self._engine.prepare_all()
        self._plain_s = self._frame_s([stand_in(number * _STEP_S, _STEP_S) for number in range(_FRAMES)])

    def try_out(self, staged: StagedScene, pipe: Connection) -> Trial:
        try:
            self._draw(stand_in(0.0, _STEP_S), _LOOKED_AT)  # it compiles for a target like the last one
            _allow(self._limits.compile_s)
            begun_s = time.process_time()
            put_on(self._engine, staged)
            draw_s = self._limits.draw_s + _KINDS * (time.process_time() - begun_s)
            pipe.send(Compiled(draw_s))
            _allow(draw_s)
            moments = [on_stage(staged, number * _STEP_S, _STEP_S) for number in range(_FRAMES)]
            flat = all(self._is_flat(uniforms) for uniforms in moments)
            return Trial(cost=max(1.0, self._frame_s(moments) / self._plain_s), flat=flat)
        except SceneError as error:
            return Trial(fault=error.reason, file=error.file, line=error.line)
        except Exception as error:  # noqa: BLE001 - the boundary of this process: the driver's own errors too
            return Trial(fault=f"it cannot be drawn ({type(error).__name__}: {error})")
        finally:
            _allow(math.inf)

    def _is_flat(self, uniforms: Uniforms) -> bool:
        """Whether a frame is one colour, but for the spectrum that stands in front of it."""
        self._draw(replace(uniforms, spectrum=NO_SPECTRUM), _LOOKED_AT)
        return float(np.std(read_pixels(self._targets[_LOOKED_AT]), axis=(0, 1)).max()) < _FLAT

    def _frame_s(self, moments: list[Uniforms]) -> float:
        """The quickest of some frames: whatever else the machine does, it does not make one quicker."""
        self._draw(moments[0], _MEASURED_AT)  # for which the driver may have to compile it anew
        quickest_s, all_s = math.inf, 0.0
        for uniforms in moments:
            begun_s = self._clock()
            self._draw(uniforms, _MEASURED_AT)
            frame_s = self._clock() - begun_s
            quickest_s, all_s = min(quickest_s, frame_s), all_s + frame_s
            if all_s > _MEASURED_S:
                break
        return quickest_s

    def _draw(self, uniforms: Uniforms, size: Size) -> None:
        self._engine.draw(uniforms, self._targets[size], size)
        self._context.finish()


def _allow(seconds: float) -> None:
    """From now on this process may use so much processor time; then the kernel ends it, whoever else is asleep."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = resource.RLIM_INFINITY if math.isinf(seconds) else math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _bound_memory(more_bytes: int) -> None:
    """It may take so much more address space than now; and it leaves no core file when it is ended."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if not statm.exists():  # elsewhere than on Linux; macOS does not hold a process to it anyway
        return
    now_bytes = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now_bytes + more_bytes, most))
