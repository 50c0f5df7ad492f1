"""A layout that puts its parts side by side and starts a new row where they do not fit.

The items that Qt makes for the widgets stay with Qt. A Python object for such an item outlives it
when the widget is thrown away; the next thing that gets its memory is then taken for it, and the
program crashes.
"""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

_MOST = 1 << 20


class FlowLayout(QHBoxLayout):
    """Rows of widgets in reading order, each at its own size."""

    def __init__(self, parent: QWidget, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self._widgets: list[QWidget] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget, *place: Any, **named: Any) -> None:
        """Put ``widget`` behind the others."""
        self._widgets.append(widget)
        super().addWidget(widget, *place, **named)

    def take(self, widget: QWidget) -> None:
        """Let go of a widget, as before it goes into another layout."""
        self._widgets = [w for w in self._widgets if w is not widget]
        super().removeWidget(widget)

    def clear(self) -> None:
        """Throw all widgets away."""
        for widget in self._there():
            self.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def minimumHeightForWidth(self, width: int) -> int:
        # Of rows that are not there Qt would say that they can do with less.
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [_own_size(widget) for widget in self._visible()]
        width = sum(s.width() for s in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((s.height() for s in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [_least_size(widget) for widget in self._visible()]
        return QSize(
            max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0)
        )

    def _there(self) -> list[QWidget]:
        """Return the widgets that Qt still has in this layout."""
        return [w for w in self._widgets if shiboken6.isValid(w) and self.indexOf(w) >= 0]

    def _visible(self) -> list[QWidget]:
        return [widget for widget in self._there() if not widget.isHidden()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        for widget in self._visible():
            size = _own_size(widget).boundedTo(QSize(max(1, rect.width()), _MOST))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, tallest = rect.x(), y + tallest + self._gap, 0
            if move:
                widget.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        return y + tallest - rect.y()


def _own_size(widget: QWidget) -> QSize:
    """Return what the widget asks for, within what it was told."""
    asked = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    return asked.boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())


def _least_size(widget: QWidget) -> QSize:
    """Return what the widget can do with: its hint where its policy lets it not shrink."""
    asked, least, policy = widget.sizeHint(), widget.minimumSizeHint(), widget.sizePolicy()
    shrinks = QSizePolicy.PolicyFlag.ShrinkFlag.value
    width = least.width() if policy.horizontalPolicy().value & shrinks else asked.width()
    height = least.height() if policy.verticalPolicy().value & shrinks else asked.height()
    size = QSize(max(width, least.width()), max(height, least.height()))
    return size.boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())
