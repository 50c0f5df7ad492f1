"""The lot a dose is taken from: the open box of the product is offered, its date stands beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aeapp.domain.chair.lots import Expiry, Shelf, expiry
from aeapp.domain.codecs import show
from aeapp.domain.records import Lot
from aeapp.kernel.i18n import _
from forms import fonts
from forms.theme import Status
from forms.widgets.buttons import Pill
from forms.widgets.choice import SearchBox
from forms.widgets.labels import label

STATUS = {Shelf.HELD: Status.FLAG, Shelf.EXPIRED: Status.FLAG, Shelf.SOON: Status.DUE}


class LotField(QWidget):
    """A list of lots that takes a new number too.

    Signals:
        changed: Another lot is chosen or typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lots: Sequence[Lot] = ()
        self._open = ""
        self._today = dt.date.min
        self.box = SearchBox(self)
        self.box.setObjectName("dose.lot")
        self.box.setAccessibleName(_("Lot"))
        self.box.setMinimumContentsLength(8)
        self.box.setFont(fonts.sized("id"))
        self._caption = label(kind="caption", parent=self)
        self._caption.setObjectName("dose.shelf")
        self._pill = Pill(Status.FLAG, "", self)
        self._pill.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self._caption)
        row.addWidget(self._pill)
        self.setFocusProxy(self.box)
        self.box.currentTextChanged.connect(self._on_changed)

    def offer(self, lots: Sequence[Lot], opened: str, today: dt.date) -> None:
        """Offer the lots of a product and choose the open box, else the one entered last.

        A lot on hold stands in the list and is chosen only by a person.
        """
        self._lots, self._open, self._today = lots, opened, today
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems([show(lot.number) for lot in lots])
            ids = [lot.id for lot in lots]
            free = [n for n, lot in enumerate(lots) if lot.hold is None]
            first = next((n for n in free if ids[n] == opened), free[-1] if free else -1)
            self.box.setCurrentIndex(first)
        self._show()

    def chosen(self, product_id: str) -> Lot | None:
        """Return the lot; without an id where the library does not know it."""
        typed = self.box.currentText().strip()
        if not typed:
            return None
        return self._known() or Lot(number=typed, product_id=product_id)

    def _known(self) -> Lot | None:
        typed = self.box.currentText().strip()
        return next((lot for lot in self._lots if typed and show(lot.number) == typed), None)

    @property
    def expiry(self) -> Expiry | None:
        """Return how long the chosen lot may be used; None where the library has none such."""
        lot = self._known()
        return None if lot is None else expiry(lot, self._today)

    def _on_changed(self, _text: str) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        found, lot = self.expiry, self._known()
        status = STATUS.get(found.shelf) if found is not None else None
        words = found.words if found is not None else ""
        if status is not None:
            self._pill.show_status(status, words)
        elif lot is not None and lot.id == self._open:
            words = _("open, {words}").format(words=words)
        self._pill.setVisible(status is not None)
        self._caption.setVisible(status is None and bool(words))
        self._caption.setText(words)
        self.box.setAccessibleDescription(words)
