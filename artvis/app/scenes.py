"""Scene files for the command line and for who starts a show: where they lie, which there are, what is wrong with one.

It watches nothing (`pipeline.scenery`) and draws no picture of one (`scenepreview`).
"""

import difflib
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from artvis.errors import InputError, SceneError
from artvis.paths import Home, resource
from artvis.pipeline import scenefiles
from artvis.pipeline.rehearsing import Rehearsal
from artvis.pipeline.scenefiles import SUFFIX, SceneFile
from artvis.pipeline.scenery import ScenePlaces, load_now, try_now, unfit
from artvis.scene.roster import Roster
from artvis.scene.trial import Limits

_CHECKED_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One scene as `artvis scenes list` says it. `wrong`: why it cannot be used, or ''; then the rest is unknown."""

    name: str
    kind: str
    """scene or transition."""
    built_in: bool
    path: str
    energy: tuple[float, float] = (0.0, 1.0)
    description: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one file. `path`: where the fault is, which may be in the `.vs` file beside it."""

    path: Path
    fault: str = ""
    line: int = 0
    cost: float = 1.0
    flat: bool = False
    aside: str = ""
    """Why a show does not choose it by itself, or ''."""


@dataclass(frozen=True, slots=True)
class SceneChoice:
    """The one scene that a person wants; `name` '': the music chooses."""

    name: str = ""
    file: Path | None = None
    """Where it lies, if in neither folder."""


def places(home: Home, file: Path | None = None) -> ScenePlaces:
    """Where the scenes of this user lie."""
    return ScenePlaces(resource("scenes"), home.scenes, file)


def new_rehearsal(limits: Limits | None = None) -> Rehearsal:
    from artvis.render.rehearsal import (
        rehearse,
    )  # OpenGL: 90 ms, which a show spends while its painter comes up

    return Rehearsal(rehearse, limits)


def find(text: str, home: Home) -> SceneFile:
    """The file that NAME or FILE.fs means. Raises InputError."""
    if text.lower().endswith(SUFFIX) or os.sep in text:
        path = Path(text)
        _must_be_file(path)
        inside = path.resolve().parent == resource("scenes").resolve()
        return SceneFile(path, built_in=inside)
    by_name = {file.name: file for file in places(home).files()}
    if text in by_name:
        return by_name[text]
    near = difflib.get_close_matches(text, by_name, n=1)
    hint = f"did you mean {near[0]}?" if near else "`artvis scenes list` lists all."
    raise InputError(f"There is no scene {text}; {hint}")


def require(text: str, home: Home) -> SceneFile:
    """As `find`, tried out. Raises InputError, SceneError, or GraphicsUnavailable where nothing can be tried out."""
    file = find(text, home)
    staged = scenefiles.read(file)
    if not file.built_in:
        rehearsal = new_rehearsal()
        try:
            try_now(file, staged, rehearsal)
        finally:
            rehearsal.close()
    return file


def for_film(text: str, home: Home) -> tuple[Roster, str]:
    """The scenes of a film and the name of the one that is wanted: ours, and one of the user's only if `text` names it.

    Raises InputError, SceneError, or GraphicsUnavailable where it cannot be tried out.
    """
    file = find(text, home) if text else None
    foreign = file.path if file is not None and not file.built_in else None
    rehearsal = new_rehearsal()
    try:
        roster = load_now(ScenePlaces(resource("scenes"), file=foreign), rehearsal=rehearsal)
    finally:
        rehearsal.close()
    return roster, file.name if file is not None else ""


def chosen(text: str, home: Home) -> SceneChoice:
    """What `text` names; '' is nothing. Raises InputError."""
    if not text:
        return SceneChoice()
    file = find(text, home)
    known = file.built_in or file.path.resolve().parent == home.scenes.resolve()
    return SceneChoice(file.name, None if known else file.path)


def listed(home: Home) -> list[SceneRow]:
    """All scenes by name, a user's in place of ours of the same name; those that cannot be read say why."""
    rows = {file.name: _row(file) for file in places(home).files()}
    return [rows[name] for name in sorted(rows)]


def check(paths: Sequence[Path]) -> Iterator[Checked]:
    """Each file tried out, in this order. Raises InputError before any is, where one does not exist."""
    for path in paths:
        _must_be_file(path)
    return _check_all(paths)


def _check_all(paths: Sequence[Path]) -> Iterator[Checked]:
    """Some at once, each thread with a process of its own; all of them end with this."""
    at_once = min(len(paths), os.cpu_count() or 1, _CHECKED_AT_ONCE)
    rehearsals: list[Rehearsal] = []
    mine = threading.local()

    def prepare() -> None:
        mine.rehearsal = new_rehearsal()
        rehearsals.append(mine.rehearsal)

    pool = ThreadPoolExecutor(at_once, thread_name_prefix="checking", initializer=prepare)
    try:
        yield from pool.map(lambda path: _checked(path, mine.rehearsal), paths)
    finally:
        for rehearsal in rehearsals:
            rehearsal.cancel()
        pool.shutdown(cancel_futures=True)
        for rehearsal in rehearsals:
            rehearsal.close()


def _checked(path: Path, rehearsal: Rehearsal) -> Checked:
    try:
        trial = rehearsal.try_out(scenefiles.read(SceneFile(path, built_in=False)))
    except SceneError as error:
        return Checked(path.with_name(error.file), error.reason, error.line)
    return Checked(
        path.with_name(trial.file or path.name),
        trial.fault,
        trial.line,
        cost=trial.cost,
        flat=trial.flat,
        aside="" if trial.fault else unfit(trial, pinned=False),
    )


def _row(file: SceneFile) -> SceneRow:
    try:
        document, _ = scenefiles.read_document(file)
    except SceneError as error:
        return SceneRow(file.name, "", file.built_in, str(file.path), wrong=str(error))
    kind = "transition" if document.kind == "transition" else "scene"
    return SceneRow(
        file.name, kind, file.built_in, str(file.path), document.casting.energy, document.description
    )


def _must_be_file(path: Path) -> None:
    if path.is_dir():
        raise InputError(f"{path} is a folder; name scene files in it.")
    if not path.exists():
        raise InputError(f"There is no file {path}.")
