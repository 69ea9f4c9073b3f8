"""The scenes and transitions that an engine can draw: compiled one pass at a time, before they are needed.

It chooses none of them; it keeps those that were asked for last.
"""

import logging
from collections.abc import Callable

import moderngl

from artvis.errors import SceneError
from artvis.render.isfscene import Finish, IsfScene
from artvis.render.programs import Mesh
from artvis.scene.isf.document import StagedScene

log = logging.getLogger(__name__)

MOST = 40
"""More than are ever in use; a scene that is being written, and so comes anew every minute, must not pile up."""


class Troupe:
    """Scenes by key. The last pass of one with a finish gets `own`, that of any other `guest`, transitions none."""

    def __init__(
        self,
        ctx: moderngl.Context,
        mesh: Mesh,
        *,
        own: Finish,
        guest: Finish,
        clock: Callable[[], float],
    ) -> None:
        """`clock`: seconds since 1970, for scenes that show the time."""
        self._ctx = ctx
        self._mesh = mesh
        self._own, self._guest = own, guest
        self._clock = clock
        self._scenes: dict[str, IsfScene] = {}
        self._staged: dict[str, StagedScene] = {}
        self._unready: list[str] = []
        self._resting: set[str] = set()
        self.playable: frozenset[str] = frozenset()
        """Keys of those that can come on now; for one that was refused the plain picture is played."""
        self.refused: dict[str, SceneError] = {}
        """What this driver cannot compile, by key, and why."""

    def offer(self, staged: StagedScene) -> None:
        """Begin to compile it, after those offered before; a known one only counts as wanted."""
        if staged.key in self._staged:
            self._staged[staged.key] = self._staged.pop(staged.key)
            return
        self._staged[staged.key] = staged
        self._scenes[staged.key] = IsfScene(
            self._ctx, staged, mesh=self._mesh, finish=self._finish_of(staged), clock=self._clock
        )
        self._unready.append(staged.key)

    def prepare_step(self, like: moderngl.Framebuffer) -> bool:
        """Compile one more pass for targets like this one; True when nothing is left to compile."""
        if not self._unready:
            return True
        key = self._unready[0]
        try:
            if not self._scenes[key].prepare_step(like):
                return False
        except SceneError as error:  # the rehearsal has let it pass: another driver, or none was held
            log.warning("a scene cannot be drawn here: %s", error)
            self.refused[key] = error
        self.playable |= {key}
        self._unready.pop(0)
        return not self._unready

    def find(self, key: str) -> tuple[IsfScene, StagedScene] | None:
        if key not in self.playable or key in self.refused:
            return None
        self._resting.discard(key)
        return self._scenes[key], self._staged[key]

    def rest(self, *on_stage: str) -> None:
        """All but these give back the memory of their buffers; those that nobody has wanted for long leave."""
        for key in self.playable - self._resting - set(on_stage):
            self._scenes[key].rest()
            self._resting.add(key)
        for key in list(self._staged)[: max(0, len(self._staged) - MOST)]:
            if key not in on_stage and key not in self._unready:
                self._staged.pop(key)
                self._scenes.pop(key).release()
                self.playable -= {key}
                self.refused.pop(key, None)
                self._resting.discard(key)

    def release(self) -> None:
        for scene in self._scenes.values():
            scene.release()
        self._scenes.clear()
        self._staged.clear()
        self._unready.clear()
        self.playable = frozenset()

    def _finish_of(self, staged: StagedScene) -> Finish | None:
        if staged.document.kind == "transition":
            return None
        return self._own if staged.document.casting.finish else self._guest
