"""The list of sources over a show, as a value: its rows in words, and where the mark stands after a key.

It finds no source and listens to none (`sourcechooser`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from artvis.audio.source import SourceInfo
from artvis.model.command import ListMove

PAGE = 6
"""Rows that a page key moves the mark by."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source, as a person reads it."""

    id: str
    """As `artvis sources` prints it."""
    spec: str
    """What `--source` takes to listen to it; the default output is taken as 'system', and so followed."""
    title: str
    detail: str
    current: bool = False
    """This is what the show listens to."""

    def is_wished(self, spec: str) -> bool:
        """Whether it is listened to because `spec` asks for it, and not in place of a device that is away."""
        by_itself = ":" not in spec or spec == self.id or spec.startswith(f"{self.id}#")
        return self.current and by_itself


@dataclass(frozen=True, slots=True)
class SourceList:
    """The rows and the one that is marked."""

    rows: tuple[SourceRow, ...] = ()
    marked: int = 0
    touched: bool = False
    """A person has moved the mark; until then it stands on what is listened to."""

    @property
    def marked_row(self) -> SourceRow | None:
        return self.rows[self.marked] if self.rows else None

    def moved(self, move: ListMove) -> "SourceList":
        """The mark one key further; it stops at both ends."""
        last = len(self.rows) - 1
        to = {
            ListMove.UP: self.marked - 1,
            ListMove.DOWN: self.marked + 1,
            ListMove.PAGE_UP: self.marked - PAGE,
            ListMove.PAGE_DOWN: self.marked + PAGE,
            ListMove.FIRST: 0,
            ListMove.LAST: last,
        }.get(move, self.marked)
        return replace(self, marked=min(max(to, 0), max(last, 0)), touched=True)

    def pointed_at(self, source_id: str) -> "SourceList":
        """The mark on a row; nothing changes where that row has gone."""
        at = self.place_of(source_id)
        return self if at is None else replace(self, marked=at, touched=True)

    def renewed(self, rows: Sequence[SourceRow]) -> "SourceList":
        """New rows: the mark stays with its source, or in its place where that source has gone."""
        new = replace(self, rows=tuple(rows))
        if not self.touched:
            at = next((number for number, row in enumerate(rows) if row.current), 0)
        else:
            known = self.marked_row
            found = new.place_of(known.id) if known else None
            at = self.marked if found is None else found
        return replace(new, marked=min(at, max(len(rows) - 1, 0)))

    def place_of(self, source_id: str) -> int | None:
        """The number of its row, from 0."""
        return next((number for number, row in enumerate(self.rows) if row.id == source_id), None)


def rows_of(infos: Sequence[SourceInfo], *, current: str, file_spec: str = "") -> tuple[SourceRow, ...]:
    """The rows of what was found. `current` is the id of what is listened to, `file_spec` a file that was asked for."""
    rows = [_row(info, current) for info in infos if info.kind != "file"]
    if file_spec:
        title = PurePath(file_spec.partition(":")[2]).name
        rows.append(SourceRow(file_spec, file_spec, title, "file", file_spec == current))
    titles = [row.title for row in rows]
    return tuple(
        replace(row, detail=f"{row.id.partition(':')[2]} · {row.detail}")
        if titles.count(row.title) > 1
        else row
        for row in rows
    )


def _row(info: SourceInfo, current: str) -> SourceRow:
    follows = info.kind == "system" and info.default
    return SourceRow(
        id=info.id,
        spec="system" if follows else info.id,
        title=info.title,
        detail=_detail(info),
        current=info.id == current or current.startswith(f"{info.id}#"),
    )


def _detail(info: SourceInfo) -> str:
    if info.bluetooth and info.kind == "mic":
        return "microphone, not opened: it would drop the music to telephone quality"
    if info.id == "system":  # no output is known: the reason says why
        return info.reason.removesuffix(": auto waits for one")
    if info.kind == "system":
        return "what this computer plays: the default output" if info.default else "output"
    if info.kind == "mic":
        return "microphone, the default" if info.default else "microphone"
    return "comes with artvis"
