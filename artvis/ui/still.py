"""A kiosk's last resort where OpenGL will not do: the same pictures, painted by the processor, without the motion.

No overlay but notices, and no keys. Everywhere else a missing OpenGL is an error that a person reads.
"""

import logging
import time
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRasterWindow,
    QResizeEvent,
)

from artvis.model.artwork import Pixels
from artvis.model.notice import Notice
from artvis.ui.desk import facts_of
from artvis.ui.measuring import FrameMeter
from artvis.ui.placement import Placement
from artvis.ui.ports import ShowParts, StageFrame, WindowOptions

log = logging.getLogger(__name__)

TICK_MS = 100
KEPT = 4
EXPLAINS_S = 60.0
LONGEST_DT_S = 0.5  # after a pause the scene goes on, it does not leap
NO_OPENGL = Notice(
    "warning",
    "no-opengl",
    "This display has no OpenGL 3.3.",
    "The pictures stand still; artvis doctor says more.",
)
GROUND = QColor(9, 9, 14, 204)


class StillWindow(QRasterWindow):
    """Fills one monitor with the show's pictures and fades from one to the next."""

    first_frame_shown = Signal()

    def __init__(self, options: WindowOptions, parts: ShowParts, built_in: Pixels, meter: FrameMeter) -> None:
        super().__init__()
        self._options = options
        self._parts = parts
        self._meter = meter
        self._originals: dict[str, Pixels] = {"": built_in}
        self._fitted: dict[str, QPixmap] = {}
        self._frame: StageFrame | None = None
        self._ticked_s = self._opened_s = time.monotonic()
        self._failed = False
        self.setTitle(options.title)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.placement = Placement(self, options)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.on_tick)

    def open(self) -> None:
        """Shows it full screen and begins."""
        self.placement.open()
        self._timer.start()
        self.on_tick()

    def halt(self) -> None:
        """No tick after this."""
        self._timer.stop()

    @Slot()
    def on_tick(self) -> None:
        now_s = time.monotonic()
        dt_s, self._ticked_s = min(now_s - self._ticked_s, LONGEST_DT_S), now_s
        try:
            frame = self._parts.show.tick(now_s, dt_s, held=frozenset(self._originals) - {""})
        except Exception:
            if not self._failed:
                log.exception("the tick of a still show failed; the last picture stays")
            self._failed = True
            return
        for picture in frame.wanted:
            self._originals.setdefault(picture.key, picture.pixels)
        shown = {"", frame.uniforms.art_a, frame.uniforms.art_b, *(picture.key for picture in frame.wanted)}
        while len(self._originals) > KEPT and (
            old := next((k for k in self._originals if k not in shown), None)
        ):
            self._originals.pop(old)
            self._fitted.pop(old, None)
        self._frame = frame
        if self.isExposed():
            self.update()
        else:
            self._parts.frame_shown()  # its monitor is away, and the show goes on

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - a virtual of Qt
        self._fitted.clear()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - a virtual of Qt
        begun_s = time.thread_time()
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()
        now_s = time.monotonic()
        artwork = self._frame is not None and self._frame.uniforms.art_a != ""
        first = self._meter.frames == 0
        self._meter.swapped(now_s, scale=1.0, gui_s=time.thread_time() - begun_s, artwork=artwork)
        self._parts.frame_shown()
        self._parts.frame_took(now_s - self._ticked_s)
        if first:
            QTimer.singleShot(0, self.on_first_frame)

    @Slot()
    def on_first_frame(self) -> None:
        self._parts.after_first_frame()
        self.first_frame_shown.emit()

    def facts(self) -> dict[str, Any]:
        """What is shown, and how often."""
        facts = self._meter.now(time.monotonic())
        facts |= {
            "renderer": "raster",
            "size": f"{self.width()}x{self.height()}",
            "hidden": not self.isExposed(),
        }
        return facts if self._frame is None else facts | facts_of(self._frame)

    def seen(self) -> QImage | None:
        """What the window shows; None while it is hidden."""
        if not self.isExposed():
            return None
        image = QImage(self.size(), QImage.Format.Format_RGB888)
        painter = QPainter(image)
        try:
            self._paint(painter)
        finally:
            painter.end()
        return image

    def _paint(self, painter: QPainter) -> None:
        whole = QRect(0, 0, self.width(), self.height())
        painter.fillRect(whole, QColor("black"))
        if self._frame is None:
            painter.drawPixmap(0, 0, self._fit(""))
            return
        uniforms = self._frame.uniforms
        painter.drawPixmap(0, 0, self._fit(uniforms.art_a))
        if uniforms.fade > 0.0:
            painter.setOpacity(uniforms.fade)
            painter.drawPixmap(0, 0, self._fit(uniforms.art_b))
        painter.setOpacity(uniforms.blackout)
        painter.fillRect(whole, QColor("black"))
        painter.setOpacity(1.0)
        if not self._options.clean:
            explains = time.monotonic() - self._opened_s < EXPLAINS_S  # longer than a show's notice stands
            others = (each for each in self._frame.overlay.notices if each.code != NO_OPENGL.code)
            self._paint_notices(painter, (NO_OPENGL,) * explains + (*others,))

    def _fit(self, key: str) -> QPixmap:
        """The picture, grown to cover the window; the built-in one where it is not there."""
        if key not in self._originals:
            key = ""
        if key not in self._fitted:
            pixels = self._originals[key]
            height, width = pixels.shape[:2]
            image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            cover = image.scaled(
                self.size(),
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            left, top = (cover.width() - self.width()) // 2, (cover.height() - self.height()) // 2
            self._fitted[key] = QPixmap.fromImage(cover.copy(left, top, self.width(), self.height()))
        return self._fitted[key]

    def _paint_notices(self, painter: QPainter, notices: tuple[Notice, ...]) -> None:
        unit = max(0.75, self.height() / 720)
        font = QFont(QGuiApplication.font())
        font.setPixelSize(round(12 * unit))
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 24 * unit
        for notice in notices:
            text = f"{notice.text} {notice.action}".strip()
            wide = min(380 * unit, self.width() - 48 * unit)
            room = QRectF(self.width() - wide - 24 * unit, top, wide, self.height())
            body = room.adjusted(14 * unit, 10 * unit, -14 * unit, 0)
            flags = Qt.AlignmentFlag.AlignLeft.value | Qt.TextFlag.TextWordWrap.value
            needed = painter.boundingRect(body, flags, text)
            room.setHeight(needed.height() + 20 * unit)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(GROUND)
            painter.drawRoundedRect(room, 8 * unit, 8 * unit)
            painter.setPen(QColor("#f6f6f8"))
            painter.drawText(needed, flags, text)
            top += room.height() + 8 * unit
