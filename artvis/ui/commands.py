"""The one way of a key: from its text to a command, to whoever carries it out, to the answer on the screen.

Commands that are about the window are carried out here, all others by the show.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from artvis.control.keymap import command_for, move_for
from artvis.model.command import Command, ListMove
from artvis.ui.ports import Chooser, Show, WindowOptions

log = logging.getLogger(__name__)


class Cover(Protocol):
    """What lies over the picture and can be opened and closed."""

    def toggle_help(self) -> str: ...
    def toggle_why(self) -> str: ...
    def close_panels(self) -> bool:
        """False when nothing was open."""


class Frame(Protocol):
    """The window, as keys see it."""

    @property
    def is_full(self) -> bool: ...
    def toggle_full(self) -> None: ...
    def leave_full(self) -> bool: ...
    def to_next_monitor(self) -> tuple[int, int]: ...


class CommandRouter(QObject):
    """Takes key texts and commands; answers with `answered` for every one that does something."""

    answered = Signal(str)
    quit_asked = Signal()

    def __init__(
        self,
        *,
        show: Show,
        frame: Frame,
        cover: Cover,
        options: WindowOptions,
        chooser: Chooser | None = None,
    ) -> None:
        super().__init__()
        self._show = show
        self._frame = frame
        self._cover = cover
        self._chooser = chooser
        self._clean = options.clean
        self._allowed = frozenset(options.kiosk_keys) if options.kiosk else None
        self._own: dict[Command, Callable[[], str]] = {
            Command.FULLSCREEN: self._fullscreen,
            Command.NEXT_MONITOR: self._next_monitor,
            Command.HELP: lambda: self._panel(cover.toggle_help),
            Command.WHY: lambda: self._panel(cover.toggle_why),
            Command.SOURCES: self._sources,
            Command.LEAVE: self._leave,
            Command.QUIT: self._quit,
        }

    @Slot(str)
    def on_key(self, key: str) -> None:
        move = move_for(key)
        if self._list_is_open and move is not None:
            self.move(move)
            return
        command = command_for(key)
        if command is None or (self._allowed is not None and command.value not in self._allowed):
            return
        self.carry_out(command)

    def carry_out(self, command: Command, *, at_s: float | None = None) -> str:
        """Does it and answers; a command that breaks is logged and answered too. `at_s` as in `Show.command`."""
        own = self._own.get(command, lambda: self._show.command(command, at_s=at_s))
        return self._answer(own, command.value)

    def move(self, move: ListMove) -> None:
        """Moves in the open list, or chooses there."""
        if (chooser := self._chooser) is not None and chooser.is_open:
            self._answer(lambda: chooser.press(move), f"list {move.value}")

    @Slot(str)
    def on_row_pointed(self, source_id: str) -> None:
        if self._chooser is not None:
            self._chooser.point_at(source_id)

    @Slot(str)
    def on_row_clicked(self, source_id: str) -> None:
        self.on_row_pointed(source_id)
        self.move(ListMove.CHOOSE)

    @Slot(int)
    def on_list_rolled(self, rows: int) -> None:
        self.move(ListMove.DOWN if rows > 0 else ListMove.UP)

    @Slot()
    def on_list_left(self) -> None:
        self.move(ListMove.LEAVE)

    @property
    def _list_is_open(self) -> bool:
        return self._chooser is not None and self._chooser.is_open

    def _answer(self, act: Callable[[], str], name: str) -> str:
        try:
            answer = act()
        except Exception:
            log.exception("the command %s failed", name)
            answer = _tr("that did not work; the log says why")
        if answer:
            self.answered.emit(answer)
        return answer

    def _panel(self, toggle: Callable[[], str]) -> str:
        """One thing lies over the picture at a time."""
        self.move(ListMove.LEAVE)
        return toggle()

    def _sources(self) -> str:
        """Not in a clean window: a list that cannot be seen would take the arrows away."""
        if self._clean:
            return ""
        self._cover.close_panels()
        return self._show.command(Command.SOURCES)

    def _fullscreen(self) -> str:
        self._frame.toggle_full()
        return _tr("full screen") if self._frame.is_full else _tr("window")

    def _next_monitor(self) -> str:
        number, count = self._frame.to_next_monitor()
        if count < 2:
            return _tr("there is only one monitor")
        return _tr("monitor {number} of {count}").format(number=number, count=count)

    def _leave(self) -> str:
        if self._cover.close_panels():
            return _tr("closed")
        if self._frame.leave_full():
            return _tr("window")
        return _tr("Ctrl Q quits")

    def _quit(self) -> str:
        self.quit_asked.emit()
        return _tr("good night")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answers", text)
