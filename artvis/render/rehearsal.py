"""The process in which scenes are tried out: each is compiled and drawn where nobody sees it, then spoken of.

It protects the machine from a scene that takes too much, and nothing from itself: who has started it ends it where it
hangs (`pipeline.rehearsing`). What it compiles stays in the driver's cache, so that the show has little to compile.
"""

import math
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import moderngl
import numpy as np

from artvis.errors import GraphicsUnavailable, SceneError
from artvis.painters.builtin import builtin
from artvis.processes import end_with_parent
from artvis.render.barestage import BareStage
from artvis.render.headless import open_headless
from artvis.scene.isf.document import SceneDocument, SceneInput, StagedScene
from artvis.scene.standin import stand_in
from artvis.scene.trial import COMPILED, READY, Limits, Trial

_NICE: Final = 10
_LOOKED_AT: Final = (160, 90)
_MEASURED_AT: Final = (320, 180)
_FRAMES: Final = 8
_MEASURED_S: Final = 0.4
_STEP_S: Final = 0.73
"""Between two frames that are looked at: never twice the same moment of a beat."""
_FLAT: Final = 2.0
"""A frame whose standard deviation is below this is one colour."""
_PLAINEST: Final = StagedScene(
    "plainest",
    SceneDocument(
        "plainest",
        "void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }\n",
        inputs=(SceneInput("inputImage", "image"),),
    ),
)


def rehearse(pipe: Connection, parent: int, limits: Limits) -> None:
    """The life of the process: a `StagedScene` in, COMPILED and a `Trial` out; it ends with `parent` or the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    end_with_parent(parent)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    os.environ["LP_NUM_THREADS"] = "1"  # one core is enough for a software driver that nobody waits for
    try:
        context = open_headless()
    except GraphicsUnavailable as error:
        pipe.send(str(error))
        return
    rehearsal = _Rehearsal(context, limits)
    _bound_memory(limits.memory_bytes)
    pipe.send(READY)
    while True:
        try:
            staged: StagedScene = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(rehearsal.try_out(staged, pipe))


class _Rehearsal:
    """A stage, and what the plainest scene takes on it."""

    def __init__(self, context: moderngl.Context, limits: Limits) -> None:
        self._limits = limits
        self._stage = BareStage(context, builtin().pixels)
        self._stage.put_on(_PLAINEST)
        self._plain_s = self._frame_s()

    def try_out(self, staged: StagedScene, pipe: Connection) -> Trial:
        try:
            _allow(self._limits.compile_s)
            self._stage.put_on(staged)
            pipe.send(COMPILED)
            _allow(self._limits.draw_s)
            flat = self._is_flat(staged)
            return Trial(cost=max(1.0, self._frame_s() / self._plain_s), flat=flat)
        except SceneError as error:
            return Trial(fault=error.reason, file=error.file, line=error.line)
        except Exception as error:  # noqa: BLE001 - the boundary of this process: the driver's own errors too
            return Trial(fault=f"it cannot be drawn ({type(error).__name__}: {error})")
        finally:
            _allow(math.inf)

    def _is_flat(self, staged: StagedScene) -> bool:
        """Whether everything that it draws in some lively seconds is one colour."""
        if staged.document.kind == "transition":  # between two pictures that look alike
            return False
        for number in range(_FRAMES):
            frame = self._stage.draw(stand_in(number * _STEP_S, _STEP_S), _LOOKED_AT)
            if float(np.std(frame, axis=(0, 1)).max()) >= _FLAT:
                return False
        return True

    def _frame_s(self) -> float:
        """The quickest of some frames: whatever else the machine does, it does not make one quicker."""
        quickest_s, begun_s = math.inf, time.perf_counter()
        for number in range(_FRAMES):
            frame_s = time.perf_counter()
            self._stage.draw_only(stand_in(number * _STEP_S, _STEP_S, fade=0.5), _MEASURED_AT)
            now_s = time.perf_counter()
            quickest_s = min(quickest_s, now_s - frame_s)
            if now_s - begun_s > _MEASURED_S:
                break
        return quickest_s


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
