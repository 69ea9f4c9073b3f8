"""The window itself, and what hands do at it.

It draws nothing (`stage`), does not know what a key means (`commands`) nor where it should stand (`placement`).
"""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QSurfaceFormat
from PySide6.QtQuick import QQuickWindow

from artvis.ui.keys import key_text
from artvis.ui.placement import Placement
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
        self._hands_free = options.kiosk
        self._clicked_item = False
        self._cursor_timer = QTimer(self, singleShot=True, interval=CURSOR_STAYS_MS)
        self._cursor_timer.timeout.connect(self.on_cursor_idle)
        self.setFormat(_surface())
        self.setTitle(options.title)
        self.setColor("black")
        self.setMinimumSize(QSize(*SMALLEST))
        self.placement = Placement(self, options)

    def open(self) -> None:
        """Shows the window where the options want it."""
        if self._options.kiosk or self._options.clean:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self._cursor_timer.start()
        self.placement.open()

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


def _surface() -> QSurfaceFormat:
    surface = QSurfaceFormat()
    surface.setVersion(3, 3)
    surface.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    surface.setSwapInterval(1)
    surface.setDepthBufferSize(0)
    surface.setStencilBufferSize(0)
    return surface
