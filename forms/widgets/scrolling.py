"""A page that scrolls by itself to what takes the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from forms.theme import px

# What belongs to a field often stands below it, such as a list of what fits.
BELOW = 112


class LeastHigh(QWidget):
    """What scrolls only where it has less height than it can do with, not than it would like."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "scrolled")

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return -1 if layout is None else layout.totalMinimumHeightForWidth(width)


class FollowingScroll(QScrollArea):
    """Keeps the widget with the focus in sight, also when what is around it grows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wanted: QWidget | None = None
        # Once more when what is on the page has its place, which it gets after the page.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._again)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def setWidget(self, widget: QWidget) -> None:
        """Show a page and follow the focus in it."""
        super().setWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.Resize:
            self._again()
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A strip that came may not cover what is being typed.
        self._again()

    def _again(self) -> None:
        self._follow(self._wanted or QApplication.focusWidget())

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._wanted = None
        self._follow(new)

    def reveal(self, widget: QWidget) -> None:
        """Bring a part of what has the focus into sight, also once it has its place."""
        page = self.widget()
        if page is not None and page.isAncestorOf(widget):
            self._wanted = widget
            self._follow(widget)

    def _follow(self, held: QWidget | None) -> None:
        page = self.widget()
        if held is None or page is None or not page.isAncestorOf(held):
            return
        card = _card_of(held, page)
        if card is not None:
            # As much of the card as fits; then surely what has the focus.
            self.ensureWidgetVisible(card, 0, 0)
        # A widget that is taller than the window is no line to bring into sight.
        if held.height() < self.viewport().height():
            self.ensureWidgetVisible(held, 0, px(BELOW))
        elif held is self._wanted:
            # Unless it was asked for itself, as a paper: then it is read from its top.
            self.verticalScrollBar().setValue(held.mapTo(page, QPoint(0, 0)).y())
        # Only up and down: the page has no width to spare that anybody could scroll to.
        self.horizontalScrollBar().setValue(0)


def _card_of(widget: QWidget, page: QWidget) -> QWidget | None:
    above = widget.parentWidget()
    while above is not None and above is not page:
        if above.property("kind") == "card":
            return above
        above = above.parentWidget()
    return None


def reveal(widget: QWidget) -> None:
    """Bring ``widget`` into sight where it stands on a page that follows."""
    above = widget.parentWidget()
    while above is not None and not hasattr(above, "reveal"):
        above = above.parentWidget()
    if above is not None:
        above.reveal(widget)
