"""The window itself: where it stands, what it does full screen, and what hands do at it.

It draws nothing (`stage`) and does not know what a key means (`commands`).
"""

from typing import cast

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QScreen, QSurfaceFormat
from PySide6.QtQuick import QQuickWindow

from artvis.ui.keys import key_text
from artvis.ui.ports import WindowOptions

CURSOR_STAYS_MS = 2000
SMALLEST = (320, 180)


class StageWindow(QQuickWindow):
    """One window on one monitor."""

    key_pressed = Signal(str)
    """A key text as in control.keymap; repeats of a key that is held down are left out."""
    stirred = Signal()
    """The pointer moved or a key was pressed."""

    def __init__(self, options: WindowOptions) -> None:
        super().__init__()
        self._options = options
        self._windowed = QRect()
        self._hands_free = options.kiosk
        self._clicked_item = False
        self._cursor_timer = QTimer(self, singleShot=True, interval=CURSOR_STAYS_MS)
        self._cursor_timer.timeout.connect(self.on_cursor_idle)
        self.setFormat(_surface())
        self.setTitle(options.title)
        self.setColor("black")
        self.setMinimumSize(_size(SMALLEST))
        app = _application()
        app.screenRemoved.connect(self.on_screens_changed)
        app.screenAdded.connect(self.on_screens_changed)

    def open(self) -> None:
        """Shows the window where the options want it."""
        screen = self._screen_of(self._options.screen)
        width, height = self._options.size
        self.setScreen(screen)
        self.resize(width, height)
        self._windowed = self._centred(screen)
        if self._options.screen is not None:
            self.setGeometry(self._windowed)
        if self._options.fullscreen or self._options.kiosk:
            self._fill(screen)
        else:
            self.show()
        if self._options.kiosk or self._options.clean:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self._cursor_timer.start()
        self.requestActivate()  # without a window manager nobody else gives it the focus

    @property
    def is_full(self) -> bool:
        return self.visibility() == QQuickWindow.Visibility.FullScreen

    def toggle_full(self) -> None:
        if self.is_full:
            self._leave_full()
        else:
            self._windowed = self.geometry()
            self._fill(self.screen())

    def leave_full(self) -> bool:
        """Goes back to a window; False when it is one already."""
        if not self.is_full:
            return False
        self._leave_full()
        return True

    def to_next_monitor(self) -> tuple[int, int]:
        """Moves on by one monitor and gives (its number from 1, how many there are)."""
        screens = _application().screens()
        at = screens.index(self.screen()) if self.screen() in screens else -1
        goal = (at + 1) % len(screens)
        if len(screens) > 1:
            self._move_to(screens[goal])
        return goal + 1, len(screens)

    @Slot()
    def on_screens_changed(self) -> None:
        # Qt leaves the window at coordinates that no monitor shows any more, and does not bring it back.
        QTimer.singleShot(0, self, self.on_reposition)

    @Slot()
    def on_reposition(self) -> None:
        screens = _application().screens()
        if not screens:
            return
        wanted = self._screen_of(self._options.screen)
        lost = not any(screen.geometry().intersects(self.geometry()) for screen in screens)
        if lost or self.is_full or (self._options.screen is not None and self.screen() is not wanted):
            self._move_to(wanted if self._options.screen is not None or lost else self.screen())

    @Slot()
    def on_cursor_idle(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - a virtual of Qt
        if not event.isAutoRepeat():
            self.stirred.emit()
            self.key_pressed.emit(key_text(event))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - a virtual of Qt
        self._stir()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - a virtual of Qt
        self._stir()
        super().mousePressEvent(event)
        self._clicked_item = event.isAccepted()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - a virtual of Qt
        if event.button() == Qt.MouseButton.LeftButton and not (self._hands_free or self._clicked_item):
            self.key_pressed.emit("F")
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and self._hands_free and event.spontaneous():
            event.ignore()
            return True
        return super().event(event)

    def _stir(self) -> None:
        if self._options.kiosk or self._options.clean:
            return
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._cursor_timer.start()
        self.stirred.emit()

    def _fill(self, screen: QScreen) -> None:
        # Without a window manager showFullScreen() changes the state and not the size.
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def _leave_full(self) -> None:
        self.showNormal()
        self.setGeometry(self._windowed)

    def _move_to(self, screen: QScreen) -> None:
        full = self.is_full or self._options.kiosk
        if full:
            self.showNormal()
        self.setScreen(screen)
        self._windowed = self._centred(screen)
        if full:
            self._fill(screen)
        else:
            self.setGeometry(self._windowed)
        self.requestActivate()

    def _screen_of(self, number: int | None) -> QScreen:
        screens = _application().screens()
        if number is not None and 0 <= number < len(screens):
            return screens[number]
        return _application().primaryScreen()

    def _centred(self, screen: QScreen) -> QRect:
        room = screen.availableGeometry()
        size = _size(self._options.size).boundedTo(room.size())
        frame = QRect(room.topLeft(), size)
        frame.moveCenter(room.center())
        return frame


def _surface() -> QSurfaceFormat:
    surface = QSurfaceFormat()
    surface.setVersion(3, 3)
    surface.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    surface.setSwapInterval(1)
    surface.setDepthBufferSize(0)
    surface.setStencilBufferSize(0)
    return surface


def _size(pixels: tuple[int, int]) -> QSize:
    return QSize(*pixels)


def _application() -> QGuiApplication:
    return cast(QGuiApplication, QGuiApplication.instance())
