"""Find the coded term of an event by typing; the event keeps the words of whoever told it.

Nothing is chosen by itself: Enter takes a term only where its words are the ones typed, or where a
person went down to it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.coding.index import Offer, Rank
from aeapp.kernel.i18n import _
from forms.library.term_lists import OfferModel
from forms.theme import px
from forms.widgets.labels import label
from forms.widgets.tables import Table

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEIGHT, _SOURCE = 160, 104


class CodeFinder(QFrame):
    """One line to type in, and the terms that fit.

    Signals:
        asked: Something was typed; carries it, and wants ``show_offers``.
        picked: A person chose a term; carries the offer.
        left: Esc was pressed.
    """

    asked = Signal(str)
    picked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("events.codes")
        self.setAccessibleName(_("Coded term of the event"))
        self.line = QLineEdit(self)
        self.line.setObjectName("events.code_line")
        self.line.setAccessibleName(_("Search coded term"))
        self.line.setPlaceholderText(_("coded term; ↓ and Enter choose"))
        self.line.textEdited.connect(self._on_typed)
        self.model = OfferModel(self)
        self.table = Table(_("Terms that may be meant"), self)
        self.table.setModel(self.model)
        self.table.setFixedHeight(px(_HEIGHT))
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, px(_SOURCE))
        head.hide()
        # The column is narrow: term and source; code and how it was found stand in the library.
        for column in range(2, self.model.columnCount()):
            self.table.setColumnHidden(column, True)
        self.table.opened.connect(self._on_opened)
        self.none = label(kind="caption", parent=self, wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for part in (self.line, self.none, self.table):
            lines.addWidget(part)
        self._answered = ""
        self.hide()

    def open_with(self, words: str) -> None:
        """Show, with the event's words typed already."""
        self.line.setText(words)
        self.line.selectAll()
        self._answered = ""
        self.model.show(())
        self.show()
        self.line.setFocus()
        self._on_typed(words)

    def show_offers(self, typed: str, offers: tuple[Offer, ...]) -> None:
        """Show what was found for ``typed``, unless more was typed since."""
        if typed != self.line.text():
            return
        self._answered = typed
        self.model.show(offers)
        self.table.setVisible(bool(offers))
        nothing = _("No term is like this; the event keeps its words.")
        self.none.setText("" if offers else nothing)
        self.none.setVisible(not offers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave_part()
        elif event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self._go_down()
        elif event.key() in _ENTER and self.line.hasFocus():
            self._take_same()
        # Any other key is this line's own, and no letter of the event below it.

    def _offered(self) -> list[Offer]:
        """Return what was found for what stands in the line; nothing while that is looked for."""
        return self.model.rows if self._answered == self.line.text() else []

    def _go_down(self) -> None:
        if self._offered():
            self.table.setFocus()
            self.table.selectRow(0)

    def _leave_part(self) -> None:
        if self.table.hasFocus():
            self.line.setFocus()
            return
        self.hide()
        self.left.emit()

    def _take_same(self) -> None:
        offered = self._offered()
        if offered and offered[0].rank is Rank.EXACT:
            self._on_opened(0)

    def _on_typed(self, typed: str) -> None:
        if typed.strip():
            self.asked.emit(typed)
        else:
            self.show_offers(typed, ())

    def _on_opened(self, row: int) -> None:
        offer: Offer = self.model.rows[row]
        self.hide()
        self.picked.emit(offer)
