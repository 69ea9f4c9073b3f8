"""Where a window stands: on the monitor that was chosen, full screen or not, and nowhere while that one is away.

It draws nothing, and which monitor is meant is decided by `monitors`.
"""

from typing import cast

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen, QWindow

from artvis.ui.monitors import Wanted, away_sentence, distinct, found
from artvis.ui.ports import WindowOptions


class Placement(QObject):
    """The place of one window, over monitors that come, go and change.

    A window that fills a monitor, or was put on one by choice, is on that one or hidden. Others are wherever the
    system and the hand put them, and are only brought back where no monitor would show them.
    """

    chosen = Signal(str)
    """A person chose the monitor of this name."""
    went_away = Signal(str)
    """The monitor is not there, and nothing is shown; a sentence for a person."""
    came_back = Signal(str)
    """It is there, and shows; its name."""

    def __init__(self, window: QWindow, options: WindowOptions) -> None:
        super().__init__(window)
        self._window = window
        self._size = QSize(*options.size)
        self._wanted: Wanted | None = options.screen
        self._filled = ""  # the name of the monitor that it fills
        self._windowed = QRect()
        self._waiting = False
        if options.fullscreen or options.kiosk:
            window.setWindowState(Qt.WindowState.WindowFullScreen)
        self._soon = QTimer(self, singleShot=True, interval=0)  # monitors change in several steps
        self._soon.timeout.connect(self.on_reposition)
        app = _application()
        app.screenRemoved.connect(self.on_screen_removed)
        app.screenAdded.connect(self.on_screen_added)
        app.primaryScreenChanged.connect(self.on_screens_changed)
        for screen in app.screens():
            screen.geometryChanged.connect(self.on_screens_changed)

    @property
    def is_full(self) -> bool:
        """It fills a monitor, or will when that is there."""
        return bool(self._window.windowStates() & Qt.WindowState.WindowFullScreen)

    def open(self) -> None:
        """Shows the window where the options want it, or waits for that monitor."""
        screen = self._goal()
        if screen is None:
            self._wait()
            return
        self._window.setScreen(screen)
        self._window.resize(self._size)
        if self.is_full or self._wanted is not None:
            self._stand_on(screen, full=self.is_full)
        else:
            self._window.show()
            self._window.requestActivate()

    def toggle_full(self) -> None:
        if self.is_full:
            self.leave_full()
        elif not self._waiting:
            self._windowed = self._window.geometry()
            self._stand_on(self._window.screen(), full=True)

    def leave_full(self) -> bool:
        """Goes back to a window; False when it is one already."""
        if not self.is_full or self._waiting:
            return False
        self._window.showNormal()
        self._window.setGeometry(self._windowed)
        return True

    def to_next_monitor(self) -> tuple[int, int]:
        """Moves on by one monitor and gives (its number from 1, how many there are)."""
        screens = _screens()
        at = screens.index(self._window.screen()) if self._window.screen() in screens else -1
        goal = 0 if self._waiting else (at + 1) % max(len(screens), 1)
        if len(screens) > 1 or (screens and self._waiting):
            name = _names()[goal]
            self._wanted, self._waiting = name, False
            self._windowed = QRect()
            self._stand_on(screens[goal], full=self.is_full)
            self.chosen.emit(name)
        return goal + 1, len(screens)

    @Slot(QScreen)
    def on_screen_removed(self, screen: QScreen) -> None:
        # At once: Qt, or the window manager, is about to move the window to another monitor.
        if screen is self._window.screen() and self._home() is not None:
            if not self.is_full:
                self._windowed = self._window.geometry()
            self._window.hide()
        self._soon.start()

    @Slot(QScreen)
    def on_screen_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.on_screens_changed)
        self._soon.start()

    @Slot()
    def on_screens_changed(self) -> None:
        self._soon.start()

    @Slot()
    def on_reposition(self) -> None:
        screen = self._goal()
        if screen is None:
            self._wait()
            return
        frame = self._window.geometry()
        if self._waiting or not self._window.isVisible():
            waited, self._waiting = self._waiting, False
            self._stand_on(screen, full=self.is_full)
            if waited:
                self.came_back.emit(screen.name())
        elif (self.is_full and frame != screen.geometry()) or _is_lost(frame):
            self._stand_on(screen, full=self.is_full)

    def _home(self) -> Wanted | None:
        return self._filled if self._filled and self.is_full else self._wanted

    def _goal(self) -> QScreen | None:
        """The monitor where the window belongs; None while it is away."""
        screens, home = _screens(), self._home()
        if home is not None:
            number = found(home, _names())
            return None if number is None else screens[number]
        here = self._window.screen()
        return here if here in screens else next(iter(screens), None)

    def _wait(self) -> None:
        self._window.hide()
        if not self._waiting:
            self._waiting = True
            self.went_away.emit(away_sentence(self._home(), _names()))

    def _stand_on(self, screen: QScreen, *, full: bool) -> None:
        name = _names()[_screens().index(screen)]
        if isinstance(self._wanted, int):
            self._wanted = name  # numbers change when monitors come and go
        if self._window.isVisible() and self._window.screen() is not screen:
            self._window.showNormal()
        self._window.setScreen(screen)
        if not self._windowed.intersects(screen.availableGeometry()):
            self._windowed = self._centred(screen)
        if full:
            self._filled = name
            # Without a window manager showFullScreen() changes the state and not the size.
            self._window.setGeometry(screen.geometry())
            self._window.showFullScreen()
        else:
            self._window.setGeometry(self._windowed)
            self._window.showNormal()
        self._window.requestActivate()  # without a window manager nobody else gives it the focus

    def _centred(self, screen: QScreen) -> QRect:
        room = screen.availableGeometry()
        frame = QRect(room.topLeft(), self._size.boundedTo(room.size()))
        frame.moveCenter(room.center())
        return frame


def _screens() -> list[QScreen]:
    """The real ones: where all have gone, Qt puts one without a name or size in their place."""
    return [screen for screen in _application().screens() if screen.name() and not screen.size().isEmpty()]


def _names() -> list[str]:
    return distinct([screen.name() for screen in _screens()])


def _is_lost(frame: QRect) -> bool:
    return not any(screen.geometry().intersects(frame) for screen in _screens())


def _application() -> QGuiApplication:
    return cast(QGuiApplication, QGuiApplication.instance())
