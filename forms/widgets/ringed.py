"""A frame that takes the keys itself and shows it: letters printed on it work while it does."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from forms import paint


class RingedFrame(QFrame):
    """Has the focus ring while it, and nothing in it, has the focus; nothing moves by that."""

    RADIUS: ClassVar[int] = 8

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint.focus_ring(QPainter(self), QRectF(self.rect()), self.RADIUS)
