"""A list, and beside it the page of what is chosen; where that is too narrow, one over the other.

One over the other they may need more height than the window has; then both are scrolled together,
so that the page is never a slit.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QVBoxLayout, QWidget

from forms.theme import px
from forms.widgets.scrolling import FollowingScroll, LeastHigh

# What the page is given at least where it stands below the list.
LEAST_PAGE = 300


class ListAndPage(QWidget):
    """Puts a list and a page side by side, or one over the other.

    Args:
        left: The list and what belongs to it.
        page: What shows the chosen one.
        shares: Of the width: of the list and of the page.
        side_by_side_from: Width from which they stand side by side.
    """

    def __init__(
        self,
        left: QLayout,
        page: QWidget,
        parent: QWidget,
        *,
        shares: tuple[int, int],
        side_by_side_from: int,
    ) -> None:
        super().__init__(parent)
        self._page, self._from = page, side_by_side_from
        inside = LeastHigh()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._halves.setContentsMargins(16, 16, 16, 16)
        self._halves.setSpacing(16)
        self._halves.addLayout(left, shares[0])
        self._halves.addWidget(page, shares[1])
        following = FollowingScroll(self)
        following.setFrameShape(QFrame.Shape.NoFrame)
        following.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(following)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, directions = self.width() >= px(self._from), QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._page.setMinimumHeight(0 if wide else px(LEAST_PAGE))
