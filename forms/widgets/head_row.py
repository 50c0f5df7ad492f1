"""The head of a place: its name and what is told of it, and behind that what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from forms.widgets.flow import FlowLayout

GAP = 12


class HeadRow(QWidget):
    """Words on the left and buttons on the right; below the words where both do not fit.

    Args:
        words: The last one takes what is left of the line.
        acts: Each keeps its size; they start a new line where they do not fit.
    """

    def __init__(
        self, words: Sequence[QWidget], acts: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._said = QHBoxLayout()
        self._said.setSpacing(GAP)
        for word in words:
            self._said.addWidget(word, int(word is words[-1]))
        buttons = QWidget(self)
        self._flow = FlowLayout(buttons, gap=GAP)
        for act in acts:
            self._flow.addWidget(act)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(GAP)
        self._both.addLayout(self._said, 1)
        self._both.addWidget(buttons, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def is_one_line(self) -> bool:
        """Tell whether the buttons stand behind the words."""
        return self._both.direction() is QBoxLayout.Direction.LeftToRight

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # Words that are longer now may need the whole line.
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._said.sizeHint().width() + GAP + self._flow.sizeHint().width()
        fits, directions = needed <= self.width(), QBoxLayout.Direction
        if fits is not self.is_one_line:
            self._both.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
            # A layout that turns round does not tell the one around it.
            self.updateGeometry()
