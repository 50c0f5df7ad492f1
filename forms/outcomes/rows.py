"""Painted rows that are walked with the arrows: each a figure, Enter asks who stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from forms import fonts, paint
from forms.theme import px, tokens

R = TypeVar("R")


class Rows(QWidget, Generic[R]):
    """A column of painted rows with one current row.

    Signals:
        asked: Enter or a click; carries the number of the row.

    Attributes:
        rows: What is shown.
    """

    asked = Signal(int)
    ROW = 44
    HEAD = 0
    FOOT = 0

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[R] = ()
        self._current = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.rows = rows
        self._current = min(self._current, max(0, len(rows) - 1))
        # Who does not see the picture is told every row of it.
        self.setAccessibleDescription("\n".join(self.words(row) for row in rows))
        self.updateGeometry()
        self.update()

    def words(self, row: R) -> str:
        """Return a row in words."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, row: R, area: QRectF) -> None:
        """Paint one row."""
        raise NotImplementedError

    def paint_around(self, painter: QPainter, area: QRectF) -> None:
        """Paint what stands around the rows, such as an axis."""

    def sizeHint(self) -> QSize:
        height = self.HEAD + self.FOOT + self.ROW * max(1, len(self.rows))
        return QSize(px(300), px(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_around(painter, QRectF(self.rect()))
        for number, row in enumerate(self.rows):
            area = self._area(number)
            if self.hasFocus() and number == self._current:
                paint.focus_ring(painter, area.adjusted(0, 1, 0, -1), 4)
            self.paint_row(painter, row, area.adjusted(px(6), 0, -px(6), 0))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(event.pos().y())
            words = "" if number is None else self.words(self.rows[number])
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._current + step < len(self.rows):
            self._current += step
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows:
            self.asked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number is not None:
            self._current = number
            self.update()
            self.asked.emit(number)

    def _at(self, y: float) -> int | None:
        """Return the number of the row at ``y``; None beside them."""
        found = int((y - px(self.HEAD)) // px(self.ROW))
        return found if 0 <= found < len(self.rows) else None

    def _area(self, number: int) -> QRectF:
        return QRectF(0, px(self.HEAD) + px(self.ROW) * number, self.width(), px(self.ROW))


def say(painter: QPainter, area: QRectF, text: str, kind: str = "body", **look: str) -> None:
    """Write one line of text; ``ink`` names a token, ``side`` left or right."""
    painter.setFont(fonts.sized(kind))
    painter.setPen(tokens().color(look.get("ink", "text")))
    side = (
        Qt.AlignmentFlag.AlignRight if look.get("side") == "right" else Qt.AlignmentFlag.AlignLeft
    )
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
