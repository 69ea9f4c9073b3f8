"""The open list of sources: who looks for them and listens to each while a person chooses.

Its methods are called on the thread that draws and never wait; looking, and opening recorders, is done on a thread
that lives as long as the list is open. It draws nothing and does not change the sound itself.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from artvis.audio.source import SourceInfo
from artvis.audio.sources import device_to_try
from artvis.model.command import ListMove
from artvis.pipeline.latest import Latest
from artvis.pipeline.sourcelist import SourceList, SourceRow, rows_of

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.7
HEED_S = 0.05
"""So soon a list that was closed is let go of."""
STOP_S = 2.0


class Meters(Protocol):
    """Levels of several devices at once."""

    def watch(self, devices: Collection[str]) -> None: ...
    def heed(self, timeout_s: float) -> None:
        """Waits so long, or for news of the devices; a device that goes is let go of at once."""
        ...

    def levels(self, dt_s: float) -> Mapping[str, float]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ChooserPorts:
    """The collaborators of a `SourceChooser`."""

    look: Callable[[], Sequence[SourceInfo]]
    """What is there now; may take its time."""
    meters: Callable[[], Meters | None]
    """New meters, or None where only one source can be heard at once."""
    current: Callable[[], str]
    """The id of what is listened to."""
    spec: Callable[[], str]
    """What was asked for, as `--source` takes it; what is listened to may only stand in for it."""
    choose: Callable[[SourceRow], None]
    hears: Callable[[str], bool]
    """Whether sound comes from what was chosen as that spec."""
    file_spec: str = ""
    """A file that the show was started with, as 'file:PATH'."""


class SourceChooser:
    """Opened and closed by a key; all of it but its looking runs on the thread that draws."""

    def __init__(self, ports: ChooserPorts) -> None:
        self._ports = ports
        self._found: Latest[tuple[SourceInfo, ...]] = Latest(())
        self._list = SourceList()
        self._stopping = threading.Event()
        self._looker: threading.Thread | None = None
        self._meters: Meters | None = None
        self._awaited: SourceRow | None = None
        self.is_open = False

    def toggle(self) -> None:
        if self.is_open:
            self.close()
        else:
            self._open()

    def press(self, move: ListMove) -> str:
        """Carries out a key in the open list; the answer to show, or ''. A click may come when it has closed."""
        if not self.is_open:
            return ""
        if move is ListMove.LEAVE:
            self.close()
        elif move is ListMove.CHOOSE:
            return self._choose()
        else:
            self._list = self._list.moved(move)
        return ""

    def point_at(self, source_id: str) -> None:
        self._list = self._list.pointed_at(source_id)

    def seen(self) -> SourceList | None:
        """The list as it is now; None while it is closed."""
        if not self.is_open:
            return None
        rows = rows_of(self._found.get(), current=self._ports.current(), file_spec=self._ports.file_spec)
        if rows != self._list.rows:
            self._list = self._list.renewed(rows)
        return self._list

    def levels(self, dt_s: float, heard_level: float) -> tuple[float | None, ...]:
        """A level, 0..1, for each row of `seen`; None for one that is not opened. `heard_level`: that of the show."""
        by_device = self._meters.levels(dt_s) if self._meters is not None else {}
        devices = {info.id: device_to_try(info) for info in self._found.get()}
        return tuple(
            by_device.get(devices.get(row.id) or "", heard_level if row.current else None)
            for row in self._list.rows
        )

    def said(self) -> str:
        """That what was chosen is heard: once, with the first sound of it; '' at all other times."""
        row = self._awaited
        if row is None or not self._ports.hears(row.spec):
            return ""
        self._awaited = None
        return f"Listening to {row.title}"

    def close(self) -> None:
        """The list goes, and with it every recorder; returns at once."""
        self.is_open = False
        self._stopping.set()

    def stop(self) -> None:
        """Closes and waits for the end of the recorders."""
        self.close()
        if self._looker is not None:
            self._looker.join(STOP_S)

    def _open(self) -> None:
        self.is_open = True
        self._list = SourceList()
        self._meters = self._ports.meters()
        self._stopping = threading.Event()
        self._looker = threading.Thread(
            target=self._look, args=(self._stopping, self._meters), name="source-list", daemon=True
        )
        self._looker.start()

    def _choose(self) -> str:
        row = self._list.marked_row
        if row is None:
            return ""
        self.close()
        if row.is_wished(self._ports.spec()):  # to open it anew would only be a gap
            return f"Already listening to {row.title}"
        self._ports.choose(row)
        self._awaited = row
        return f"Turning to {row.title} …"

    def _look(self, stopping: threading.Event, meters: Meters | None) -> None:
        try:
            while not stopping.is_set():
                self._look_once(meters)
                self._wait(stopping, meters)
        finally:
            if meters is not None:
                meters.close()

    def _wait(self, stopping: threading.Event, meters: Meters | None) -> None:
        """Until it is time to look again, or the list is closed."""
        if meters is None:
            stopping.wait(LOOK_EVERY_S)
            return
        ends_s = time.monotonic() + LOOK_EVERY_S
        while not stopping.is_set() and time.monotonic() < ends_s:
            meters.heed(HEED_S)

    def _look_once(self, meters: Meters | None) -> None:
        try:
            infos = tuple(self._ports.look())
            self._found.set(infos)
            if meters is not None:
                meters.watch([device for info in infos if (device := device_to_try(info))])
        except Exception:  # the list stays as it was, and is looked at again
            log.exception("the sources could not be looked at")
