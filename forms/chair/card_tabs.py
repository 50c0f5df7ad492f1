"""The cards of the room as a group of tabs, where the window has no room for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.widgets.buttons import Count

_GAP, _EDGE = 12, 8
_SHOWN_OR_HIDDEN = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class CardTabs(QTabBar):
    """One tab a group of cards; without tabs all groups stand one under the other.

    A card shows and hides itself. Its group is there while one of its cards is, and out of sight
    on another tab without being hidden itself.
    """

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[QWidget]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Cards"))
        self.setObjectName("session.cards")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setContentsMargins(0, _EDGE, 0, 0)
        self._used = False
        self._titles = [title for title, _cards in groups]
        # {tab: how many things wait there, as it is marked}
        self._waiting: dict[int, int] = {}
        self.groups: list[QWidget] = []
        self._cards: list[tuple[QWidget, ...]] = []
        for title, cards in groups:
            self.addTab(title)
            self._add(cards)
        self.currentChanged.connect(self._show)
        self._show()

    def _add(self, cards: Sequence[QWidget]) -> None:
        # Without a parent it would be a window of its own as soon as one of its cards is shown.
        group = QWidget(self)
        group.setProperty("kind", "scrolled")
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for card in cards:
            column.addWidget(card)
            card.installEventFilter(self)
        self.groups.append(group)
        self._cards.append(tuple(cards))

    def use(self, used: bool) -> None:
        """Show one group at a time, or all of them."""
        if used is not self._used:
            self._used = used
            self._show()

    @property
    def used(self) -> bool:
        """Tell whether one group is shown at a time."""
        return self._used

    def show_news(self) -> None:
        """Say on a tab how many things wait on its cards; on the one shown they are seen."""
        for n, cards in enumerate(self._cards):
            there = [card for card in cards if not card.isHidden()]
            waiting = sum(getattr(card, "waiting", 0) for card in there)
            self._mark(n, 0 if n == self.currentIndex() else waiting)

    def _mark(self, tab: int, waiting: int) -> None:
        if self._waiting.get(tab, 0) == waiting:
            return
        self._waiting[tab] = waiting
        side, words = QTabBar.ButtonPosition.LeftSide, self._titles[tab]
        before = self.tabButton(tab, side)
        self.setTabButton(tab, side, Count(waiting, self) if waiting else None)
        if before is not None:
            before.hide()
            before.deleteLater()
        told = _("{tab}, {n} waiting").format(tab=words, n=waiting)
        self.setAccessibleTabName(tab, told if waiting else "")

    def show_tab_of(self, widget: QWidget) -> None:
        """Bring the tab of a card, or of something in it, to the top."""
        for n, group in enumerate(self.groups):
            if group.isAncestorOf(widget):
                self.setCurrentIndex(n)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Let Qt measure the tabs anew: hidden ones keep the width of another size of type."""
        for n in range(self.count()):
            words = self.tabText(n)
            self.setTabText(n, "")
            self.setTabText(n, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SHOWN_OR_HIDDEN:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self, _index: int = 0) -> None:
        there = [any(not card.isHidden() for card in cards) for cards in self._cards]
        if self._used and any(there) and not there[self.currentIndex()]:
            self.setCurrentIndex(there.index(True))
        for n, group in enumerate(self.groups):
            self.setTabVisible(n, there[n])
            group.setVisible(there[n] and (not self._used or n == self.currentIndex()))
        self.setVisible(self._used and sum(there) > 1)
        self.show_news()
