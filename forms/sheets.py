"""Pages of paper below each other: pictures of them, a frame around a box, a press on one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from aeapp.services.documents import Place
from forms.theme import LIGHT, tokens

GAP = 12
LETTER = 11 / 8.5


def _nothing(_path: str) -> bool:
    return False


class Sheets(QWidget):
    """The pages below each other, as wide as there is room.

    Signals:
        pressed: A box was pressed; carries the path of its item.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = 0
        self.pictures: dict[int, QImage] = {}
        self.places: tuple[Place, ...] = ()
        self.is_marked: Callable[[str], bool] = _nothing

    def place_rect(self, place: Place) -> QRectF:
        """Return where a box lies."""
        page = QRectF(self.page_rect(place.page))
        return QRectF(
            page.left() + place.left * page.width(),
            page.top() + place.top * page.height(),
            place.width * page.width(),
            place.height * page.height(),
        )

    def item_at(self, point: QPointF) -> str:
        """Return the item whose box is at a point, the smallest of several; empty for none."""
        for page in range(self.pages):
            rect = QRectF(self.page_rect(page))
            if rect.contains(point):
                x = (point.x() - rect.left()) / rect.width()
                y = (point.y() - rect.top()) / rect.height()
                found = [place for place in self.places if place.holds(page, x, y)]
                return min(found, key=lambda p: p.width * p.height).path if found else ""
        return ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        item = self.item_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and item:
            self.pressed.emit(item)

    def page_rect(self, page: int) -> QRect:
        """Return where a page lies."""
        width = max(1, self.width() - 2 * GAP)
        height = round(width * LETTER)
        return QRect(GAP, GAP + page * (height + GAP), width, height)

    def wanted_height(self) -> int:
        """Return the height of all pages."""
        return self.page_rect(self.pages).top() if self.pages else self.page_rect(1).top()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(max(1, self.pages)):
            rect = self.page_rect(page)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            picture = self.pictures.get(page)
            if picture is not None:
                painter.drawImage(rect, picture)
            painter.setPen(tokens().color("line"))
            painter.drawRect(QRectF(rect).adjusted(-0.5, -0.5, 0.5, 0.5))
            self._paint_marks(painter, page)

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        # Paper is white in both themes, so the mark has the ink of the light one.
        painter.save()
        painter.setPen(QPen(LIGHT.color("focus"), 2))
        for place in self.places:
            if place.page == page and self.is_marked(place.path):
                painter.drawRoundedRect(self.place_rect(place).adjusted(-2, -2, 2, 2), 2, 2)
        painter.restore()
