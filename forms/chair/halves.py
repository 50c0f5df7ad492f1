"""The two halves of the room: chart and grid, and beside them the cards.

Side by side each half scrolls by itself, so that the row being typed stays where it is while
somebody reads a card far below. Below 100 em of the window the cards are a group of tabs; in a
narrow window they stand under the grid, on one page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from forms.chair.card_tabs import CardTabs
from forms.theme import px
from forms.widgets.scrolling import FollowingScroll

SIDE_WIDTH, NARROW_SIDE = 364, 356
# 100 em of the window, less the rail.
TABS_BELOW = 1257
FULL_SIDE_FROM, TWO_COLUMNS_FROM = 1180, 980
_EDGE, _GAP, _ENDS = 16, 12, 8


class Halves(QWidget):
    """Puts the halves side by side, or one under the other.

    Args:
        side: The cards, in groups that become tabs: each with its title and its cards.
    """

    def __init__(
        self,
        left: Sequence[QWidget],
        side: Sequence[tuple[str, Sequence[QWidget]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._main, self._cards = FollowingScroll(self), FollowingScroll(self)
        page, self._side = QWidget(), QWidget()
        for whole in (page, self._side):
            whole.setProperty("kind", "scrolled")
        self._page = _column(page, left)
        # What is last on the left, the grid, takes the height that is left over.
        self._page.setStretch(len(left) - 1, 1)
        self.tabs = CardTabs(side, self)
        self._side_column = _column(self._side, self.tabs.groups)
        self._side_column.addStretch(1)
        self._main.setWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._main, 1)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(self._cards, 1)
        row.addWidget(self._right)
        self._wide: bool | None = None
        self._left = tuple(left)
        page.installEventFilter(self)
        self._arrange(wide=True)

    def reveal(self, widget: QWidget) -> None:
        """Bring a part of either half into sight, the tab it stands on included."""
        self.tabs.show_tab_of(widget)
        for half in (self._main, self._cards):
            half.reveal(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Let chart and grid move together where they would not fit with ease.

        On one page with the cards there is no end to what has to fit.
        """
        shown = [part for part in self._left if not part.isHidden()]
        room = self._main.viewport().height() - _GAP * (len(shown) - 1) - 2 * _ENDS
        tight = bool(self._wide) and 0 < room < sum(_easy_height(part) for part in shown)
        for part in shown:
            if hasattr(part, "set_tight"):
                part.set_tight(tight=tight)
        for part in shown:
            if hasattr(part, "set_given"):
                others = sum(p.minimumSizeHint().height() for p in shown if p is not part)
                part.set_given(room - others if tight else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= px(TWO_COLUMNS_FROM))
        narrow = self.width() < px(FULL_SIDE_FROM)
        width = px(NARROW_SIDE if narrow else SIDE_WIDTH) + _EDGE
        # Cards keep their width when the half has to scroll.
        self._right.setFixedWidth(width + self._cards.verticalScrollBar().sizeHint().width())
        self.tabs.use(px(TWO_COLUMNS_FROM) <= self.width() < px(TABS_BELOW))

    def _arrange(self, *, wide: bool) -> None:
        if wide is self._wide:
            return
        self._wide = wide
        held = QApplication.focusWidget()
        if wide:
            self._page.removeWidget(self._side)
            self._page.setContentsMargins(_EDGE, _ENDS, _GAP, _ENDS)
            self._side_column.setContentsMargins(0, _ENDS, _EDGE, _ENDS)
            self._cards.setWidget(self._side)
        else:
            self._page.setContentsMargins(_EDGE, _ENDS, _EDGE, _ENDS)
            self._side_column.setContentsMargins(0, 0, 0, 0)
            self._cards.takeWidget()
            self._page.addWidget(self._side)
        self._side.show()
        self._right.setVisible(wide)
        if held is not None and self._side.isAncestorOf(held):
            # It lost the keys by moving to the other page.
            held.setFocus()


def _easy_height(part: QWidget) -> int:
    easy: int = getattr(part, "easy_height", part.minimumSizeHint().height())
    return easy


def _column(parent: QWidget, widgets: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setSpacing(_GAP)
    for widget in widgets:
        column.addWidget(widget)
    return column
