"""The scenes of a show: read from their folders, tried out, watched, and read again when a file is changed.

What cannot be used is a notice with file and line, and the version before stays. It decides nothing about which scene
is played (`scene.casting`), and compiles none for the show (`render.engine`).
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from artvis.errors import GraphicsUnavailable, SceneError
from artvis.model.notice import Notice
from artvis.pipeline import scenefiles
from artvis.pipeline.latest import Latest
from artvis.pipeline.pasttrials import PastTrials
from artvis.pipeline.rehearsing import Rehearsal
from artvis.pipeline.scenefiles import SceneFile, Signature, files_in
from artvis.scene.isf.document import StagedScene
from artvis.scene.roster import Roster
from artvis.scene.trial import Trial

log = logging.getLogger(__name__)

LOOK_S: Final = 0.5
STOP_S: Final = 2.0
REST_S: Final = 60.0
"""After so long without a changed file the process of the rehearsal ends; it would keep 160 MB."""
DEAREST: Final = 30.0
"""A scene whose frame costs more plain ones than this would stop the show, however small it is drawn."""
_TOLD_AT_START: Final = 3


@dataclass(frozen=True, slots=True)
class ScenePlaces:
    """Where scenes lie. A scene of a later place takes the place of one of the same name."""

    built_in: Path
    own: Path | None = None
    """The folder of the user."""
    file: Path | None = None
    """One more."""

    def files(self) -> Iterator[SceneFile]:
        yield from files_in(self.built_in, built_in=True)
        if self.own is not None:
            yield from files_in(self.own, built_in=False)
        if self.file is not None and self.file.exists():
            yield SceneFile(self.file, built_in=False)


@dataclass(slots=True)
class _Known:
    """A file as it was read last."""

    file: SceneFile
    parts: tuple[Path, ...]
    """All that it is made of."""
    signature: Signature
    changed: bool = False
    """Somebody works on it now."""


class Scenery:
    """The thread "scenery". Without a `rehearsal` built-in scenes count as ready, and others are refused."""

    def __init__(
        self,
        places: ScenePlaces,
        *,
        rehearsal: Rehearsal | None,
        on_notice: Callable[[Notice], None],
        first: str = "",
        past: PastTrials | None = None,
    ) -> None:
        """`first`: the name of the scene that is wanted before all others; `past`: what need not be tried out again."""
        self.roster = Latest(Roster())
        self._places = places
        self._rehearsal = rehearsal
        self._on_notice = on_notice
        self._first = first
        self._past = past
        self._known: dict[Path, _Known] = {}
        self._waiting: dict[Path, StagedScene] = {}
        self._ready: dict[Path, StagedScene] = {}
        self._wrong: set[str] = set()
        self._begun = False
        self._idle_s = 0.0
        self._stopping = threading.Event()
        # A daemon: a disk that does not answer cannot hold up the end of the program.
        self._thread = threading.Thread(target=self._run, name="scenery", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._rehearsal is not None:
            self._rehearsal.cancel()
        if self._thread.is_alive():
            self._thread.join(STOP_S)
            if self._thread.is_alive():
                log.error("the scenery did not stop in %.0f s", STOP_S)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._turn()
                except Exception:  # the boundary of this thread: one file must not take the others along
                    log.exception("the scenery stumbled")
                self._stopping.wait(LOOK_S)
        finally:
            if self._rehearsal is not None:
                self._rehearsal.close()

    def _turn(self) -> None:
        """Looks once; tries out all that is waiting, the most urgent first, and looks again after each."""
        self._look()
        self._begun = True
        while self._waiting and not self._stopping.is_set():
            self._try_out(self._most_urgent())
            self._look()
            self._idle_s = 0.0
        self._idle_s += LOOK_S
        if self._idle_s > REST_S and self._rehearsal is not None:
            self._rehearsal.rest()

    # -- files -------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Reads what is new or has changed, and forgets what is gone."""
        found = {file.path: file for file in self._places.files()}
        for path in self._known.keys() - found.keys():
            self._forget(path)
        for path, file in found.items():
            known = self._known.get(path)
            if known is None or scenefiles.signature(*known.parts) != known.signature:
                self._read(file)

    def _forget(self, path: Path) -> None:
        self._well(self._known.pop(path).file.name)
        self._waiting.pop(path, None)
        if self._ready.pop(path, None) is not None:
            self._publish()

    def _read(self, file: SceneFile) -> None:
        parts: tuple[Path, ...] = (file.path, file.vertex)
        before = scenefiles.signature(*parts)  # before it is read: a change while it is read is found again
        if before[0] is not None and before[0][1] == 0:
            return  # an editor is about to fill it
        self._waiting.pop(file.path, None)
        try:
            document, digest = scenefiles.read_document(file)
            images = scenefiles.image_paths(file, document)
            parts, before = (*parts, *images), before + scenefiles.signature(*images)
            staged = scenefiles.staged(file, document, digest)
        except SceneError as error:
            self._put_aside(file, str(error))
        else:
            ready = self._ready.get(file.path)
            if ready is None or ready.key != staged.key:
                self._waiting[file.path] = staged
            else:
                self._well(file.name)
        self._known[file.path] = _Known(file, parts, before, changed=self._begun)

    # -- trials ------------------------------------------------------------------------------------------

    def _most_urgent(self) -> Path:
        need = order_of_need(self._waiting.values())

        def urgency(path: Path) -> tuple[bool, bool, int]:
            staged = self._waiting[path]
            return not self._known[path].changed, staged.name != self._first, need.index(staged.key)

        return min(self._waiting, key=urgency)

    def _try_out(self, path: Path) -> None:
        staged, file = self._waiting.pop(path), self._known[path].file
        past = self._past.cost(staged.key) if self._past is not None and file.built_in else None
        trial = Trial(cost=past) if past is not None else self._trial(staged)
        if self._stopping.is_set():
            return
        if trial is None:
            if file.built_in:
                self._take(path, staged)
            return
        fault = unfit(trial, pinned=staged.name == self._first)
        if fault:
            log.warning("%s is put aside: %s", file.path, fault)
            where = SceneError(trial.file or file.path.name, trial.line, fault)
            told = f"Scene {file.name} {fault.removeprefix('it ')} and is put aside"
            self._put_aside(file, told if trial.hung or not trial.fault else str(where))
        else:
            self._take(path, replace(staged, cost=trial.cost))
            if self._past is not None and file.built_in and past is None:
                self._past.keep(staged.key, trial.cost)

    def _trial(self, staged: StagedScene) -> Trial | None:
        """None where nothing can be tried out."""
        if self._rehearsal is None:
            return None
        try:
            return self._rehearsal.try_out(staged)
        except GraphicsUnavailable as error:
            if not self._stopping.is_set():
                log.warning("no scene can be tried out: %s", error)
                self._rehearsal = None
                text = f"Scenes of your own are left out, since they cannot be tried out here. {error}"
                self._on_notice(Notice("warning", "scenes-untried", text))
            return None

    def _take(self, path: Path, staged: StagedScene) -> None:
        self._ready[path] = staged
        self._well(staged.name)
        self._publish()

    def _publish(self) -> None:
        # A later place goes over an earlier one.
        by_name = {
            self._ready[path].name: self._ready[path] for path in self._ranked() if path in self._ready
        }
        self.roster.set(as_roster(by_name.values()))

    def _ranked(self) -> list[Path]:
        def place(path: Path) -> int:
            return 0 if self._known[path].file.built_in else 2 if path == self._places.file else 1

        return sorted(self._known, key=lambda path: (place(path), path.name))

    # -- words -------------------------------------------------------------------------------------------

    def _put_aside(self, file: SceneFile, sentence: str) -> None:
        """Says what is wrong with a file. At the start three times at most: whoever works on one says more."""
        self._wrong.add(file.name)
        stays = " The version before stays in the show." if file.path in self._ready else ""
        if self._begun or len(self._wrong) <= _TOLD_AT_START:
            text = f"{sentence.rstrip('.')}.{stays}"
            self._on_notice(Notice("warning", f"scene-{file.name}", text, answer=True))

    def _well(self, name: str) -> None:
        """Takes back what was said of a scene."""
        if name in self._wrong:
            self._wrong.discard(name)
            self._on_notice(Notice("info", f"scene-{name}", "", over=True))


def unfit(trial: Trial, *, pinned: bool) -> str:
    """Why a show should not play it, or ''. What a person has named may be dear, or of one colour."""
    if trial.fault or pinned:
        return trial.fault
    if trial.cost > DEAREST:
        return "it takes too long to draw"
    return "it draws one colour only" if trial.flat else ""


def order_of_need(scenes: Iterable[StagedScene]) -> list[str]:
    """The keys in the order in which a show needs them: it begins quietly, and has a transition before long."""
    ranks: list[tuple[float, str]] = []
    ordered = sorted(scenes, key=lambda each: (each.document.casting.energy, each.name))
    for wanted, step in ((False, 1.0), (True, 2.0)):
        kind = [each for each in ordered if (each.document.kind == "transition") == wanted]
        ranks += [(number * step + 0.5 * wanted, each.key) for number, each in enumerate(kind)]
    return [key for _, key in sorted(ranks)]


def as_roster(scenes: Iterable[StagedScene]) -> Roster:
    ordered = sorted(scenes, key=lambda each: each.name)
    return Roster(
        tuple(each for each in ordered if each.document.kind != "transition"),
        tuple(each for each in ordered if each.document.kind == "transition"),
    )


def load_now(places: ScenePlaces, *, rehearsal: Rehearsal) -> Roster:
    """All at once, for a film: the built-in scenes, and those of the user after a trial of each.

    Raises SceneError for the first that cannot be used, GraphicsUnavailable where nothing can be tried out.
    """
    by_name: dict[str, StagedScene] = {}
    for file in places.files():
        staged = scenefiles.read(file)
        if not file.built_in:
            try_now(file, staged, rehearsal)
        by_name[file.name] = staged  # without its cost: equal films must not depend on this machine's speed
    return as_roster(by_name.values())


def try_now(file: SceneFile, staged: StagedScene, rehearsal: Rehearsal) -> None:
    """Raises SceneError where a scene that a person has named is unfit."""
    trial = rehearsal.try_out(staged)
    fault = unfit(trial, pinned=True)
    if fault:
        raise SceneError(trial.file or file.path.name, trial.line, fault)
